// kube-proxy on every node: notices that Services or endpoints changed, and rewrites a node's rules when they are needed.
//
// The agent is lazy, the kernel is not: a node whose inputs changed is synced before anything reads its rules, so that
// 100 nodes with 1,000 Services cost one set of rules and the nodes that packets cross. What a learner writes into a
// KUBE chain lasts until the next sync, as on a real node. A kube-proxy that is stopped leaves its rules as they are.
//
// Read:    kubernetes pkg/proxy/iptables/proxier.go, `syncProxyRules`, `OnServiceUpdate`, `OnEndpointSliceUpdate`.

import type { ApiClient } from '../api/client.ts';
import { type Controller, ofKind } from '../api/controller.ts';
import { endpointSlices } from '../api/kinds/endpointSlice.ts';
import { nodes, ZONE_LABEL } from '../api/kinds/node.ts';
import { services } from '../api/kinds/service.ts';
import { withChains, withRule } from '../linux/netfilter/restore.ts';
import type { Rule, Ruleset } from '../linux/netfilter/types.ts';
import type { Netns } from '../linux/netns.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import { CowMap } from '../runtime/cowMap.ts';
import { withHealthChecks, withoutHealthChecks } from './healthChecks.ts';
import { iptablesRulesFor, PROXY_JUMPS, type ProxyChains, type ProxyConfig } from './iptablesRules.ts';
import { type ProxyNode, type ServicePort, servesAllAlike, servicePorts } from './servicePorts.ts';
import { forgetStaleFlows } from './staleFlows.ts';

/** The chains that are kube-proxy's to write; those of Services that are gone are taken away. */
const OWN_CHAIN = /^KUBE-(SVC|SVL|SEP|EXT|FW)-/;

/** Which nodes are up to date with what. */
export interface ProxierState {
  readonly revision: number;
  readonly synced: ReadonlyMap<string, number>;
  readonly stopped: ReadonlyMap<string, VirtualMs>;
}

export class Proxier {
  readonly #api: ApiClient;
  readonly #config: ProxyConfig;
  /** Counts changes of Services and endpoints. */
  #revision = 0;
  /** The revision that each node's rules were written from. */
  readonly #synced = new Map<string, number>();
  /** Nodes where it does not run, and since when. */
  readonly #stopped = new CowMap<string, VirtualMs>();
  /** What the rules of one revision are made of. */
  #inputs: ProxyInputs | undefined;

  constructor(api: ApiClient, config: ProxyConfig) {
    this.#api = api;
    this.#config = config;
  }

  /** Watches what the rules are made of. */
  controller(): Controller {
    const noticed = (): readonly string[] => {
      this.#revision++;
      return [];
    };
    return {
      name: 'kube-proxy',
      watches: [
        ofKind(services, noticed),
        ofKind(endpointSlices, noticed),
        ofKind(nodes, ({ object, previous }) =>
          object.metadata.labels?.[ZONE_LABEL] === previous?.metadata.labels?.[ZONE_LABEL] ? [] : noticed(),
        ),
      ],
      reconcile: () => undefined,
    };
  }

  /** Brings a node's rules up to date if its inputs changed since they were written. Returns whether it wrote. */
  sync(node: string, netns: Netns): boolean {
    if (this.#synced.get(node) === this.#revision || this.#stopped.has(node)) return false;
    this.#synced.set(node, this.#revision);
    this.write(node, netns);
    return true;
  }

  stoppedSince(node: string): VirtualMs | undefined {
    return this.#stopped.get(node);
  }

  /** The rules stay as they were written last; its sockets are closed. */
  stop(node: string, netns: Netns, now: VirtualMs): void {
    this.sync(node, netns);
    if (this.#stopped.has(node)) return;
    this.#stopped.set(node, now);
    netns.configure({ listeners: withoutHealthChecks(netns.config.listeners) });
  }

  /** It begins with a full sync. */
  start(node: string, netns: Netns): void {
    if (!this.#stopped.delete(node)) return;
    this.#synced.delete(node);
    this.sync(node, netns);
  }

  snapshot(): ProxierState {
    return { revision: this.#revision, synced: new Map(this.#synced), stopped: this.#stopped.snapshot() };
  }

  restore(state: ProxierState): void {
    this.#revision = state.revision;
    // An earlier state may come back under the number of a later one.
    this.#inputs = undefined;
    this.#stopped.restore(state.stopped);
    this.#synced.clear();
    for (const [node, revision] of state.synced) this.#synced.set(node, revision);
  }

  /** Nodes share the rules that do not depend on the node: one set in memory instead of one each. */
  #wantedOn(node: string): ProxyChains {
    if (this.#inputs?.revision !== this.#revision) {
      const ports = servicePorts(this.#api.list(services), this.#api.list(endpointSlices));
      const isSame = ports.every(servesAllAlike);
      const everywhere = isSame ? iptablesRulesFor(ports, this.#nodeCalled(node), this.#config) : undefined;
      this.#inputs = { revision: this.#revision, ports, everywhere };
    }
    return this.#inputs.everywhere ?? iptablesRulesFor(this.#inputs.ports, this.#nodeCalled(node), this.#config);
  }

  #nodeCalled(name: string): ProxyNode {
    return { name, zone: this.#api.get(nodes, { name })?.metadata.labels?.[ZONE_LABEL] };
  }

  /** One full sync, like the one that kube-proxy does every so often by itself. */
  write(node: string, netns: Netns): void {
    const wanted = this.#wantedOn(node);
    let rules: Ruleset = netns.config.netfilter;
    rules = withChains(
      rules,
      new Map([
        ['filter', wanted.filter],
        ['nat', withGoneChains(rules, wanted.nat)],
      ]),
    );
    for (const table of ['filter', 'nat'] as const) {
      // Put first, last jump first, so that they end up in their order.
      for (const entry of PROXY_JUMPS.filter(jump => jump.table === table).reverse()) {
        rules = withRule(rules, table, entry.chain, entry.rule, 'first');
      }
    }
    if (rules !== netns.config.netfilter) netns.configure({ netfilter: rules });
    const listeners = withHealthChecks(netns.config.listeners, this.#inputs?.ports ?? [], node);
    if (listeners !== netns.config.listeners) netns.configure({ listeners });
    forgetStaleFlows(netns.conntrack, this.#inputs?.ports ?? []);
  }
}

/** What kube-proxy has learned from the API, ready for writing. */
interface ProxyInputs {
  readonly revision: number;
  readonly ports: readonly ServicePort[];
  /** The rules that are the same on every node; absent where a Service prefers the endpoints of the node itself. */
  readonly everywhere: ProxyChains | undefined;
}

function withGoneChains(
  rules: Ruleset,
  wanted: ReadonlyMap<string, readonly Rule[]>,
): ReadonlyMap<string, readonly Rule[] | undefined> {
  const gone: string[] = [];
  for (const name of rules.tables.get('nat')?.chains.keys() ?? [])
    if (OWN_CHAIN.test(name) && !wanted.has(name)) gone.push(name);
  return gone.length === 0 ? wanted : new Map([...wanted, ...gone.map(name => [name, undefined] as const)]);
}
