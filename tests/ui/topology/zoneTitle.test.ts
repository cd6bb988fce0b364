import { describe, expect, it } from 'vitest';
import { nodeBoxes, nodeGrid } from '../../../src/ui/topology/crowd/crowdGrid.ts';
import { zoneNames, zoneTitle } from '../../../src/ui/topology/crowd/zoneTitle.ts';

/** A letter is a bit more than half as wide as high. */
const widthOf = (text: string, size: number): number => text.length * size * 0.56;

describe('the names of a zone', () => {
  it.each([
    ['node-21', 'node-40', ['node-21 to node-40', 'node-21 to 40', '21–40']],
    ['cp', 'node-19', ['cp to node-19']],
    ['worker-9', 'node-28', ['worker-9 to node-28']],
    ['node-240', 'node-240', ['node-240', '240']],
    ['cp', 'cp', ['cp']],
  ])('from %s to %s, the longest first', (first, last, names) => {
    expect(zoneNames(first, last)).toEqual(names);
  });
});

describe('the title of a zone', () => {
  const names = zoneNames('node-221', 'node-240');
  const box = { x: 0, y: 0, width: 2000, height: 900 };
  const zone = { header: 200, box, names };

  it.each([
    [0.1, 'node-221 to node-240'],
    [0.055, 'node-221 to 240'],
    [0.045, '221–240'],
    [0.04, undefined],
  ])('at a zoom of %f is %s', (zoom, text) => {
    expect(zoneTitle({ ...zone, box: { ...box, width: 1900 } }, zoom, widthOf)?.text).toBe(text);
  });

  it('is never smaller than 12 px, never larger than 16', () => {
    expect(zoneTitle(zone, 0.06, widthOf)?.size).toBe(12);
    expect(zoneTitle(zone, 2, widthOf)?.size).toBe(16);
  });

  it('is shortened where it has no shorter form', () => {
    const long = { ...zone, names: ['a-namespace-with-a-very-long-name'] };
    expect(zoneTitle(long, 0.05, widthOf)?.text).toMatch(/^a-.*….+name$/);
  });

  it('is there when five hundred nodes are in sight, in a graph of 1047 by 360', () => {
    const { zones, width, height } = nodeBoxes(500, nodeGrid(2, 0), 'wide');
    const zoom = Math.min(1047 / (width + 300), 360 / (height + 100));
    const titles = zones.map(({ header, box }, i) => {
      const title = zoneTitle(
        { header, box, names: zoneNames(`node-${i * 20 + 1}`, `node-${i * 20 + 20}`) },
        zoom,
        widthOf,
      );
      return title?.text;
    });
    expect(titles).not.toContain(undefined);
    expect(titles[24]).toBe('node-481 to 500');
  });
});
