import { describe, expect, test } from 'vitest';
import {
  centredOn,
  filledWith,
  following,
  isInSight,
  shareInSight,
  viewAfterKey,
  zoomedAt,
} from '../../../src/ui/sight/viewMoves.ts';

const size = { width: 1000, height: 400 };
const range = { min: 0.1, max: 2.5 };
const start = { zoom: 1, x: 0, y: 0 };

describe('keys of the graph', () => {
  test.each([
    ['ArrowLeft', { zoom: 1, x: 150, y: 0 }],
    ['ArrowRight', { zoom: 1, x: -150, y: 0 }],
    ['ArrowUp', { zoom: 1, x: 0, y: 60 }],
    ['ArrowDown', { zoom: 1, x: 0, y: -60 }],
    ['+', { zoom: 1.25, x: -125, y: -50 }],
    ['=', { zoom: 1.25, x: -125, y: -50 }],
    ['-', { zoom: 0.8, x: 100, y: 40 }],
    ['a', undefined],
  ])('%s', (key, expected) => {
    const moved = viewAfterKey(key, start, size, range);
    if (expected === undefined) expect(moved).toBeUndefined();
    else for (const part of ['zoom', 'x', 'y'] as const) expect(moved?.[part]).toBeCloseTo(expected[part]);
  });

  test('zoom ends at the ends of its range', () => {
    expect(viewAfterKey('+', { ...start, zoom: 2.4 }, size, range)?.zoom).toBe(2.5);
    expect(viewAfterKey('-', { ...start, zoom: 0.11 }, size, range)?.zoom).toBe(0.1);
  });
});

test('the point that is zoomed at stays where it is', () => {
  const { zoom, x, y } = zoomedAt({ zoom: 0.5, x: 30, y: -10 }, { x: 200, y: 100 }, 2);
  // The point of the graph under it, before and after.
  expect((200 - x) / zoom).toBeCloseTo((200 - 30) / 0.5);
  expect((100 - y) / zoom).toBeCloseTo((100 + 10) / 0.5);
});

describe('an element that is shown', () => {
  const box = { x: 3000, y: 2000, width: 100, height: 50 };
  const marks = { readable: 0.85, whole: 0.1 };

  test('stands in the middle, large enough to be read', () => {
    expect(centredOn(box, { zoom: 0.1, x: 0, y: 0 }, size, marks)).toEqual({
      zoom: 0.85,
      x: 500 - 3050 * 0.85,
      y: 200 - 2025 * 0.85,
    });
  });

  test('keeps a larger zoom', () => {
    expect(centredOn(box, { zoom: 1.5, x: 0, y: 0 }, size, marks).zoom).toBe(1.5);
  });

  test('moves nothing where it can be seen and read', () => {
    const view = { zoom: 1, x: -2600, y: -1900 };
    expect(centredOn(box, view, size, marks)).toBe(view);
    expect(centredOn(box, { ...view, x: -3050 }, size, marks)).not.toEqual({ ...view, x: -3050 });
  });

  test('is seen as a whole even if it is large', () => {
    expect(centredOn({ ...box, width: 3944 }, start, size, marks).zoom).toBe(0.25);
  });

  test('is never seen from farther away than the whole graph', () => {
    expect(centredOn({ ...box, width: 3944 }, start, size, { ...marks, whole: 0.6 }).zoom).toBe(0.6);
  });

  test('fills the view with a little around it', () => {
    expect(filledWith(box, size, range).zoom).toBeCloseTo(400 / 170);
    expect(filledWith({ ...box, width: 1880 }, size, range).zoom).toBeCloseTo(0.5);
  });
});

describe('following a packet', () => {
  test.each([
    ['in the middle: the view stays', { x: 500, y: 200 }, undefined],
    ['right of the view: as far as it must', { x: 1200, y: 200 }, { zoom: 1, x: -340, y: 0 }],
    ['left of it and above', { x: -100, y: -100 }, { zoom: 1, x: 240, y: 170 }],
    ['below', { x: 500, y: 900 }, { zoom: 1, x: 0, y: -570 }],
  ])('%s', (_, packet, expected) => {
    expect(following(packet, start, size)).toEqual(expected);
  });

  test('comes to rest: what was followed is in sight', () => {
    const packet = { x: 5000, y: -700 };
    const view = following(packet, { ...start, zoom: 1.7 }, size);
    expect(view).toBeDefined();
    if (view !== undefined) expect(following(packet, view, size)).toBeUndefined();
  });
});

test('of a box that lies half outside on one side, half is in sight', () => {
  expect(shareInSight({ x: -100, y: 0, width: 200, height: 100 }, start, size)).toBe(0.5);
  expect(shareInSight({ x: 100, y: 0, width: 200, height: 100 }, start, size)).toBe(1);
  expect(shareInSight({ x: 900, y: 350, width: 200, height: 100 }, start, size)).toBe(0.25);
  expect(shareInSight({ x: 2000, y: 0, width: 200, height: 100 }, start, size)).toBe(0);
});

test('a box is in sight when all of it is', () => {
  expect(isInSight({ x: 0, y: 0, width: 1000, height: 400 }, start, size)).toBe(true);
  expect(isInSight({ x: 0, y: 0, width: 1003, height: 400 }, start, size)).toBe(false);
  expect(isInSight({ x: 0, y: 0, width: 100, height: 40 }, { ...start, x: -5 }, size)).toBe(false);
});
