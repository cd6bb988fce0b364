// Pods that a selector nearly chooses, and the labels in which they differ.

import type { Pod } from '../../api/kinds/pod.ts';

/** One label that is not as the selector asks. */
export interface DifferingLabel {
  readonly key: string;
  readonly wants: string;
  /** Undefined: there is no such label. */
  readonly has: string | undefined;
}

/** Pods that differ in the same labels. */
export interface NearMiss {
  readonly differing: readonly DifferingLabel[];
  readonly pods: readonly Pod[];
}

/**
 * The nearest first: fewest differing labels, then those whose values are most alike (`web`, `wbe`). Pods that have
 * none of the labels at all are not near.
 */
export function nearMisses(selector: Readonly<Record<string, string>>, pods: readonly Pod[]): readonly NearMiss[] {
  const groups = new Map<string, { readonly differing: readonly DifferingLabel[]; readonly pods: Pod[] }>();
  for (const pod of pods) {
    const labels = pod.metadata.labels ?? {};
    const differing = Object.entries(selector).flatMap(([key, wants]): readonly DifferingLabel[] =>
      labels[key] === wants ? [] : [{ key, wants, has: labels[key] }],
    );
    const isStrange =
      differing.length === Object.keys(selector).length && differing.every(({ has }) => has === undefined);
    if (differing.length === 0 || isStrange) continue;
    const key = JSON.stringify(differing);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { differing, pods: [pod] });
    else group.pods.push(pod);
  }
  return [...groups.values()].sort((a, b) => distance(a.differing) - distance(b.differing));
}

/** A label more counts more than any difference of letters. */
const LABEL = 100;

function distance(differing: readonly DifferingLabel[]): number {
  return differing.reduce(
    (sum, { wants, has }) => sum + LABEL + (has === undefined ? LABEL - 1 : Math.min(LABEL - 1, edits(wants, has))),
    0,
  );
}

/** Letters to insert, delete or replace. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const kept = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(kept, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
