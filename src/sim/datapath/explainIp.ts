// The sentences of the IP layer: connection tracking, rules and routes.

import { renderRule, renderTarget } from '../linux/netfilter/iptablesSave.ts';
import { recentAddress } from '../linux/netfilter/matches.ts';
import type { MatchedRule } from '../linux/netfilter/ruleTable.ts';
import { commentOf, isNftRule, purposeOf } from '../linux/netfilter/ruleTable.ts';
import type { Route } from '../linux/routes.ts';
import { type Ip, isLoopbackAddress } from '../net/address.ts';
import { endText, type Names, type Of, type Sentence } from './sentence.ts';
import type { Step, Translation } from './trace.ts';

function explainTranslation(translation: Translation, who: string): Sentence {
  const what = translation.kind === 'dnat' ? 'destination' : 'source';
  const other = translation.kind === 'dnat' ? 'source' : 'destination';
  const from = endText(translation.from.address, translation.from.port);
  const to = endText(translation.to.address, translation.to.port);
  // Of an error about a packet whose port alone was rewritten.
  if (from === to)
    return {
      lead: `${who} rewrites the packet that the error quotes.`,
      rest: `The ${what} of the error itself stays.`,
    };
  return { lead: `${who} rewrites the ${what}: ${from} becomes ${to}.`, rest: `The ${other} stays.` };
}

export function explainTracking(step: Step, detail: Of<'conntrack'>, who: string): Sentence {
  const { translation, state, direction, entry } = detail;
  if (step.action === 'DROPPED')
    return {
      lead: `${who} drops the packet and forgets its flow.`,
      rest: `The flow has the address of ${entry?.masqueradedBy ?? 'an interface'} (MASQUERADE), and this packet would leave by another one.`,
    };
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

/** Longer rules are left to the table that shows them. */
const MOST_RULE_CHARACTERS = 90;

/** Which rule, and what its author wrote about it, or else what it says. */
function decidedBy({ number, chain, rule }: MatchedRule): string {
  const which = `Rule ${number} of ${chain}`;
  const comment = commentOf(rule);
  if (comment !== undefined) return `${which} ("${comment}") decides.`;
  const text = isNftRule(rule) ? '' : renderRule(rule);
  return text === '' || text.length > MOST_RULE_CHARACTERS ? `${which} decides.` : `${which} decides: ${text}.`;
}

/** What lists of `-m recent` knew of the packet, of the rules that led to the decision. */
function knownBefore({ matched, context }: Of<'rules'>): string {
  const sentences = matched.flatMap(({ rule }) =>
    isNftRule(rule)
      ? []
      : rule.matches.flatMap(match => {
          if (match.kind !== 'recent' || match.action === 'set' || match.negated) return [];
          const address = recentAddress(match, context.packet);
          const [ago] = context.mentions(match.list, address);
          return ago === undefined ? [] : [`${address} came here before: ${match.list} noted it ${agoText(ago)}.`];
        }),
  );
  return sentences.join(' ');
}

function agoText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 1) return 'less than a second ago';
  if (seconds < 120) return `${seconds} s ago`;
  return seconds < 7200 ? `${Math.floor(seconds / 60)} minutes ago` : `${Math.floor(seconds / 3600)} hours ago`;
}

export function explainRules(step: Step, detail: Of<'rules'>, who: string): Sentence {
  const { verdict, translation } = detail;
  const by = verdict.kind === 'target' ? verdict.by : undefined;
  const because = by === undefined ? '' : decidedBy(by);
  if (translation !== undefined) {
    const { lead, rest } = explainTranslation(translation, who);
    return { lead, rest: [knownBefore(detail), because, rest].filter(part => part !== '').join(' ') };
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
  if (route.via === undefined) return `it is on the link${route.dev === undefined ? '' : ` of ${route.dev}`}`;
  const owner = names.owner(route.via);
  const out = route.dev === undefined ? '' : `, out of ${route.dev}`;
  return `the next hop is ${owner === undefined ? route.via : `${owner} at ${route.via}`}${out}`;
}

function fitText({ dst }: Route, destination: Ip): string {
  if (dst === '0.0.0.0/0') return `Only the default route fits ${destination}`;
  return dst === `${destination}/32` ? `${destination} has a route of its own` : `${destination} is inside ${dst}`;
}

export function explainRoute(step: Step, detail: Of<'route'>, who: string, names: Names): Sentence {
  const { lookup, destination, outcome } = detail;
  if (lookup.kind === 'no-route')
    return { lead: `${who} has no route to ${destination}.`, rest: noRouteText(step, detail) };
  const { route } = lookup;
  const fits = fitText(route, destination);
  if (step.action === 'DROPPED' || step.action === 'REJECTED')
    return explainRefusedRoute(step, detail, route, who, fits);
  if (outcome === 'local') {
    return {
      lead: `${who} keeps the packet.`,
      rest: route.type === 'broadcast' ? 'It is a broadcast on its link.' : `${destination} is its own address.`,
    };
  }
  if (detail.purpose === 'output' || detail.purpose === 'reroute')
    return {
      lead: `${who} looks up the way to ${destination}${detail.purpose === 'reroute' ? ' again' : ''}.`,
      rest: `${detail.purpose === 'reroute' ? 'The rules of OUTPUT changed the packet. ' : ''}${
        route.type === 'local'
          ? `${destination} is its own address: it stays inside, over lo.`
          : `${fits}: ${viaText(route, names)}.`
      }`,
    };
  if (detail.purpose === 'bridged-dnat') return explainBridgedDnat(detail, route, who, fits, names);
  return { lead: `${who} routes the packet.`, rest: `${fits}, so ${viaText(route, names)}.` };
}

function noRouteText(step: Step, { purpose }: Of<'route'>): string {
  if (purpose === 'output') return 'No packet leaves; the program is told at once.';
  if (purpose === 'bridged-dnat') return 'The frame leaves the bridge, and its own stack looks again.';
  return step.action === 'REJECTED' ? 'The sender is told by ICMP.' : 'The packet ends here, and nobody is told.';
}

/** A frame on a bridge got another destination: where is that? */
function explainBridgedDnat(detail: Of<'route'>, route: Route, who: string, fits: string, names: Names): Sentence {
  switch (detail.outcome) {
    case 'output':
      return {
        lead: `${who} keeps the frame on its bridge.`,
        rest: `${fits}: ${viaText(route, names)}, the bridge that it came in by. It is switched on, not routed.`,
      };
    case 'forward':
      return {
        lead: `${who} takes the frame off its bridge.`,
        rest: `${fits}, so ${viaText(route, names)}: its own stack has to route it.`,
      };
    default:
      return {
        lead: `${who} has no way on for the frame.`,
        rest: `${fits}, but that leads nowhere or this host does not forward: its own stack looks again.`,
      };
  }
}

function explainRefusedRoute(step: Step, detail: Of<'route'>, route: Route, who: string, fits: string): Sentence {
  switch (route.type) {
    case 'blackhole':
      return {
        lead: `${who} drops the packet.`,
        rest: `${fits}, and that is a blackhole: the packet is swallowed and nobody is told.`,
      };
    case 'unreachable':
    case 'prohibit':
      return {
        lead: `${who} refuses the packet.`,
        rest: `${fits}, and that route says ${route.type}. ${detail.purpose === 'input' ? 'The sender is told by ICMP.' : 'No packet leaves; the program is told at once.'}`,
      };
    default:
      break;
  }
  const { payload } = step.before;
  const source = payload.kind === 'ip' ? payload.src : '';
  if (detail.reverse?.kind === 'matched' && detail.reverse.route.type === 'local')
    return {
      lead: `${who} does not believe the source address.`,
      rest: `${source} is its own, and came from outside.`,
    };
  if (detail.reverse !== undefined)
    return {
      lead: `${who} does not believe the source address.`,
      rest: `The way back to ${source} leads elsewhere (rp_filter), so the packet is dropped.`,
    };
  if (payload.kind === 'ip' && (isLoopbackAddress(payload.src) || isLoopbackAddress(payload.dst)))
    return {
      lead: `${who} drops the packet.`,
      rest: 'An address of 127.0.0.0/8 stays inside its host, unless route_localnet is 1.',
    };
  if (detail.purpose === 'input' && (route.type === 'local' || route.type === 'broadcast'))
    return { lead: `${who} drops the packet.`, rest: `${source} cannot be the source of a packet.` };
  return { lead: `${who} does not forward packets.`, rest: `${fits}, but this host is no router (ip_forward is 0).` };
}
