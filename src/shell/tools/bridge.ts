// bridge: forwarding databases and bridge ports, as iproute2 6.1 prints and takes them.
//
// Omits:   vlan, mdb, monitor; the multicast addresses of IPv6 (solicited-node) and of programs.
// Read:    bridge(8); iproute2 bridge/fdb.c, bridge/link.c; recordings (tests/shell/tools/bridge.test.ts).

import type { Interface, Netns } from '../../sim/index.ts';
import { setMaster } from '../../sim/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { fdbCommand } from './bridgeFdb.ts';
import { flagsOf } from './ipLink.ts';

/** What the objects of `bridge` share. */
export interface BridgeCall {
  readonly words: readonly string[];
  readonly netns: Netns;
  readonly context: CommandContext;
  /** `-d`. */
  readonly details: boolean;
  readonly print: (text: string) => void;
  /** Prints to stderr and returns the exit code. */
  readonly refuse: (message: string, code?: number) => number;
}

const USAGE = `Usage: bridge [ OPTIONS ] OBJECT { COMMAND | help }
where  OBJECT := { link | fdb }
       OPTIONS := { -d[etails] }
`;

const OBJECTS: readonly { readonly name: string; readonly run: (call: BridgeCall) => number }[] = [
  { name: 'link', run: linkCommand },
  { name: 'fdb', run: fdbCommand },
];

export const bridge: Command = {
  name: 'bridge',
  at: ['host', 'container'],
  summary: 'show and change forwarding databases and bridge ports',
  run(words, context) {
    let details = false;
    let i = 0;
    for (; words[i]?.startsWith('-') === true; i++) {
      const option = words[i] ?? '';
      if (option.length > 1 && '-details'.startsWith(option)) details = true;
      else if (!['-4', '-o', '-s'].includes(option)) {
        context.output.write('err', `Option "${option}" is unknown, try "bridge help".\n`);
        return 255;
      }
    }
    const name = words[i] ?? '';
    const object = name === '' ? undefined : OBJECTS.find(other => other.name.startsWith(name));
    if (object === undefined) {
      context.output.write('err', name === '' ? USAGE : `Object "${name}" is unknown, try "bridge help".\n`);
      return 255;
    }
    context.lab.read(context.place.netns);
    return object.run({
      words: words.slice(i + 1),
      netns: context.lab.world.get(context.place.netns),
      context,
      details,
      print: text => context.output.write('out', text),
      refuse: (message, code = 255) => {
        context.output.write('err', `${message}\n`);
        return code;
      },
    });
  },
  complete: words =>
    words.length <= 1 ? ['fdb', 'link'] : words.length === 2 ? ['show', 'add', 'del', 'replace', 'set'] : [],
};

function linkCommand(call: BridgeCall): number {
  const [verb = 'show', ...rest] = call.words;
  if (verb === 'set' || verb === 'change') return setPort(call, rest);
  if (!'show'.startsWith(verb) && !['lst', 'list'].includes(verb))
    return call.refuse(`Command "${verb}" is unknown, try "bridge link help".`);
  const name = rest[0] === 'dev' ? rest[1] : undefined;
  if (name !== undefined && call.netns.interface(name) === undefined)
    return call.refuse(`Cannot find device "${name}"`);
  for (const device of call.netns.config.interfaces) {
    if (device.port === undefined || (name !== undefined && device.name !== name)) continue;
    call.print(portLines(call, device, device.port));
  }
  return 0;
}

function portLines(call: BridgeCall, device: Interface, port: NonNullable<Interface['port']>): string {
  const { world } = call.context.lab;
  const state = world.hasCarrier(device) ? 'forwarding' : 'disabled';
  const head = `${device.index}: ${portName(call, device)}: ${flagsOf(world, device)} mtu ${device.mtu} master ${port.master} state ${state} priority 32 cost 2 \n`;
  if (!call.details) return head;
  const hairpin = port.hairpin ? 'on' : 'off';
  return `${head}    hairpin ${hairpin} guard off root_block off fastleave off learning on flood on mcast_flood on bcast_flood on mcast_router 1 mcast_to_unicast off neigh_suppress off vlan_tunnel off isolated off locked off \n`;
}

/** The index of the other end is looked up here, where it is another interface's or nobody's. */
function portName(call: BridgeCall, device: Interface): string {
  const peer = call.context.lab.world.peerOf(device);
  if (peer === undefined) return device.name;
  const here = call.netns.config.interfaces.find(other => other.index === peer.index);
  return `${device.name}@${here?.name ?? `if${peer.index}`}`;
}

function setPort(call: BridgeCall, words: readonly string[]): number {
  const at = words.indexOf('dev');
  const name = at < 0 ? undefined : words[at + 1];
  if (name === undefined) return call.refuse('Device is a required argument.');
  const device = call.netns.interface(name);
  if (device === undefined) return call.refuse(`Cannot find device "${name}"`);
  const options = words.filter((_, i) => i !== at && i !== at + 1 && words[i] !== 'master' && words[i] !== 'self');
  for (let i = 0; i < options.length; i += 2) {
    const [option, value = ''] = [options[i] ?? '', options[i + 1]];
    if (option !== 'hairpin')
      return call.refuse(`bridge: "${option}" of a port has no effect in this lab; hairpin has`);
    if (value !== 'on' && value !== 'off')
      return call.refuse(`Error: argument of "hairpin" must be one of "off", "on", not "${value}"`, 234);
    if (device.port === undefined) return call.refuse('RTNETLINK answers: Operation not supported');
    setMaster(call.netns, name, device.port.master, value === 'on');
  }
  return 0;
}
