// bridge fdb: behind which port, or which tunnel end, a MAC address is.

import {
  deleteForwarding,
  type FdbEntry,
  type Interface,
  type Ip,
  isAged,
  isIp,
  type Mac,
  ParseError,
  parseIp,
  parseMac,
  setForwarding,
  ZERO_MAC,
} from '../../sim/index.ts';
import type { BridgeCall } from './bridge.ts';

const WRITES = ['add', 'append', 'replace', 'del', 'delete'];

export function fdbCommand(call: BridgeCall): number {
  const [verb = 'show', ...rest] = call.words;
  if (WRITES.includes(verb)) return write(call, verb, rest);
  if (['show', 'lst', 'list'].some(word => word.startsWith(verb))) return show(call, rest);
  return call.refuse(`Command "${verb}" is unknown, try "bridge fdb help".`);
}

function show(call: BridgeCall, words: readonly string[]): number {
  const after = (...names: readonly string[]): string | undefined => {
    const at = words.findIndex(word => names.includes(word));
    return at < 0 ? undefined : words[at + 1];
  };
  const name = after('dev', 'brport');
  const bridge = after('br');
  if (name !== undefined && call.netns.interface(name) === undefined)
    return call.refuse(`Cannot find device "${name}"`);
  if (bridge !== undefined && call.netns.interface(bridge) === undefined)
    return call.refuse(`Cannot find bridge device "${bridge}"`);
  for (const device of call.netns.config.interfaces) {
    if (name !== undefined && device.name !== name) continue;
    if (bridge !== undefined && device.name !== bridge && device.port?.master !== bridge) continue;
    const where = name === undefined ? ` dev ${device.name}` : '';
    for (const { mac, words: rest } of linesFor(call, device)) call.print(`${mac}${where} ${rest}\n`);
  }
  return 0;
}

interface Line {
  readonly mac: Mac | string;
  /** What stands behind the device. */
  readonly words: string;
}

/** Groups that every Ethernet device listens to: all nodes of IPv6, and while it is up all hosts of IPv4. */
const GROUPS = ['33:33:00:00:00:01', '01:00:5e:00:00:01'] as const;
/** A bridge that is up listens to all snoopers too. Source: kernel net/bridge/br_multicast.c, `br_ip4_multicast_join_snoopers`. */
const BRIDGE_GROUPS = ['33:33:00:00:00:01', '01:00:5e:00:00:6a', '33:33:00:00:00:6a', '01:00:5e:00:00:01'] as const;

function linesFor(call: BridgeCall, device: Interface): readonly Line[] {
  // The newest entry first.
  const entries = entriesOf(call, device).reverse();
  if (device.kind === 'vxlan' && device.port === undefined) {
    return entries.map(({ mac, remote, state }) => ({
      mac,
      words: `${remote === undefined ? '' : `dst ${remote} `}self ${state === 'permanent' ? 'permanent' : ''}`,
    }));
  }
  const groups = groupsOf(device).map(mac => ({ mac, words: 'self permanent' }));
  const master = device.port?.master ?? device.name;
  const own = { mac: device.mac, words: `master ${master} permanent` };
  // An administrator's entry of a port is a static one: its frames leave by the port.
  const behind = entries.map(({ mac, state }) => ({
    mac,
    words: `master ${master} ${state === 'learned' ? '' : 'static'}`,
  }));
  if (device.kind === 'bridge') return [...groups, ...behind, own];
  return device.port === undefined ? groups : [...behind, own, ...groups];
}

function groupsOf(device: Interface): readonly string[] {
  if (device.kind === 'loopback' || device.kind === 'ipip' || device.kind === 'vxlan') return [];
  if (!device.up) return GROUPS.slice(0, 1);
  return device.kind === 'bridge' ? BRIDGE_GROUPS : GROUPS;
}

function entriesOf(call: BridgeCall, device: Interface): FdbEntry[] {
  return [...call.netns.fdb.values()].filter(
    entry => entry.device === device.name && !isAged(entry, call.context.lab.now),
  );
}

/** What a write names. */
interface Wanted {
  readonly mac: Mac;
  readonly device: Interface;
  readonly remote: Ip | undefined;
  readonly side: 'master' | 'self';
  readonly state: 'permanent' | 'static' | 'dynamic';
}

function write(call: BridgeCall, verb: string, words: readonly string[]): number {
  let text: string | undefined;
  let name: string | undefined;
  let remote: Ip | undefined;
  let side: Wanted['side'] = 'self';
  let state: Wanted['state'] = 'permanent';
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === 'dev') name = words[++i];
    else if (word === 'dst') {
      const value = words[++i] ?? '';
      if (!isIp(value)) return call.refuse(`Error: any valid address is expected rather than "${value}".`, 1);
      remote = parseIp(value);
    } else if (word === 'master' || word === 'self') side = word;
    else if (word === 'static' || word === 'temp') state = 'static';
    else if (word === 'dynamic') state = 'dynamic';
    else if (word !== 'permanent' && word !== 'local') {
      if (text !== undefined) return call.refuse(`Error: duplicate "address": "${text}" is the second value.`);
      text = word;
    }
  }
  if (text === undefined || name === undefined) return call.refuse('Device and address are required arguments.');
  let mac: Mac;
  try {
    mac = parseMac(text);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return call.refuse(`Invalid mac address ${text}`);
  }
  const device = call.netns.interface(name);
  if (device === undefined) return call.refuse(`Cannot find device "${name}"`);
  const wanted: Wanted = { mac, device, remote, side, state };
  if (verb.startsWith('del')) return remove(call, wanted);
  return device.kind === 'vxlan' && side === 'self' ? writeTunnel(call, verb, wanted) : writePort(call, verb, wanted);
}

const EXISTS = 'RTNETLINK answers: File exists';
const MISSING = 'RTNETLINK answers: No such file or directory';

/** Source: kernel drivers/net/vxlan/vxlan_core.c, `vxlan_fdb_add`. */
function writeTunnel(call: BridgeCall, verb: string, { mac, device, remote }: Wanted): number {
  if (remote === undefined) return call.refuse('RTNETLINK answers: Invalid argument');
  const known = entriesOf(call, device).filter(entry => entry.mac === mac);
  if (verb === 'add' && known.length > 0) return call.refuse(EXISTS);
  // Only the all-zero address has several tunnel ends: another one of a station is not noted.
  if (verb === 'append' && known.length > 0 && mac !== ZERO_MAC) return 0;
  if (verb === 'replace' && known.length > 0 && mac === ZERO_MAC)
    return call.refuse('RTNETLINK answers: Operation not supported');
  setForwarding(call.netns, device.name, mac, remote);
  return 0;
}

function writePort(call: BridgeCall, verb: string, { mac, device, side, state }: Wanted): number {
  if (side === 'self')
    return call.refuse(
      `bridge: in this lab only tunnels have entries of their own; for a port of a bridge add "master"`,
    );
  if (device.port === undefined) return call.refuse('RTNETLINK answers: Operation not supported');
  if (state !== 'static')
    return call.refuse(
      `bridge: in this lab entries of a port are static ones; add "static" (without it the bridge takes the frames itself)`,
    );
  if (verb === 'append') return call.refuse('RTNETLINK answers: Operation not supported');
  const known = entriesOf(call, device).some(entry => entry.mac === mac);
  if (verb === 'add' && known) return call.refuse(EXISTS);
  setForwarding(call.netns, device.name, mac);
  return 0;
}

function remove(call: BridgeCall, { mac, device, remote, side }: Wanted): number {
  const hasTable = side === 'self' ? device.kind === 'vxlan' : device.port !== undefined;
  const known = hasTable ? entriesOf(call, device).filter(entry => entry.mac === mac) : [];
  if (known.length === 0) return call.refuse(MISSING);
  // A tunnel end that the entry does not have: nothing to do. Source: `__vxlan_fdb_delete`.
  if (remote !== undefined && !known.some(entry => entry.remote === remote)) return 0;
  for (const entry of known)
    if (remote === undefined || entry.remote === remote) deleteForwarding(call.netns, device.name, mac, entry.remote);
  return 0;
}
