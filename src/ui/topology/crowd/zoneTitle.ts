// The title of a zone: as long as there is room for, and never smaller than can be read. Pure.

import type { Zone } from './crowd.ts';
import { fittingName } from './fittingName.ts';
import { CROWD_WORDS } from './words.ts';

/** The height of a text, in pixels. */
const SIZE = { least: 12, most: 16, share: 0.5 } as const;
/** Capitals of the smallest text are this high. */
const LEAST_ROOM = 9;
/** Fewer letters than these tell nothing of a name. */
const LEAST_LETTERS = 6;

/** Names for the nodes from the first to the last, the longest first. */
export function zoneNames(first: string, last: string): readonly string[] {
  const ends = [first, last].map(name => /^(.*?)(\d+)$/.exec(name));
  const [[, before = '', from = ''] = [], [, same, to = ''] = []] = ends.map(end => end ?? undefined);
  const isNumbered = same === before && from !== '' && to !== '';
  if (first === last) return isNumbered ? [first, from] : [first];
  if (!isNumbered) return [CROWD_WORDS.zone(first, last)];
  return [CROWD_WORDS.zone(first, last), CROWD_WORDS.zone(first, to), CROWD_WORDS.numbers(from, to)];
}

/** The title at a zoom, and how high it is; undefined: there is no room for one. */
export function zoneTitle(
  { header, names, box }: Pick<Zone, 'header' | 'names' | 'box'>,
  zoom: number,
  widthOf: (text: string, size: number) => number,
): { readonly text: string; readonly size: number } | undefined {
  const height = header * zoom;
  if (height < LEAST_ROOM) return undefined;
  const size = Math.max(SIZE.least, Math.min(SIZE.most, height * SIZE.share));
  const fits = (text: string): boolean => widthOf(text, size) <= box.width * zoom;
  const text = names.find(fits) ?? fittingName(names.at(-1) ?? '', LEAST_LETTERS, fits);
  return text === undefined ? undefined : { text, size };
}
