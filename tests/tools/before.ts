// What had happened in a world before a tool was recorded there. Recordings do not say it: a fault has its name in the
// name of the recording, and traffic is read off what the tool printed about it.

import type { KernelSpec } from '../../src/sim/linux/kernelSpec.ts';
import type { ToolRecording } from './recording.ts';

export interface TypedLine {
  readonly host: string;
  readonly line: string;
}

/** Faults by what the names of recordings say. */
const FAULTS: readonly { readonly named: RegExp; readonly line: (at: string) => TypedLine }[] = [
  {
    named: /net-unreachable-local|pod-no-default/,
    line: host => ({ host, line: 'ip route del default' }),
  },
  { named: /veth-down/, line: () => ({ host: 'node-1', line: 'ip link set vethnear down' }) },
];

export function linesBefore(recording: ToolRecording, world: KernelSpec): readonly TypedLine[] {
  const faults = FAULTS.filter(({ named }) => named.test(recording.name)).map(({ line }) => line(recording.host));
  const [tool = ''] = recording.line.split(/\s+/);
  return [...faults, ...unique(TRAFFIC[tool]?.(recording, world) ?? [])];
}

function unique(lines: readonly TypedLine[]): readonly TypedLine[] {
  const seen = new Set<string>();
  return lines.filter(({ host, line }) => {
    const key = `${host} ${line}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** The host that has an address, other than its bridge's. */
function ownerOf(world: KernelSpec, address: string): string | undefined {
  return world.hosts.find(host =>
    host.interfaces?.some(device => device.addresses?.some(own => own.startsWith(`${address}/`))),
  )?.name;
}

function from(world: KernelSpec, address: string, line: string): readonly TypedLine[] {
  const host = ownerOf(world, address);
  return host === undefined ? [] : [{ host, line }];
}

const ADDRESS = String.raw`\d+\.\d+\.\d+\.\d+`;
const TUNNEL_PORT = '8472';

type Traffic = (recording: ToolRecording, world: KernelSpec) => readonly TypedLine[];

const TRAFFIC: Readonly<Record<string, Traffic>> = {
  conntrack: trackedFlows,
  tcpdump: capturedFlows,
  ip: resolvedNeighbors,
  bridge: learnedAddresses,
};

function trackedFlows({ text }: ToolRecording, world: KernelSpec): readonly TypedLine[] {
  const flow = new RegExp(`^(tcp|udp|icmp).*?src=(${ADDRESS}) dst=(${ADDRESS})(?: sport=\\d+ dport=(\\d+))?`, 'gm');
  return [...text.matchAll(flow)].flatMap(([, protocol, src = '', dst = '', port]) => {
    if (port === TUNNEL_PORT) return [];
    if (protocol === 'icmp') return from(world, src, `ping -c 1 ${dst}`);
    return from(world, src, protocol === 'udp' ? `nslookup web ${dst}` : `curl -s -m 1 http://${dst}:${port}/`);
  });
}

function capturedFlows({ text }: ToolRecording, world: KernelSpec): readonly TypedLine[] {
  const echo = [...text.matchAll(new RegExp(`(${ADDRESS}) > (${ADDRESS}): ICMP echo request`, 'g'))];
  const asked = [...text.matchAll(new RegExp(`who-has (${ADDRESS}) tell (${ADDRESS}),`, 'g'))];
  // The server as its client knows it: the last of the answers to its SYN that are seen, behind all translation.
  const accepted = [...text.matchAll(new RegExp(`(${ADDRESS})\\.(\\d+) > (${ADDRESS})\\.\\d+: Flags \\[S\\.\\]`, 'g'))];
  return [
    ...echo.flatMap(([, src = '', dst]) => from(world, src, `ping -c 1 ${dst}`)),
    ...asked.flatMap(([, dst, src = '']) => from(world, src, `ping -c 1 -W 4 ${dst}`)),
    ...accepted.slice(-1).flatMap(([, dst, port, src = '']) => from(world, src, `curl -s -m 3 http://${dst}:${port}/`)),
  ];
}

/** An address that does not answer is still asked for after one second, and given up after three. */
function resolvedNeighbors({ host, line, text }: ToolRecording): readonly TypedLine[] {
  if (!/\bn(eigh)?\b/.test(line)) return [];
  const entry = new RegExp(`^(${ADDRESS}) .*(REACHABLE|STALE|DELAY|INCOMPLETE|FAILED) $`, 'gm');
  return [...text.matchAll(entry)]
    .toSorted(([, , a = ''], [, , b = '']) => Number(a === 'INCOMPLETE') - Number(b === 'INCOMPLETE'))
    .map(([, address, state]) => ({ host, line: `ping -c 1 -W ${state === 'FAILED' ? 4 : 1} ${address}` }));
}

function learnedAddresses({ text }: ToolRecording, world: KernelSpec): readonly TypedLine[] {
  const learned = [...text.matchAll(/^(\S+) dev \S+ master \S+ $/gm)].map(([, mac]) => mac);
  return world.hosts.flatMap(host => {
    const isLearned = host.interfaces?.some(device => device.mac !== undefined && learned.includes(device.mac));
    const gateway = /via (\S+)/.exec(String(host.routes?.find(route => typeof route === 'string') ?? ''))?.[1];
    return isLearned === true && gateway !== undefined ? [{ host: host.name, line: `ping -c 1 ${gateway}` }] : [];
  });
}
