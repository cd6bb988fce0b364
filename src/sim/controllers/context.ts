// What controllers get beside the API: the clock, and the address plan of the cluster.

import type { ControllerRuntime } from '../api/controller.ts';
import type { Prefix } from '../net/address.ts';
import type { Clock, VirtualMs } from '../runtime/clock.ts';

export interface ControllerContext {
  /**
   * Whoever must wait sets an alarm under its own name, with the key that it wants to look at again; see
   * {@link startControllers}.
   */
  readonly clock: Clock;
  /** Where the nodes' Pod ranges come from: `10.244.0.0/16`. */
  readonly podSubnet: Prefix;
  /** Since when nothing was heard of a node's kubelet: what its Lease would tell. Undefined: it is heard from. */
  readonly silentSince: (node: string) => VirtualMs | undefined;
}

/** Starts controllers and ties their alarms to their queues. */
export function startControllers(
  runtime: ControllerRuntime,
  controllers: readonly Parameters<ControllerRuntime['start']>[0][],
  { clock }: Pick<ControllerContext, 'clock'>,
): void {
  for (const controller of controllers) {
    runtime.start(controller);
    clock.onAlarm(controller.name, key => runtime.enqueue(controller.name, key));
  }
}
