// All network namespaces and the wires between them: everything that a packet can travel through.

import { CowMap } from '../runtime/cowMap.ts';
import { InvariantError, invariant } from '../runtime/errors.ts';
import { forgetInterface } from './administer.ts';
import type { Interface } from './interface.ts';
import { Netns, type NetnsState } from './netns.ts';

/** The world as a value; namespaces that did not change are shared with earlier snapshots. */
export interface WorldState {
  readonly namespaces: readonly NetnsState[];
  readonly files: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

export class World {
  readonly #namespaces = new Map<string, Netns>();
  /** The files of each machine that the model knows of, by path. */
  readonly #files = new Map<string, CowMap<string, string>>();

  get namespaces(): ReadonlyMap<string, Netns> {
    return this.#namespaces;
  }

  /** Like `ip netns add`. */
  add(name: string, machine: string): Netns {
    invariant(!this.#namespaces.has(name), `a new name for a namespace, not ${name}`);
    const netns = new Netns(name, machine);
    this.#namespaces.set(name, netns);
    return netns;
  }

  /** Like `ip netns del`: its interfaces go, and with them the other ends of its cables. */
  remove(name: string): void {
    const netns = this.#namespaces.get(name);
    if (netns === undefined) return;
    this.#namespaces.delete(name);
    for (const device of netns.config.interfaces) {
      const other = device.kind === 'veth' ? this.find(device.peer.netns) : undefined;
      if (device.kind === 'veth' && other !== undefined) forgetInterface(other, device.peer.name);
    }
  }

  find(name: string): Netns | undefined {
    return this.#namespaces.get(name);
  }

  get(name: string): Netns {
    const netns = this.#namespaces.get(name);
    if (netns === undefined) throw new InvariantError(`a namespace named ${name}`);
    return netns;
  }

  /** The files of a machine: what `cat` can show of it, and where its programs remember things. */
  filesOf(machine: string): CowMap<string, string> {
    const known = this.#files.get(machine) ?? new CowMap<string, string>();
    this.#files.set(machine, known);
    return known;
  }

  /** The interface at the other end of a cable. */
  peerOf(device: Interface): Interface | undefined {
    if (device.kind !== 'veth') return undefined;
    return this.find(device.peer.netns)?.interface(device.peer.name);
  }

  /** Whether frames can leave: set up here, and for a cable at the other end too (`LOWER_UP`). */
  hasCarrier(device: Interface): boolean {
    if (!device.up) return false;
    if (device.kind === 'macvlan') {
      const lower = this.find(device.lower.netns)?.interface(device.lower.name);
      return lower !== undefined && this.hasCarrier(lower);
    }
    return device.kind !== 'veth' || this.peerOf(device)?.up === true;
  }

  snapshot(): WorldState {
    const namespaces = [...this.#namespaces.values()].map(netns => netns.snapshot());
    const files = new Map([...this.#files].map(([machine, content]) => [machine, content.snapshot()]));
    return { namespaces, files };
  }

  /** Puts an earlier state back. Namespaces whose state is the same object keep running as they are. */
  restore(state: WorldState): void {
    const current = new Map(this.#namespaces);
    this.#namespaces.clear();
    for (const saved of state.namespaces) {
      const running = current.get(saved.name);
      this.#namespaces.set(
        saved.name,
        running?.snapshot() === saved ? running : new Netns(saved.name, saved.machine, saved),
      );
    }
    this.#files.clear();
    for (const [machine, content] of state.files) this.#files.set(machine, new CowMap(content));
  }
}
