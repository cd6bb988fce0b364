// What is there before any Pod: the LAN, the router, the nodes and the hosts outside, as namespaces joined by cables.
//
// The router forwards between outside and the LAN. It has no route for Pod and Service addresses, and a blackhole
// default route, so that it swallows what it does not know; it does no NAT. Every machine asks it for names (dnsmasq), after
// its own /etc/hosts.

import { machineHosts } from './dns/hosts.ts';
import { formatResolvConf } from './dns/resolvConf.ts';
import type { LabConfig, LabNode } from './labConfig.ts';
import {
  addAddress,
  addInterface,
  addRoute,
  addVethPair,
  DEFAULT_ROUTE,
  type NetlinkError,
  setLink,
  setMaster,
} from './linux/administer.ts';
import { ETHERNET_MTU, LOOPBACK_MTU } from './linux/interface.ts';
import type { Netns } from './linux/netns.ts';
import type { Listener } from './linux/sockets.ts';
import { withSysctl } from './linux/sysctl.ts';
import type { World } from './linux/world.ts';
import { type Ip, networkOf, nthAddress, type Prefix, prefixBits, UNSPECIFIED } from './net/address.ts';
import { type Mac, mac, macOfIp, ZERO_MAC } from './net/mac.ts';
import { invariant, type Result } from './runtime/errors.ts';

export const LAN = 'lan';
export const ROUTER = 'router';
const SWITCH = 'br0';
const SWITCH_MAC = mac('02:00:00:00:00:01');
/** Hosts outside share a /24 with the router. */
const OUTSIDE_PREFIX_LENGTH = 24;

/** Builds the world of a config. Nothing can fail here that the config's reader has let pass. */
export function buildSurroundings(world: World, config: LabConfig): void {
  const lan = newHost(world, LAN);
  must(addInterface(lan, { kind: 'bridge', name: SWITCH, mac: SWITCH_MAC, mtu: ETHERNET_MTU }));
  set(lan, 'net.bridge.bridge-nf-call-iptables', 0);
  must(setLink(lan, SWITCH, 'up'));
  const router = newHost(world, ROUTER);
  set(router, 'net.ipv4.ip_forward', 1);
  plugIntoLan(lan, router, ROUTER, config.lan.router, config.lan.subnet);
  must(addRoute(router, { type: 'blackhole', dst: DEFAULT_ROUTE }));
  router.configure({ listeners: [resolverOfLan('udp'), resolverOfLan('tcp')] });
  for (const node of config.nodes) buildNode(world, lan, node, config);
  addOutside(world, router, config);
  writeFiles(world, config);
}

function resolverOfLan(protocol: Listener['protocol']): Listener {
  const process = 'dnsmasq';
  return { protocol, address: UNSPECIFIED, port: 53, process, program: process, settings: { name: ROUTER } };
}

/** Who knows whom by name: machines each other (`/etc/hosts`), and the router's address on their side as resolver. */
function writeFiles(world: World, config: LabConfig): void {
  const hosts = machineHosts([
    ...config.nodes,
    { name: ROUTER, address: config.lan.router },
    // A name with dots is a public one: DNS knows it.
    ...config.outside.filter(host => !host.name.includes('.')),
  ]);
  const write = (machine: string, resolver: Ip): void => {
    const files = world.filesOf(machine);
    files.set('/etc/hostname', `${machine}\n`);
    files.set('/etc/hosts', hosts);
    files.set('/etc/resolv.conf', formatResolvConf({ nameservers: [resolver], search: [], options: [] }));
  };
  write(ROUTER, config.lan.router);
  for (const node of config.nodes) write(node.name, config.lan.router);
  for (const host of config.outside) write(host.name, gatewayOf(host.address));
}

/** The router's address on the network of a host outside. */
function gatewayOf(address: Ip): Ip {
  return nthAddress(networkOf(address, OUTSIDE_PREFIX_LENGTH), 1);
}

function newHost(world: World, name: string): Netns {
  const netns = world.add(name, name);
  must(addInterface(netns, { kind: 'loopback', name: 'lo', mac: ZERO_MAC, mtu: LOOPBACK_MTU }));
  must(setLink(netns, 'lo', 'up'));
  return netns;
}

function must(result: Result<unknown, NetlinkError>): void {
  invariant(result.ok, `the surroundings to be built, not: ${result.ok ? '' : result.error.message}`);
}

function set(netns: Netns, name: string, value: number): void {
  const written = withSysctl(netns.config.sysctls, name, value);
  invariant(written.ok, `a known setting, not ${name}`);
  netns.configure({ sysctls: written.value });
}

function cable(left: { netns: Netns; name: string; mac: Mac }, right: { netns: Netns; name: string; mac: Mac }): void {
  must(
    addVethPair([
      { ...left, mtu: ETHERNET_MTU },
      { ...right, mtu: ETHERNET_MTU },
    ]),
  );
  must(setLink(left.netns, left.name, 'up'));
  must(setLink(right.netns, right.name, 'up'));
}

/** A port of the switch is named after the machine that is plugged into it. */
function plugIntoLan(lan: Netns, host: Netns, port: string, address: Ip, subnet: Prefix): void {
  const portMac = mac(`02:00:00:00:01:${(lan.config.interfaces.length + 16).toString(16).padStart(2, '0').slice(-2)}`);
  cable({ netns: host, name: 'eth0', mac: macOfIp('02:42', address) }, { netns: lan, name: port, mac: portMac });
  must(setMaster(lan, port, SWITCH));
  must(addAddress(host, 'eth0', { address, prefixLength: prefixBits(subnet).length }));
}

function buildNode(world: World, lan: Netns, node: LabNode, config: LabConfig): void {
  const netns = newHost(world, node.name);
  plugIntoLan(lan, netns, node.name, node.address, config.lan.subnet);
  must(addRoute(netns, { dst: DEFAULT_ROUTE, via: config.lan.router, dev: 'eth0' }));
  set(netns, 'net.ipv4.ip_forward', 1);
  // kube-proxy switches this on for NodePorts on 127.0.0.1.
  set(netns, 'net.ipv4.conf.all.route_localnet', 1);
  set(netns, 'net.bridge.bridge-nf-call-iptables', 1);
  netns.configure({ listeners: nodeListeners(node) });
}

/** What listens on a machine itself. */
function nodeListeners(node: LabNode): readonly Listener[] {
  const listen = (process: string, port: number): Listener => ({
    protocol: 'tcp',
    address: UNSPECIFIED,
    port,
    process,
    program: 'silent',
    settings: { name: node.name },
  });
  const common = [listen('sshd', 22), listen('kubelet', 10250)];
  return node.role === 'control-plane' ? [...common, listen('kube-apiserver', 6443)] : common;
}

/** Every host outside is on a cable of its own network with the router, which has the first address there. */
function addOutside(world: World, router: Netns, config: LabConfig): void {
  let nextDevice = 1;
  const segments = new Map<Prefix, string>();
  for (const host of config.outside) {
    const netns = newHost(world, host.name);
    const network = networkOf(host.address, OUTSIDE_PREFIX_LENGTH);
    const gateway = gatewayOf(host.address);
    const segment = segments.get(network);
    if (segment !== undefined) {
      joinSegment(world, netns, segment, host.address, gateway);
      continue;
    }
    const device = `eth${nextDevice++}`;
    const shared =
      config.outside.filter(other => networkOf(other.address, OUTSIDE_PREFIX_LENGTH) === network).length > 1;
    if (shared) {
      const name = `net-${device}`;
      segments.set(network, name);
      const segmentSwitch = newHost(world, name);
      must(addInterface(segmentSwitch, { kind: 'bridge', name: SWITCH, mac: SWITCH_MAC, mtu: ETHERNET_MTU }));
      set(segmentSwitch, 'net.bridge.bridge-nf-call-iptables', 0);
      must(setLink(segmentSwitch, SWITCH, 'up'));
      cable(
        { netns: router, name: device, mac: macOfIp('02:42', gateway) },
        { netns: segmentSwitch, name: 'router', mac: mac('02:00:00:00:02:01') },
      );
      must(setMaster(segmentSwitch, 'router', SWITCH));
      must(addAddress(router, device, { address: gateway, prefixLength: OUTSIDE_PREFIX_LENGTH }));
      joinSegment(world, netns, name, host.address, gateway);
      continue;
    }
    cable(
      { netns: router, name: device, mac: macOfIp('02:42', gateway) },
      { netns, name: 'eth0', mac: macOfIp('02:42', host.address) },
    );
    must(addAddress(router, device, { address: gateway, prefixLength: OUTSIDE_PREFIX_LENGTH }));
    address(netns, host.address, gateway);
  }
}

function joinSegment(world: World, netns: Netns, segment: string, own: Ip, gateway: Ip): void {
  const segmentSwitch = world.get(segment);
  const portMac = mac(`02:00:00:00:02:${(segmentSwitch.config.interfaces.length + 16).toString(16).slice(-2)}`);
  cable({ netns, name: 'eth0', mac: macOfIp('02:42', own) }, { netns: segmentSwitch, name: netns.name, mac: portMac });
  must(setMaster(segmentSwitch, netns.name, SWITCH));
  address(netns, own, gateway);
}

function address(netns: Netns, own: Ip, gateway: Ip): void {
  must(addAddress(netns, 'eth0', { address: own, prefixLength: OUTSIDE_PREFIX_LENGTH }));
  must(addRoute(netns, { dst: DEFAULT_ROUTE, via: gateway, dev: 'eth0' }));
}
