// What a container has written: the API server asks the Pod's kubelet for it.

import type { VirtualMs } from '../runtime/clock.ts';
import type { Pod } from './kinds/pod.ts';

export interface LogLine {
  readonly at: VirtualMs;
  /** Without its newline. */
  readonly text: string;
}

/** The answer of a kubelet. */
export type ContainerLog =
  /** `ended`: nothing more will come. */
  | { readonly kind: 'lines'; readonly lines: readonly LogLine[]; readonly process: 'running' | 'ended' }
  /** There is no such log. */
  | { readonly kind: 'refused'; readonly message: string }
  /** The kubelet does not answer, in the words of Go's net package. */
  | { readonly kind: 'unreachable'; readonly message: string };

/** @param run the present run of the container, or the one before it */
export type ReadContainerLog = (pod: Pod, container: string, run: 'current' | 'previous') => ContainerLog;
