// iptables-save: the rules of the place it runs in, as iptables 1.8.9 prints them.
//
// Read:    iptables-save(8).

import { renderRuleset, type TableName } from '../../sim/index.ts';
import type { Command } from '../command.ts';
import { parseOptions } from './flags.ts';

const TABLES: readonly TableName[] = ['raw', 'mangle', 'nat', 'filter'];

export const iptablesSave: Command = {
  name: 'iptables-save',
  at: ['host', 'container'],
  summary: 'print the netfilter rules',
  run(words, context) {
    const parsed = parseOptions(words, { '-t': 'value', '--table': 'value', '-c': 'flag', '--counters': 'flag' });
    if (parsed.kind !== 'parsed') {
      context.output.write('err', `iptables-save v1.8.9 (nf_tables): unrecognized option '${parsed.option}'\n`);
      return 1;
    }
    const name = parsed.values.get('-t') ?? parsed.values.get('--table');
    const table = TABLES.find(known => known === name);
    if (name !== undefined && table === undefined) {
      context.output.write('err', `iptables-save v1.8.9 (nf_tables): Invalid table "${name}"\n`);
      return 1;
    }
    context.lab.read(context.place.netns);
    context.output.write('out', renderRuleset(context.lab.world.get(context.place.netns).config.netfilter, table));
    return 0;
  },
};
