// probe: sends the questions that a recorded cluster comes with. A command of our own; only recorded clusters have it.
//
//   probe         lists them
//   probe ID      sends one, from the host that it names, wherever the terminal is

import { type ProbeOutcome, questionOf, type RecordedProbe, recordedText, targetOf } from '../sim/index.ts';
import type { Command, CommandContext } from './command.ts';

/** Probes that the list shows. */
const MOST_LISTED = 1000;

export const probe: Command = {
  name: 'probe',
  at: ['host', 'container'],
  summary: 'send a probe of this recorded cluster: probe ID; without ID: list them',
  run(words, context) {
    const probes = context.lab.probes ?? [];
    const [id, ...more] = words;
    if (id === undefined) {
      context.output.write('out', listed(probes));
      return 0;
    }
    if (more.length > 0 || id.startsWith('-')) {
      context.output.write('err', 'usage: probe [ID]\n');
      return 2;
    }
    const found = probes.find(other => other.id === id);
    if (found === undefined) {
      context.output.write('err', `probe: there is no probe "${id}" (probe alone lists them)\n`);
      return 2;
    }
    return send(found, context);
  },
  complete: (words, context) => (words.length > 1 ? [] : (context.lab.probes ?? []).map(other => other.id)),
};

/** Exit code 0: answered; 1: not. */
function send(asked: RecordedProbe, { output, exchange }: CommandContext): number {
  const { summary } = exchange(questionOf(asked), targetOf(asked), asked);
  output.write('out', `${summary.from} to ${summary.to}/${asked.protocol}: ${summary.probe?.now ?? summary.verdict}\n`);
  if (summary.probe !== undefined) output.write('out', comparison(summary.probe));
  return summary.verdict === 'ok' ? 0 : 1;
}

function comparison({ recording, recorded = '' }: ProbeOutcome): string {
  switch (recording) {
    case 'none':
      return '';
    case 'agrees':
      return 'The recorded kernel did the same.\n';
    case 'differs':
      return `The recorded kernel did something else: ${recorded}\n`;
  }
}

function listed(probes: readonly RecordedProbe[]): string {
  if (probes.length === 0) return 'This recording has no probes.\n';
  const rows = probes.slice(0, MOST_LISTED).map(({ id, from, ...rest }) => {
    const { protocol, recorded } = rest;
    return [id, from, targetOf({ id, from, ...rest }), protocol, recorded === undefined ? '-' : recordedText(recorded)];
  });
  const table = [['ID', 'FROM', 'TO', 'PROTOCOL', 'RECORDED'], ...rows];
  const widths = [0, 1, 2, 3].map(column => Math.max(...table.map(row => row[column]?.length ?? 0)));
  const lines = table.map(row => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  '));
  const more = probes.length - rows.length;
  return `${lines.map(line => line.trimEnd()).join('\n')}\n${more > 0 ? `and ${more} more\n` : ''}`;
}
