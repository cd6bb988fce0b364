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
  const all = (pattern: string): readonly RegExpMatchArray[] => [...text.matchAll(new RegExp(pattern, 'g'))];
  const ttl = /ICMP time exceeded/.test(text) ? '-t 1 ' : '';
  const unfragmented = /need to frag/.test(text) ? '-M do ' : '';
  const size = /ICMP echo request.*length (\d+)/.exec(text)?.[1] ?? '64';
  const echo = all(`(${ADDRESS}) > (${ADDRESS}): ICMP echo request`);
  const asked = all(`who-has (${ADDRESS}) tell (${ADDRESS}),`);
  // The server as its client knows it: the last of the answers to its SYN that are seen, behind all translation.
  const accepted = all(`(${ADDRESS})\\.(\\d+) > (${ADDRESS})\\.\\d+: Flags \\[S\\.\\]`).slice(-1);
  const connecting =
    accepted.length > 0 ? [] : all(`(${ADDRESS})\\.\\d+ > (${ADDRESS})\\.(\\d+): Flags \\[S\\]`).slice(0, 1);
  const questions = all(`(${ADDRESS})\\.\\d+ > (${ADDRESS})\\.53: .*? A\\? (\\S+)\\. `).slice(0, 1);
  const datagrams = all(`(${ADDRESS})\\.\\d+ > (${ADDRESS})\\.(\\d+): UDP, length 1\\b`).slice(0, 1);
  return [
    ...echo.flatMap(([, src = '', dst]) =>
      from(world, src, `ping -c 1 ${ttl}${unfragmented}-s ${Number(size) - 8} ${dst}`),
    ),
    ...asked.flatMap(([, dst, src = '']) => from(world, src, `ping -c 1 -W 4 ${dst}`)),
    ...accepted.flatMap(([, dst, port, src = '']) => from(world, src, `curl -s -m 3 http://${dst}:${port}/`)),
    ...connecting.flatMap(([, src = '', dst, port]) => from(world, src, `curl -s -m 3 http://${dst}:${port}/`)),
    ...questions.flatMap(([, src = '', server, name]) => from(world, src, `dig +short ${name} @${server}`)),
    ...datagrams.flatMap(([, src = '', dst, port]) => from(world, src, `nc -zu -w 1 ${dst} ${port}`)),
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
