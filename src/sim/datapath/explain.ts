// One plain sentence for each step: who does what, then what decided it and what follows. Text only; it decides nothing.
//
// The words follow the look's section "Words": the actor first, present tense, names as the tools print them.

import type { InterfaceKind } from '../linux/interface.ts';
import { ipBytes } from '../net/size.ts';
import { assertNever } from '../runtime/errors.ts';
import { explainRoute, explainRules, explainTracking } from './explainIp.ts';
import { explainReceive, explainSend } from './explainSocket.ts';
import type { Names, Of, Sentence } from './sentence.ts';
import type { Step } from './trace.ts';

export function explain(step: Step, netns: string, names: Names): Sentence {
  const { lead, rest } = tell(step, netns, names);
  // Names of hosts keep their case; an article at the beginning of a sentence does not.
  return { lead: lead.replace(/^the /, 'The '), rest: rest.replace(/^the /, 'The ') };
}

function tell(step: Step, netns: string, names: Names): Sentence {
  const who = names.host(netns);
  const { detail } = step;
  switch (detail.kind) {
    case 'socket-send':
      return explainSend(step, detail, who);
    case 'socket-receive':
      return explainReceive(step, detail, who);
    case 'link':
      return explainLink(step, detail, who, names);
    case 'bridge':
      return explainBridge(step, detail, who, names.isSwitch(netns));
    case 'conntrack':
      return explainTracking(step, detail, who);
    case 'rules':
      return explainRules(step, detail, who);
    case 'route':
      return explainRoute(step, detail, who, names);
    case 'neighbor':
      return explainNeighbor(step, detail, who, names);
    case 'forward':
      return explainForward(step, detail, who);
    case 'fragments':
      return explainFragments(step, detail, who);
    case 'tunnel':
      return explainTunnel(step, detail, who, names);
    case 'generated':
      return explainGenerated(step, detail, who);
    default:
      return assertNever(detail, 'explain');
  }
}

function explainFragments(step: Step, { count, mtu, bytes }: Of<'fragments'>, who: string): Sentence {
  switch (step.action) {
    case 'FRAGMENTED':
      return {
        lead: `${who} cuts the packet into ${count} fragments.`,
        rest: `It has ${bytes} bytes and the way out takes ${mtu}. Only the first fragment has the ports.`,
      };
    case 'REASSEMBLED':
      return {
        lead: `${who} puts the fragments together.`,
        rest: `The packet of ${bytes} bytes is whole again: rules and sockets need its ports.`,
      };
    default:
      return {
        lead: `${who} drops the packet: it is too large.`,
        rest: `It has ${bytes} bytes, the way out takes ${mtu}, and it must not be fragmented.${step.action === 'REJECTED' ? ' The sender is told the size.' : ''}`,
      };
  }
}

function explainTunnel(step: Step, { device, vni, remote }: Of<'tunnel'>, who: string, names: Names): Sentence {
  const far = remote === undefined ? 'nobody' : (names.owner(remote) ?? remote);
  const isVxlan = vni !== undefined;
  switch (step.action) {
    case 'ENCAPSULATED':
      return {
        lead: `${who} puts the ${isVxlan ? 'frame into a UDP' : 'packet into an IP'} packet for ${far}.`,
        rest: isVxlan
          ? `The forwarding database of ${device} knows the tunnel end ${remote ?? ''}. What is inside does not change.`
          : `${device} sends it to ${remote ?? ''}. What is inside does not change.`,
      };
    case 'DECAPSULATED':
      return {
        lead: `${who} takes the ${isVxlan ? 'frame' : 'packet'} out of the tunnel.`,
        rest: isVxlan
          ? `It came in a UDP packet from ${far} with network identifier ${vni}, which is ${device}'s.`
          : `It came in an IP packet from ${far}, for ${device}.`,
      };
    default:
      if (!isVxlan) return { lead: `${who} drops the packet.`, rest: `No tunnel here takes packets from ${far}.` };
      return remote === undefined
        ? { lead: `${who} drops the frame.`, rest: `${device} has no forwarding entry for its destination.` }
        : { lead: `${who} drops the packet.`, rest: `No tunnel here takes network identifier ${vni} from ${remote}.` };
  }
}

function explainLink(step: Step, detail: Of<'link'>, who: string, names: Names): Sentence {
  if (step.action === 'DROPPED') {
    if (step.stage === 'linkReceive' && step.before.ethernet !== undefined) {
      return {
        lead: `${who} ignores the frame.`,
        rest: `It is addressed to ${step.before.ethernet.dst}, not to ${detail.device}.`,
      };
    }
    return { lead: `The frame ends at ${detail.device}.`, rest: linkFault(step, detail, who) };
  }
  if (step.action === 'TRANSMITTED') {
    const { peer, device, deviceKind } = detail;
    const rest =
      peer === undefined ? AFTER[deviceKind] : `The cable ends at ${peer.name} of ${names.host(peer.netns)}.`;
    return { lead: `The ${hasFrames(deviceKind) ? 'frame' : 'packet'} leaves ${who} by ${device}.`, rest };
  }
  return {
    lead: `${who} receives the ${hasFrames(detail.deviceKind) ? 'frame' : 'packet'} on ${detail.device}.`,
    rest: '',
  };
}

const hasFrames = (kind: InterfaceKind): boolean => kind !== 'loopback' && kind !== 'ipip';

/** Where a frame goes that leaves by a device without a cable. */
const AFTER: Readonly<Record<InterfaceKind, string>> = {
  loopback: 'It comes in again at once: it never leaves the host.',
  veth: '',
  bridge: 'Behind it is the bridge, which looks for the port of the destination MAC address.',
  vxlan: 'It is the mouth of a tunnel: the frame travels inside another packet.',
  ipip: 'It is the mouth of a tunnel: the packet travels inside another one.',
  macvlan: '',
  dummy: '',
};

function linkFault({ before }: Step, { device, deviceKind, takes }: Of<'link'>, who: string): string {
  if (deviceKind === 'dummy') return `${device} is a dummy device: it swallows what it is given.`;
  if (takes !== undefined) {
    const bytes = before.payload.kind === 'ip' ? ipBytes(before.payload) : 0;
    return `The packet has ${bytes} bytes, and this link takes ${takes}. Nobody is told.`;
  }
  return `${device} of ${who} is down, or nothing is at the other end.`;
}

function explainBridge(step: Step, detail: Of<'bridge'>, who: string, isSwitch: boolean): Sentence {
  const bridge = isSwitch ? who : detail.bridge;
  switch (step.action) {
    case 'PASSED_UP':
      return {
        lead: `${bridge} hands the frame to ${who}'s own stack.`,
        rest: `${detail.destination} is ${detail.bridge}'s own MAC address. Now ${who} looks at the IP header.`,
      };
    case 'SWITCHED':
      return {
        lead: `${bridge} switches the frame to ${detail.to.join(', ')}.`,
        rest: `It has learned that ${detail.destination} is behind that port. A bridge reads no IP header, so the TTL stays.`,
      };
    case 'FLOODED':
      return detail.by === 'broadcast'
        ? { lead: `${bridge} sends the broadcast to every port.`, rest: `A copy goes to ${detail.to.join(', ')}.` }
        : {
            lead: `${bridge} floods the frame.`,
            rest: `It does not know where ${detail.destination} is, so every other port gets a copy.`,
          };
    default:
      if (detail.by === 'seen-before')
        return {
          lead: `The frame is back at ${bridge}.`,
          rest: 'It has crossed this bridge before: the cables make a circle, and nothing (no spanning tree) breaks it.',
        };
      return detail.to.length === 0 && detail.by === 'entry'
        ? {
            lead: `${bridge} drops the frame.`,
            rest: `${detail.destination} is behind ${detail.port ?? 'the bridge'}, where it came in, and hairpin mode is off there.`,
          }
        : { lead: `${bridge} has no port to send the frame to.`, rest: '' };
  }
}

function explainNeighbor(step: Step, detail: Of<'neighbor'>, who: string, names: Names): Sentence {
  const owner = names.owner(detail.nextHop);
  const whom = owner === undefined ? detail.nextHop : `${owner} (${detail.nextHop})`;
  switch (step.action) {
    case 'QUEUED':
      return {
        lead: `${who} does not know the MAC address of ${whom}.`,
        rest: 'The packet waits while ARP asks for it.',
      };
    case 'DROPPED':
      return {
        lead: `Nobody answered for ${detail.nextHop}.`,
        rest: `Three ARP requests on ${detail.device} went unanswered, so ${who} gives the packet up: host unreachable.`,
      };
    default:
      return {
        lead: `${who} addresses the frame to ${whom}.`,
        rest: `Its neighbour table says ${detail.entry?.mac ?? 'nothing'} on ${detail.device} (${detail.entry?.state ?? 'unknown'}).`,
      };
  }
}

function explainForward(step: Step, detail: Of<'forward'>, who: string): Sentence {
  const before = step.before.payload.kind === 'ip' ? step.before.payload.ttl : 0;
  if (step.action === 'FORWARDED')
    return {
      lead: `${who} forwards the packet.`,
      rest: `Every router takes one from the TTL: ${before} becomes ${before - 1}.`,
    };
  if (before <= 1)
    return {
      lead: `${who} ends the packet: its time to live ran out.`,
      rest: 'The sender is told by ICMP time exceeded.',
    };
  return {
    lead: `The packet is too large for ${detail.outDevice}.`,
    rest: `It has ${detail.bytes} bytes, ${detail.outDevice} takes ${detail.mtu}, and it must not be fragmented. The sender is told the size.`,
  };
}

function explainGenerated(step: Step, detail: Of<'generated'>, who: string): Sentence {
  if (step.stage === 'icmp')
    return {
      lead: `${who} sends an ICMP error: ${detail.what}.`,
      rest: 'It goes to the sender of the packet that failed.',
    };
  if (step.action === 'ANSWERED')
    return { lead: `${who} answers the ARP request.`, rest: `${detail.what.replace('ARP answer: ', '')}.` };
  if (step.action === 'RECEIVED') return { lead: `${who} learns the answer.`, rest: `${detail.what}.` };
  if (step.action === 'DROPPED') return { lead: `${who} does not answer.`, rest: `It is an ${detail.what}.` };
  if (detail.what.startsWith('ARP answer: '))
    return { lead: `${who} sends the answer.`, rest: `${detail.what.replace('ARP answer: ', '')}.` };
  const { payload } = step.after;
  const question = payload.kind === 'arp' ? `Who has ${payload.targetIp}? ` : '';
  return { lead: `${who} asks by ARP.`, rest: `${question}${detail.what}, for every station of the link.` };
}
