// A name as a question in words gives it (`http://web`): looked up from where the question is asked, with real DNS packets.

import type { Exchange, Question } from './datapath/trace.ts';
import { DNS_PORT, queryBytes } from './dns/message.ts';
import { parseResolvConf } from './dns/resolvConf.ts';
import { resolveHost } from './dns/resolver.ts';
import type { World } from './linux/world.ts';
import type { Ip } from './net/address.ts';

/** Where a question is asked. */
export interface NameOrigin {
  readonly netns: string;
  /** Files of a container that its machine keeps; a machine has its own. */
  readonly mounts?: ReadonlyMap<string, string>;
}

export type NameLookup =
  | { readonly kind: 'found'; readonly address: Ip }
  /** No address, and the last question that was asked about it; undefined: none was. */
  | { readonly kind: 'not-found'; readonly last: Exchange | undefined };

/** @param ask puts one question to the network; its time counts, the lab's clock stays */
export function lookUpName(
  world: World,
  origin: NameOrigin,
  name: string,
  ask: (question: Question) => Exchange,
): NameLookup {
  const machine = world.find(origin.netns)?.machine;
  const text = (path: string): string =>
    machine === undefined ? '' : (world.filesOf(machine).get(origin.mounts?.get(path) ?? path) ?? '');
  let last: Exchange | undefined;
  let elapsedMs = 0;
  const resolved = resolveHost(name, {
    hosts: text('/etc/hosts'),
    conf: parseResolvConf(text('/etc/resolv.conf')),
    now: () => elapsedMs,
    ask(server, query, timeoutMs) {
      const exchange = ask({
        from: origin.netns,
        to: server,
        protocol: 'udp',
        port: DNS_PORT,
        message: query,
        requestBytes: queryBytes(query),
        timeoutMs,
      });
      last = exchange;
      elapsedMs += exchange.elapsedUs / 1000;
      const { response, verdict } = exchange;
      if (verdict === 'ok' && response?.kind === 'dns-answer') return { kind: 'answered', reply: response };
      return { kind: verdict === 'ok' || verdict === 'timeout' ? 'timeout' : 'refused' };
    },
  });
  const address = resolved.kind === 'found' ? resolved.addresses[0] : undefined;
  return address === undefined ? { kind: 'not-found', last } : { kind: 'found', address };
}
