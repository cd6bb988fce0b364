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

/** The open sockets of an exchange: few. */
export class Sockets {
  readonly #open: OpenSocket[] = [];

  open(socket: OpenSocket): void {
    this.#open.push(socket);
  }

  /** The socket of this namespace whose flow, local end first, this is. */
  find(view: NetnsView, flow: FlowKey): OpenSocket | undefined {
    for (const socket of this.#open) {
      if (socket.netns === view.name && sameFlow(socket.flow, flow)) return socket;
    }
    return undefined;
  }
}
