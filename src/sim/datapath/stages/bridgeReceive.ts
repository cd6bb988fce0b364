// A bridge: a frame came in by a port (or from this host); where does it go?
//
// Models:  learning, forwarding, flooding, hairpin; br_netfilter, which shows bridged IP frames to the IP hooks and
//          sends a translated frame on to where its new destination is.
// Omits:   spanning tree, VLANs, multicast snooping.
// Read:    kernel net/bridge/br_input.c, br_forward.c, br_device.c, br_netfilter_hooks.c (`br_nf_pre_routing_finish`).

import { isAged } from '../../linux/fdb.ts';
import { agedNeighbor } from '../../linux/neighbors.ts';
import type { NetDevice } from '../../linux/netDevice.ts';
import { deviceNamed } from '../../linux/netns.ts';
import { lookupRoute } from '../../linux/routes.ts';
import { isGroup, type Mac, ZERO_MAC } from '../../net/mac.ts';
import { runHook } from '../hooks.ts';
import type { StageKey } from '../order.ts';
import { gather } from '../reassembly.ts';
import { copySkb, ipOf, type Skb } from '../skb.ts';
import type { Effect, StepAction, StepDetail } from '../trace.ts';
import { NO_EFFECTS } from '../traceBuilder.ts';
import type { Walk } from '../walk.ts';

/** A learned entry is refreshed at most this often: packets in between change nothing. */
const REFRESH_MS = 10_000;

export function bridgeReceive(walk: Walk, skb: Skb): StageKey | undefined {
  const { view } = skb;
  const inPort = skb.inDevice;
  const bridge = inPort?.bridge;
  if (inPort === undefined || bridge?.link?.up !== true) {
    const { name, arrival } = bridge ?? deviceNamed(view.derived, undefined);
    skb.trace.step(view, 'bridge', 'DROPPED', arrival, skb.frame, skb.frame, name);
    skb.trace.end(walk.elapsedUs, 'DROPPED', 'DEV_READY');
    return undefined;
  }
  skb.bridged = undefined;
  if (skb.frame.payload.kind === 'arp' || !view.derived.sysctl.bridgeNfCallIptables) return 'bridgeDecide';
  if (view.derived.tracksConnections && gather(walk, skb, 'tracking', 'bridgeReceive') === 'waits') return undefined;
  skb.bridged = { bridge, inPort, prerouted: true };
  const destination = skb.frame.payload.dst;
  if (runHook(walk, skb, 'PREROUTING', bridge, undefined) === 'stopped') return undefined;
  return ipOf(skb).dst === destination ? 'bridgeDecide' : bridgedDnat(walk, skb, bridge);
}

/**
 * A bridged frame whose destination was translated. If the new destination is behind the same bridge the frame stays
 * a bridged one, with a new MAC address; else it is handed to this host's own stack, to be routed.
 */
function bridgedDnat(walk: Walk, skb: Skb, bridge: NetDevice): StageKey | undefined {
  const { view } = skb;
  const packet = ipOf(skb);
  const lookup = lookupRoute(view.derived.fib, {
    dst: packet.dst,
    src: packet.src,
    inInterface: bridge.name,
    mark: skb.mark,
  });
  const route = lookup.kind === 'matched' ? lookup.route : undefined;
  const isRouted = route?.type === 'local' || (route?.type === 'unicast' && view.derived.sysctl.ipForward);
  const staysHere = isRouted && route.type === 'unicast' && route.dev === bridge.name;
  const outcome = staysHere ? 'output' : route?.type === 'local' ? 'local' : isRouted ? 'forward' : 'none';
  const detail: StepDetail = {
    kind: 'route',
    purpose: 'bridged-dnat',
    destination: packet.dst,
    lookup,
    outcome,
    reverse: undefined,
  };
  const before = skb.frame;
  const bridgeMac = bridge.link?.mac ?? ZERO_MAC;
  const source = before.ethernet?.src ?? bridgeMac;
  if (!staysHere) {
    skb.frame = { ethernet: { src: source, dst: bridgeMac }, payload: packet };
    skb.trace.step(view, 'routeInput', 'ROUTED', detail, before, skb.frame);
    // Without a way, or without forwarding, the host's own stack looks again and refuses it.
    skb.route = isRouted ? route : undefined;
    skb.outDevice = isRouted ? deviceNamed(view.derived, route.dev) : undefined;
    return 'bridgeDecide';
  }
  skb.trace.step(view, 'routeInput', 'ROUTED', detail, before, before);
  skb.nextHop = route.via ?? packet.dst;
  skb.outDevice = bridge;
  const known = view.neighbors.get(bridge.station(skb.nextHop).key);
  const neighbor = known === undefined ? undefined : agedNeighbor(known, walk.now);
  if (neighbor?.mac !== undefined && (neighbor.state === 'REACHABLE' || neighbor.state === 'PERMANENT')) {
    skb.frame = { ethernet: { src: source, dst: neighbor.mac }, payload: packet };
    const resolved: StepDetail = { kind: 'neighbor', device: bridge.name, nextHop: skb.nextHop, entry: neighbor };
    skb.trace.step(view, 'neighbor', 'RESOLVED', resolved, before, skb.frame, bridge.name);
    return 'bridgeDecide';
  }
  // Not confirmed lately: the frame goes through the neighbour table and leaves through the bridge's own interface.
  return 'neighbor';
}

/** A packet of this host (or one that was routed) goes out through the bridge's interface. */
export function bridgeTransmit(_walk: Walk, skb: Skb): StageKey | undefined {
  // Sent on by the neighbour table: still the bridged frame that came in by its port.
  if (skb.bridged !== undefined && skb.inDevice === skb.bridged.inPort) return 'bridgeDecide';
  skb.bridged = undefined;
  skb.inDevice = undefined;
  return 'bridgeDecide';
}

type BridgeKnowledge = Extract<StepDetail, { kind: 'bridge' }>['by'];

/** A frame that a bridge looks at. */
interface Arrival {
  readonly bridge: NetDevice;
  /** The port that it came in by; none for a frame of this host. */
  readonly port: NetDevice | undefined;
  readonly destination: Mac;
  readonly effects: readonly Effect[];
}

export function bridgeDecide(walk: Walk, skb: Skb): StageKey | undefined {
  const { view } = skb;
  const { ethernet } = skb.frame;
  if (ethernet === undefined) return undefined;
  const port = skb.inDevice;
  const bridge = (port === undefined ? skb.outDevice : port.bridge) ?? deviceNamed(view.derived, undefined);
  const effects = port === undefined ? NO_EFFECTS : learn(walk, skb, bridge, port, ethernet.src);
  const arrival: Arrival = { bridge, port, destination: ethernet.dst, effects };
  // Without a spanning tree it would go round for ever, and with every round there would be more of it.
  if (port !== undefined && skb.trace.hasCrossed(view, bridge.name, skb.frame)) {
    record(skb, 'DROPPED', arrival, [], 'seen-before');
    skb.trace.end(walk.elapsedUs, 'LOOPED', 'LAB_BRIDGE_LOOP');
    return undefined;
  }
  const station = bridge.station(ethernet.dst);
  if (port !== undefined && station.isOwn) {
    record(skb, 'PASSED_UP', arrival, [bridge.name], 'own-address');
    return passUp(skb, bridge);
  }
  const entry = isGroup(ethernet.dst) ? undefined : view.fdb.get(station.key);
  if (entry === undefined || isAged(entry, walk.now)) return flood(walk, skb, arrival);
  const out = deviceNamed(view.derived, entry.device);
  if (!mayLeaveBy(bridge, out, port)) {
    record(skb, 'DROPPED', arrival, [], 'entry');
    skb.trace.end(walk.elapsedUs, 'DROPPED', 'LAB_BRIDGE_SAME_PORT');
    return undefined;
  }
  record(skb, 'SWITCHED', arrival, [entry.device], 'entry');
  skb.outDevice = out;
  return 'bridgeForward';
}

function record(skb: Skb, action: StepAction, arrival: Arrival, to: readonly string[], by: BridgeKnowledge): void {
  const { bridge, port, destination, effects } = arrival;
  const { name } = bridge;
  const detail: StepDetail = { kind: 'bridge', bridge: name, port: port?.name, destination, to, by };
  skb.trace.step(skb.view, 'bridge', action, detail, skb.frame, skb.frame, name, effects);
}

function mayLeaveBy(bridge: NetDevice, out: NetDevice, inPort: NetDevice | undefined): boolean {
  if (out.link?.up !== true || out.bridge !== bridge) return false;
  return out !== inPort || out.link.port?.hairpin === true;
}

/** To every port but the one it came in by; a broadcast also goes to this host. */
function flood(walk: Walk, skb: Skb, arrival: Arrival): StageKey | undefined {
  const { bridge, port, destination } = arrival;
  const group = isGroup(destination);
  const { derived } = skb.view;
  const ports = derived.ports.get(bridge.name) ?? [];
  // The newest port first. Source: kernel net/bridge/br_if.c, `br_add_if` (list_add_rcu).
  const targets = ports
    .map(({ name }) => deviceNamed(derived, name))
    .filter(device => mayLeaveBy(bridge, device, port))
    .map(({ name }) => name)
    .reverse();
  const to = group && port !== undefined ? [...targets, bridge.name] : targets;
  const by = group ? 'broadcast' : 'unknown';
  if (to.length === 0) {
    record(skb, 'DROPPED', arrival, [], by);
    skb.trace.end(walk.elapsedUs, 'DROPPED', 'LAB_BRIDGE_NO_PORT');
    return undefined;
  }
  record(skb, 'FLOODED', arrival, to, by);
  const copies = to.map((name, i) => ({ name, copy: i === 0 ? skb : copySkb(skb, walk.forkTrace(skb.trace)) }));
  for (const { name, copy } of copies) {
    if (name === bridge.name) walk.enqueue(copy, passUp(copy, bridge));
    else {
      copy.outDevice = deviceNamed(derived, name);
      walk.enqueue(copy, 'bridgeForward');
    }
  }
  return undefined;
}

/** The host's own stack takes the frame, as if it had come in by the bridge's interface. */
function passUp(skb: Skb, bridge: NetDevice): StageKey {
  skb.inDevice = bridge;
  return skb.frame.payload.kind === 'arp' ? 'arpReceive' : 'prerouting';
}

function learn(walk: Walk, skb: Skb, keeper: NetDevice, { name: port }: NetDevice, source: Mac): readonly Effect[] {
  const { key } = keeper.station(source);
  const known = skb.view.fdb.get(key);
  if (known?.state === 'permanent') return NO_EFFECTS;
  if (known?.device === port && walk.now - known.since < REFRESH_MS) return NO_EFFECTS;
  skb.view.fdb.set(key, { device: port, mac: source, state: 'learned', since: walk.now });
  return known?.device === port ? NO_EFFECTS : [{ kind: 'learned-mac', bridge: keeper.name, mac: source, port }];
}
