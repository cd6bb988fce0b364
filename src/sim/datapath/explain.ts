// One plain sentence for each step: who does what, then what decided it and what follows. Text only; it decides nothing.
//
// The words follow the look's section "Words": the actor first, present tense, names as the tools print them.

import type { MatchedRule } from '../linux/netfilter/evaluate.ts';
import { renderTarget } from '../linux/netfilter/iptablesSave.ts';
import { commentOf, purposeOf } from '../linux/netfilter/ruleTable.ts';
import type { Route } from '../linux/routes.ts';
import { type Ip, prefixBits } from '../net/address.ts';
import type { IpPacket } from '../net/packet.ts';
import { isIcmpError } from '../net/packet.ts';
import { assertNever } from '../runtime/errors.ts';
import type { Step, StepDetail, Translation } from './trace.ts';

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
      return explainTracking(detail, who);
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

type Of<K extends StepDetail['kind']> = Extract<StepDetail, { kind: K }>;

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
        rest: `It has ${bytes} bytes, the way out takes ${mtu}, and it must not be fragmented.`,
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

function ipIn(step: Step): IpPacket | undefined {
  return step.after.payload.kind === 'ip' ? step.after.payload : undefined;
}

const end = (address: Ip, port: number): string => (port === 0 ? address : `${address}:${port}`);

function explainSend(step: Step, detail: Of<'socket-send'>, who: string): Sentence {
  const { flow, purpose } = detail;
  const packet = ipIn(step);
  const flags = packet?.body.kind === 'tcp' ? packet.body.flags : undefined;
  if (purpose === 'connects') {
    return {
      lead: `${who} opens a connection to ${end(flow.dst, flow.dstPort)}.`,
      rest: `Its kernel picks port ${flow.srcPort} and sends a SYN from ${flow.src}.`,
    };
  }
  if (purpose === 'tries again')
    return { lead: `${who} tries again.`, rest: 'No answer came, so its kernel repeats the SYN.' };
  if (purpose === 'pings')
    return { lead: `${who} pings ${flow.dst}.`, rest: `It sends an ICMP echo request from ${flow.src}.` };
  if (purpose === 'sends a datagram') {
    return {
      lead: `${who} sends a datagram to ${end(flow.dst, flow.dstPort)}.`,
      rest: 'UDP has no handshake: the first packet is the question.',
    };
  }
  if (purpose === 'refuses the connection') {
    return {
      lead: `${who} refuses the connection.`,
      rest: `Nothing listens on port ${flow.srcPort}, so its kernel answers with RST.`,
    };
  }
  return {
    lead: `${who} ${purpose}.`,
    rest: flags === undefined ? `To ${end(flow.dst, flow.dstPort)}.` : `${flags} to ${end(flow.dst, flow.dstPort)}.`,
  };
}

function explainReceive(step: Step, detail: Of<'socket-receive'>, who: string): Sentence {
  const { flow, listener } = detail;
  const packet = ipIn(step);
  if (step.action === 'DROPPED') {
    if (packet?.body.kind === 'tcp')
      return { lead: `Nothing listens on port ${flow.dstPort}.`, rest: `${who}'s kernel answers "no" with RST.` };
    if (packet?.body.kind === 'udp')
      return {
        lead: `Nothing listens on UDP port ${flow.dstPort}.`,
        rest: `${who}'s kernel answers with ICMP port unreachable.`,
      };
    return { lead: `${who} has no use for the packet.`, rest: 'Nobody there waits for it.' };
  }
  if (listener !== undefined) {
    return {
      lead: `${who} takes the packet.`,
      rest: `Process ${listener.process} listens on ${listener.address}:${listener.port} and sees ${end(flow.src, flow.srcPort)} as its client.`,
    };
  }
  if (packet !== undefined && isIcmpError(packet.body))
    return { lead: `${who} hears the error.`, rest: `${flow.src} reports it; the program is told.` };
  return {
    lead: `${who} takes the packet.`,
    rest: `It belongs to the connection with ${end(flow.src, flow.srcPort)}.`,
  };
}

function explainLink(step: Step, detail: Of<'link'>, who: string, names: Names): Sentence {
  if (step.action === 'DROPPED') {
    if (step.stage === 'linkReceive' && step.before.ethernet !== undefined) {
      return {
        lead: `${who} ignores the frame.`,
        rest: `It is addressed to ${step.before.ethernet.dst}, not to ${detail.device}.`,
      };
    }
    return {
      lead: `The frame ends at ${detail.device}.`,
      rest: `${detail.device} of ${who} is down, or takes no frame this large.`,
    };
  }
  if (step.action === 'TRANSMITTED') {
    const { peer } = detail;
    const rest = peer === undefined ? '' : `The cable ends at ${peer.name} of ${names.host(peer.netns)}.`;
    return {
      lead: `The ${detail.deviceKind === 'bridge' ? 'packet' : 'frame'} leaves ${who} by ${detail.device}.`,
      rest,
    };
  }
  return {
    lead: `${who} receives the ${detail.deviceKind === 'loopback' ? 'packet' : 'frame'} on ${detail.device}.`,
    rest: '',
  };
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
            rest: `${detail.destination} is behind ${detail.port ?? 'the port'} that it came in by, and hairpin mode is off.`,
          }
        : { lead: `${bridge} has no port to send the frame to.`, rest: '' };
  }
}

function explainTranslation(translation: Translation, who: string): Sentence {
  const what = translation.kind === 'dnat' ? 'destination' : 'source';
  const other = translation.kind === 'dnat' ? 'source' : 'destination';
  const from = end(translation.from.address, translation.from.port);
  const to = end(translation.to.address, translation.to.port);
  return { lead: `${who} rewrites the ${what}: ${from} becomes ${to}.`, rest: `The ${other} stays.` };
}

function explainTracking(detail: Of<'conntrack'>, who: string): Sentence {
  const { translation, state, direction, entry } = detail;
  if (translation !== undefined) {
    const { lead } = explainTranslation(translation, who);
    return { lead, rest: 'Connection tracking remembers the translation of this flow; no rule is asked.' };
  }
  switch (state) {
    case 'NEW':
      return {
        lead: `${who} begins to track the flow.`,
        rest: 'This is its first packet (NEW). The entry is kept once the packet leaves.',
      };
    case 'ESTABLISHED':
      return {
        lead: `${who} knows this flow.`,
        rest: `Connection tracking: ESTABLISHED, ${direction} direction${entry?.tcpState === undefined ? '' : `, TCP ${entry.tcpState}`}. The nat rules are not asked again.`,
      };
    case 'RELATED':
      return {
        lead: `${who} knows what this error is about.`,
        rest: 'Connection tracking: RELATED to a flow that it keeps.',
      };
    case 'INVALID':
      return {
        lead: `${who} cannot place the packet.`,
        rest: 'Connection tracking: INVALID, it belongs to no flow that began here.',
      };
    case 'UNTRACKED':
      return { lead: `${who} does not track the packet.`, rest: 'A rule switched tracking off for it.' };
  }
}

const place = (matched: MatchedRule): string => `Rule ${matched.number} of ${matched.chain}`;

function explainRules(step: Step, detail: Of<'rules'>, who: string): Sentence {
  const { verdict, translation } = detail;
  const by = verdict.kind === 'target' ? verdict.by : undefined;
  const said = by === undefined ? undefined : commentOf(by.rule);
  const because = by === undefined ? '' : `${place(by)} decides${said === undefined ? '' : `: ${said}`}.`;
  if (translation !== undefined) {
    const { lead, rest } = explainTranslation(translation, who);
    return { lead, rest: `${because} ${rest}`.trim() };
  }
  switch (step.action) {
    case 'REJECTED':
      return {
        lead: `${who} refuses the packet.`,
        rest: `${because} ${who} tells the sender: ${by === undefined ? '' : renderTarget(by.target).replace('-j REJECT --reject-with ', '')}.`,
      };
    case 'DROPPED':
      return by === undefined
        ? {
            lead: `${who} drops the packet.`,
            rest: `No rule of ${detail.hook} accepted it, and the chain's policy is DROP. The sender hears nothing.`,
          }
        : { lead: `${who} drops the packet.`, rest: `${because} The sender hears nothing.` };
    default:
      break;
  }
  if (purposeOf(detail.asked) === 'translates') {
    return {
      lead: `${who} translates nothing in ${detail.hook}.`,
      rest: by === undefined ? `No rule of the ${detail.asked.table.name} table applies.` : because,
    };
  }
  return by === undefined
    ? {
        lead: `${who} lets the packet pass ${detail.hook}.`,
        rest: `No rule of the ${detail.asked.table.name} table stops it; the policy is ACCEPT.`,
      }
    : { lead: `${who} lets the packet pass ${detail.hook}.`, rest: because };
}

function viaText(route: Route, names: Names): string {
  const out = route.dev === undefined ? '' : `, out of ${route.dev}`;
  if (route.via === undefined) return `it is on the link${out}`;
  const owner = names.owner(route.via);
  return `the next hop is ${owner === undefined ? route.via : `${owner} at ${route.via}`}${out}`;
}

function explainRoute(step: Step, detail: Of<'route'>, who: string, names: Names): Sentence {
  const { lookup, destination, outcome } = detail;
  if (lookup.kind === 'no-route') {
    return detail.purpose === 'output'
      ? { lead: `${who} has no route to ${destination}.`, rest: 'No packet leaves; the program is told at once.' }
      : { lead: `${who} has no route to ${destination}.`, rest: 'The packet ends here.' };
  }
  const { route } = lookup;
  const fits =
    route.dst === '0.0.0.0/0' ? `Only the default route fits ${destination}` : `${destination} is inside ${route.dst}`;
  if (step.action === 'DROPPED' || step.action === 'REJECTED') return explainRefusedRoute(detail, route, who, fits);
  if (outcome === 'local') {
    return {
      lead: `${who} keeps the packet.`,
      rest: route.type === 'broadcast' ? 'It is a broadcast on its link.' : `${destination} is its own address.`,
    };
  }
  if (detail.purpose === 'output')
    return {
      lead: `${who} looks up the way to ${destination}.`,
      rest:
        route.type === 'local'
          ? `${destination} is its own address: it stays inside, over lo.`
          : `${fits}: ${viaText(route, names)}.`,
    };
  if (detail.purpose === 'bridged-dnat' && outcome === 'output') {
    return {
      lead: `${who} keeps the frame on its bridge.`,
      rest: `${fits}: ${viaText(route, names)}, the bridge that it came in by. It is switched on, not routed.`,
    };
  }
  return { lead: `${who} routes the packet.`, rest: `${fits}, so ${viaText(route, names)}.` };
}

function explainRefusedRoute(detail: Of<'route'>, route: Route, who: string, fits: string): Sentence {
  switch (route.type) {
    case 'blackhole':
      return {
        lead: `${who} drops the packet.`,
        rest: `${fits}, and that is a blackhole: the packet is swallowed and nobody is told.`,
      };
    case 'unreachable':
    case 'prohibit':
      return {
        lead: `${who} sends the packet back.`,
        rest: `${fits}, and that route says ${route.type}. The sender is told by ICMP.`,
      };
    default:
      break;
  }
  if (detail.reverse !== undefined) {
    return {
      lead: `${who} does not believe the source address.`,
      rest: 'The way back to it leads elsewhere (rp_filter), so the packet is dropped.',
    };
  }
  return { lead: `${who} does not forward packets.`, rest: `${fits}, but this host is no router (ip_forward is 0).` };
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
  if (step.action === 'DROPPED') return { lead: `${who} does not answer.`, rest: `${detail.what}.` };
  if (detail.what.startsWith('ARP answer: '))
    return { lead: `${who} sends the answer.`, rest: `${detail.what.replace('ARP answer: ', '')}.` };
  return { lead: `${who} asks by ARP.`, rest: `${detail.what}.` };
}

/** `/24`: how specific a route is. */
export function lengthText(route: Route): string {
  return `/${prefixBits(route.dst).length}`;
}
