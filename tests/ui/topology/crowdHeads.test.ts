import { describe, expect, it } from 'vitest';
import type { LabElement } from '../../../src/sim/index.ts';
import { hitTest } from '../../../src/ui/topology/crowd/crowd.ts';
import { crowdObjects } from '../../../src/ui/topology/crowd/crowdObjects.ts';
import { drawnPart } from '../../../src/ui/topology/crowd/drawnPart.ts';
import { centerOf } from '../../../src/ui/topology/geometry.ts';
import type { LayoutWish } from '../../../src/ui/topology/layout.ts';

const WISH: LayoutWish = { form: 'wide', ends: [], drawn: new Set(), namespace: undefined, capacity: 0 };

/** A Service with its slices of a hundred Pods each, all made by one Deployment. */
function lab(slices: number): ReadonlyMap<string, LabElement> {
  const at = { namespace: 'default', name: 'web' } as const;
  const pods = Array.from({ length: slices * 100 }, (_, i) => `pod/default/web-${i}`);
  const elements: readonly LabElement[] = [
    { kind: 'namespace', id: 'ns/default', name: 'default' },
    { kind: 'service', id: 'svc/default/web', ...at, type: 'ClusterIP', clusterIP: '10.96.0.9', ports: [] },
    { kind: 'deployment', id: 'deploy/default/web', ...at, replicas: pods.length, ready: pods.length },
    ...Array.from(
      { length: slices },
      (_, s): LabElement => ({
        kind: 'slice',
        id: `slice/default/web-${s}`,
        namespace: 'default',
        name: `web-${s}`,
        service: 'svc/default/web',
        ports: [],
        endpoints: pods.slice(s * 100, s * 100 + 100).map(pod => ({ address: '10.244.1.2', pod, ready: true })),
      }),
    ),
    ...pods.map(
      (id): LabElement => ({
        kind: 'pod',
        id,
        namespace: 'default',
        name: id.slice('pod/default/'.length),
        node: 'node-1',
        address: '10.244.1.2',
        status: 'Running',
        ready: true,
        terminating: false,
        labels: {},
        containers: [],
        hostNetwork: false,
        interfaces: [],
        owner: 'deploy/default/web',
      }),
    ),
  ];
  return new Map(elements.map(element => [element.id, element]));
}

describe('what stands over many Pods', () => {
  it.each([
    [
      1,
      [
        ['svc', 'web', '10.96.0.9'],
        ['slice', 'web-0', '100 of 100 ready'],
        ['deploy', 'web', '100/100'],
      ],
    ],
    [10, [['svc', 'web', '10.96.0.9'], ['10 slices'], ['deploy', 'web', '1000/1000']]],
  ])('says of %d slices', (slices, texts) => {
    const [band] = crowdObjects(lab(slices), WISH, new Map()).crowd?.holders ?? [];
    expect(band?.heads.map(head => head.texts)).toEqual(texts);
  });

  it('can be read where all of it is in sight, in a graph of 1000 by 330', () => {
    for (const slices of [1, 4, 10, 40, 100]) {
      const { bounds, crowd } = crowdObjects(lab(slices), WISH, new Map());
      const zoom = Math.min(1000 / bounds.width, 330 / bounds.height);
      for (const { header, heads } of crowd?.holders ?? []) {
        expect(header * zoom).toBeGreaterThanOrEqual(11);
        for (const { box } of heads) expect(box.height * zoom).toBeGreaterThanOrEqual(12);
      }
    }
  });

  it('is found at every part of a shared chip, and is no box of the graph', () => {
    const elements = lab(10);
    const layout = crowdObjects(elements, WISH, new Map());
    const { crowd } = layout;
    for (let slice = 0; slice < 10; slice++) {
      const id = `slice/default/web-${slice}`;
      const box = layout.boxes.get(id);
      const { x, y } = box === undefined ? { x: -1, y: -1 } : centerOf(box);
      expect(crowd === undefined ? undefined : hitTest(crowd, x, y)?.id).toBe(id);
    }
    const wish = { elements, selected: 'svc/default/web', picking: undefined, journey: undefined };
    const drawn = drawnPart(layout, wish);
    expect(drawn.kind === 'objects' ? [...drawn.boxes.keys()] : undefined).toEqual([]);
  });
});
