// sleep: lets the lab's time pass.
//
// Read:    sleep(1) of GNU coreutils: several durations are added up.

import type { Command } from '../command.ts';

const UNITS: Readonly<Record<string, number>> = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** Time passes in pieces of this length, so that a cancel can arrive. */
const PIECE_MS = 1000;

export const sleep: Command = {
  name: 'sleep',
  at: ['host', 'container'],
  summary: 'let time pass: sleep 5, sleep 1m',
  async run(words, context) {
    if (words.length === 0) {
      context.output.write('err', "sleep: missing operand\nTry 'sleep --help' for more information.\n");
      return 1;
    }
    let remaining = 0;
    for (const word of words) {
      const found = /^(\d+(?:\.\d*)?|\.\d+)([smhd]?)$/.exec(word);
      if (found === null) {
        context.output.write(
          'err',
          `sleep: invalid time interval '${word}'\nTry 'sleep --help' for more information.\n`,
        );
        return 1;
      }
      remaining += Number(found[1]) * (UNITS[found[2] ?? ''] ?? 1000);
    }
    while (remaining > 0) {
      const piece = Math.min(remaining, PIECE_MS);
      context.sleep(piece);
      remaining -= piece;
      await context.breathe();
      if (context.isCancelled()) return 130;
    }
    return 0;
  },
};
