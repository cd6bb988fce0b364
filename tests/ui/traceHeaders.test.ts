import { describe, expect, it } from 'vitest';
import type { HeaderRow, HopView } from '../../src/sim/index.ts';
import { mainJourney } from '../../src/store/journey.ts';
import { changeCount, type HeaderLine, headerLines, stationNames } from '../../src/ui/trace/headerDiff.ts';
import { exchangeOf, sandbox } from './traceRecordings.ts';

const stations = stationNames(sandbox.elements);

function hopNamed(name: string): HopView {
  const hop = mainJourney(exchangeOf(sandbox, 'x1')).legs[0]?.trace.hops.find(found => found.name === name);
  if (hop === undefined) throw new Error(`the request does not pass ${name}`);
  return hop;
}

const lineOf = (lines: readonly HeaderLine[], label: string): HeaderLine | undefined =>
  lines.find(line => line.label === label);

describe('headers across a node that translates and routes', () => {
  const hop = hopNamed('node-1');
  const nat = hop.steps.find(step => step.action === 'TRANSLATED')?.headers ?? [];
  const lines = headerLines(hop.headers, stations, nat);

  it('say which fields change and why', () => {
    expect(lineOf(lines, 'IP dest.')).toMatchObject({
      before: '10.96.40.10',
      after: '10.244.2.2',
      change: 'changed',
      reason: 'NAT',
    });
    expect(lineOf(lines, 'TTL')).toMatchObject({ before: '64', after: '63', reason: 'routed once' });
    expect(lineOf(lines, 'IP source')).toMatchObject({ change: 'same', reason: 'no NAT' });
    expect(changeCount(lines)).toBe('5 fields change');
  });

  it('name who has a MAC address', () => {
    expect(lineOf(lines, 'MAC source')).toMatchObject({ change: 'changed', reason: 'node-1' });
    expect(lineOf(lines, 'MAC dest.')).toMatchObject({ change: 'changed', reason: 'node-2' });
  });

  it('show ports and flags together', () => {
    const tcp = lineOf(lines, 'TCP');
    expect(tcp?.before).toMatch(/^\d+ → 80 SYN$/);
    expect(tcp?.after).toMatch(/^\d+ → 8080 SYN$/);
    expect(tcp?.reason).toBe('NAT');
  });

  it('mark what the step that is shown changed', () => {
    expect(lines.filter(line => line.madeHere).map(line => line.label)).toEqual(['IP dest.', 'TCP']);
  });

  it('have the same lines in the same order for every step of the hop', () => {
    for (const step of hop.steps)
      expect(headerLines(hop.headers, stations, step.headers).map(line => line.key)).toEqual(
        lines.map(line => line.key),
      );
  });
});

describe('headers of a hop', () => {
  it('are added where the packet is made', () => {
    const lines = headerLines(hopNamed('client').headers, stations, []);
    expect(lineOf(lines, 'MAC source')).toMatchObject({ before: undefined, change: 'added', reason: 'client' });
  });

  it('stay in a LAN', () => {
    expect(changeCount(headerLines(hopNamed('LAN').headers, stations, []))).toBe('no field changes');
  });

  it('are no translation when the packet is put into another one: what is around it is added, it stays itself', () => {
    const outer = { side: 'outer', changed: true, main: true } as const;
    const inner = { side: 'inner', main: true } as const;
    const rows: readonly HeaderRow[] = [
      { ...outer, layer: 'IP', field: 'source', after: '192.168.10.11' },
      { ...outer, layer: 'UDP', field: 'source port', after: '48045' },
      { ...outer, layer: 'UDP', field: 'destination port', after: '8472' },
      { ...outer, layer: 'VXLAN', field: 'VNI', after: '1' },
      { ...inner, layer: 'IP', field: 'source', before: '10.244.1.2', after: '10.244.1.2', changed: false },
      { ...inner, layer: 'IP', field: 'TTL', before: '64', after: '63', changed: true, note: 'routed once' },
    ];
    const later: HeaderRow = {
      layer: 'Ethernet',
      field: 'source',
      after: '02:42:c0:a8:0a:0b',
      changed: true,
      main: true,
    };
    const lines = headerLines(rows, stations, [later, { layer: 'VXLAN', field: 'VNI', changed: false, main: true }]);
    expect(lines.map(line => [line.label, line.before, line.after, line.change])).toEqual([
      ['Outer IP source', undefined, '192.168.10.11', 'added'],
      ['Outer UDP', undefined, '48045 → 8472', 'added'],
      ['VXLAN VNI', undefined, '1', 'added'],
      ['IP source', '10.244.1.2', '10.244.1.2', 'same'],
      ['TTL', '64', '63', 'changed'],
    ]);
    const marked = headerLines(
      [...rows, { ...outer, layer: 'Ethernet', field: 'source', after: '02:42:c0:a8:0a:0b' }],
      stations,
      [later, { layer: 'VXLAN', field: 'VNI', changed: false, main: true }],
    );
    expect(marked.filter(line => line.madeHere).map(line => line.label)).toEqual(['Outer MAC source']);
  });
});
