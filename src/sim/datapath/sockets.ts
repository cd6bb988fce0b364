// Sockets that live as long as one exchange: a client's, and the server's end of its connection.

import type { NetnsView } from '../linux/overlay.ts';
import { type FlowKey, sameFlow } from '../net/flow.ts';
import type { IcmpError, IpPacket } from '../net/packet.ts';
import type { Skb } from './skb.ts';

/** Somebody who waits for packets of one flow. */
export interface OpenSocket {
  /** The namespace that it is in. */
  readonly netns: string;
  /** The flow as the owner sees it: local end first. */
  readonly flow: FlowKey;
  receive(skb: Skb, packet: IpPacket): void;
  /** An ICMP error about a packet that this socket sent. */
  error(skb: Skb, from: IpPacket, error: IcmpError): void;
}

/** Open sockets by their two ports, which nearly always tell them apart. */
export class Sockets {
  readonly #byPorts = new Map<number, OpenSocket[]>();

  open(socket: OpenSocket): void {
    const key = socket.flow.srcPort * 65536 + socket.flow.dstPort;
    const same = this.#byPorts.get(key);
    if (same === undefined) this.#byPorts.set(key, [socket]);
    else same.push(socket);
  }

  /** The socket of this namespace whose flow, local end first, this is. */
  find(view: NetnsView, flow: FlowKey): OpenSocket | undefined {
    for (const socket of this.#byPorts.get(flow.srcPort * 65536 + flow.dstPort) ?? []) {
      if (socket.netns === view.name && sameFlow(socket.flow, flow)) return socket;
    }
    return undefined;
  }
}
