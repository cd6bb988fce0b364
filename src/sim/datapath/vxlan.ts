// Ethernet frames in UDP: what a VXLAN device does with what leaves and what arrives.
//
// Models:  the forwarding database (written and learned), the all-zero entries that flooded frames go to, the outer
//          source port by flow, DF of the outer packet.
// Omits:   multicast groups, checksums, GPE, IPv6 underlays.
// Read:    RFC 7348; kernel drivers/net/vxlan/vxlan_core.c, `vxlan_xmit`, `vxlan_rcv`.

import { defaultFdbEntries, fdbKey, isAged } from '../linux/fdb.ts';
import type { Interface, Vxlan } from '../linux/interface.ts';
import { deviceNamed } from '../linux/netns.ts';
import type { NetnsView } from '../linux/overlay.ts';
import type { Ip } from '../net/address.ts';
import { flowOf, formatFlow } from '../net/flow.ts';
import { isGroup } from '../net/mac.ts';
import { type Frame, type IpPacket, NO_PAYLOAD } from '../net/packet.ts';
import { fractionOf, hashFrom, hashStart } from '../runtime/hash.ts';
import type { StageKey } from './order.ts';
import { routeOutput } from './send.ts';
import { copySkb, type Skb } from './skb.ts';
import type { Effect, StepDetail } from './trace.ts';
import { NO_EFFECTS } from './traceBuilder.ts';
import { leaveAsOuter } from './tunnel.ts';
import type { Walk } from './walk.ts';

/** The ports that outer packets are sent from. Source: kernel net/ipv4/udp.c, `udp_flow_src_port`; ip_local_port_range. */
const SOURCE_PORTS = { first: 32_768, last: 60_999 } as const;

/** A frame leaves by the device: it becomes a UDP packet of this host, one for each tunnel end it goes to. */
export function encapsulate(walk: Walk, skb: Skb, device: Vxlan): StageKey | undefined {
  const remotes = remotesFor(walk, skb, device);
  const [first, ...others] = remotes;
  if (first === undefined) {
    const detail: StepDetail = { kind: 'tunnel', device: device.name, vni: device.vni, remote: undefined };
    skb.trace.step(skb.view, 'tunnel', 'DROPPED', detail, skb.frame, skb.frame, device.name);
    skb.trace.end(walk.elapsedUs, 'DROPPED', 'VXLAN_NO_REMOTE');
    return undefined;
  }
  const copies = others.map(remote => ({ remote, copy: copySkb(skb, walk.forkTrace(skb.trace)) }));
  for (const { remote, copy } of copies) {
    const stage = wrap(walk, copy, device, remote);
    if (stage !== undefined) walk.enqueue(copy, stage);
  }
  return wrap(walk, skb, device, first);
}

function remotesFor(walk: Walk, skb: Skb, device: Vxlan): readonly Ip[] {
  const destination = skb.frame.ethernet?.dst;
  const { fdb } = skb.view;
  const entry =
    destination === undefined || isGroup(destination) ? undefined : fdb.get(fdbKey(device.name, destination));
  if (entry?.remote !== undefined && !isAged(entry, walk.now)) return [entry.remote];
  return defaultFdbEntries(fdb.values(), device.name).flatMap(({ remote }) => (remote === undefined ? [] : [remote]));
}

/** How often a packet may go into a device while another device still sends it. Source: kernel, `XMIT_RECURSION_LIMIT`. */
const MAX_NESTED = 8;

function wrap(walk: Walk, skb: Skb, device: Vxlan, remote: Ip): StageKey | undefined {
  const { view } = skb;
  const inner = skb.frame;
  const detail: StepDetail = { kind: 'tunnel', device: device.name, vni: device.vni, remote };
  if (tunnelsIn(inner) > MAX_NESTED) {
    skb.trace.step(view, 'tunnel', 'DROPPED', detail, inner, inner, device.name);
    skb.trace.end(walk.elapsedUs, 'LOOPED', 'LAB_TOO_MANY_STEPS');
    return undefined;
  }
  // Entries of the forwarding database are not bound to the tunnel's `dev`. Source: `vxlan_fdb_parse`, `vxlan_snoop`.
  const way = routeOutput(view, remote, device.local);
  if (way.kind === 'refused') {
    skb.trace.step(view, 'tunnel', 'DROPPED', detail, inner, inner, device.name);
    skb.trace.end(walk.elapsedUs, 'DROPPED', 'IP_OUTNOROUTES');
    return undefined;
  }
  if (way.lookup.kind === 'matched' && way.lookup.route.type === 'local') return bypass(walk, skb, device, remote);
  const outer: IpPacket = {
    kind: 'ip',
    src: device.local ?? way.source,
    dst: remote,
    ttl: view.derived.sysctl.defaultTtl,
    df: device.df === 'set' || (device.df === 'inherit' && inner.payload.kind === 'ip' && inner.payload.df),
    id: walk.nextId(view, 'ip-id', 1),
    fragment: undefined,
    body: {
      kind: 'udp',
      srcPort: sourcePort(inner),
      dstPort: device.udpPort,
      payload: NO_PAYLOAD,
      vxlan: { vni: device.vni, frame: inner },
    },
  };
  return leaveAsOuter(skb, outer, way, detail);
}

/**
 * The tunnel's other end is this very host: the frame goes to the device of the VNI as it is, for whichever station.
 * Source: kernel drivers/net/vxlan/vxlan_core.c, `encap_bypass_if_local`, `vxlan_encap_bypass`.
 */
function bypass(walk: Walk, skb: Skb, device: Vxlan, remote: Ip): StageKey | undefined {
  const { view, frame } = skb;
  const target = tunnelDevices(view).find(other => other.udpPort === device.udpPort && other.vni === device.vni);
  const detail: StepDetail = { kind: 'tunnel', device: target?.name ?? '', vni: device.vni, remote };
  if (target === undefined) {
    skb.trace.step(view, 'tunnel', 'DROPPED', detail, frame, frame);
    skb.trace.end(walk.elapsedUs, 'DROPPED', 'VXLAN_VNI_NOT_FOUND');
    return undefined;
  }
  skb.route = undefined;
  skb.outDevice = undefined;
  skb.nextHop = undefined;
  skb.fromHere = false;
  skb.inDevice = deviceNamed(view.derived, target.name);
  const learned = learn(walk, view, target, remote, frame);
  skb.trace.step(view, 'linkReceive', 'RECEIVED', skb.inDevice.arrival, frame, frame, target.name, learned);
  if (target.port !== undefined) return 'bridgeReceive';
  return frame.payload.kind === 'arp' ? 'arpReceive' : 'prerouting';
}

/** Tunnels around tunnels: the packets of a tunnel may be routed into it. */
function tunnelsIn(frame: Frame): number {
  let count = 0;
  for (let inside: Frame | undefined = frame; inside !== undefined; count++) {
    const { payload }: Frame = inside;
    inside = payload.kind === 'ip' && payload.body.kind === 'udp' ? payload.body.vxlan?.frame : undefined;
  }
  return count - 1;
}

/** By the flow inside, so that a flow keeps its way through the underlay. */
function sourcePort(inner: Frame): number {
  const about =
    inner.payload.kind === 'ip'
      ? formatFlow(flowOf(inner.payload))
      : `${inner.ethernet?.src ?? ''} ${inner.ethernet?.dst ?? ''}`;
  const span = SOURCE_PORTS.last - SOURCE_PORTS.first;
  return SOURCE_PORTS.first + Math.floor(fractionOf(hashFrom(hashStart('vxlan'), about)) * span);
}

/** Whether a VXLAN device of this host takes UDP packets on the port. */
export function takesTunnel(view: NetnsView, port: number): boolean {
  return tunnelDevices(view).some(device => device.udpPort === port);
}

function tunnelDevices(view: NetnsView): readonly Vxlan[] {
  const isVxlan = (device: Interface): device is Vxlan => device.kind === 'vxlan' && device.up;
  return view.netns.config.interfaces.filter(isVxlan);
}

/** A UDP packet has come in for the tunnel's port: the frame inside arrives at the device of its VNI. */
export function decapsulate(walk: Walk, skb: Skb, packet: IpPacket): StageKey | undefined {
  const { view } = skb;
  const outer = skb.frame;
  const { body } = packet;
  const tunnel = body.kind === 'udp' ? body.vxlan : undefined;
  const port = body.kind === 'udp' ? body.dstPort : 0;
  const device = tunnelDevices(view).find(other => other.udpPort === port && other.vni === tunnel?.vni);
  const detail: StepDetail = {
    kind: 'tunnel',
    device: device?.name ?? '',
    vni: tunnel?.vni ?? 0,
    remote: packet.src,
  };
  if (device === undefined || tunnel === undefined) {
    skb.trace.step(view, 'tunnel', 'DROPPED', detail, outer, outer);
    skb.trace.end(walk.elapsedUs, 'DROPPED', 'VXLAN_VNI_NOT_FOUND');
    return undefined;
  }
  const { frame } = tunnel;
  // A frame from the device's own address has come back in a circle.
  if (frame.ethernet?.src === device.mac) {
    skb.trace.step(view, 'tunnel', 'DROPPED', detail, outer, outer, device.name);
    skb.trace.end(walk.elapsedUs, 'DROPPED', 'LOCAL_MAC');
    return undefined;
  }
  skb.frame = frame;
  skb.trace.step(
    view,
    'tunnel',
    'DECAPSULATED',
    detail,
    outer,
    frame,
    device.name,
    learn(walk, view, device, packet.src, frame),
  );
  skb.tracking = undefined;
  skb.largestFragment = undefined;
  skb.bridged = undefined;
  skb.route = undefined;
  skb.outDevice = undefined;
  skb.nextHop = undefined;
  skb.fromHere = false;
  skb.inDevice = deviceNamed(view.derived, device.name);
  return walk.defer(skb, 'linkReceive');
}

function learn(walk: Walk, view: NetnsView, device: Vxlan, remote: Ip, frame: Frame): readonly Effect[] {
  const mac = frame.ethernet?.src;
  if (!device.learning || mac === undefined) return NO_EFFECTS;
  const key = fdbKey(device.name, mac);
  const known = view.fdb.get(key);
  if (known?.state === 'permanent' || known?.remote === remote) return NO_EFFECTS;
  view.fdb.set(key, { device: device.name, mac, remote, state: 'learned', since: walk.now });
  return [{ kind: 'learned-mac', bridge: device.name, mac, port: remote }];
}
