// What a StatefulSet does next: a decision from its Pods as they are, with no effect of its own.
//
// Models:  OrderedReady and Parallel, scaling from the top, RollingUpdate with its partition, OnDelete, Pods that have ended.
// Omits:   maxUnavailable of rolling updates (an alpha feature of v1.34 that is off).
// Read:    kubernetes pkg/controller/statefulset/stateful_set_control.go, `updateStatefulSet`.

import { isPodTerminal, type Pod } from '../api/kinds/pod.ts';
import type { StatefulSet } from '../api/kinds/statefulSet.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import { isRunningAndAvailable, isTerminating, ordinalOf, revisionOfPod } from './statefulSetPod.ts';

export type StatefulStep =
  | { readonly kind: 'create'; readonly ordinal: number }
  /** It is too much, or another one is to take its place. */
  | { readonly kind: 'delete'; readonly pod: Pod };

export interface StatefulView {
  readonly set: StatefulSet;
  readonly pods: readonly Pod[];
  /** The name of the revision that Pods are to have. */
  readonly updateRevision: string;
  readonly now: VirtualMs;
}

/** The steps to do now. When none is left there is something to wait for, or all is done. */
export function planStatefulSet(view: StatefulView): readonly StatefulStep[] {
  const filling = fill(view);
  if (filling.outcome === 'wait') return filling.steps;
  const shrinking = shrink(view, filling.firstUnavailable);
  if (shrinking.outcome === 'wait') return [...filling.steps, ...shrinking.steps];
  return [...filling.steps, ...shrinking.steps, ...replaceOutdated(view)];
}

interface Stage {
  readonly steps: readonly StatefulStep[];
  /** `wait`: what comes after has to wait for this. */
  readonly outcome: 'wait' | 'go-on';
}

function isOrdered({ set }: StatefulView): boolean {
  return set.spec.podManagementPolicy !== 'Parallel';
}

function firstOrdinal({ spec }: StatefulSet): number {
  return spec.ordinals?.start ?? 0;
}

function podAt({ set, pods }: StatefulView, ordinal: number): Pod | undefined {
  return pods.find(pod => ordinalOf(set, pod) === ordinal);
}

function isAvailable({ set, now }: StatefulView, pod: Pod): boolean {
  return !isTerminating(pod) && isRunningAndAvailable(set, pod, now);
}

/** Makes what is missing. In order: the next one only when all before it are available. */
function fill(view: StatefulView): Stage & { readonly firstUnavailable: Pod | undefined } {
  const steps: StatefulStep[] = [];
  const first = firstOrdinal(view.set);
  let firstUnavailable: Pod | undefined;
  for (let ordinal = first; ordinal < first + view.set.spec.replicas; ordinal++) {
    const pod = podAt(view, ordinal);
    if (pod === undefined) steps.push({ kind: 'create', ordinal });
    else if (isPodTerminal(pod) && !isTerminating(pod)) steps.push({ kind: 'delete', pod });
    if (pod !== undefined && !isAvailable(view, pod)) firstUnavailable ??= pod;
    const isThere = pod !== undefined && isAvailable(view, pod);
    if (isOrdered(view) && !isThere) return { steps, outcome: 'wait', firstUnavailable };
  }
  return { steps, outcome: 'go-on', firstUnavailable };
}

/** Takes away what is too much, the highest number first; in order, one at a time. */
function shrink(view: StatefulView, unavailable: Pod | undefined): Stage {
  const { set, pods } = view;
  const first = firstOrdinal(set);
  const condemned = pods
    .flatMap(pod => {
      const ordinal = ordinalOf(set, pod);
      return ordinal === undefined || (ordinal >= first && ordinal < first + set.spec.replicas)
        ? []
        : [{ pod, ordinal }];
    })
    .sort((a, b) => b.ordinal - a.ordinal)
    .map(({ pod }) => pod);
  if (!isOrdered(view)) {
    const due = condemned.filter(pod => !isTerminating(pod));
    return { steps: due.map(pod => ({ kind: 'delete', pod })), outcome: 'go-on' };
  }
  const [highest] = condemned;
  if (highest === undefined) return { steps: [], outcome: 'go-on' };
  // One that does not work may go only when all below it do.
  const firstUnavailable = unavailable ?? condemned.findLast(pod => !isAvailable(view, pod));
  const mayGo = !isTerminating(highest) && (isAvailable(view, highest) || highest === firstUnavailable);
  return { steps: mayGo ? [{ kind: 'delete', pod: highest }] : [], outcome: 'wait' };
}

/** The highest Pod that is not of the present revision, once all above it are available. */
function replaceOutdated(view: StatefulView): readonly StatefulStep[] {
  const { set, updateRevision } = view;
  const { type, rollingUpdate } = set.spec.updateStrategy;
  if (type === 'OnDelete') return [];
  const first = firstOrdinal(set);
  for (let index = set.spec.replicas - 1; index >= (rollingUpdate?.partition ?? 0); index--) {
    const pod = podAt(view, first + index);
    if (pod === undefined) return [];
    if (revisionOfPod(pod) !== updateRevision && !isTerminating(pod)) return [{ kind: 'delete', pod }];
    if (!isAvailable(view, pod)) return [];
  }
  return [];
}
