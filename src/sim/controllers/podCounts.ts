// The Pods of one owner in numbers, kept up by the store, so that ten thousand of them are as quick to count as ten.
//
// Read:    kubernetes pkg/controller/controller_utils.go, `IsPodActive`; pkg/api/v1/pod/util.go, `IsPodAvailable`.

import { canonicalJson } from '../api/json.ts';
import { isPodReady, isPodTerminal, type Pod } from '../api/kinds/pod.ts';
import { parseTimestamp } from '../api/timestamps.ts';
import type { VirtualMs } from '../runtime/clock.ts';

type Labels = Readonly<Record<string, string>>;

const LABELS = 'labels ';
/** Labels keep their object while only the status changes. */
const labelTexts = new WeakMap<Labels, string>();

/** Neither ended nor about to be deleted. */
export function isPodActive(pod: Pod): boolean {
  return !isPodTerminal(pod) && pod.metadata.deletionTimestamp === undefined;
}

/** Measures `active`, `ready`, and each set of labels; see {@link labelSetsOf}. */
export function activePods(pod: Pod): readonly (readonly [string, number])[] {
  if (!isPodActive(pod)) return [];
  const labels: [string, number] = [labelsKey(pod.metadata.labels ?? {}), 1];
  return isPodReady(pod) ? [['active', 1], labels, ['ready', 1]] : [['active', 1], labels];
}

function labelsKey(labels: Labels): string {
  let text = labelTexts.get(labels);
  if (text === undefined) {
    text = LABELS + canonicalJson(labels);
    labelTexts.set(labels, text);
  }
  return text;
}

/** The sets of labels in a tally by {@link activePods}. */
export function labelSetsOf(
  tally: ReadonlyMap<string, number>,
): readonly { readonly labels: Labels; readonly count: number }[] {
  return [...tally].flatMap(([name, count]) =>
    name.startsWith(LABELS) ? [{ labels: JSON.parse(name.slice(LABELS.length)) as Labels, count }] : [],
  );
}

/**
 * How long until a Pod counts as available, in milliseconds: 0 or less when it does, infinite when it is not ready.
 * @param minReady how long it has to be ready for
 */
export function untilAvailable(pod: Pod, minReady: VirtualMs, now: VirtualMs): VirtualMs {
  if (!isPodReady(pod)) return Number.POSITIVE_INFINITY;
  if (minReady === 0) return 0;
  const since = pod.status?.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime;
  return ((since === undefined ? undefined : parseTimestamp(since)) ?? now) + minReady - now;
}
