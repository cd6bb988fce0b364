// The rules that kube-proxy installs on a node in iptables mode. Pure: the same Services and endpoints, the same rules.
//
// Models:  ClusterIP, NodePort, externalIPs and load balancer addresses, traffic policies, source ranges, hairpin and
//          masquerade marks, session affinity, REJECT without endpoints, DROP without local ones; real chain names and
//          comments.
// Omits:   the nfacct counters of newer versions, IPv6.
// Read:    kubernetes pkg/proxy/iptables/proxier.go, `syncProxyRules`.

import {
  ACCEPT,
  comment,
  DROP,
  destinationPort,
  destinationType,
  dnatTo,
  from,
  jump,
  MASQUERADE_RANDOM,
  marked,
  NO_TARGET,
  noted,
  notedWithin,
  notFrom,
  notMarked,
  notState,
  oneIn,
  ports as portsMatch,
  protocol as protocolMatch,
  RETURN,
  rejectWith,
  rule,
  setMark,
  sourceType,
  state,
  to,
} from '../linux/netfilter/rule.ts';
import type { Match, Rule, Target } from '../linux/netfilter/types.ts';
import { type Ip, type Prefix, prefix } from '../net/address.ts';
import { clusterPolicyChain, endpointChain, externalChain, firewallChain, localPolicyChain } from './chainNames.ts';
import {
  chooseEndpoints,
  isExternallyAccessible,
  type ProxyEndpoint,
  type ProxyNode,
  type ServicePort,
} from './servicePorts.ts';

/** How kube-proxy was started on a node. */
export interface ProxyConfig {
  /** Sources inside are Pods: their traffic to a ClusterIP keeps its address. */
  readonly clusterCIDR: Prefix;
  readonly masqueradeAll: boolean;
  /** NodePorts answer on 127.0.0.1 too. */
  readonly localhostNodePorts: boolean;
}

/** kube-proxy's chains in the two tables. */
export interface ProxyChains {
  readonly nat: ReadonlyMap<string, readonly Rule[]>;
  readonly filter: ReadonlyMap<string, readonly Rule[]>;
}

/** The mark that asks for masquerading. */
const MASQUERADE_MARK = 0x4000;
const LOOPBACK = prefix('127.0.0.0/8');
const REJECT = rejectWith('icmp-port-unreachable');
const MARK_MASQ = jump('KUBE-MARK-MASQ');

class ChainWriter {
  readonly nat = new Map<string, Rule[]>();
  readonly filter = new Map<string, Rule[]>();

  add(table: 'nat' | 'filter', chain: string, target: Target, ...matches: readonly Match[]): void {
    const rules = this[table].get(chain);
    const added = rule(target, ...matches);
    if (rules === undefined) this[table].set(chain, [added]);
    else rules.push(added);
  }

  ensure(table: 'nat' | 'filter', ...chains: readonly string[]): void {
    for (const chain of chains) if (!this[table].has(chain)) this[table].set(chain, []);
  }
}

export function iptablesRulesFor(
  servicePorts: readonly ServicePort[],
  node: ProxyNode,
  config: ProxyConfig,
): ProxyChains {
  const write = new ChainWriter();
  writeFixedChains(write, config);
  for (const port of servicePorts) writeServicePort(write, port, node, config);
  write.add(
    'nat',
    'KUBE-SERVICES',
    jump('KUBE-NODEPORTS'),
    comment('kubernetes service nodeports; NOTE: this must be the last rule in this chain'),
    destinationType('LOCAL'),
    ...(config.localhostNodePorts ? [] : [{ ...to(LOOPBACK), negated: true } as Match]),
  );
  return { nat: write.nat, filter: write.filter };
}

function writeFixedChains(write: ChainWriter, config: ProxyConfig): void {
  write.ensure('nat', 'KUBE-SERVICES', 'KUBE-NODEPORTS', 'KUBE-PROXY-CANARY');
  write.ensure(
    'filter',
    'KUBE-SERVICES',
    'KUBE-EXTERNAL-SERVICES',
    'KUBE-NODEPORTS',
    'KUBE-PROXY-FIREWALL',
    'KUBE-PROXY-CANARY',
  );
  write.add('nat', 'KUBE-MARK-MASQ', setMark(MASQUERADE_MARK, MASQUERADE_MARK));
  write.add('nat', 'KUBE-POSTROUTING', RETURN, notMarked(MASQUERADE_MARK));
  // Clears the mark, so that the packet is not masqueraded twice if it is routed again.
  write.add('nat', 'KUBE-POSTROUTING', setMark(MASQUERADE_MARK, 0));
  write.add('nat', 'KUBE-POSTROUTING', MASQUERADE_RANDOM, comment('kubernetes service traffic requiring SNAT'));
  if (config.localhostNodePorts) {
    write.add(
      'filter',
      'KUBE-FIREWALL',
      DROP,
      notFrom(LOOPBACK),
      to(LOOPBACK),
      comment('block incoming localnet connections'),
      notState('RELATED', 'ESTABLISHED', 'DNAT'),
    );
  } else write.ensure('filter', 'KUBE-FIREWALL');
  write.add('filter', 'KUBE-FORWARD', DROP, state('INVALID'));
  write.add('filter', 'KUBE-FORWARD', ACCEPT, comment('kubernetes forwarding rules'), marked(MASQUERADE_MARK));
  write.add(
    'filter',
    'KUBE-FORWARD',
    ACCEPT,
    comment('kubernetes forwarding conntrack rule'),
    state('RELATED', 'ESTABLISHED'),
  );
}

function writeServicePort(write: ChainWriter, port: ServicePort, node: ProxyNode, config: ProxyConfig): void {
  const { name, protocol } = port;
  const choice = chooseEndpoints(port, node);
  const cluster = clusterPolicyChain(name, protocol);
  const local = localPolicyChain(name, protocol);
  const external = externalChain(name, protocol);
  const firewall = firewallChain(name, protocol);
  const hasInternal = port.internalPolicyLocal ? choice.local.length > 0 : choice.hasAny;
  const hasExternal = port.externalPolicyLocal ? choice.local.length > 0 : choice.hasAny;
  const usesFirewall = choice.hasAny && port.loadBalancerIPs.length > 0 && port.sourceRanges.length > 0;
  const at = (address: Ip, text: string): readonly Match[] => [
    to(prefix(address)),
    protocolMatch(protocol),
    comment(text),
    destinationPort(protocol, port.port),
  ];
  const refusal: { readonly target: Target; readonly text: string } = choice.hasAny
    ? { target: DROP, text: `${name} has no local endpoints` }
    : { target: REJECT, text: `${name} has no endpoints` };

  if (hasInternal) {
    write.add(
      'nat',
      'KUBE-SERVICES',
      jump(port.internalPolicyLocal ? local : cluster),
      ...at(port.clusterIP, `${name} cluster IP`),
    );
  } else write.add('filter', 'KUBE-SERVICES', refusal.target, ...at(port.clusterIP, refusal.text));

  for (const address of port.externalIPs) {
    if (choice.hasAny) write.add('nat', 'KUBE-SERVICES', jump(external), ...at(address, `${name} external IP`));
    if (!hasExternal) write.add('filter', 'KUBE-EXTERNAL-SERVICES', refusal.target, ...at(address, refusal.text));
  }
  for (const address of port.loadBalancerIPs) {
    const chain = usesFirewall ? firewall : external;
    if (choice.hasAny) write.add('nat', 'KUBE-SERVICES', jump(chain), ...at(address, `${name} loadbalancer IP`));
    if (usesFirewall) {
      write.add('filter', 'KUBE-PROXY-FIREWALL', DROP, ...at(address, `${name} traffic not accepted by ${firewall}`));
    }
    if (!hasExternal) write.add('filter', 'KUBE-EXTERNAL-SERVICES', refusal.target, ...at(address, refusal.text));
  }
  writeNodePort(write, port, external, choice.hasAny, hasExternal, refusal);
  if (hasInternal) {
    const chain = port.internalPolicyLocal ? local : cluster;
    const outside = config.masqueradeAll ? [] : [notFrom(config.clusterCIDR)];
    write.add('nat', chain, MARK_MASQ, ...outside, ...at(port.clusterIP, `${name} cluster IP`));
  }
  if (choice.hasAny && isExternallyAccessible(port))
    writeExternalChain(write, port, external, cluster, local, hasExternal, config);
  if (usesFirewall) writeFirewallChain(write, port, firewall, external);
  if (choice.cluster.length > 0) writeBalancing(write, port, cluster, choice.cluster);
  if (choice.local.length > 0) writeBalancing(write, port, local, choice.local);
  for (const endpoint of choice.reachable) writeEndpoint(write, port, endpoint);
}

function writeNodePort(
  write: ChainWriter,
  port: ServicePort,
  external: string,
  hasAny: boolean,
  hasExternal: boolean,
  refusal: { readonly target: Target; readonly text: string },
): void {
  const { name, protocol, nodePort, healthCheckNodePort } = port;
  if (nodePort !== undefined) {
    if (hasAny)
      write.add(
        'nat',
        'KUBE-NODEPORTS',
        jump(external),
        protocolMatch(protocol),
        comment(name),
        destinationPort(protocol, nodePort),
      );
    if (!hasExternal) {
      write.add(
        'filter',
        'KUBE-EXTERNAL-SERVICES',
        refusal.target,
        protocolMatch(protocol),
        comment(refusal.text),
        destinationType('LOCAL'),
        destinationPort(protocol, nodePort),
      );
    }
  }
  if (healthCheckNodePort !== undefined) {
    const text = comment(`${name} health check node port`);
    write.add(
      'filter',
      'KUBE-NODEPORTS',
      ACCEPT,
      protocolMatch('tcp'),
      text,
      destinationPort('tcp', healthCheckNodePort),
    );
  }
}

function writeExternalChain(
  write: ChainWriter,
  port: ServicePort,
  external: string,
  cluster: string,
  local: string,
  hasExternal: boolean,
  config: ProxyConfig,
): void {
  const destinations = `${port.name} external destinations`;
  if (!port.externalPolicyLocal) {
    write.add('nat', external, MARK_MASQ, comment(`masquerade traffic for ${destinations}`));
  } else {
    write.add('nat', external, jump(cluster), from(config.clusterCIDR), comment(`pod traffic for ${destinations}`));
    write.add('nat', external, MARK_MASQ, comment(`masquerade LOCAL traffic for ${destinations}`), sourceType('LOCAL'));
    write.add('nat', external, jump(cluster), comment(`route LOCAL traffic for ${destinations}`), sourceType('LOCAL'));
  }
  if (hasExternal) write.add('nat', external, jump(port.externalPolicyLocal ? local : cluster));
}

function writeFirewallChain(write: ChainWriter, port: ServicePort, firewall: string, external: string): void {
  for (const range of port.sourceRanges) {
    write.add('nat', firewall, jump(external), from(range), comment(`${port.name} loadbalancer IP`));
  }
  write.add(
    'nat',
    firewall,
    NO_TARGET,
    comment(`other traffic to ${port.name} will be dropped by KUBE-PROXY-FIREWALL`),
  );
}

/**
 * One jump an endpoint: the first of n is taken with 1/n, the next of those left with 1/(n-1), the last always. With
 * session affinity the endpoints are asked first whether the client was theirs lately.
 */
function writeBalancing(
  write: ChainWriter,
  port: ServicePort,
  chain: string,
  endpoints: readonly ProxyEndpoint[],
): void {
  if (port.affinityS !== undefined)
    for (const endpoint of endpoints) {
      const own = chainOf(port, endpoint);
      const text = comment(`${port.name} -> ${endpoint.address}:${endpoint.port}`);
      write.add('nat', chain, jump(own), text, notedWithin(own, port.affinityS));
    }
  endpoints.forEach((endpoint, i) => {
    const text = comment(`${port.name} -> ${endpoint.address}:${endpoint.port}`);
    const left = endpoints.length - i;
    const target = jump(chainOf(port, endpoint));
    if (left > 1) write.add('nat', chain, target, text, oneIn(left));
    else write.add('nat', chain, target, text);
  });
}

function chainOf(port: ServicePort, endpoint: ProxyEndpoint): string {
  return endpointChain(port.name, port.protocol, `${endpoint.address}:${endpoint.port}`);
}

function writeEndpoint(write: ChainWriter, port: ServicePort, endpoint: ProxyEndpoint): void {
  const chain = chainOf(port, endpoint);
  const text = comment(port.name);
  // Hairpin: an endpoint that reaches itself must see another source, or it would answer itself directly.
  write.add('nat', chain, MARK_MASQ, from(prefix(endpoint.address)), text);
  write.add(
    'nat',
    chain,
    dnatTo(endpoint.address, endpoint.port),
    protocolMatch(port.protocol),
    text,
    ...(port.affinityS === undefined ? [] : [noted(chain)]),
    portsMatch(port.protocol),
  );
}

/** The jumps from the base chains to kube-proxy's, which it puts first. In the order of their chains. */
export const PROXY_JUMPS: readonly { readonly table: 'nat' | 'filter'; readonly chain: string; readonly rule: Rule }[] =
  [
    ...jumpsTo(
      'filter',
      ['INPUT', 'FORWARD', 'OUTPUT'],
      'KUBE-PROXY-FIREWALL',
      state('NEW'),
      comment('kubernetes load balancer firewall'),
    ),
    ...jumpsTo('filter', ['INPUT'], 'KUBE-NODEPORTS', comment('kubernetes health check service ports')),
    ...jumpsTo('filter', ['FORWARD'], 'KUBE-FORWARD', comment('kubernetes forwarding rules')),
    ...jumpsTo('filter', ['FORWARD', 'OUTPUT'], 'KUBE-SERVICES', state('NEW'), comment('kubernetes service portals')),
    ...jumpsTo(
      'filter',
      ['INPUT', 'FORWARD'],
      'KUBE-EXTERNAL-SERVICES',
      state('NEW'),
      comment('kubernetes externally-visible service portals'),
    ),
    ...jumpsTo('filter', ['INPUT', 'OUTPUT'], 'KUBE-FIREWALL'),
    ...jumpsTo('nat', ['PREROUTING', 'OUTPUT'], 'KUBE-SERVICES', comment('kubernetes service portals')),
    ...jumpsTo('nat', ['POSTROUTING'], 'KUBE-POSTROUTING', comment('kubernetes postrouting rules')),
  ];

function jumpsTo(
  table: 'nat' | 'filter',
  chains: readonly string[],
  target: string,
  ...matches: readonly Match[]
): readonly { readonly table: 'nat' | 'filter'; readonly chain: string; readonly rule: Rule }[] {
  return chains.map(chain => ({ table, chain, rule: rule(jump(target), ...matches) }));
}
