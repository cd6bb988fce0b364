// How much is drawn at a zoom: text that would be too small to read is left out, not shrunk.

/**
 * - `network`: everything (70 % and more).
 * - `nodes`: names, no addresses and interfaces (35 to 70 %).
 * - `cluster`: no text (below 35 %).
 */
export type Detail = 'network' | 'nodes' | 'cluster';

/** A level stays until the zoom is this far beyond its border, so that it does not flicker. */
const HYSTERESIS = 0.05;

export function detailAt(zoom: number, before: Detail | undefined): Detail {
  const border = (limit: number, upper: boolean): number =>
    before === undefined ? limit : upper ? limit - HYSTERESIS : limit + HYSTERESIS;
  if (zoom >= border(0.7, before === 'network')) return 'network';
  if (zoom >= border(0.35, before !== 'cluster')) return 'nodes';
  return 'cluster';
}
