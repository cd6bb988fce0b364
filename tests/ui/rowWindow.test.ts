import { describe, expect, it } from 'vitest';
import { type RowPart, rowParts } from '../../src/ui/list/rowWindow.ts';

const shown = (parts: readonly RowPart[]): readonly string[] => {
  const texts: string[] = [];
  for (const part of parts) {
    const last = texts[texts.length - 1];
    if (part.kind === 'gap') texts.push(`gap ${part.rows}`);
    else if (last?.startsWith('rows') && last.endsWith(`to ${part.index - 1}`))
      texts[texts.length - 1] = last.replace(/\d+$/, String(part.index));
    else texts.push(`rows ${part.index} to ${part.index}`);
  }
  return texts;
};

describe('the rows of a list that are rendered', () => {
  it.each([
    ['a short list whole', 400, 0, [], ['rows 0 to 399']],
    ['nothing of an empty list', 0, 0, [], []],
    ['the begin of a long list', 10_000, 0, [], ['rows 0 to 34', 'gap 9965']],
    ['what is in sight of a long list', 10_000, 5000, [], ['gap 4985', 'rows 4985 to 5034', 'gap 4965']],
    ['the end of a long list', 10_000, 9990, [], ['gap 9975', 'rows 9975 to 9999']],
    [
      'the row with the focus, far away',
      10_000,
      5000,
      [7],
      ['gap 7', 'rows 7 to 7', 'gap 4977', 'rows 4985 to 5034', 'gap 4965'],
    ],
    ['no row that is not there', 1000, 0, [-1, 1000], ['rows 0 to 34', 'gap 965']],
    ['something after the list got shorter than it was scrolled', 500, 800, [], ['gap 500']],
  ] as const)('are %s', (_, count, first, kept, expected) => {
    const parts = rowParts(count, { first, rows: 20 }, kept);
    expect(shown(parts)).toEqual(expected);
    expect(parts.reduce((sum, part) => sum + (part.kind === 'row' ? 1 : part.rows), 0)).toBe(count);
  });
});
