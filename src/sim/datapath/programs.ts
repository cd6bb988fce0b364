// What processes do with what they receive. The data path knows no program; it is given them by name.

import type { Listener } from '../linux/sockets.ts';
import type { Ip } from '../net/address.ts';
import type { Payload } from '../net/packet.ts';

/** One request as a program sees it: after every translation on the way. */
export interface ProgramRequest {
  readonly listener: Listener;
  /** The namespace that the program runs in. */
  readonly netns: string;
  readonly payload: Payload;
  /** Where the request came to, and where it came from, as the socket shows them. */
  readonly local: { readonly address: Ip; readonly port: number };
  readonly peer: { readonly address: Ip; readonly port: number };
}

/** What a program says, and what it does with a connection then: it closes, or waits for more until the client closes. */
export interface ProgramAnswer extends Payload {
  readonly afterwards?: 'waits';
}

/** A pure answer to one request; undefined: the program says nothing. */
export type Program = (request: ProgramRequest) => ProgramAnswer | undefined;

export type Programs = ReadonlyMap<string, Program>;
