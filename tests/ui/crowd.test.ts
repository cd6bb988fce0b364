import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LabElement } from '../../src/sim/index.ts';
import { cellLevel } from '../../src/ui/topology/crowd/cellLevel.ts';
import { hitTest } from '../../src/ui/topology/crowd/crowd.ts';
import { crowdLayout } from '../../src/ui/topology/crowd/crowdLayout.ts';
import { type CrowdWish, drawnPart } from '../../src/ui/topology/crowd/drawnPart.ts';
import { type Box, centerOf } from '../../src/ui/topology/geometry.ts';
import type { LayoutWish, NetworkLayout } from '../../src/ui/topology/layout.ts';

const node = (name: string): LabElement => ({
  kind: 'node',
  id: `node/${name}`,
  name,
  role: 'worker',
  address: '192.168.0.1',
  ready: true,
  interfaces: [
    { name: 'cni0', kind: 'bridge', mac: '', mtu: 1500, addresses: [], up: true, carrier: true },
    { name: 'eth0', kind: 'veth', mac: '', mtu: 1500, addresses: [], up: true, carrier: true, peer: 'lan/lan#1' },
  ],
  routeCount: 3,
});

const pod = (
  name: string,
  on: string | undefined,
  more: Partial<Extract<LabElement, { kind: 'pod' }>> = {},
): LabElement => ({
  kind: 'pod',
  id: `pod/default/${name}`,
  namespace: 'default',
  name,
  ...(on !== undefined && { node: on, address: '10.244.1.2' }),
  status: 'Running',
  ready: true,
  terminating: false,
  labels: {},
  containers: [],
  hostNetwork: false,
  interfaces: [],
  ...more,
});

const service = (name: string): LabElement => ({
  kind: 'service',
  id: `svc/default/${name}`,
  namespace: 'default',
  name,
  type: 'ClusterIP',
  clusterIP: '10.96.0.9',
  ports: [],
});

const network = (kind: 'lan' | 'router' | 'outside', name: string): LabElement => ({
  kind,
  id: `${kind}/${name}`,
  name,
  address: '192.168.0.0/16',
  mtu: 1500,
  interfaces: [],
});
const lan = network('lan', 'lan');

const mapOf = (list: readonly LabElement[]): ReadonlyMap<string, LabElement> =>
  new Map(list.map(element => [element.id, element]));

const WISH: LayoutWish = { form: 'wide', ends: [], drawn: new Set(), namespace: undefined, capacity: 0 };

/** Nodes with this many Pods each, some Pods of no node, and some Services. */
function lab(counts: readonly number[], loose: number, services: number): readonly LabElement[] {
  return [
    lan,
    ...counts.map((_, i) => node(`node-${i + 1}`)),
    ...counts.flatMap((count, i) => Array.from({ length: count }, (_, p) => pod(`p-${i + 1}-${p}`, `node-${i + 1}`))),
    ...Array.from({ length: loose }, (_, p) => pod(`loose-${p}`, undefined)),
    ...Array.from({ length: services }, (_, s) => service(`s-${s}`)),
  ];
}

const labs = fc
  .tuple(
    fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 60 }),
    fc.integer({ min: 0, max: 20 }),
    fc.integer({ min: 0, max: 20 }),
  )
  .map(([counts, loose, services]) => ({ counts, elements: lab(counts, loose, services) }));

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function isInside(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

const boxesOf = (layout: NetworkLayout): ReadonlyMap<string, Box> =>
  new Map([
    ...[...layout.nodes].map(([id, place]) => [id, place.box] as const),
    ...[...layout.pods].map(([id, place]) => [id, place.box] as const),
    ...layout.services,
  ]);

describe('the packing of a crowd', () => {
  it('places every Pod, node and Service, each cell inside of its holder, and nothing overlaps', () => {
    fc.assert(
      fc.property(labs, ({ elements }) => {
        const layout = crowdLayout(mapOf(elements), WISH, new Map());
        const holders = layout.crowd?.holders ?? [];
        const placed = [...boxesOf(layout).keys(), 'lan/lan'];
        expect(new Set(placed)).toEqual(new Set(elements.map(element => element.id)));
        for (const [i, holder] of holders.entries()) {
          for (const other of holders.slice(i + 1)) expect(overlaps(holder.box, other.box)).toBe(false);
          for (const [c, cell] of holder.cells.entries()) {
            expect(isInside(cell.box, holder.box)).toBe(true);
            for (const other of holder.cells.slice(c + 1)) expect(overlaps(cell.box, other.box)).toBe(false);
          }
        }
        const zones = layout.crowd?.zones ?? [];
        for (const [i, zone] of zones.entries())
          for (const other of zones.slice(i + 1)) expect(overlaps(zone.box, other.box)).toBe(false);
        for (const holder of holders) expect(isInside(holder.box, layout.bounds)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('moves nothing when a Pod is added, unless its node outgrows the boxes', () => {
    fc.assert(
      fc.property(labs, fc.nat(), ({ counts, elements }, seed) => {
        const before = crowdLayout(mapOf(elements), WISH, new Map());
        const place = seed % (counts.length + 1);
        const capacity = before.crowd?.capacity ?? 0;
        fc.pre(place === counts.length || (counts[place] ?? 0) < capacity);
        const added = pod('added', place === counts.length ? undefined : `node-${place + 1}`);
        const wish = { ...WISH, capacity };
        const after = boxesOf(crowdLayout(mapOf([...elements, added]), wish, before.slots));
        for (const [id, box] of boxesOf(before)) expect(after.get(id)).toEqual(box);
        expect(after.has('pod/default/added')).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('moves nothing when Pods go, and keeps the size of the boxes', () => {
    const elements = lab([30, 2, 9], 3, 4);
    const before = crowdLayout(mapOf(elements), WISH, new Map());
    const rest = elements.filter(element => !element.id.startsWith('pod/default/p-1-'));
    const wish = { ...WISH, capacity: before.crowd?.capacity ?? 0 };
    const after = crowdLayout(mapOf(rest), wish, before.slots);
    expect(after.crowd?.capacity).toBe(before.crowd?.capacity);
    const boxes = boxesOf(before);
    for (const [id, box] of boxesOf(after)) expect(boxes.get(id)).toEqual(box);
  });

  it('puts hundreds of nodes into zones of twenty, in the order of their numbers', () => {
    const layout = crowdLayout(
      mapOf(
        lab(
          Array.from({ length: 100 }, () => 1),
          0,
          0,
        ),
      ),
      WISH,
      new Map(),
    );
    expect(layout.crowd?.zones.map(zone => [zone.names[0], zone.note])).toEqual([
      ['node-1 to node-20', '20 nodes, 20 Pods'],
      ['node-21 to node-40', '20 nodes, 20 Pods'],
      ['node-41 to node-60', '20 nodes, 20 Pods'],
      ['node-61 to node-80', '20 nodes, 20 Pods'],
      ['node-81 to node-100', '20 nodes, 20 Pods'],
    ]);
  });

  it('has no zones for forty nodes', () => {
    const layout = crowdLayout(
      mapOf(
        lab(
          Array.from({ length: 40 }, () => 1),
          0,
          0,
        ),
      ),
      WISH,
      new Map(),
    );
    expect(layout.crowd?.zones).toEqual([]);
  });

  it('shows by its look that a Pod is not ready, is going, or belongs to the system', () => {
    const elements = mapOf([
      node('node-1'),
      pod('well', 'node-1'),
      pod('late', 'node-1', { ready: false }),
      pod('gone', 'node-1', { ready: false, terminating: true, status: 'Terminating' }),
      { ...pod('dns', 'node-1'), id: 'pod/kube-system/dns', namespace: 'kube-system' } as LabElement,
    ]);
    const cells = crowdLayout(elements, WISH, new Map()).crowd?.holders[0]?.cells ?? [];
    expect(cells.map(({ name, look, detail }) => [name, look, detail])).toEqual([
      ['well', 'ready', '10.244.1.2'],
      ['late', 'not-ready', '10.244.1.2'],
      ['gone', 'terminating', 'Terminating'],
      ['kube-system', 'group', '1 Pod'],
    ]);
  });
});

describe('what stands beside a crowd', () => {
  const around = [network('router', 'router'), network('outside', 'laptop'), network('outside', 'example.com')];
  const packed = (nodes: number, pods: number, services: number, form: LayoutWish['form']) =>
    crowdLayout(
      mapOf([
        ...around,
        ...lab(
          Array.from({ length: nodes }, () => pods),
          3,
          services,
        ),
      ]),
      { ...WISH, form },
      new Map(),
    );

  it.each([
    ['wide', 4, 34, 0.045],
    ['wide', 11, 100, 0.045],
    ['wide', 101, 100, 0.045],
    ['tall', 4, 34, 0.09],
    ['tall', 101, 100, 0.09],
  ] as const)('keeps its share of a %s picture of %d nodes with %d Pods each', (form, nodes, pods, share) => {
    const { outside, router, bounds, services } = packed(nodes, pods, 2, form);
    const widths = [...(outside?.hosts.values() ?? []), ...(router === undefined ? [] : [router])]
      .map(({ box }) => box.width)
      .concat([...services.values()].map(box => box.width));
    expect(widths).toHaveLength(5);
    for (const width of widths) expect(width / bounds.width).toBeGreaterThan(share);
  });

  it.each([1, 2, 3, 8, 9, 33, 100])('leaves most of the picture to the nodes with %d Services', services => {
    const { bounds, nodes, crowd } = packed(11, 100, services, 'wide');
    const left = Math.min(...[...nodes.values()].map(({ box }) => box.x));
    expect((left - bounds.x) / bounds.width).toBeLessThan(0.35);
    const boxes = crowd?.holders.map(({ box }) => box) ?? [];
    for (const [i, box] of boxes.entries())
      for (const other of boxes.slice(i + 1)) expect(overlaps(box, other)).toBe(false);
  });

  it('is where its wires begin, and is found by the pointer', () => {
    const { outside, router, crowd } = packed(11, 100, 1, 'wide');
    const places = [...(outside?.hosts.values() ?? []), ...(router === undefined ? [] : [router])];
    for (const { id, box } of places) {
      const { x, y } = centerOf(box);
      expect(crowd && hitTest(crowd, x, y)?.id).toBe(id);
    }
    for (const { box, wire } of outside?.hosts.values() ?? [])
      expect(wire[0]).toEqual({ x: box.x + box.width, y: box.y + box.height / 2 });
  });
});

describe('the pointer on a crowd', () => {
  const layout = crowdLayout(mapOf(lab([3, 2], 2, 3)), WISH, new Map());

  it('finds every cell at its middle', () => {
    for (const { cells } of layout.crowd?.holders ?? [])
      for (const cell of cells) {
        const { x, y } = centerOf(cell.box);
        expect(layout.crowd && hitTest(layout.crowd, x, y)?.id).toBe(cell.id);
      }
  });

  it.each([
    ['a node where it holds nothing', 'node/node-1', 'node/node-1'],
    ['nothing between the Services', 'frame/services', undefined],
  ])('finds %s', (_, holderId, found) => {
    const holder = layout.crowd?.holders.find(({ id }) => id === holderId);
    if (layout.crowd === undefined || holder === undefined) throw new Error('there is no such holder');
    expect(hitTest(layout.crowd, holder.box.x + 3, holder.box.y + 3)?.id).toBe(found);
  });

  it('finds nothing outside', () => {
    expect(layout.crowd && hitTest(layout.crowd, -1e6, 0)).toBeUndefined();
  });
});

describe('what the graph draws of a crowd itself', () => {
  const elements = lab([40, 40, 40], 0, 50);
  const layout = crowdLayout(mapOf(elements), WISH, new Map());
  const wish = { elements: mapOf(elements), selected: undefined, picking: undefined, journey: undefined };

  const drawnNetwork = (own: CrowdWish): NetworkLayout => {
    const drawn = drawnPart(layout, own);
    if (drawn.kind !== 'network') throw new Error('it became another level');
    return drawn;
  };

  it('is nothing before something is selected', () => {
    const drawn = drawnNetwork(wish);
    expect([drawn.nodes.size, drawn.pods.size, drawn.services.size]).toEqual([0, 0, 0]);
  });

  it.each([
    ['a Pod', 'pod/default/p-2-7', 'pods'],
    ['an interface of a Pod as its Pod', 'pod/default/p-2-7#eth0', 'pods'],
    ['a node', 'node/node-2', 'nodes'],
    ['a Service', 'svc/default/s-7', 'services'],
  ] as const)('is %s that is selected, where it stands', (_, selected, kind) => {
    const drawn = drawnNetwork({ ...wish, selected });
    const id = selected.split('#')[0] ?? '';
    expect([...drawn[kind].keys()]).toEqual([id]);
    expect(drawn[kind].get(id)).toBe(layout[kind].get(id));
  });
});

describe('the level of a cell', () => {
  it.each([
    [3, undefined, 'heat'],
    [4, undefined, 'dots'],
    [12, undefined, 'boxes'],
    [18, undefined, 'labels'],
    // 5 % beyond a border before it changes, both ways.
    [4.1, 'heat', 'heat'],
    [4.2, 'heat', 'dots'],
    [3.9, 'dots', 'dots'],
    [3.7, 'dots', 'heat'],
    [18.8, 'boxes', 'boxes'],
    [17.2, 'labels', 'labels'],
    [3, 'labels', 'heat'],
    [30, 'heat', 'labels'],
  ] as const)('of %d px after %s is %s', (height, before, level) => {
    expect(cellLevel(height, before)).toBe(level);
  });
});
