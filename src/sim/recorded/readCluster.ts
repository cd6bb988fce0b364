// The text of a recorded cluster, read: hosts, links, probes, changes between them and, where the file has them, the
// results of the real kernel. Keys that are not named here are left to whoever builds the world.
//
// Omits:   recordings that are written as what differs from another one: they need that one.

import type { KernelSpec } from '../linux/kernelSpec.ts';
import type { FieldPath, TextSpan } from '../manifest/read.ts';
import { ip } from '../net/address.ts';
import { ParseError } from '../runtime/errors.ts';
import { changeLines } from './changeLines.ts';
import { indexOfPath, spanAt } from './jsonPlace.ts';
import { type RecordedProbe, readBind } from './probe.ts';
import { type Fields, fields, ifThere, integer, list, oneOf, ShapeError, text, withoutNulls } from './reader.ts';
import { readResults } from './readResults.ts';

/** Longer texts are refused, in characters. */
export const MOST_CHARACTERS = 5_000_000;

export interface SpecProblem {
  readonly message: string;
  readonly span: TextSpan;
}

export interface RecordedCluster {
  readonly spec: KernelSpec;
  readonly probes: readonly RecordedProbe[];
  /** The text and where the spec is in it, for problems that building it finds. */
  readonly source: string;
  readonly specPath: FieldPath;
}

export type ReadCluster =
  | ({ readonly kind: 'cluster' } & RecordedCluster)
  | { readonly kind: 'refused'; readonly problem: SpecProblem };

export function readRecordedCluster(source: string): ReadCluster {
  if (source.length > MOST_CHARACTERS) {
    const message = `The text has ${(source.length / 1_000_000).toFixed(1)} million characters; at most 5 million are read.`;
    return { kind: 'refused', problem: { message, span: spanAt('', 0) } };
  }
  let value: unknown;
  try {
    value = withoutNulls(JSON.parse(source));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const at = Number(/position (\d+)/.exec(message)?.[1] ?? 0);
    return { kind: 'refused', problem: { message: `This is not JSON: ${message}`, span: spanAt(source, at) } };
  }
  try {
    return { kind: 'cluster', ...readRoot(value, source) };
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    return {
      kind: 'refused',
      problem: { message: error.message, span: spanAt(source, indexOfPath(source, error.path)) },
    };
  }
}

function readRoot(value: unknown, source: string): RecordedCluster {
  const root = fields(value, [], 'a recorded cluster with hosts, links and probes');
  // The project's own recordings hold the spec inside.
  const isStored = root.hosts === undefined && root.spec !== undefined;
  const stored = isStored ? fields(root.spec, ['spec']) : undefined;
  if (stored !== undefined && stored.kind !== 'whole')
    throw new ShapeError(['spec', 'kind'], 'a whole cluster ("whole", not what differs from another recording)');
  const specPath: FieldPath = stored === undefined ? [] : ['spec', 'spec'];
  const from = stored === undefined ? root : fields(stored.spec, specPath);
  const hosts = list(from.hosts, [...specPath, 'hosts'], readHost);
  if (hosts.length === 0) throw new ShapeError([...specPath, 'hosts'], 'at least one host');
  checkNames(hosts, specPath);
  const names = new Set(hosts.map(host => host.name));
  const spec: KernelSpec = {
    name: from.name === undefined ? 'recorded cluster' : text(from.name, [...specPath, 'name']),
    hosts,
    links: list(from.links, [...specPath, 'links'], readLink),
    macvlans: list(from.macvlans, [...specPath, 'macvlans'], readLink),
  };
  const results = readResults(root.results);
  const read = (item: unknown, path: FieldPath): RecordedProbe => readProbe(item, path, names, results);
  return { spec, probes: [...list(root.probes, ['probes'], read), ...readSteps(root.steps, read)], source, specPath };
}

const HOST_NAME = /^[A-Za-z0-9][\w.-]*$/;

/** What is inside a list of texts or objects is checked where the world is built. */
function readHost(value: unknown, path: FieldPath): KernelSpec['hosts'][number] {
  const from = fields(value, path, 'a host');
  const name = text(from.name, [...path, 'name'], 'the name of the host');
  if (!HOST_NAME.test(name)) throw new ShapeError([...path, 'name'], 'a name of letters, digits, ".", "_" and "-"');
  list(from.interfaces, [...path, 'interfaces'], readInterface);
  for (const key of ['iptables', 'ipset', 'nft', 'role', 'node']) ifThere(from, key, path, text);
  ifThere(from, 'sysctl', path, (settings, at) => {
    for (const [key, setting] of Object.entries(fields(settings, at))) integer(setting, [...at, key], -1e9, 1e12);
  });
  for (const key of ['rules', 'ip']) list(from[key], [...path, key], text);
  list(from.routes, [...path, 'routes'], (route, at) => {
    if (typeof route !== 'string') text(fields(route, at, 'a route').dst, [...at, 'dst'], 'a destination');
  });
  for (const key of ['neigh', 'fdb'])
    list(from[key], [...path, key], (entry, at) => {
      const read = fields(entry, at);
      for (const part of key === 'neigh' ? ['ip', 'mac', 'dev'] : ['mac', 'dev']) text(read[part], [...at, part]);
    });
  list(from.listeners, [...path, 'listeners'], (listener, at) => {
    const read = fields(listener, at);
    oneOf(read.proto, [...at, 'proto'], ['tcp', 'udp']);
    integer(read.port, [...at, 'port'], 1, 65535);
    for (const key of ['addr', 'name']) ifThere(read, key, at, text);
  });
  return value as KernelSpec['hosts'][number];
}

function readInterface(value: unknown, path: FieldPath): void {
  const from = fields(value, path, 'an interface');
  text(from.name, [...path, 'name'], 'the name of the interface');
  for (const key of ['type', 'mac', 'master', 'local', 'dev']) ifThere(from, key, path, text);
  ifThere(from, 'mtu', path, (mtu, at) => integer(mtu, at, 68, 65536));
  list(from.addresses, [...path, 'addresses'], text);
}

function checkNames(hosts: KernelSpec['hosts'], path: FieldPath): void {
  const seen = new Set<string>();
  for (const [i, host] of hosts.entries()) {
    if (seen.has(host.name)) throw new ShapeError([...path, 'hosts', i, 'name'], `another name than "${host.name}"`);
    seen.add(host.name);
  }
}

function readLink(value: unknown, path: FieldPath): readonly [string, string] {
  const [left, right, ...more] = list(value, path, text);
  const isEnd = (end: string | undefined): end is string => end !== undefined && /^[^/]+\/[^/]+$/.test(end);
  if (!isEnd(left) || !isEnd(right) || more.length > 0)
    throw new ShapeError(path, 'two ends, each as "HOST/INTERFACE",');
  return [left, right];
}

const FRAGMENTATION = ['dont', 'want', 'do', 'probe'] as const;
/** What a probe's program says when the spec gives no sizes, and when it asks for a size, in bytes. */
const REQUEST_BYTES = 9;
const SIZED_REQUEST_BYTES = 19;
const TIMEOUT_SECONDS = 4;

type Results = ReturnType<typeof readResults>;

function readProbe(value: unknown, path: FieldPath, hosts: ReadonlySet<string>, results: Results): RecordedProbe {
  const from = fields(value, path, 'a probe');
  const id = text(from.id, [...path, 'id'], 'the name of the probe');
  if (!/^\S{1,200}$/.test(id)) throw new ShapeError([...path, 'id'], 'a name without spaces');
  const origin = text(from.from, [...path, 'from'], 'the name of a host');
  if (!hosts.has(origin))
    throw new ShapeError([...path, 'from'], 'a host', `there is no host "${origin}" in this cluster`);
  const protocol = from.proto === undefined ? 'tcp' : oneOf(from.proto, [...path, 'proto'], ['tcp', 'udp', 'icmp']);
  const bytes = (key: string): number | undefined => size(from, key, path);
  const [up, down] = [bytes('up'), bytes('down')];
  const fragmentation = from.df === undefined ? undefined : FRAGMENTATION[integer(from.df, [...path, 'df'], 0, 3)];
  const recorded = results.get(id);
  return {
    id,
    from: origin,
    to: parsed(() => ip(text(from.to, [...path, 'to'], 'an address')), [...path, 'to'], 'an IPv4 address'),
    port: protocol === 'icmp' ? 0 : integer(from.port, [...path, 'port'], 1, 65535),
    protocol,
    timeoutMs: seconds(from.timeout ?? TIMEOUT_SECONDS, [...path, 'timeout']) * 1000,
    requestBytes: up ?? (down === undefined ? REQUEST_BYTES : SIZED_REQUEST_BYTES),
    ...(down !== undefined && { answerBytes: down }),
    ...ifThere(from, 'bind', path, (bind, at) => parsed(() => readBind(text(bind, at)), at, '"ADDRESS:PORT"')),
    ...ifThere(from, 'ttl', path, (ttl, at) => integer(ttl, at, 1, 255)),
    ...(fragmentation !== undefined && { fragmentation }),
    ...(recorded !== undefined && { recorded }),
  };
}

function size(from: Fields, key: string, path: FieldPath): number | undefined {
  return from[key] === undefined ? undefined : integer(from[key], [...path, key], 0, 1_000_000);
}

function seconds(value: unknown, path: FieldPath): number {
  if (typeof value !== 'number' || !(value > 0 && value <= 600)) throw new ShapeError(path, 'seconds, at most 600,');
  return value;
}

function parsed<T>(read: () => T, path: FieldPath, expected: string): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ShapeError || !(error instanceof ParseError)) throw error;
    throw new ShapeError(path, expected);
  }
}

/** The probes after changes; the first one of a step tells its changes. */
function readSteps(value: unknown, read: (item: unknown, path: FieldPath) => RecordedProbe): readonly RecordedProbe[] {
  let waiting: readonly string[] = [];
  return list(value, ['steps'], (item, path) => {
    const from = fields(item, path, 'a step');
    waiting = [...waiting, ...changeLines(from, path)];
    const [first, ...rest] = list(from.probes, [...path, 'probes'], read);
    if (first === undefined) return [];
    const after = waiting;
    waiting = [];
    return [after.length === 0 ? first : { ...first, after }, ...rest];
  }).flat();
}
