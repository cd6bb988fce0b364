import { describe, expect, test } from 'vitest';
import { inMiniature, miniatureOf, seenBox, viewAt, within } from '../../../src/ui/sight/miniature.ts';

const bounds = { x: -100, y: 50, width: 4000, height: 1000 };
const size = { width: 800, height: 400 };

describe('the graph in small', () => {
  const small = miniatureOf(bounds);

  test('keeps its form in the room that there is', () => {
    expect(small).toEqual({ scale: 176 / 4000, width: 184, height: 52 });
    expect(miniatureOf({ ...bounds, width: 100 }).height).toBe(120);
  });

  test('has every box in it, the smallest as a point', () => {
    const { scale } = small;
    expect(inMiniature({ x: -100, y: 50, width: 4000, height: 1000 }, bounds, small)).toEqual({
      x: 4,
      y: 4,
      width: 176,
      height: 1000 * scale,
    });
    expect(inMiniature({ x: 0, y: 100, width: 4, height: 4 }, bounds, small)).toMatchObject({ width: 1, height: 1 });
  });

  test('says which part of the graph shows', () => {
    expect(seenBox({ zoom: 2, x: -400, y: 100 }, size)).toEqual({ x: 200, y: -50, width: 400, height: 200 });
  });

  test('leads to where it is pressed: that point is then in the middle of the view', () => {
    const view = viewAt({ x: 92, y: 26 }, bounds, small, 1.5, size);
    const seen = seenBox(view, size);
    const middle = inMiniature(
      { x: seen.x + seen.width / 2, y: seen.y + seen.height / 2, width: 0, height: 0 },
      bounds,
      small,
    );
    expect(middle.x).toBeCloseTo(92);
    expect(middle.y).toBeCloseTo(26);
    expect(view.zoom).toBe(1.5);
  });
});

test('the frame around what shows ends at the edges of the miniature', () => {
  const small = { scale: 0.1, width: 100, height: 50 };
  expect(within({ x: -20, y: -5, width: 200, height: 30 }, small)).toEqual({ x: 0, y: 0, width: 100, height: 25 });
  expect(within({ x: 40, y: 10, width: 20, height: 20 }, small)).toEqual({ x: 40, y: 10, width: 20, height: 20 });
});
