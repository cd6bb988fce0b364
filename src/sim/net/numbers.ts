// What header fields hold for the names that the lab has.
//
// Read:    IANA "Protocol Numbers"; RFC 792; kernel net/ipv4/icmp.c, `icmp_send`.

import { type IcmpError, type IpPacket, isIcmpError, type Protocol } from './packet.ts';

/** The "protocol" field of an IP header. */
export const PROTOCOL_NUMBERS: Readonly<Record<Protocol, number>> = { icmp: 1, ipip: 4, tcp: 6, udp: 17 };

const ICMP_TYPE: Readonly<Record<IcmpError['type'], number>> = {
  'destination-unreachable': 3,
  redirect: 5,
  'time-exceeded': 11,
  'parameter-problem': 12,
};

/** The number of an ICMP error's type. */
export function icmpTypeNumber(error: Pick<IcmpError, 'type'>): number {
  return ICMP_TYPE[error.type];
}

/** The "type of service" field: Linux sends its errors with the precedence of internetwork control. */
export function typeOfService({ body }: Pick<IpPacket, 'body'>): number {
  return isIcmpError(body) ? 0xc0 : 0;
}
