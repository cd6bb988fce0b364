// What kubectl says about a verb that it does not know.
//
// Read:    github.com/spf13/cobra, command.go, `SuggestionsFor`, `legacyArgs`.

import { GROUPS } from './groups.ts';

/** kubectl's own order, which is not that of the alphabet. */
const ALL = GROUPS.flatMap(group => group.verbs);

/** @param known the verbs that this kubectl has */
export function unknownVerb(name: string, known: readonly string[]): string {
  if (ALL.includes(name)) return `error: kubectl has "${name}", but the kubectl of this lab does not`;
  const near = ALL.filter(
    verb => known.includes(verb) && (distance(name, verb) <= 2 || verb.startsWith(name.toLowerCase())),
  );
  const suggestion = near.length === 0 ? '' : `\n\nDid you mean this?\n${near.map(verb => `\t${verb}\n`).join('')}`;
  return `Error: unknown command "${name}" for "kubectl"${suggestion}`;
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let k = 1; k <= b.length; k++) {
      const change = a[i - 1] === b[k - 1] ? 0 : 1;
      row.push(Math.min((previous[k] ?? 0) + 1, (row[k - 1] ?? 0) + 1, (previous[k - 1] ?? 0) + change));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}
