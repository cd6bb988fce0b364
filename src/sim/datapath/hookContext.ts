// What the rules of one hook can see of a packet.

import type { CtDirection, CtEntry, CtState } from '../linux/conntrack.ts';
import type { NetDevice } from '../linux/netDevice.ts';
import { inSet } from '../linux/netfilter/ipset.ts';
import type { HookContext } from '../linux/netfilter/matches.ts';
import type { AddressType, Hook } from '../linux/netfilter/types.ts';
import type { NetnsView } from '../linux/overlay.ts';
import { type Fib, lookupRoute } from '../linux/routes.ts';
import { type Ip, isMulticast, LIMITED_BROADCAST } from '../net/address.ts';
import { flowOf, formatFlow } from '../net/flow.ts';
import type { Mac } from '../net/mac.ts';
import type { IpPacket } from '../net/packet.ts';
import { type HashStart, hashStart } from '../runtime/hash.ts';
import { pairKey } from '../runtime/pairKey.ts';
import type { PlainContext } from './plainContext.ts';
import { ipOf, type Skb } from './skb.ts';
import type { ElapsedUs } from './trace.ts';
import type { Walk, WalkStart } from './walk.ts';

/** A packet at a hook. It holds only what does not change, so that a trace can be asked again later what the rules saw. */
export class PacketContext implements HookContext {
  readonly hook: Hook;
  readonly packet: IpPacket;
  readonly inInterface: string | undefined;
  readonly outInterface: string | undefined;
  readonly sourceMac: Mac | undefined;
  readonly mark: number;
  readonly ctState: CtState;
  readonly ctDirection: CtDirection;
  readonly physicalIn: string | undefined;
  readonly physicalOut: string | undefined;
  readonly #entry: CtEntry | undefined;
  readonly #view: NetnsView;
  readonly #start: WalkStart;
  readonly #elapsedUs: ElapsedUs;
  #mentions: Map<string, readonly number[]> | undefined;
  /** Asked by every rule of a Service with many endpoints: worked out once. */
  #draw: HashStart | undefined;

  /** `arrived` and `leaves`: the interfaces that the hook is told. */
  constructor(walk: Walk, skb: Skb, hook: Hook, arrived: NetDevice | undefined, leaves: NetDevice | undefined) {
    const { tracking } = skb;
    this.hook = hook;
    this.packet = ipOf(skb);
    this.inInterface = arrived?.name;
    this.outInterface = leaves?.name;
    this.sourceMac = skb.frame.ethernet?.src;
    this.mark = skb.mark;
    this.ctState = tracking === undefined ? 'UNTRACKED' : tracking.state;
    this.ctDirection = tracking === undefined ? 'original' : tracking.direction;
    this.physicalIn = skb.bridged?.inPort.name;
    // A frame on its way from port to port; what is routed has no port yet.
    this.physicalOut = skb.bridged !== undefined && leaves === skb.bridged.bridge ? skb.outDevice?.name : undefined;
    this.#entry = tracking?.entry;
    this.#view = skb.view;
    this.#start = walk.start;
    this.#elapsedUs = walk.elapsedUs;
  }

  get ctDnat(): boolean {
    return this.#entry?.dnat === true;
  }

  get ctSnat(): boolean {
    return this.#entry?.snat === true;
  }

  get ctMark(): number {
    return this.#entry?.mark ?? 0;
  }

  addressType(address: Ip): AddressType {
    return addressTypeBy(this.#view.derived.fib, address);
  }

  /** Remembered once asked, so that the same is answered when the trace is asked again later. */
  mentions(list: string, address: Ip): readonly number[] {
    const key = pairKey(list, address);
    const known = this.#mentions?.get(key);
    if (known !== undefined) return known;
    const now = this.#start.now + this.#elapsedUs / 1000;
    const ages = (this.#view.recent.get(key) ?? []).map(at => now - at);
    this.#mentions ??= new Map();
    this.#mentions.set(key, ages);
    return ages;
  }

  inSet(set: string, sides: readonly ('src' | 'dst')[]): boolean {
    return inSet(this.#view.derived.ipsets.get(set), this.packet, sides);
  }

  draw(): HashStart {
    this.#draw ??= this.#startDraw();
    return this.#draw;
  }
  #startDraw(): HashStart {
    // Chance is asked anew for a packet that is sent again.
    const tenths = Math.floor(this.#elapsedUs / 100_000);
    const again = tenths === 0 ? '' : ` ${tenths}`;
    const { seed, attempt } = this.#start;
    return hashStart(`${seed} ${this.#view.name} ${formatFlow(flowOf(this.packet))} ${attempt}${again}`);
  }

  plain(): PlainContext {
    return {
      seen: {
        hook: this.hook,
        packet: this.packet,
        inInterface: this.inInterface,
        outInterface: this.outInterface,
        sourceMac: this.sourceMac,
        mark: this.mark,
        ctState: this.ctState,
        ctDirection: this.ctDirection,
        ctDnat: this.ctDnat,
        ctSnat: this.ctSnat,
        ctMark: this.ctMark,
        physicalIn: this.physicalIn,
        physicalOut: this.physicalOut,
      },
      config: this.#view.derived.config,
      recent: this.#view.netns.recent.snapshot(),
      mentions: this.#mentions ?? new Map(),
      now: this.#start.now + this.#elapsedUs / 1000,
      draw: this.draw(),
    };
  }
}

/** The routing tables answer. Source: kernel net/ipv4/fib_frontend.c, `inet_addr_type`. */
export function addressTypeBy(fib: Fib, address: Ip): AddressType {
  if (address === LIMITED_BROADCAST || address === '0.0.0.0') return 'BROADCAST';
  if (isMulticast(address)) return 'MULTICAST';
  const found = lookupRoute(fib, { dst: address, mark: 0 });
  if (found.kind === 'no-route') return 'UNREACHABLE';
  switch (found.route.type) {
    case 'local':
      return 'LOCAL';
    case 'broadcast':
      return 'BROADCAST';
    case 'blackhole':
      return 'BLACKHOLE';
    case 'prohibit':
      return 'PROHIBIT';
    case 'unreachable':
      return 'UNREACHABLE';
    default:
      return 'UNICAST';
  }
}
