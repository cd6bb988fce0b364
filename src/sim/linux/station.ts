// Somebody on the link of a device, by IP or MAC address: what the tables of the kernel know it by, and what steps told of
// it last. Most packets of a flow find what the one before has found, and share its evidence.

import type { Ip } from '../net/address.ts';
import type { Mac } from '../net/mac.ts';
import { ZERO_MAC } from '../net/mac.ts';
import type { EthernetHeader } from '../net/packet.ts';
import type { Neighbor } from './neighbors.ts';

/** What a step tells that looked for the MAC address of the next hop. */
export interface NeighborFacts {
  readonly kind: 'neighbor';
  readonly device: string;
  readonly nextHop: Ip;
  readonly entry: Neighbor | undefined;
}

/** What a step tells of a bridge that looked where the destination MAC is. */
export interface SwitchFacts {
  readonly kind: 'bridge';
  readonly bridge: string;
  /** The port that the frame came in by; none for a frame of this host. */
  readonly port: string | undefined;
  readonly destination: Mac;
  /** Where the frame goes; several when flooded; the bridge itself when its own stack takes it. */
  readonly to: readonly string[];
  /** How it knew: an own address, a learned or written entry, or nothing; or that it has sent this frame on before. */
  readonly by: 'own-address' | 'entry' | 'unknown' | 'broadcast' | 'seen-before';
}

/** A neighbour whose address is known: the evidence, and the header of frames for it. */
export interface ResolvedNeighbor {
  readonly facts: NeighborFacts;
  readonly header: EthernetHeader;
}

export class Station {
  /** The device on whose link it is, and its address there. */
  readonly device: string;
  readonly address: Ip | Mac;
  /** Under it stand its entries in the tables of neighbours and of forwarding. */
  readonly key: string;
  /** A bridge takes frames for it itself. */
  readonly isOwn: boolean;
  #resolved: ResolvedNeighbor | undefined;
  #switched: SwitchFacts | undefined;

  constructor(device: string, address: Ip | Mac, key: string, isOwn: boolean) {
    this.device = device;
    this.address = address;
    this.key = key;
    this.isOwn = isOwn;
  }

  /** As a neighbour with this entry, for frames from `source`. */
  resolvedBy(entry: Neighbor, nextHop: Ip, source: Mac): ResolvedNeighbor {
    const known = this.#resolved;
    if (known !== undefined && known.facts.entry === entry && known.header.src === source) return known;
    const facts: NeighborFacts = { kind: 'neighbor', device: this.device, nextHop, entry };
    this.#resolved = { facts, header: { src: source, dst: entry.mac ?? ZERO_MAC } };
    return this.#resolved;
  }

  /** As the destination of a frame that goes to one place. */
  switchedTo(to: string, destination: Mac, port: string | undefined, by: SwitchFacts['by']): SwitchFacts {
    const known = this.#switched;
    if (known !== undefined && known.port === port && known.to[0] === to && known.by === by) return known;
    this.#switched = { kind: 'bridge', bridge: this.device, port, destination, to: [to], by };
    return this.#switched;
  }
}
