// portmap: ports of the machine that lead to ports of a container, by rules of nat (`hostPort`).
//
// Models:  one chain a container, masquerading of who comes from the containers' own network or from 127.0.0.1.
// Omits:   IPv6, nftables, forgetting tracked datagrams, the sets of at most 15 ports.
// Read:    containernetworking/plugins plugins/meta/portmap/portmap_iptables.go, chain.go; pkg/utils/utils.go.

import { sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { withChains, withRule } from '../../linux/netfilter/restore.ts';
import {
  comment,
  destinationPort,
  destinationPorts,
  destinationType,
  dnatTo,
  from,
  jump,
  MASQUERADE,
  marked,
  protocol,
  rule,
  setMark,
  to,
} from '../../linux/netfilter/rule.ts';
import type { Rule, Ruleset } from '../../linux/netfilter/types.ts';
import type { Netns } from '../../linux/netns.ts';
import { withSysctl } from '../../linux/sysctl.ts';
import { type InterfaceAddress, ip, networkOf, prefix, UNSPECIFIED } from '../../net/address.ts';
import { failure, type Result, success } from '../../runtime/errors.ts';
import type { Attachment, CniError, CniPlugin, CniResult, PluginHost, PortMapping } from '../plugin.ts';

export interface PortmapConfig {
  /** The name of the network: part of the chains' names. */
  readonly network: string;
}

const SUMMARY = 'CNI-HOSTPORT-DNAT';
const SET_MARK = 'CNI-HOSTPORT-SETMARK';
const MASQ = 'CNI-HOSTPORT-MASQ';
/** Bit 13. Source: portmap main.go, `DefaultMarkBit`. */
const MARK = 0x2000;
/** Source: pkg/utils, `maxChainLength`. */
const CHAIN_CHARACTERS = 28;
const HERE = prefix('127.0.0.1/32');

export function portmapPlugin(config: PortmapConfig): CniPlugin {
  return {
    type: 'portmap',
    add: (host, attachment, previous) => add(host, attachment, previous, config),
    del: (host, attachment) => del(host, attachment, config),
  };
}

/** `CNI-DN-0123456789abcdef01234`. */
function chainOf({ network }: PortmapConfig, { containerId }: Attachment): string {
  return `CNI-DN-${bytesToHex(sha512(utf8ToBytes(network + containerId)))}`.slice(0, CHAIN_CHARACTERS);
}

function add(
  host: PluginHost,
  attachment: Attachment,
  previous: CniResult | undefined,
  config: PortmapConfig,
): Result<CniResult, CniError> {
  if (previous === undefined) return failure({ code: 7, msg: 'must be called as chained plugin' });
  const { portMappings = [] } = attachment;
  const address = previous.ips[0]?.address;
  if (portMappings.length === 0 || address === undefined) return success(previous);
  const machine = host.world.get(host.netns);
  const bridge = previous.interfaces[0]?.name;
  if (bridge !== undefined) routeLoopbackBy(machine, bridge);
  const name = chainOf(config, attachment);
  const text = comment(`dnat name: "${config.network}" id: "${attachment.containerId}"`);
  let rules = withShared(machine.config.netfilter);
  rules = withChains(
    rules,
    new Map([['nat', new Map([[name, portMappings.flatMap(one => dnatRules(one, address))]])]]),
  );
  for (const kind of ['tcp', 'udp'] as const) {
    const ports = portMappings.filter(mapping => mapping.protocol === kind).map(mapping => mapping.hostPort);
    if (ports.length === 0) continue;
    rules = withRule(rules, 'nat', SUMMARY, rule(jump(name), protocol(kind), text, destinationPorts(ports)), 'last');
  }
  machine.configure({ netfilter: rules });
  return success(previous);
}

/** The chains and jumps that all containers share. */
function withShared(before: Ruleset): Ruleset {
  const marking = rule(setMark(MARK, MARK), comment('CNI portfwd masquerade mark'));
  const summary = before.tables.get('nat')?.chains.get(SUMMARY)?.rules ?? [];
  const chains = withChains(
    before,
    new Map([
      [
        'nat',
        new Map<string, readonly Rule[]>([
          [SET_MARK, [marking]],
          [MASQ, [rule(MASQUERADE, marked(MARK))]],
          [SUMMARY, summary],
        ]),
      ],
    ]),
  );
  const masked = rule(jump(MASQ), comment('CNI portfwd requiring masquerade'));
  const local = rule(jump(SUMMARY), destinationType('LOCAL'));
  const entered = withRule(chains, 'nat', 'POSTROUTING', masked, 'first');
  return withRule(withRule(entered, 'nat', 'PREROUTING', local, 'last'), 'nat', 'OUTPUT', local, 'last');
}

function dnatRules(mapping: PortMapping, address: InterfaceAddress): readonly Rule[] {
  const { protocol: kind, hostPort, containerPort, hostIP } = mapping;
  const at = [
    ...(hostIP === undefined || hostIP === UNSPECIFIED ? [] : [to(prefix(`${ip(hostIP)}/32`))]),
    protocol(kind),
    destinationPort(kind, hostPort),
  ];
  const mark = jump(SET_MARK);
  return [
    rule(mark, from(networkOf(address.address, address.prefixLength)), ...at),
    rule(mark, from(HERE), ...at),
    rule(dnatTo(address.address, containerPort), ...at),
  ];
}

/** So that packets of 127.0.0.1 may leave by the bridge. */
function routeLoopbackBy(machine: Netns, bridge: string): void {
  const written = withSysctl(machine.config.sysctls, `net.ipv4.conf.${bridge}.route_localnet`, 1);
  if (written.ok) machine.configure({ sysctls: written.value });
}

function del(host: PluginHost, attachment: Attachment, config: PortmapConfig): void {
  const machine = host.world.find(host.netns);
  const name = chainOf(config, attachment);
  const before = machine?.config.netfilter.tables.get('nat')?.chains;
  if (machine === undefined || before?.has(name) !== true) return;
  const summary = (before.get(SUMMARY)?.rules ?? []).filter(
    ({ target }) => target.kind !== 'jump' || target.chain !== name,
  );
  const chains = new Map<string, readonly Rule[] | undefined>([
    [SUMMARY, summary],
    [name, undefined],
  ]);
  machine.configure({ netfilter: withChains(machine.config.netfilter, new Map([['nat', chains]])) });
}
