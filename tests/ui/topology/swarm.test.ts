import { describe, expect, it } from 'vitest';
import { mainJourney } from '../../../src/store/journey.ts';
import { networkLayout, wideLayout } from '../../../src/ui/topology/networkLayout.ts';
import { swarmOf } from '../../../src/ui/topology/swarm/swarm.ts';
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
    const pods = [...layout.pods.values()].map(({ box }) => box);
    const at = ends[0]?.at ?? { x: -1, y: -1 };
    const isAtPod = pods.some(
      ({ x, y, width, height }) => at.x >= x && at.x <= x + width && at.y >= y - 1 && at.y <= y + height + 1,
    );
    expect(isAtPod).toBe(true);
  });

  it('lost ones end where they were lost', () => {
    const [end] = swarmOf(layout, [runs('x3', 2)]).ends;
    expect(end).toMatchObject({ kind: 'stopped', count: 2 });
  });

  it('those that end in one place and one way are one count', () => {
    const { ends } = swarmOf(layout, [runs('x1', 7), runs('x1', 3), runs('x3', 1)]);
    expect(ends.map(({ count }) => count)).toEqual([10, 1]);
  });
});
