// What a container has written: the API server asks the Pod's kubelet for it.

import type { VirtualMs } from '../runtime/clock.ts';
import type { Pod } from './kinds/pod.ts';

export interface LogLine {
  readonly at: VirtualMs;
  /** Without its newline. */
  readonly text: string;
}

/** What one run of a container has written so far. */
export interface LogOfRun {
  readonly kind: 'lines';
  readonly startedAt: VirtualMs;
  readonly lines: readonly LogLine[];
  /** `ended`: nothing more will come. */
  readonly process: 'running' | 'ended';
}

/** The answer of a kubelet. */
export type ContainerLog =
  | LogOfRun
  /** There is no such log. */
  | { readonly kind: 'refused'; readonly message: string }
  /** The kubelet does not answer, in the words of Go's net package. */
  | { readonly kind: 'unreachable'; readonly message: string };

/** @param run the present run of the container, or the one before it */
export type ReadContainerLog = (pod: Pod, container: string, run: 'current' | 'previous') => ContainerLog;
