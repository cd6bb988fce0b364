// How much is drawn at a zoom: text keeps a size that can be read as long as it has room, and what has none is left out.

/**
 * - `network`: everything (70 % and more).
 * - `addresses`: names and addresses, as large as can be read; no ports, counts and prefixes (55 to 70 %).
 * - `nodes`: names (35 to 55 %).
 * - `cluster`: no text (below 35 %).
 */
export type Detail = 'network' | 'addresses' | 'nodes' | 'cluster';

const ORDER: readonly Detail[] = ['cluster', 'nodes', 'addresses', 'network'];

/** A level stays until the zoom is this far beyond its border, so that it does not flicker. */
const HYSTERESIS = 0.05;

/**
 * @param amount in a `crowd` names are painted, and there is no room for addresses
 * @param before the level until now; undefined after a fit: the same place and size always have the same detail
 */
export function detailAt(zoom: number, amount: 'few' | 'crowd', before: Detail | undefined): Detail {
  const isAt = (level: Detail, limit: number): boolean => {
    const slack = before === undefined ? 0 : ORDER.indexOf(before) < ORDER.indexOf(level) ? HYSTERESIS : -HYSTERESIS;
    return zoom >= limit + slack;
  };
  if (isAt('network', 0.7)) return 'network';
  if (amount === 'few' && isAt('addresses', 0.55)) return 'addresses';
  return isAt('nodes', 0.35) ? 'nodes' : 'cluster';
}
