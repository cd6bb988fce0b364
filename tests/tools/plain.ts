// What a tool printed, without what two runs of the same tool on the same state do not have in common: times, ports of
// clients, TCP sequence numbers, MACs and indexes of veth ends, process ids, counters, dates - and the order of kernel
// tables that are hashed with a seed of each boot.
//
// Times are compared to the second where they are longer than half of one.

import type { KernelSpec } from '../../src/sim/linux/kernelSpec.ts';

type Rule = readonly [pattern: RegExp, replacement: string | ((whole: string, ...groups: string[]) => string)];

/** The kernel's timers of a minute and more ring late by up to a sixteenth. */
const seconds = (ms: number): string =>
  ms < 500 ? '0 s' : ms < 60_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;

const EVERY_TOOL: readonly Rule[] = [
  [/\b\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\b/g, 'DATE'],
  [/(?<=\) on )\w{3} \w{3} +\d+ \d\d:\d\d:\d\d \d{4}/g, 'DATE'],
  [/(?<=^(?:# Completed) on )\w{3} \w{3} +\d+ \d\d:\d\d:\d\d \d{4}/gm, 'DATE'],
  [/^\d\d:\d\d:\d\d\.\d{6}/gm, 'CLOCK'],
  [/\b(\d+(?:\.\d+)?) ?(?:ms|milliseconds)\b/g, (_, ms) => seconds(Number(ms))],
  [/= [\d.]+\/[\d.]+\/[\d.]+\/[\d.]+ s\b/g, '= RTT'],
  [/= [\d.]+\/[\d.]+\/[\d.]+\/\d+(\.\d+)? s\b/g, '= RTT'],
  [/pid=\d+,fd=\d+/g, 'pid=P,fd=F'],
  [/@if\d+:/g, '@ifN:'],
  [/link-netnsid \d+/g, 'link-netnsid N'],
  [/(_timer +)\d+\.\d\d/g, '$1T'],
];

const OF_TOOL: Readonly<Record<string, readonly Rule[]>> = {
  // Speed is bytes by time; a meter that is redrawn each second may miss one.
  curl: [
    [/(\r *100 +\d+ +100 +\d+ +0 +0 +)[\d.]+[kM]?( +0 --:--:-- --:--:-- --:--:-- +)[\d.]+[kM]?/g, '$1SPEED$2SPEED'],
    [/ +SPEED/g, ' SPEED'],
    [
      /(?:\r {2}0 [ 0]+(?:--:--:-- --:--:--| --:--:-- {2}\d:\d\d:\d\d|--:--:-- {2}\d:\d\d:\d\d) --:--:-- {5}0)+(?=\r {2}0 )/g,
      '',
    ],
  ],
  wget: [
    [/\([\d.]+ [KMG]?B\/s\)/g, '(SPEED)'],
    [/ +[\d.]+[KMG]?=[\d.]+s/g, ' SPEED'],
    [/(?<=\d% ) *[\d.]+[KMG]? 0s$/gm, 'SPEED'],
  ],
  dig: [
    [/, id: \d+$/gm, ', id: I'],
    [/^(;; (?:Query time|WHEN|MSG SIZE)).*$/gm, '$1'],
  ],
  ping: [[/^pipe \d+$/gm, 'pipe N']],
  traceroute: [],
  conntrack: [
    [/^(tcp|udp|icmp)( +\d+) \d+ /gm, '$1$2 S '],
    [/ id=\d+/g, ' id=I'],
  ],
  tcpdump: [
    [/\b(seq|ack) \d{6,}/g, '$1 N'],
    [/TS val \d+ ecr \d+/g, 'TS'],
    [/\bid \d+/g, 'id I'],
    [/^\d+ packets? received by filter/gm, 'N packets received by filter'],
  ],
  iptables: [
    [/\(policy (\w+) \d+[KMG]? packets, \d+[KMG]? bytes\)/g, '(policy $1 N packets, N bytes)'],
    [/^ *\d+[KMG]? +\d+[KMG]? (?=\S)/gm, 'N N '],
  ],
  'iptables-save': [[/\[\d+:\d+\]/g, '[N:N]']],
};

/** Tools whose lines come in the order of a hash table. */
const IN_ANY_ORDER: readonly RegExp[] = [/^conntrack /, /^ip (-\S+ )*n(eigh)?\b/];

export function plainText(line: string, text: string, world: KernelSpec): string {
  const [tool = ''] = line.split(/\s+/);
  const replaced = [...EVERY_TOOL, ...(OF_TOOL[tool] ?? [])].reduce(
    (plain, [pattern, replacement]) => plain.replace(pattern, replacement as string),
    withoutDrawnMacs(text, world),
  );
  const plain = withoutClientPorts(replaced, line, world);
  return IN_ANY_ORDER.some(pattern => pattern.test(line)) ? plain.split('\n').sort().join('\n') : plain;
}

/** Addresses that the world's spec does not give were drawn. */
function withoutDrawnMacs(text: string, world: KernelSpec): string {
  const given = new Set(world.hosts.flatMap(host => host.interfaces ?? []).flatMap(device => device.mac ?? []));
  const isGroup = (mac: string): boolean => (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1;
  return text.replaceAll(/\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b/g, mac =>
    given.has(mac) || isGroup(mac) || mac === '00:00:00:00:00:00' ? mac : 'MAC',
  );
}

/** A port is a client's if neither the world nor the command names it. */
function withoutClientPorts(text: string, line: string, world: KernelSpec): string {
  const rules = world.hosts.map(host => host.iptables ?? '').join('\n');
  const named = [
    ...world.hosts.flatMap(host => host.listeners ?? []).map(({ port }) => String(port)),
    ...world.hosts.flatMap(host => host.interfaces ?? []).map(({ port }) => String(port ?? '')),
    ...[...rules.matchAll(/--dport (\d+)|--to-destination \S+:(\d+)/g)].map(([, a, b]) => a ?? b),
    ...[...line.matchAll(/(?<![\d.])\d{1,5}(?![\d.])/g)].map(([port]) => port),
    // A recorded flow that no rule knew.
    '81',
  ];
  const known = new Set(named);
  return text.replaceAll(
    /(port=|(?<=\d\.\d+\.\d+\.\d+)[.:])(\d{1,5})(?=[ :,]|$)/gm,
    (whole, before: string, port: string) => (known.has(port) ? whole : `${before}PORT`),
  );
}
