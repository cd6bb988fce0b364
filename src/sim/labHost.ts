// The kernels of a lab as the terminal's Linux tools use them.

import type { World } from './linux/world.ts';
import type { RecordedProbe } from './recorded/probe.ts';
import type { VirtualMs } from './runtime/clock.ts';
import type { ElementId } from './view/elements.ts';
import type { ExchangeRecord } from './view/exchangeView.ts';

/** A machine or a container that a command can run on. */
export interface HostRef {
  readonly netns: string;
  readonly hostname: string;
  readonly element: ElementId;
  /** It answers ssh. */
  readonly login?: 'ssh';
  /** Files of a container that its machine keeps: the path inside, and the path on the machine. */
  readonly mounts?: ReadonlyMap<string, string>;
}

export interface LabHost {
  /** All namespaces. Read a node through {@link LabHost.read}, which lets its agents catch up first. */
  readonly world: World;
  readonly now: VirtualMs;
  /** Brings a node's lazy agents up to date before its kernel is read or written. */
  read(netns: string): void;
  /** A machine by its name: a node, the router, a host outside; of a recorded cluster every host. */
  host(name: string): HostRef | undefined;
  /** The names of all of them. */
  hostNames(): readonly string[];
  /** The journeys that are kept, the oldest first. */
  journeys(): readonly ExchangeRecord[];
  /** The questions that a recorded cluster comes with. */
  readonly probes?: readonly RecordedProbe[];
  /** A unit of a machine's systemd, by its name without `.service`, if the lab has it. */
  service(host: string, unit: string): HostService | undefined;
  /** A Pod's container; the first one when no name is given. */
  container(namespace: string, pod: string, container?: string): ContainerLookup;
}

/** A program that systemd runs on a machine. */
export interface HostService {
  /** Since when it is stopped; undefined: it runs. */
  stoppedAt(): VirtualMs | undefined;
  start(): void;
  stop(): void;
}

export type ContainerLookup =
  | { readonly kind: 'found'; readonly ref: HostRef }
  /** In kubectl's words. */
  | { readonly kind: 'refused'; readonly message: string };
