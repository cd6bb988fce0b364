// What iproute2, sysctl and iptables have to be told to make the hosts of a spec: plain text, nothing is run here.

import type { HostSpec, InterfaceSpec, RouteSpec } from '../../../src/sim/linux/kernelSpec.ts';

/**
 * What the model takes as given. A new namespace copies some IPv4 settings of the machine; IPv6 would teach bridges
 * addresses by its own messages; limits on ICMP errors would make answers depend on time.
 */
const GIVEN: Readonly<Record<string, number>> = {
  'net.ipv6.conf.all.disable_ipv6': 1,
  'net.ipv6.conf.default.disable_ipv6': 1,
  'net.ipv4.ip_forward': 0,
  'net.ipv4.icmp_ratelimit': 0,
  'net.ipv4.icmp_msgs_per_sec': 1_000_000,
  'net.ipv4.icmp_msgs_burst': 100_000,
  'net.bridge.bridge-nf-call-iptables': 1,
  ...Object.fromEntries(
    ['all', 'default'].flatMap(device =>
      ['rp_filter', 'route_localnet', 'proxy_arp', 'arp_ignore', 'accept_local', 'accept_redirects'].map(key => [
        `net.ipv4.conf.${device}.${key}`,
        0,
      ]),
    ),
  ),
};

/** `net.ipv4.conf.flannel.1.rp_filter`: the name of the device may hold dots; in a path it keeps them. */
function sysctlPath(name: string): string {
  if (name.includes('/')) return `/proc/sys/${name}`;
  const [, family, device, key] = /^net\.ipv4\.(conf|neigh)\.(.+)\.([a-z_]+)$/.exec(name) ?? [];
  if (device !== undefined) return `/proc/sys/net/ipv4/${family}/${device}/${key}`;
  return `/proc/sys/${name.replaceAll('.', '/')}`;
}

function isOfNewInterfaces(name: string): boolean {
  return /\.(all|default)\.[a-z_]+$/.test(name.replaceAll('/', '.')) || !/[./](conf|neigh)[./]/.test(name);
}

const writeSysctl = ([name, value]: readonly [string, number]): string => `echo ${value} > '${sysctlPath(name)}'`;

/** A shell script, run in the namespace before it has any interface: what new interfaces inherit. */
export function settingsScript(host: HostSpec): string {
  const wanted = Object.entries(host.sysctl ?? {}).filter(([name]) => isOfNewInterfaces(name));
  return script([...Object.entries(GIVEN).map(writeSysctl), ...wanted.map(writeSysctl)]);
}

/** A line of `ip -batch` for each cable of a spec. */
export function cableLines(links: readonly (readonly [string, string])[], netnsOf: (host: string) => string): string {
  const end = (text: string): { readonly netns: string; readonly name: string } => {
    const slash = text.indexOf('/');
    return { netns: netnsOf(text.slice(0, slash)), name: text.slice(slash + 1) };
  };
  return links
    .map(([left, right]) => [end(left), end(right)] as const)
    .map(([a, b]) => `link add name ${a.name} netns ${a.netns} type veth peer name ${b.name} netns ${b.netns}\n`)
    .join('');
}

/** A shell script, run in the namespace when its cables are plugged in: everything else. */
export function hostScript(host: HostSpec): string {
  const late = Object.entries(host.sysctl ?? {}).filter(([name]) => !isOfNewInterfaces(name));
  const forwarding = (host.fdb ?? []).map(({ mac, dev, dst }) =>
    dst === undefined ? `fdb append ${mac} dev ${dev} master static` : `fdb append ${mac} dev ${dev} dst ${dst}`,
  );
  return script([
    ...fed('ip -batch -', ipLines(host)),
    ...fed('bridge -batch -', forwarding),
    ...late.map(writeSysctl),
    ...fed('ipset restore', linesOf(host.ipset)),
    ...fed('iptables-restore', linesOf(host.iptables)),
    ...fed('nft -f -', linesOf(host.nft)),
  ]);
}

const script = (lines: readonly string[]): string => `set -e\n${lines.join('\n')}\n`;
const linesOf = (text: string | undefined): readonly string[] => (text ?? '').split('\n').filter(line => line !== '');
const fed = (command: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`${command} <<'END-OF-LINES'`, ...lines, 'END-OF-LINES'];

function ipLines(host: HostSpec): readonly string[] {
  const devices = (host.interfaces ?? []).filter(device => device.name !== 'lo');
  const loopback = (host.interfaces ?? []).find(device => device.name === 'lo');
  return [
    'link set lo up',
    ...devices.flatMap(creation),
    ...devices.flatMap(properties),
    ...(loopback?.addresses ?? []).map(address => `addr add ${address} dev lo`),
    ...devices.flatMap(({ name, addresses, promisc, up }) => [
      ...(addresses ?? []).map(address => `addr add ${address} dev ${name}`),
      ...(promisc === true ? [`link set dev ${name} promisc on`] : []),
      ...(up === false ? [] : [`link set dev ${name} up`]),
    ]),
    ...devices
      .filter(device => device.master !== undefined)
      .map(({ name, hairpin }) => `link set dev ${name} type bridge_slave hairpin ${hairpin === true ? 'on' : 'off'}`),
    ...(host.routes ?? []).map(route => `route add ${typeof route === 'string' ? route : routeText(route)}`),
    ...(host.rules ?? []).map(rule => `rule add ${rule}`),
    ...(host.neigh ?? []).map(({ ip, mac, dev }) => `neigh replace ${ip} lladdr ${mac} dev ${dev} nud permanent`),
  ];
}

function creation(device: InterfaceSpec): readonly string[] {
  const { name, type = 'veth', vni, port = 8472, local, dev, learning, df } = device;
  if (type === 'veth') return [];
  if (type === 'bridge') return [`link add name ${name} type bridge`];
  if (type !== 'vxlan') throw new Error(`interface ${name}: ${type} cannot be built`);
  const options = [
    `id ${vni ?? 0} dstport ${port}`,
    ...(local === undefined ? [] : [`local ${local}`]),
    ...(dev === undefined ? [] : [`dev ${dev}`]),
    ...(learning === false ? ['nolearning'] : []),
    ...(df === undefined ? [] : [`df ${df}`]),
  ];
  return [`link add name ${name} type vxlan ${options.join(' ')}`];
}

function properties({ name, type = 'veth', mac, mtu, master }: InterfaceSpec): readonly string[] {
  return [
    ...(mac === undefined ? [] : [`link set dev ${name} address ${mac}`]),
    ...(mtu === undefined ? [] : [`link set dev ${name} mtu ${mtu}`]),
    // A segment at a time, as on a wire: larger ones pass by every MTU.
    ...(type === 'veth' ? [`link set dev ${name} gso_max_segs 1`] : []),
    ...(master === undefined ? [] : [`link set dev ${name} master ${master}`]),
  ];
}

/** Who wrote a route changes nothing for packets, and its name may be unknown to this machine: it is left out. */
function routeText({ type, dst, via, dev, src, scope, metric, table, mtu, onlink }: RouteSpec): string {
  const options = { via, dev, src, scope, metric, table, mtu };
  return [
    ...(type === undefined ? [] : [type]),
    dst,
    ...Object.entries(options).flatMap(([key, value]) => (value === undefined ? [] : [`${key} ${value}`])),
    ...(onlink === true ? ['onlink'] : []),
  ].join(' ');
}
