// bridge: a cable from the container to a bridge of the machine, an address, and a default route.
//
// Models:  the bridge as gateway, hairpin mode, forwarding switched on.
// Omits:   VLANs, MAC spoofing checks, ipMasq (agents do that), promiscuous mode.
// Read:    containernetworking/plugins plugins/main/bridge/bridge.go.

import {
  addAddress,
  addInterface,
  addRoute,
  addVethPair,
  DEFAULT_ROUTE,
  deleteInterface,
  type NetlinkError,
  setLink,
  setMaster,
} from '../../linux/administer.ts';
import type { Netns } from '../../linux/netns.ts';
import { withSysctl } from '../../linux/sysctl.ts';
import { type Ip, networkOf, nthAddress, type Prefix, prefixBits } from '../../net/address.ts';
import { drawnMac, macOfIp } from '../../net/mac.ts';
import type { Result } from '../../runtime/errors.ts';
import { failure, success } from '../../runtime/errors.ts';
import { hash32 } from '../../runtime/hash.ts';
import { allocate, release } from '../ipam/hostLocal.ts';
import type { Attachment, CniError, CniPlugin, CniResult, PluginHost } from '../plugin.ts';

export interface BridgeConfig {
  /** The name of the network: where IPAM keeps its files. */
  readonly network: string;
  /** The name of the bridge: `cni0`. */
  readonly bridge: string;
  readonly mtu: number;
  readonly hairpinMode: boolean;
  /** The range of this machine; its first address is the bridge's. */
  readonly subnet: Prefix;
}

export function bridgePlugin(config: BridgeConfig): CniPlugin {
  return {
    type: 'bridge',
    add: (host, attachment) => add(host, attachment, config),
    del: (host, attachment) => del(host, attachment, config),
  };
}

function add(host: PluginHost, attachment: Attachment, config: BridgeConfig): Result<CniResult, CniError> {
  const machine = host.world.get(host.netns);
  const sandbox = host.world.find(attachment.netns);
  if (sandbox === undefined) return failure({ code: 999, msg: `failed to open netns "${attachment.netns}"` });
  const gateway = nthAddress(config.subnet, 1);
  const given = allocate(host, config.network, config.subnet, gateway, attachment.containerId);
  if (!given.ok) return given;
  const bridge = ensureBridge(machine, config, gateway);
  if (!bridge.ok) return failed(bridge.error);

  // The host end gets a drawn name; the container's MAC follows from its address, as the plugin does it.
  const hostEnd = `veth${hash32(host.seed, attachment.containerId, attachment.ifName).toString(16).padStart(8, '0')}`;
  const mac = macOfIp('0a:58', given.value.address);
  const cable = addVethPair([
    { netns: sandbox, name: attachment.ifName, mac, mtu: config.mtu },
    { netns: machine, name: hostEnd, mac: drawnMac(host.seed, machine.name, hostEnd), mtu: config.mtu },
  ]);
  const steps: readonly (() => Result<unknown, NetlinkError>)[] = [
    () => cable,
    () => setMaster(machine, hostEnd, config.bridge, config.hairpinMode),
    () => setLink(machine, hostEnd, 'up'),
    () => setLink(sandbox, attachment.ifName, 'up'),
    () => addAddress(sandbox, attachment.ifName, given.value),
    () => addRoute(sandbox, { dst: DEFAULT_ROUTE, via: gateway, dev: attachment.ifName }),
  ];
  for (const step of steps) {
    const done = step();
    if (!done.ok) return failed(done.error);
  }
  enableForwarding(machine);
  return success({
    interfaces: [
      { name: config.bridge, mac: machine.interface(config.bridge)?.mac ?? mac },
      { name: hostEnd, mac: machine.interface(hostEnd)?.mac ?? mac },
      { name: attachment.ifName, mac, sandbox: attachment.netns },
    ],
    ips: [{ address: given.value, gateway, interface: 2 }],
    routes: [{ dst: DEFAULT_ROUTE, gw: gateway }],
  });
}

function failed(error: NetlinkError): { readonly ok: false; readonly error: CniError } {
  return failure({ code: 999, msg: error.message });
}

function ensureBridge(machine: Netns, config: BridgeConfig, gateway: Ip): Result<void, NetlinkError> {
  if (machine.interface(config.bridge) === undefined) {
    const made = addInterface(machine, {
      kind: 'bridge',
      name: config.bridge,
      mac: macOfIp('0a:58', gateway),
      mtu: config.mtu,
    });
    if (!made.ok) return made;
  }
  const up = setLink(machine, config.bridge, 'up');
  if (!up.ok) return up;
  const prefixLength = prefixBits(config.subnet).length;
  const has = machine
    .interface(config.bridge)
    ?.addresses.some(own => networkOf(own.address, own.prefixLength) === config.subnet);
  return has === true ? success(undefined) : addAddress(machine, config.bridge, { address: gateway, prefixLength });
}

/** Like `sysctl -w net.ipv4.ip_forward=1`. */
function enableForwarding(machine: Netns): void {
  const written = withSysctl(machine.config.sysctls, 'net.ipv4.ip_forward', 1);
  if (written.ok) machine.configure({ sysctls: written.value });
}

function del(host: PluginHost, attachment: Attachment, config: BridgeConfig): void {
  release(host, config.network, attachment.containerId);
  const sandbox = host.world.find(attachment.netns);
  if (sandbox?.interface(attachment.ifName) !== undefined) deleteInterface(host.world, sandbox, attachment.ifName);
}
