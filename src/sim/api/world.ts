// What the server works on: the store, the clock, the names that it gives, and its own log.

import type { Prefix } from '../net/address.ts';
import type { Clock } from '../runtime/clock.ts';
import type { EventLog } from '../runtime/eventLog.ts';
import type { NameSource } from '../runtime/names.ts';
import { type AllocationState, NOTHING_ALLOCATED } from './admission/serviceAllocation.ts';
import type { ReadContainerLog } from './containerLog.ts';
import type { Kind } from './kinds/kind.ts';
import type { ApiObject, Timestamp } from './objects.ts';
import type { Json } from './request.ts';
import type { ObjectStore } from './store.ts';
import { timestamp } from './timestamps.ts';

export interface ApiWorldParts {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly names: NameSource;
  readonly log: EventLog;
  /** Where ClusterIPs come from: `10.96.0.0/12`. */
  readonly serviceSubnet: Prefix;
  readonly containerLog: ReadContainerLog;
}

/** The parts, and the one thing that writes change beside the store: what was allocated last. */
export class ApiWorld {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly names: NameSource;
  readonly log: EventLog;
  readonly serviceSubnet: Prefix;
  readonly containerLog: ReadContainerLog;
  allocation: AllocationState = NOTHING_ALLOCATED;

  constructor(parts: ApiWorldParts) {
    this.store = parts.store;
    this.clock = parts.clock;
    this.names = parts.names;
    this.log = parts.log;
    this.serviceSubnet = parts.serviceSubnet;
    this.containerLog = parts.containerLog;
  }

  get now(): Timestamp {
    return timestamp(this.clock.now);
  }
}

/** How a write is done. */
export interface WriteOptions {
  /** Who writes: a user agent or a controller, for the log. */
  readonly actor: string;
  /**
   * - `store`: for real.
   * - `dry-run`: all checks run and the outcome is shown, but nothing is kept.
   */
  readonly mode: 'store' | 'dry-run';
  /** What the request calls its field manager; by default who writes is known by its program. */
  readonly manager?: string;
  /** Through which subresource the object is written. */
  readonly subresource?: 'status' | 'scale';
}

/** managedFields as server-side apply has worked them out; other writes leave that to the server. */
export interface AppliedFields {
  readonly managedFields: Json | undefined;
}

/** Writes one line into the log: who did what to which object. Events are not objects that anybody made. */
export function logWrite(
  world: ApiWorld,
  kind: Kind,
  object: ApiObject,
  { actor }: WriteOptions,
  reason: 'Created' | 'Updated' | 'Deleted' | 'Terminating',
): void {
  if (kind.kind === 'Event') return;
  const { namespace, name } = object.metadata;
  const about = namespace === undefined ? `${kind.singular}/${name}` : `${kind.singular}/${namespace}/${name}`;
  const words = { Created: 'created', Updated: 'changed', Deleted: 'deleted', Terminating: 'marked for deletion' };
  world.log.append({ source: 'api', actor, reason, about, message: `${about} ${words[reason]}`, type: 'Normal' });
}
