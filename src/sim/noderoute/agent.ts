// The node route agent (flannel's flanneld): makes the Pods of every other node reachable from each node.
//
// Models:  routes and rules written as Nodes come and go; a check every few seconds that puts back what somebody took away.
// Omits:   the subnet lease protocol: a Node's podCIDR and InternalIP are its lease.
// Read:    flannel-io/flannel pkg/backend/route_network.go (`routeCheck`), pkg/trafficmngr/iptables/iptables.go.

import type { ApiClient } from '../api/client.ts';
import { type Controller, ofKind } from '../api/controller.ts';
import { type Node, nodes } from '../api/kinds/node.ts';
import { addRoute, deleteRoute, type NewRoute } from '../linux/administer.ts';
import type { Netns } from '../linux/netns.ts';
import { MAIN_TABLE } from '../linux/routes.ts';
import { type Ip, ip, type Prefix, prefix } from '../net/address.ts';
import type { Clock } from '../runtime/clock.ts';
import type { EventLog } from '../runtime/eventLog.ts';
import type { Backend, Lease } from './backend.ts';
import { withFlannelRules } from './masquerade.ts';

export interface NodeRouteConfig {
  readonly backend: Backend;
  /** The whole Pod network. */
  readonly network: Prefix;
  /** The interface of each node that the others reach it by. */
  readonly externalInterface: string;
}

/** flannel looks at its routes this often. Source: route_network.go, `routeCheckRetries`. */
export const ROUTE_CHECK_MS = 10_000;
const OWNER = 'flanneld';

/** The namespace of a node, once the machine runs. */
export type NetnsOfNode = (node: string) => Netns | undefined;

/** What the agents of all nodes need to know. */
export interface NodeRouteWorld {
  readonly api: ApiClient;
  readonly netnsOf: NetnsOfNode;
  readonly config: NodeRouteConfig;
  readonly clock: Clock;
  readonly log: EventLog;
}

/** The agents of all nodes. Keys are node names; `gone NODE SUBNET ADDRESS` takes the routes of a lost lease away. */
export function nodeRouteController(setting: NodeRouteWorld): Controller {
  const { clock, netnsOf } = setting;
  clock.onAlarm(OWNER, node => {
    if (netnsOf(node) === undefined) return;
    repair(setting, node);
    clock.setAlarm(OWNER, node, ROUTE_CHECK_MS, 'periodic');
  });
  return {
    name: OWNER,
    watches: [
      ofKind(nodes, (change, api) => {
        const before = change.previous === undefined ? undefined : leaseOf(change.previous);
        const now = change.type === 'DELETED' ? undefined : leaseOf(change.object);
        if (before?.subnet === now?.subnet && before?.publicIP === now?.publicIP) return [];
        const gone = before === undefined ? [] : [`gone ${before.node} ${before.subnet} ${before.publicIP}`];
        return [...gone, ...api.list(nodes).map(node => node.metadata.name)];
      }),
    ],
    reconcile(api, key) {
      if (!key.startsWith('gone ')) {
        if (netnsOf(key) === undefined) return;
        repair(setting, key);
        clock.setAlarm(OWNER, key, ROUTE_CHECK_MS, 'periodic');
        return;
      }
      const [, name = '', subnet = '', publicIP = ''] = key.split(' ');
      const lease: Lease = { node: name, subnet: prefix(subnet), publicIP: ip(publicIP) };
      const { backend, externalInterface } = setting.config;
      const route = backend.routeTo(lease, externalInterface);
      for (const node of api.list(nodes)) {
        const netns = netnsOf(node.metadata.name);
        if (netns === undefined) continue;
        deleteRoute(netns, { dst: route.dst, ...(route.via !== undefined && { via: route.via }) });
        backend.disconnect(netns, lease);
      }
    },
  };
}

/** Writes what a node lacks: the rules for its own Pods, a route to those of every other node. */
function repair({ api, netnsOf, config, log }: NodeRouteWorld, node: string): void {
  const netns = netnsOf(node);
  if (netns === undefined) return;
  for (const lease of leases(api)) {
    if (lease.node === node) {
      const rules = withFlannelRules(netns.config.netfilter, config.network, lease.subnet);
      if (rules !== netns.config.netfilter) netns.configure({ netfilter: rules });
      tell(log, node, 'DeviceAdded', config.backend.prepare(netns, lease, config.externalInterface));
    }
  }
  for (const lease of leases(api)) {
    if (lease.node === node) continue;
    tell(log, node, 'TunnelEndAdded', config.backend.connect(netns, lease));
    ensureRoute(netns, node, config.backend.routeTo(lease, config.externalInterface), log);
  }
}

function tell(log: EventLog, node: string, reason: string, commands: readonly string[]): void {
  for (const message of commands)
    log.append({ source: 'kernel', actor: `flanneld ${node}`, reason, about: node, message, type: 'Normal' });
}

function ensureRoute(netns: Netns, node: string, route: NewRoute, log: EventLog): void {
  const present = netns.config.routes.find(old => old.dst === route.dst && old.table === MAIN_TABLE);
  if (present !== undefined && present.via === route.via) return;
  if (present !== undefined) deleteRoute(netns, { dst: route.dst });
  const added = addRoute(netns, route);
  const via = route.via === undefined ? '' : ` via ${route.via}`;
  const dev = route.dev === undefined ? '' : ` dev ${route.dev}`;
  log.append({
    source: 'kernel',
    actor: `flanneld ${node}`,
    reason: added.ok ? 'RouteAdded' : 'RouteFailed',
    about: node,
    message: added.ok
      ? `ip route add ${route.dst}${via}${dev}`
      : `ip route add ${route.dst}${via}${dev}: ${added.error.message}`,
    type: added.ok ? 'Normal' : 'Warning',
  });
}

/** Every node's lease, in the order of their names. */
function leases(api: ApiClient): readonly Lease[] {
  return api.list(nodes).flatMap(node => leaseOf(node) ?? []);
}

function leaseOf(node: Node): Lease | undefined {
  const subnet = node.spec?.podCIDR;
  const publicIP = internalIP(node);
  return subnet === undefined || publicIP === undefined
    ? undefined
    : { node: node.metadata.name, subnet: prefix(subnet), publicIP };
}

/** A Node's InternalIP. */
export function internalIP(node: Node): Ip | undefined {
  const found = node.status?.addresses?.find(address => address.type === 'InternalIP')?.address;
  return found === undefined ? undefined : ip(found);
}
