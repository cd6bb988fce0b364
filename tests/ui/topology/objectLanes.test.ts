import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LabElement } from '../../../src/sim/index.ts';
import type { Box, Polyline } from '../../../src/ui/topology/geometry.ts';
import type { LayoutWish } from '../../../src/ui/topology/layout.ts';
import { mergedRuns, wideJourneyLine, wideLinkLine } from '../../../src/ui/topology/objectLanes.ts';
import { type ObjectsLayout, objectsLayout } from '../../../src/ui/topology/objectsLayout.ts';

const WISH: LayoutWish = { form: 'wide', ends: [], drawn: new Set(), namespace: undefined, capacity: 0 };

const pod = (app: string, i: number | string, owner?: string): LabElement => ({
  kind: 'pod',
  id: `pod/default/${app}-${i}`,
  namespace: 'default',
  name: `${app}-${i}`,
  status: 'Running',
  ready: true,
  terminating: false,
  labels: {},
  containers: [],
  hostNetwork: false,
  interfaces: [],
  ...(owner !== undefined && { owner }),
});

/** A Deployment with so many Pods, and so many Services that select them. */
function app(name: string, pods: number, services: number): readonly LabElement[] {
  const deployment = `deployment/default/${name}`;
  return [
    { kind: 'deployment', id: deployment, namespace: 'default', name, replicas: pods, ready: pods },
    ...Array.from({ length: pods }, (_, i) => pod(name, i, deployment)),
    ...Array.from({ length: services }, (_, s): readonly LabElement[] => [
      {
        kind: 'service',
        id: `svc/default/${name}-${s}`,
        namespace: 'default',
        name: `${name}-${s}`,
        type: 'ClusterIP',
        clusterIP: '10.96.0.9',
        ports: [],
      },
      {
        kind: 'slice',
        id: `slice/default/${name}-${s}`,
        namespace: 'default',
        name: `${name}-${s}`,
        service: `svc/default/${name}-${s}`,
        ports: [],
        endpoints: Array.from({ length: pods }, (_, i) => ({
          address: `10.244.1.${i + 2}`,
          pod: `pod/default/${name}-${i}`,
          ready: i % 3 !== 0,
        })),
      },
    ]).flat(),
  ];
}

const apps = fc.array(fc.record({ pods: fc.integer({ min: 0, max: 30 }), services: fc.integer({ min: 0, max: 2 }) }), {
  minLength: 1,
  maxLength: 4,
});

function packed(list: readonly { readonly pods: number; readonly services: number }[]): ObjectsLayout {
  const elements: readonly LabElement[] = [
    { kind: 'namespace', id: 'ns/default', name: 'default' },
    pod('client', 'own'),
    ...list.flatMap(({ pods, services }, i) => app(`app${i}`, pods, services)),
  ];
  return objectsLayout(new Map(elements.map(element => [element.id, element])), WISH, new Map());
}

/** Whether a line runs through the inside of a box. */
function crosses(line: Polyline, box: Box): boolean {
  return line.some((b, i) => {
    const a = line[i - 1];
    if (a === undefined) return false;
    const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)];
    const [top, bottom] = [Math.min(a.y, b.y), Math.max(a.y, b.y)];
    return left < box.x + box.width && right > box.x && top < box.y + box.height && bottom > box.y;
  });
}

const boxesUnder = (layout: ObjectsLayout, line: Polyline): readonly string[] =>
  [...layout.boxes].filter(([, box]) => crosses(line, box)).map(([id]) => id);

describe('links among objects', () => {
  it('run under no card, however many Pods, Services and Deployments there are', () => {
    fc.assert(
      fc.property(apps, list => {
        const layout = packed(list);
        for (const link of layout.links) {
          const line = wideLinkLine(link, layout);
          expect(line.length).toBeGreaterThan(1);
          expect([link.id, boxesUnder(layout, line)]).toEqual([link.id, []]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('end at the cards that they join', () => {
    const layout = packed([{ pods: 10, services: 1 }]);
    for (const link of layout.links.filter(({ kind }) => kind !== 'slice')) {
      const line = wideLinkLine(link, layout);
      const [from, to] = [layout.boxes.get(link.from), layout.boxes.get(link.to)];
      expect(line[0]?.x).toBe(from && from.x + from.width);
      expect(line.at(-1)).toEqual(to && { x: to.x, y: to.y + to.height / 2 });
    }
  });

  it('lead a request from its Service to any Pod behind it, and from any Pod to its own Service, under no card', () => {
    const layout = packed([{ pods: 17, services: 1 }]);
    for (let i = 0; i < 17; i++) {
      const [service, own] = ['svc/default/app0-0', `pod/default/app0-${i}`];
      for (const line of [wideJourneyLine(service, own, layout), wideJourneyLine(own, service, layout)]) {
        expect(line.length).toBeGreaterThan(1);
        expect(boxesUnder(layout, line)).toEqual([]);
      }
    }
  });

  it('keep their place when a Pod is added', () => {
    const [before, after] = [packed([{ pods: 8, services: 1 }]), packed([{ pods: 9, services: 1 }])];
    const boxOf = (layout: ObjectsLayout, id: string) => layout.boxes.get(id);
    for (const id of before.boxes.keys())
      if (id.startsWith('pod/') || id.startsWith('svc/')) expect(boxOf(after, id)).toEqual(boxOf(before, id));
  });
});

describe('lines with a part in common', () => {
  it('become runs that do not lie on each other', () => {
    const at = (x: number, y: number) => ({ x, y });
    const runs = mergedRuns([
      [at(0, 0), at(10, 0), at(10, 30)],
      [at(0, 0), at(10, 0), at(10, 20), at(25, 20)],
      [at(10, 40), at(10, 60)],
    ]);
    expect(runs).toEqual([
      [at(0, 0), at(10, 0)],
      [at(10, 0), at(10, 30)],
      [at(10, 40), at(10, 60)],
      [at(10, 20), at(25, 20)],
    ]);
  });
});
