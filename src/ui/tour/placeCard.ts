// Where the card of the tour stands: beside what it is about, never over it if there is room anywhere. Pure; pixels.

export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** Between the card and what it points at, and between the card and the edge of the window. */
const GAP = 12;

/** The card's left and top: right of the target, left of it, below it, above it, else inside at its lower edge. */
export function placeCard(target: Area, card: Extent, window: Extent): { readonly left: number; readonly top: number } {
  const within = (value: number, size: number, most: number): number =>
    Math.max(GAP, Math.min(value, most - size - GAP));
  const left = within(target.left, card.width, window.width);
  const top = within(target.top, card.height, window.height);
  const right = target.left + target.width;
  const bottom = target.top + target.height;
  if (right + GAP + card.width + GAP <= window.width) return { left: right + GAP, top };
  if (target.left - GAP - card.width - GAP >= 0) return { left: target.left - GAP - card.width, top };
  if (bottom + GAP + card.height + GAP <= window.height) return { left, top: bottom + GAP };
  if (target.top - GAP - card.height - GAP >= 0) return { left, top: target.top - GAP - card.height };
  return {
    left: within(target.left + (target.width - card.width) / 2, card.width, window.width),
    top: within(bottom - card.height - GAP, card.height, window.height),
  };
}
