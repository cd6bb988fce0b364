// What a learner may have meant who typed the name of no command.

import type { Command, Place } from '../command.ts';

/** The command with the least typing mistakes in between, if there are few for the length of the word. */
export function nearestCommand(typed: string, commands: readonly Command[], place: Place): string | undefined {
  const most = typed.length <= 3 ? 1 : 2;
  const near = commands
    .filter(({ name, at }) => at.includes(place.kind) && (name !== 'kubectl' || place.hasKubectl))
    .map(({ name }) => ({ name, mistakes: mistakesBetween(typed, name) }))
    .filter(({ name, mistakes }) => mistakes <= most && mistakes < name.length)
    .sort((a, b) => a.mistakes - b.mistakes);
  return near[0]?.name;
}

/** Letters left out, added, changed, or swapped with their neighbour (Damerau-Levenshtein, without repeated edits). */
function mistakesBetween(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row: number[] = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          (last[j] ?? 0) + 1,
          (row[j - 1] ?? 0) + 1,
          (last[j - 1] ?? 0) + change,
          ...(isSwap ? [(beforeLast[j - 2] ?? 0) + 1] : []),
        ),
      );
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
