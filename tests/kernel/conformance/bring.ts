// node src/server/run.mjs tests/kernel/conformance/bring.ts FOLDER: brings recordings of the real kernel over into
// tests/kernel/recordings, small: a cluster is written as what differs from the first one, results without what nothing
// here reads. What is measured is facts; nothing else is taken.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProbeResult, RecordedSpec, ResultDocument } from './recording.ts';
import { type Recording, type SpecChange, type TextChange, writeRecording } from './stored.ts';

/** Of the large clusters every so-manieth probe is brought, but not the first one: it meets a kernel that knows no neighbour. */
const EVERY = 13;
/** More than this many probes are a large cluster. */
const LARGE = 50;
const BASE = 'baseline';

export function main([folder]: readonly string[]): number {
  if (folder === undefined) {
    console.error('usage: bring.ts FOLDER');
    return 2;
  }
  const out = new URL('../recordings/', import.meta.url).pathname;
  mkdirSync(out, { recursive: true });
  const read = <T>(kind: string, name: string): T =>
    JSON.parse(readFileSync(join(folder, kind, `${name}.json`), 'utf8'));
  const base = read<RecordedSpec>('specs/failures', BASE);
  const store = (name: string, path: string): void => {
    if (!existsSync(join(folder, 'truth', path, `${name}.json`))) return;
    const spec = read<RecordedSpec>(join('specs', path), name);
    const truth = read<ResultDocument>(join('truth', path), name);
    const chosen = spec.probes.length > LARGE ? spec.probes.filter((_, i) => i % EVERY === EVERY - 1) : spec.probes;
    const ids = new Set([
      ...chosen.map(probe => probe.id),
      ...(spec.steps ?? []).flatMap(step => (step.probes ?? []).map(probe => probe.id)),
    ]);
    const recording: Recording = {
      origin: `Linux 6.18, iptables 1.8.9, network namespaces: ${join(path, name)}`,
      spec: name === BASE ? { kind: 'whole', spec } : { kind: 'changed', base: BASE, change: changeOf(base, spec) },
      ...(chosen !== spec.probes && { warm: true }),
      probes: chosen,
      ...(spec.steps !== undefined && { steps: spec.steps }),
      results: truth.results.filter(result => ids.has(result.id)).map(compared),
    };
    writeFileSync(join(out, `${name}.json`), writeRecording(recording));
  };
  for (const path of ['', 'failures'])
    for (const file of readdirSync(join(folder, 'specs', path)))
      if (file.endsWith('.json')) store(file.slice(0, -'.json'.length), path);
  return 0;
}

/** Only what is compared. */
function compared(result: ProbeResult): ProbeResult {
  const { id, verdict, path } = result;
  const some = <K extends keyof ProbeResult>(...keys: readonly K[]): Partial<ProbeResult> =>
    Object.fromEntries(keys.flatMap(key => (result[key] === undefined ? [] : [[key, result[key]]])));
  return {
    id,
    verdict,
    ...some('choice', 'backend', 'src_seen', 'ttl_at_backend', 'ttl_of_reply', 'icmp', 'reply_path'),
    ...some('verdicts', 'backends', 'by_backend'),
    path,
  };
}

type Host = RecordedSpec['hosts'][number];

function changeOf(base: RecordedSpec, spec: RecordedSpec): SpecChange {
  const before = new Map(base.hosts.map(host => [host.name, host]));
  return {
    name: spec.name,
    hosts: spec.hosts.map(host => hostChange(before.get(host.name), host)),
    links: spec.links,
    ...(spec.macvlans !== undefined && spec.macvlans.length > 0 && { macvlans: spec.macvlans }),
  };
}

function hostChange(before: Host | undefined, host: Host): SpecChange['hosts'][number] {
  if (before === undefined) return { kind: 'new', host };
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  const keys = [...new Set([...Object.keys(before), ...Object.keys(host)])] as (keyof Host)[];
  const set = Object.fromEntries(
    keys
      .filter(key => key !== 'iptables' && !same(before[key], host[key]))
      .map(key => [key, host[key] === undefined ? null : host[key]]),
  );
  return {
    kind: 'changed',
    name: host.name,
    ...(Object.keys(set).length > 0 && { set }),
    ...(before.iptables !== host.iptables && { iptables: textChange(before.iptables ?? '', host.iptables ?? '') }),
  };
}

/** Lines to keep, by ranges of the old text, and lines that are new: greedy, enough for texts that differ little. */
function textChange(before: string, after: string): TextChange {
  const old = before.split('\n');
  const placesOf = new Map<string, number[]>();
  old.forEach((line, i) => {
    placesOf.set(line, [...(placesOf.get(line) ?? []), i]);
  });
  const parts: (readonly [number, number] | string)[] = [];
  let next = 0;
  for (const line of after.split('\n')) {
    const place = (placesOf.get(line) ?? []).find(at => at >= next);
    const last = parts.at(-1);
    if (place === undefined) parts.push(line);
    else {
      if (Array.isArray(last) && last[1] === place) parts[parts.length - 1] = [last[0], place + 1];
      else parts.push([place, place + 1]);
      next = place + 1;
    }
  }
  return parts;
}
