import { describe, expect, it } from 'vitest';
import { mainJourney } from '../../../src/store/journey.ts';
import { networkLayout, wideLayout } from '../../../src/ui/topology/networkLayout.ts';
import { farEnds, swarmOf } from '../../../src/ui/topology/swarm/swarm.ts';
import { exchangeOf, sandbox } from '../traceRecordings.ts';

const elements = new Map(sandbox.elements.map(element => [element.id, element]));
const wish = { form: 'wide', ends: [], drawn: new Set<string>(), namespace: undefined, capacity: 0 } as const;
const layout = networkLayout(elements, wish, new Map(), wideLayout);
const runs = (id: string, count: number) => ({ journey: mainJourney(exchangeOf(sandbox, id)), count });

describe('many runs on the graph', () => {
  it('answered ones end at the Pod that answered, and have a way back', () => {
    const { ends, runs: ways } = swarmOf(layout, [runs('x1', 7)]);
    expect(ends.map(({ kind, count }) => [kind, count])).toEqual([['delivered', 7]]);
    expect(ways[0]?.legs.map(({ direction }) => direction)).toEqual(['request', 'reply']);
    const corners = [...layout.pods.values()].map(({ box }) => ({ x: box.x + box.width, y: box.y + box.height }));
    expect(corners).toContainEqual(ends[0]?.at);
  });

  it('lost ones end where they were lost', () => {
    const [end] = swarmOf(layout, [runs('x3', 2)]).ends;
    expect(end).toMatchObject({ place: 'spot', kind: 'stopped', count: 2 });
  });

  it('those that end in one place and one way are one count', () => {
    const { ends } = swarmOf(layout, [runs('x1', 7), runs('x1', 3), runs('x3', 1)]);
    expect(ends.map(({ count }) => count)).toEqual([10, 1]);
  });
});

describe('many ends where the graph is small', () => {
  const nodeIds = [...layout.nodes.keys()];
  const end = (node: string | undefined, count: number, x: number) =>
    ({ place: 'corner', kind: 'delivered', at: { x, y: 0 }, count, ...(node !== undefined && { node }) }) as const;

  it('are one count for each node, at its corner', () => {
    const [first = '', second = ''] = nodeIds;
    const { shown, places } = farEnds(layout, [end(first, 3, 1), end(second, 2, 2), end(first, 4, 3)], 12);
    const cornerOf = (id: string) => {
      const { x, y, width, height } = layout.nodes.get(id)?.box ?? { x: 0, y: 0, width: 0, height: 0 };
      return { x: x + width, y: y + height };
    };
    expect(shown.map(({ at, count }) => [at, count])).toEqual(
      [first, second].map((id, i) => [cornerOf(id), i === 0 ? 7 : 2]),
    );
    expect(places).toBe(0);
  });

  it('are the largest, and how many the others were', () => {
    const ends = Array.from({ length: 20 }, (_, i) => end(undefined, i + 1, i));
    const { shown, places, runs } = farEnds(layout, ends, 12);
    expect(shown.map(({ count }) => count)).toEqual([20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9]);
    expect([places, runs]).toEqual([8, 36]);
  });
});
