// What a client program is told when an ICMP error arrives or its own kernel has no way.
//
// Read:    kernel net/ipv4/icmp.c, `icmp_err_convert`.

import { icmpTypeNumber } from '../net/numbers.ts';
import type { IcmpError, IpPacket } from '../net/packet.ts';
import type { Skb } from './skb.ts';
import type { Errno, ReceivedIcmp, Verdict } from './trace.ts';

/** The error number for "destination unreachable" with this code. */
export function errnoOf(error: IcmpError): Errno {
  if (error.type !== 'destination-unreachable') return 'EPROTO';
  switch (error.code) {
    case 0:
    case 6:
    case 9:
    case 11:
      return 'ENETUNREACH';
    case 2:
      return 'EPROTO';
    case 3:
      return 'ECONNREFUSED';
    case 4:
      return 'EMSGSIZE';
    default:
      return 'EHOSTUNREACH';
  }
}

/** Codes of "destination unreachable" that kernels take as final: others are passed on only to sockets that ask for all. */
const FINAL_CODES: readonly number[] = [2, 3, 6, 7, 8, 9, 10, 13, 14, 15];

/** Whether an ordinary UDP socket hears of the error. Source: kernel net/ipv4/udp.c, `__udp4_lib_err`. */
export function isFinal(error: IcmpError): boolean {
  return error.type === 'destination-unreachable' && FINAL_CODES.includes(error.code);
}

/** The verdict that an error number stands for when an ICMP error brought it. */
export function verdictOf(errno: Errno): Verdict {
  if (errno === 'ECONNREFUSED') return 'rejected';
  return errno === 'EMSGSIZE' ? 'emsgsize' : 'unreachable';
}

/** The verdict of a client whose own kernel did not send its packet. */
export function verdictOfUnsent(errno: Errno): Verdict {
  return errno === 'EPERM' ? 'eperm' : 'unreachable-local';
}

/** "Fragmentation needed and DF set": the sender should send less at a time. */
export function isTooBig(error: IcmpError): boolean {
  return error.type === 'destination-unreachable' && error.code === 4;
}

export function receivedIcmp(skb: Skb, from: IpPacket, error: IcmpError): ReceivedIcmp {
  return {
    from: from.src,
    type: icmpTypeNumber(error),
    code: error.code,
    ...(error.mtu !== undefined && { mtu: error.mtu }),
    device: skb.inDevice?.name ?? 'lo',
  };
}
