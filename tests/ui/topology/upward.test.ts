import { describe, expect, it } from 'vitest';
import { upwardLine } from '../../../src/ui/picture/upwardLine.ts';
import { upwardBends } from '../../../src/ui/topology/upward.ts';

const service = { x: 0, y: 400, width: 256, height: 46 };

describe('the line from a Service to an endpoint', () => {
  it.each([
    ['right of it', { x: 500, y: 40, width: 130, height: 48 }],
    ['left of it', { x: -300, y: 40, width: 130, height: 48 }],
    ['right over it', { x: 118, y: 40, width: 130, height: 48 }],
  ])('is drawn by Cytoscape through the same bends as in a picture, %s', (_, pod) => {
    const [start, first, second, end] = upwardLine(service, pod);
    const { weights = '', distances = '' } = upwardBends(service, pod);
    const [dx, dy] = [end.x - start.x, end.y - start.y];
    const length = Math.hypot(dx, dy);
    const distanceAt = distances.split(' ').map(Number);
    // As Cytoscape places them: along the line between the ends, and off it at a right angle.
    const bends = weights.split(' ').map((weight, i) => ({
      x: start.x + dx * Number(weight) - (dy / length) * (distanceAt[i] ?? 0),
      y: start.y + dy * Number(weight) + (dx / length) * (distanceAt[i] ?? 0),
    }));
    for (const [i, bend] of [first, second].entries()) {
      expect(bends[i]?.x).toBeCloseTo(bend.x);
      expect(bends[i]?.y).toBeCloseTo(bend.y);
    }
  });

  it('ends left of the interface of the Pod', () => {
    const pod = { x: 500, y: 40, width: 130, height: 48 };
    const [, , , end] = upwardLine(service, pod);
    expect(end).toEqual({ x: expect.closeTo(510.4), y: 88 });
  });
});
