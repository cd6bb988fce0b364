// What all sentences about steps are made of.

import type { Ip } from '../net/address.ts';
import type { FlowKey } from '../net/flow.ts';
import type { StepDetail } from './trace.ts';

/** What people call things. The data path knows namespaces and addresses only. */
export interface Names {
  /** `client`, `node-1`, `the LAN`. */
  readonly host: (netns: string) => string;
  /** The owner of an address, if it has one: `node-2`. */
  readonly owner: (address: Ip) => string | undefined;
  /** The network of this name is a switch, not a host: it is "the LAN". */
  readonly isSwitch: (netns: string) => boolean;
}

/** `lead` says who does what; `rest` why, and what follows. */
export interface Sentence {
  readonly lead: string;
  readonly rest: string;
}

export type Of<Kind extends StepDetail['kind']> = Extract<StepDetail, { kind: Kind }>;

/** One end of a flow; an echo message has no port. */
export const endText = (address: Ip, port: number): string => (port === 0 ? address : `${address}:${port}`);

export const sourceText = ({ protocol, src, srcPort }: FlowKey): string =>
  protocol === 'icmp' ? src : endText(src, srcPort);

export const destinationText = ({ protocol, dst, dstPort }: FlowKey): string =>
  protocol === 'icmp' ? dst : endText(dst, dstPort);
