import { describe, expect, it } from 'vitest';
import { countText, tileTexts } from '../../../src/ui/topology/crowd/tileTexts.ts';

/** Letters of half their height. */
const widthOf = (text: string, size: number): number => (text.length * size) / 2;

const WEB = { title: 'web', note: '9,998 of 10,000 ready', count: '10,000 Pods' };

describe('what a tile says', () => {
  it.each([
    ['its name and all about it where there is room', { width: 300, height: 300 }, ['web', '9,998 of 10,000 ready']],
    ['its name and how many it holds in a narrow one', { width: 90, height: 300 }, ['web', '10,000 Pods']],
    ['both in one that is barely two lines high', { width: 80, height: 31 }, ['web', '10,000 Pods']],
    ['only its name in one of one line', { width: 80, height: 22 }, ['web']],
    ['only its name where the count has no room', { width: 50, height: 60 }, ['web']],
    ['nothing in one lower than a line', { width: 80, height: 12 }, []],
    ['nothing in one too narrow for four letters', { width: 20, height: 40 }, []],
  ])('is %s', (_, size, texts) => {
    expect(tileTexts(WEB, size, widthOf).map(({ text }) => text)).toEqual(texts);
  });

  it('shortens a long name in its middle', () => {
    const [name] = tileTexts({ ...WEB, title: 'checkout-with-a-long-name' }, { width: 70, height: 40 }, widthOf);
    expect(name?.text).toBe('check…-name');
  });

  it('is never smaller than can be read, and grows with the tile', () => {
    const sizesAt = (height: number): readonly number[] =>
      tileTexts(WEB, { width: 400, height }, widthOf).map(({ size }) => size);
    expect(sizesAt(30)).toEqual([11, 11]);
    expect(sizesAt(120)[0]).toBe(14);
    expect(sizesAt(900)[0]).toBe(20);
  });

  it('stays inside of its tile', () => {
    for (let height = 10; height < 200; height++)
      for (const { size, down } of tileTexts(WEB, { width: 400, height }, widthOf))
        expect(Math.abs(down) + size / 2).toBeLessThanOrEqual(height / 2);
  });
});

describe('what a tile says under a title of its own', () => {
  it.each([
    ['how many it holds', { width: 300, height: 200 }, ['10,000 Pods']],
    ['nothing where that has no room beside', { width: 40, height: 200 }, []],
    ['nothing where that has no room below', { width: 300, height: 12 }, []],
  ])('is %s', (_, size, texts) => {
    expect(countText('10,000 Pods', size, widthOf).map(({ text }) => text)).toEqual(texts);
  });
});
