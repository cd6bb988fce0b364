// Recordings as they are kept in tests/kernel/recordings.

import type { HostSpec, KernelSpec } from '../../../src/sim/linux/kernelSpec.ts';
import type { Probe, ProbeResult, RecordedSpec, RecordedStep } from './recording.ts';

export interface Recording {
  /** Which kernel and tools it was made with, and under which name. */
  readonly origin: string;
  readonly spec:
    | { readonly kind: 'whole'; readonly spec: KernelSpec }
    /** As another recording's, but for some hosts. */
    | { readonly kind: 'changed'; readonly base: string; readonly change: SpecChange };
  readonly warm?: boolean;
  readonly probes: readonly Probe[];
  readonly steps?: readonly RecordedStep[];
  readonly results: readonly ProbeResult[];
}

export interface SpecChange {
  readonly name: string;
  /** Every host of the changed spec, in its order. */
  readonly hosts: readonly (
    | { readonly kind: 'new'; readonly host: HostSpec }
    | {
        readonly kind: 'changed';
        readonly name: string;
        /** Fields that are other; null takes one away. */
        readonly set?: Readonly<Record<string, unknown>>;
        readonly iptables?: TextChange;
      }
  )[];
  readonly links: KernelSpec['links'];
  readonly macvlans?: KernelSpec['macvlans'];
}

/** A text as ranges of lines of another one (first, end) and lines of its own. */
export type TextChange = readonly (readonly [number, number] | string)[];

/** A line each for hosts, probes and results, so that a change of a recording can be read. */
export function writeRecording({ origin, spec, warm, probes, steps, results }: Recording): string {
  const list = (items: readonly unknown[]): string => `[\n${items.map(item => JSON.stringify(item)).join(',\n')}\n]`;
  const parts = [`"origin": ${JSON.stringify(origin)}`];
  if (spec.kind === 'whole') {
    const { name, hosts, links, macvlans = [] } = spec.spec;
    parts.push(
      `"spec": {"kind": "whole", "spec": {"name": ${JSON.stringify(name)}, "hosts": ${list(hosts)}, "links": ${JSON.stringify(links)}, "macvlans": ${JSON.stringify(macvlans)}}}`,
    );
  } else {
    const { hosts, ...change } = spec.change;
    const rest = JSON.stringify(change).slice(1, -1);
    parts.push(
      `"spec": {"kind": "changed", "base": ${JSON.stringify(spec.base)}, "change": {"hosts": ${list(hosts)}, ${rest}}}`,
    );
  }
  if (warm === true) parts.push('"warm": true');
  parts.push(`"probes": ${list(probes)}`);
  if (steps !== undefined) parts.push(`"steps": ${list(steps)}`);
  parts.push(`"results": ${list(results)}`);
  return `{${parts.join(',\n')}}\n`;
}

/** The spec of a recording, whole. `find` reads another recording. */
export function specOf(recording: Recording, find: (name: string) => Recording): RecordedSpec {
  const { spec, warm, probes, steps } = recording;
  const whole = spec.kind === 'whole' ? spec.spec : changed(specOf(find(spec.base), find), spec.change);
  return { ...whole, probes, ...(warm !== undefined && { warm }), ...(steps !== undefined && { steps }) };
}

function changed(base: KernelSpec, change: SpecChange): KernelSpec {
  const before = new Map(base.hosts.map(host => [host.name, host]));
  const { name, links, macvlans } = change;
  const hosts = change.hosts.map((entry): HostSpec => {
    if (entry.kind === 'new') return entry.host;
    const host = before.get(entry.name);
    if (host === undefined) throw new Error(`a host ${entry.name} was expected in ${base.name}`);
    const fields = Object.fromEntries(
      Object.entries({ ...host, ...entry.set }).filter(([, value]) => value !== null),
    ) as unknown as HostSpec;
    return entry.iptables === undefined
      ? fields
      : { ...fields, iptables: patched(host.iptables ?? '', entry.iptables) };
  });
  return { name, hosts, links, ...(macvlans !== undefined && { macvlans }) };
}

function patched(text: string, change: TextChange): string {
  const lines = text.split('\n');
  return change.flatMap(part => (typeof part === 'string' ? [part] : lines.slice(part[0], part[1]))).join('\n');
}
