// Kernel settings of one network namespace.
//
// Models:  forwarding, reverse-path filter, route_localnet, bridge netfilter, proxy ARP, TTL, port range.
// Omits:   every other setting: unknown names are refused, never stored without effect.
// Read:    kernel Documentation/networking/ip-sysctl.rst; net/ipv4/devinet.c for `all` and `default`.

import type { Result } from '../runtime/errors.ts';
import { failure, success } from '../runtime/errors.ts';

/** Settings that were written, by dotted name (`net.ipv4.ip_forward`); interface names keep their own dots. */
export type Sysctls = ReadonlyMap<string, number>;

/** Settings without an interface, with Linux's defaults in a new namespace. */
const GLOBAL_DEFAULTS: Readonly<Record<string, number>> = {
  'net.ipv4.ip_forward': 0,
  'net.ipv4.ip_default_ttl': 64,
  'net.ipv4.icmp_echo_ignore_all': 0,
  'net.ipv4.tcp_syn_retries': 6,
  'net.ipv4.tcp_syn_linear_timeouts': 4,
  'net.bridge.bridge-nf-call-iptables': 1,
  'net.bridge.bridge-nf-call-arptables': 1,
};

/** Values that the kernel takes, where it looks. Source: kernel net/ipv4/sysctl_net_ipv4.c. */
const LIMITS: Readonly<Record<string, { readonly least: number; readonly most: number }>> = {
  'net.ipv4.ip_default_ttl': { least: 1, most: 255 },
  'net.ipv4.tcp_syn_retries': { least: 1, most: 127 },
};

/** Settings of each interface, of `all` and of `default`, with Linux's defaults. */
const INTERFACE_DEFAULTS: Readonly<Record<string, number>> = {
  rp_filter: 0,
  route_localnet: 0,
  proxy_arp: 0,
  forwarding: 0,
  arp_ignore: 0,
  accept_local: 0,
};

/** Settings of the neighbour tables of each interface. Units: proxy_delay in hundredths of a second. */
const NEIGHBOR_DEFAULTS: Readonly<Record<string, number>> = { proxy_delay: 80 };
const PER_NEIGHBOR = /^net\.ipv4\.neigh\.(.+)\.([a-z_]+)$/;

const PER_INTERFACE = /^net\.ipv4\.conf\.(.+)\.([a-z_]+)$/;

/** `net/ipv4/conf/flannel.1/rp_filter` or `net.ipv4.conf.eth0.rp_filter`, as one dotted name. */
export function canonicalName(name: string): string {
  return name.includes('/') ? name.replaceAll('/', '.') : name;
}

/** The interface that a setting is about (`all` and `default` are none), if it is about one. */
export function deviceOf(name: string): string | undefined {
  return (PER_INTERFACE.exec(name) ?? PER_NEIGHBOR.exec(name))?.[1];
}

/** Why a setting was refused, in sysctl(8)'s words. */
export type SysctlError = { readonly message: string };

/** Like `sysctl -w NAME=VALUE`. */
export function withSysctl(sysctls: Sysctls, name: string, value: number): Result<Sysctls, SysctlError> {
  const dotted = canonicalName(name);
  if (!isKnown(dotted))
    return failure({
      message: `sysctl: cannot stat /proc/sys/${dotted.replaceAll('.', '/')}: No such file or directory`,
    });
  const limits = LIMITS[dotted];
  const isOutside = limits !== undefined && (value < limits.least || value > limits.most);
  if (!Number.isInteger(value) || isOutside)
    return failure({ message: `sysctl: setting key "${dotted}": Invalid argument` });
  return success(new Map([...sysctls, [dotted, value]]));
}

export function isKnown(name: string): boolean {
  if (name in GLOBAL_DEFAULTS) return true;
  const neighbor = PER_NEIGHBOR.exec(name);
  if (neighbor !== null) return (neighbor[2] ?? '') in NEIGHBOR_DEFAULTS;
  const match = PER_INTERFACE.exec(name);
  return match !== null && (match[2] ?? '') in INTERFACE_DEFAULTS;
}

/** Every setting that a namespace with these interfaces has, by name: what `sysctl -a` lists. */
export function knownSettings(interfaces: readonly string[]): readonly string[] {
  const devices = ['all', 'default', ...interfaces];
  const perInterface = Object.keys(INTERFACE_DEFAULTS).flatMap(key =>
    devices.map(device => `net.ipv4.conf.${device}.${key}`),
  );
  const perNeighbor = Object.keys(NEIGHBOR_DEFAULTS).flatMap(key =>
    devices.filter(device => device !== 'all').map(device => `net.ipv4.neigh.${device}.${key}`),
  );
  return [...Object.keys(GLOBAL_DEFAULTS), ...perInterface, ...perNeighbor].sort();
}

export function readSysctl(sysctls: Sysctls, name: string): number | undefined {
  const dotted = canonicalName(name);
  const written = sysctls.get(dotted);
  if (written !== undefined) return written;
  if (dotted in GLOBAL_DEFAULTS) return GLOBAL_DEFAULTS[dotted];
  const neighbor = PER_NEIGHBOR.exec(dotted);
  if (neighbor !== null)
    return sysctls.get(`net.ipv4.neigh.default.${neighbor[2] ?? ''}`) ?? NEIGHBOR_DEFAULTS[neighbor[2] ?? ''];
  const match = PER_INTERFACE.exec(dotted);
  if (match === null) return undefined;
  const [, device = '', key = ''] = match;
  if (!(key in INTERFACE_DEFAULTS)) return undefined;
  return device === 'all'
    ? INTERFACE_DEFAULTS[key]
    : (sysctls.get(`net.ipv4.conf.default.${key}`) ?? INTERFACE_DEFAULTS[key]);
}

/** The settings that the datapath reads for every packet, resolved. */
export interface SysctlView {
  readonly ipForward: boolean;
  readonly defaultTtl: number;
  /** How often a SYN is repeated in all, and how many of these a second apart. */
  readonly synRetries: number;
  readonly synLinearTimeouts: number;
  readonly bridgeNfCallIptables: boolean;
  /** 0 off, 1 strict (RFC 3704), 2 loose: the larger of `all` and the interface. */
  rpFilter(device: string): number;
  /** 127.0.0.0/8 may be routed: `all` or the interface. */
  routeLocalnet(device: string): boolean;
  proxyArp(device: string): boolean;
  /** How long an answer in another's name may wait, in milliseconds. */
  proxyDelayMs(device: string): number;
}

export function sysctlView(sysctls: Sysctls): SysctlView {
  const of = (device: string, key: string): number => readSysctl(sysctls, `net.ipv4.conf.${device}.${key}`) ?? 0;
  const largest = (device: string, key: string): number => Math.max(of('all', key), of(device, key));
  return {
    ipForward: readSysctl(sysctls, 'net.ipv4.ip_forward') === 1,
    defaultTtl: readSysctl(sysctls, 'net.ipv4.ip_default_ttl') ?? 64,
    synRetries: readSysctl(sysctls, 'net.ipv4.tcp_syn_retries') ?? 6,
    synLinearTimeouts: readSysctl(sysctls, 'net.ipv4.tcp_syn_linear_timeouts') ?? 4,
    bridgeNfCallIptables: readSysctl(sysctls, 'net.bridge.bridge-nf-call-iptables') === 1,
    rpFilter: device => largest(device, 'rp_filter'),
    routeLocalnet: device => largest(device, 'route_localnet') > 0,
    proxyArp: device => largest(device, 'proxy_arp') > 0,
    proxyDelayMs: device => 10 * (readSysctl(sysctls, `net.ipv4.neigh.${device}.proxy_delay`) ?? 0),
  };
}
