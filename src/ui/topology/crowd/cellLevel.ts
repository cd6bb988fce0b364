// How much of a Pod is painted, by how high it is on the screen.

/**
 * - `heat`: not the Pod, only how full its node is (below 4 px).
 * - `dots`: a dash (4 to 12 px).
 * - `boxes`: its outline (12 to 18 px).
 * - `labels`: its name, in a narrow box the letters of its own, and its address when there is room.
 */
export type CellLevel = 'heat' | 'dots' | 'boxes' | 'labels';

const FROM: readonly (readonly [CellLevel, number])[] = [
  ['labels', 18],
  ['boxes', 12],
  ['dots', 4],
];
const ORDER: readonly CellLevel[] = ['heat', 'dots', 'boxes', 'labels'];

/** A level stays until the size is this share beyond its border, so that it does not flicker. */
const HYSTERESIS = 0.05;

/** The level of cells of this height on the screen, in pixels. */
export function cellLevel(height: number, before: CellLevel | undefined): CellLevel {
  const found = FROM.find(([level, from]) => {
    if (before === undefined) return height >= from;
    const isThere = ORDER.indexOf(before) >= ORDER.indexOf(level);
    return height >= from * (isThere ? 1 - HYSTERESIS : 1 + HYSTERESIS);
  });
  return found?.[0] ?? 'heat';
}
