// A whole lab as plain data, and what is made of it first.

import { Cluster } from './cluster.ts';
import { clusterSystem } from './clusterSystem.ts';
import type { HistoryState } from './history.ts';
import type { KeptJourneysState } from './keptJourneys.ts';
import type { LabSystem, OnProgress, SettleResult, SystemSource } from './labSystem.ts';
import { recordedSystem } from './recorded/system.ts';
import { invariant } from './runtime/errors.ts';
import type { EventLogState } from './runtime/eventLog.ts';

/** What `structuredClone` gives of it is as good. */
export interface LabSnapshot {
  readonly source: SystemSource;
  readonly state: unknown;
  /** The state that was opened. */
  readonly opened: unknown;
  readonly settled: SettleResult;
  readonly history: HistoryState<unknown>;
  readonly journeys: KeptJourneysState;
  readonly log: EventLogState;
}

/** Every state in a snapshot, each once. */
export function statesOf({ state, opened, history: { past, future } }: LabSnapshot): ReadonlySet<unknown> {
  return new Set([state, opened, ...[...past, ...future].flatMap(({ before, after }) => [before, after])]);
}

/** The same kind of system, whose state is to be restored: nothing has happened in it, not even what happens at every start. */
export function systemFrom(source: SystemSource, onProgress?: OnProgress): LabSystem {
  if (source.kind === 'cluster') return clusterSystem(new Cluster(source.config, 0, onProgress));
  const made = recordedSystem(source.cluster);
  invariant(made.kind === 'made', 'a recorded cluster that was opened before');
  return made.system;
}
