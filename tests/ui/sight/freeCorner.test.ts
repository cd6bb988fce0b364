import { describe, expect, test } from 'vitest';
import { type Corner, freeCorner } from '../../../src/ui/sight/freeCorner.ts';
import type { ObjectsLayout } from '../../../src/ui/topology/objectsLayout.ts';

const ALL: readonly Corner[] = ['bottomRight', 'bottomLeft', 'topRight', 'topLeft'];
const pane = { width: 1000, height: 400 };
const own = { width: 184, height: 60 };
const view = { zoom: 1, x: 0, y: 0 };

const withBoxes = (...boxes: readonly (readonly [number, number])[]): ObjectsLayout => ({
  kind: 'objects',
  bounds: { x: 0, y: 0, width: 1000, height: 400 },
  namespaces: new Map(),
  boxes: new Map(boxes.map(([x, y], i) => [`pod/default/${i}`, { x, y, width: 100, height: 50 }])),
  links: [],
  lanes: new Map(),
  form: 'wide',
  slots: new Map(),
});

describe('the corner for what lies over the graph', () => {
  test.each([
    ['the best of all that are free', [], 'bottomRight'],
    ['the next where a box is in the best', [[860, 340]], 'bottomLeft'],
    [
      'a free one above where both below are taken',
      [
        [860, 340],
        [20, 340],
      ],
      'topRight',
    ],
    [
      'the one that covers the least where none is free',
      [
        [860, 340],
        [20, 340],
        [860, 10],
        [180, 10],
      ],
      'topLeft',
    ],
  ] as const)('is %s', (_, boxes, expected) => {
    expect(freeCorner(withBoxes(...boxes), view, pane, own, ALL)).toBe(expected);
  });

  test('follows the view: what is panned away covers nothing', () => {
    expect(freeCorner(withBoxes([860, 340]), { ...view, x: -400 }, pane, own, ALL)).toBe('bottomRight');
    expect(freeCorner(withBoxes([430, 170]), { ...view, zoom: 2 }, pane, own, ALL)).toBe('bottomLeft');
  });
});
