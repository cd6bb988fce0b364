import { describe, expect, it } from 'vitest';
import { placeCard } from '../../src/ui/tour/placeCard.ts';

const window = { width: 1000, height: 800 };
const card = { width: 300, height: 200 };

describe('the card of the tour', () => {
  it.each([
    ['right of a pane on the left', { left: 0, top: 100, width: 400, height: 700 }, { left: 412, top: 100 }],
    ['left of a pane on the right', { left: 500, top: 100, width: 500, height: 300 }, { left: 188, top: 100 }],
    ['below a bar over the whole width', { left: 0, top: 0, width: 1000, height: 48 }, { left: 12, top: 60 }],
    [
      'left of a button at the right end of a bar',
      { left: 960, top: 8, width: 32, height: 32 },
      { left: 648, top: 12 },
    ],
    ['above what fills the lower half', { left: 0, top: 400, width: 1000, height: 400 }, { left: 12, top: 188 }],
    [
      'inside, at the lower edge, where nothing else has room',
      { left: 0, top: 0, width: 1000, height: 800 },
      { left: 350, top: 588 },
    ],
  ])('stands %s', (_, target, expected) => {
    expect(placeCard(target, card, window)).toEqual(expected);
  });

  it('is never outside of the window', () => {
    const { left, top } = placeCard({ left: -50, top: 790, width: 2000, height: 100 }, card, window);
    expect(left).toBeGreaterThanOrEqual(0);
    expect(top + card.height).toBeLessThanOrEqual(800);
  });
});
