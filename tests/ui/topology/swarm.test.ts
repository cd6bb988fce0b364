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
    const corners = [...layout.pods.values()].map(({ box }) => ({ x: box.x + box.width, y: box.y }));
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
