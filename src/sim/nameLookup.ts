// A name as a question in words gives it (`http://web`): looked up from where the question is asked, with real DNS packets.

import type { Exchange, Question } from './datapath/trace.ts';
import { asksServer } from './dns/message.ts';
import { parseResolvConf } from './dns/resolvConf.ts';
import { type QueryOutcome, type ResolverHost, resolveHost } from './dns/resolver.ts';
import type { World } from './linux/world.ts';
import type { Ip } from './net/address.ts';

/** Where a question is asked. */
export interface NameOrigin {
  readonly netns: string;
  /** Files of a container that its machine keeps; a machine has its own. */
  readonly mounts?: ReadonlyMap<string, string>;
}

/** One question to one server, and what came of it. */
export interface NameQuery {
  readonly server: Ip;
  readonly name: string;
  readonly type: string;
  readonly outcome: QueryOutcome;
}

export type NameLookup =
  | { readonly kind: 'found'; readonly address: Ip; readonly queries: readonly NameQuery[] }
  /** No address, and the last question that was asked about it; undefined: none was. */
  | { readonly kind: 'not-found'; readonly last: Exchange | undefined; readonly queries: readonly NameQuery[] };

/** @param ask puts one question to the network; its time counts, the lab's clock stays */
export function lookUpName(
  world: World,
  origin: NameOrigin,
  name: string,
  ask: (question: Question) => Exchange,
): NameLookup {
  const { host, queries, last } = resolverAt(world, origin, ask);
  const resolved = resolveHost(name, host);
  const address = resolved.kind === 'found' ? resolved.addresses[0] : undefined;
  return address === undefined ? { kind: 'not-found', last: last(), queries } : { kind: 'found', address, queries };
}

/** The resolver of a machine or container. What it asks is noted. */
export function resolverAt(
  world: World,
  origin: NameOrigin,
  ask: (question: Question) => Exchange,
): {
  readonly host: ResolverHost;
  readonly queries: readonly NameQuery[];
  /** The exchange of the last of the queries. */
  readonly last: () => Exchange | undefined;
} {
  const machine = world.find(origin.netns)?.machine;
  const text = (path: string): string =>
    machine === undefined ? '' : (world.filesOf(machine).get(origin.mounts?.get(path) ?? path) ?? '');
  const queries: NameQuery[] = [];
  let last: Exchange | undefined;
  let elapsedMs = 0;
  const host: ResolverHost = {
    hosts: text('/etc/hosts'),
    conf: parseResolvConf(text('/etc/resolv.conf')),
    now: () => elapsedMs,
    ask(server, query, timeoutMs, transport) {
      last = ask({ from: origin.netns, to: server, ...asksServer(query, transport), timeoutMs });
      elapsedMs += last.elapsedUs / 1000;
      const outcome = outcomeOf(last);
      queries.push({ server, name: query.name, type: query.type, outcome });
      return outcome;
    },
  };
  return { host, queries, last: () => last };
}

function outcomeOf({ response, verdict }: Exchange): QueryOutcome {
  if (verdict === 'ok' && response?.kind === 'dns-answer') return { kind: 'answered', reply: response };
  return { kind: verdict === 'ok' || verdict === 'timeout' || verdict === 'stalled' ? 'timeout' : 'refused' };
}
