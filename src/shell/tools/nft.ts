// nft: lists the tables of nftables, as nft 1.0.6 prints them.
//
// Models:  list ruleset, tables, table, chain, set, map.
// Omits:   changes; counters of packets; the tables that iptables writes, which iptables-save prints.
// Read:    nft(8); recordings of nft 1.0.6 (tests/sim/linux/nftables, tests/shell/tools/nft.test.ts).

import { type NftRuleset, type NftTable, renderNft, renderNftTable } from '../../sim/index.ts';
import type { Command } from '../command.ts';

const VERSION = 'nftables v1.0.6 (Lester Gooch #5)';
const FAMILIES = ['ip', 'inet'];
const LISTED = ['ruleset', 'tables', 'table', 'chain', 'set', 'map'];

type Answer =
  | { readonly kind: 'text'; readonly text: string }
  /** An error about the word at this place. */
  | { readonly kind: 'wrong'; readonly at: number; readonly message: string };

export const nft: Command = {
  name: 'nft',
  at: ['host', 'container'],
  summary: 'list the tables of nftables',
  run(words, context) {
    const { output } = context;
    if (words.includes('--version') || words.includes('-v')) {
      output.write('out', `${VERSION}\n`);
      return 0;
    }
    const asked = words.filter(word => !['-n', '-nn', '--numeric', '-s', '--stateless', '-y'].includes(word));
    if (asked.length === 0) {
      output.write('err', 'nft: no command specified\n');
      return 1;
    }
    context.lab.read(context.place.netns);
    const { config } = context.lab.world.get(context.place.netns);
    const answer = list(config.nft, asked);
    if (answer.kind === 'wrong') {
      output.write('err', `${located(asked, answer)}\n`);
      return 1;
    }
    output.write('out', answer.text);
    if (asked[1] === 'ruleset' && config.netfilter.tables.size > 0)
      output.write('err', '# The tables of iptables are not listed here: iptables-save prints them.\n');
    return 0;
  },
  complete: words => {
    if (words.length <= 1) return ['list'];
    return words.length === 2 ? LISTED : FAMILIES;
  },
};

/** The line, and a mark under the word that is wrong, as nft shows it. */
function located(words: readonly string[], { at, message }: Extract<Answer, { kind: 'wrong' }>): string {
  const before = words.slice(0, at).join(' ');
  const indent = ' '.repeat(before === '' ? 0 : before.length + 1);
  return `Error: ${message}\n${words.join(' ')}\n${indent}${'^'.repeat(Math.max(1, words[at]?.length ?? 1))}`;
}

function list(ruleset: NftRuleset, words: readonly string[]): Answer {
  const [verb = '', what = '', ...rest] = words;
  if (verb !== 'list') return wrong(0, `"list" is what this lab's nft knows, not "${verb}"`);
  const family = FAMILIES.find(known => known === rest[0]);
  const names = family === undefined ? rest : rest.slice(1);
  const namesAt = family === undefined ? 2 : 3;
  const ofFamily = ruleset.filter(table => family === undefined || table.family === family);
  const most = { ruleset: 0, tables: 0, table: 1, chain: 2, set: 2, map: 2 }[what];
  if (most === undefined) return wrong(1, `one of ${LISTED.join(', ')} was expected`);
  if (names.length > most)
    return wrong(namesAt + most, 'syntax error, unexpected string, expecting end of file or newline or semicolon');
  if (names.length < most) return wrong(words.length, 'syntax error, unexpected newline');
  if (what === 'ruleset') return { kind: 'text', text: renderNft(ofFamily) };
  if (what === 'tables') return { kind: 'text', text: ofFamily.map(({ name }) => `table ${name}\n`).join('') };
  // Without a family nft means ip.
  const table = ruleset.find(({ name }) => name === `${family ?? 'ip'} ${names[0]}`);
  if (table === undefined) return wrong(namesAt, NOT_THERE);
  const part = what === 'table' ? table : only(table, what, names[1] ?? '');
  return part === undefined ? wrong(namesAt + 1, NOT_THERE) : { kind: 'text', text: renderNftTable(part) };
}

const NOT_THERE = 'No such file or directory';

const wrong = (at: number, message: string): Answer => ({ kind: 'wrong', at, message });

/** The table with nothing in it but one object. */
function only({ comment: _, ...table }: NftTable, what: string, name: string): NftTable | undefined {
  const bare: NftTable = { ...table, sets: new Map(), counters: new Map(), chains: new Map() };
  if (what === 'chain') {
    const chain = table.chains.get(name);
    return chain === undefined ? undefined : { ...bare, chains: new Map([[name, chain]]) };
  }
  const set = table.sets.get(name);
  const isMap = set?.data !== undefined;
  return set === undefined || isMap !== (what === 'map') ? undefined : { ...bare, sets: new Map([[name, set]]) };
}
