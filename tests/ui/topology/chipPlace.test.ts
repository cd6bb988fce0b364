import { describe, expect, it } from 'vitest';
import { mainJourney } from '../../../src/store/journey.ts';
import { addressSide, chipPlace, leaderOf } from '../../../src/ui/topology/chipPlace.ts';
import type { Box } from '../../../src/ui/topology/geometry.ts';
import type { NetworkLayout } from '../../../src/ui/topology/layout.ts';
import { networkLayout, wideLayout } from '../../../src/ui/topology/networkLayout.ts';
import { overlapOf } from '../../../src/ui/topology/overlap.ts';
import { tallLayout } from '../../../src/ui/topology/tallLayout.ts';
import { journeyPaths, traceOverlay } from '../../../src/ui/topology/traceOverlay.ts';
import { exchangeOf, sandbox } from '../traceRecordings.ts';
import { betweenNodes } from './betweenNodes.ts';

const elements = new Map(sandbox.elements.map(element => [element.id, element]));
const chipBox = ({ x, y }: { readonly x: number; readonly y: number }, half: number): Box => ({
  x: x - half,
  y: y - 10,
  width: 2 * half,
  height: 20,
});

const boxesOf = (layout: NetworkLayout): readonly Box[] => [
  ...[...layout.pods.values()].map(({ box }) => box),
  ...layout.services.values(),
  ...[...(layout.outside?.hosts.values() ?? [])].map(({ box }) => box),
  ...(layout.router === undefined ? [] : [layout.router.box]),
];

describe.each([
  ['wide', wideLayout],
  ['tall', tallLayout],
] as const)('a packet beside an interface, %s', (form, pack) => {
  const layout = networkLayout(elements, betweenNodes(form), new Map(), pack);

  it.each(['x1', 'x3'])('covers no box that has a name, nor its interface (%s)', id => {
    const journey = mainJourney(exchangeOf(sandbox, id));
    const paths = journeyPaths(layout, journey);
    const resting = journey.steps
      .flatMap((_, cursor) => traceOverlay(layout, journey, paths, cursor) ?? [])
      .filter(({ lit }) => lit.kind === 'pod' || lit.kind === 'pin' || lit.kind === 'host' || lit.kind === 'router');
    expect(resting.length).toBeGreaterThan(0);
    for (const { packet } of resting) {
      const chip = chipBox(packet.rest, packet.label.length * 3.45 + 8);
      for (const box of boxesOf(layout)) expect(overlapOf(chip, box)).toBe(0);
      expect(overlapOf(chip, { x: packet.at.x - 5, y: packet.at.y - 5, width: 10, height: 10 })).toBe(0);
    }
  });

  it('stays in the node that its interface is in', () => {
    for (const { wire, node, box } of layout.pods.values()) {
      const home = node === undefined ? undefined : layout.nodes.get(node)?.box;
      const pin = wire[0];
      if (home === undefined || pin === undefined) continue;
      const chip = chipBox(chipPlace(layout, pin, 22, []), 22);
      expect(overlapOf(chip, home)).toBe(chip.width * chip.height);
      expect(overlapOf(chip, box)).toBe(0);
    }
  });

  it('has its addresses over no name, and on no side that is taken', () => {
    const lines = ['10.244.1.2:50123', '→ 10.96.1.1:80'];
    for (const { wire } of layout.pods.values()) {
      const pin = wire[0];
      if (pin === undefined) continue;
      const rest = chipPlace(layout, pin, 22, []);
      const side = addressSide(layout, rest, 22, lines, undefined);
      if (side === 'nowhere') continue;
      expect(addressSide(layout, rest, 22, lines, side)).not.toBe(side);
    }
  });
});

describe('the line from an interface to its packet', () => {
  it('is there where the packet stands further off, and ends at its edge', () => {
    expect(leaderOf({ x: 0, y: 0 }, { x: 120, y: 0 }, 20)).toEqual([
      { x: 0, y: 0 },
      { x: 100, y: 0 },
    ]);
  });

  it('is not drawn where the packet stands right beside it', () => {
    expect(leaderOf({ x: 0, y: 0 }, { x: 40, y: 16 }, 20)).toBeUndefined();
  });
});
