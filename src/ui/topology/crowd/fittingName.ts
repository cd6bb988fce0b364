// A name shortened until it fits. Pure.

import { shortName } from '../shortName.ts';

/** The name, or the longest short form of it that fits; undefined: none with at least so many letters does. */
export function fittingName(name: string, least: number, fits: (text: string) => boolean): string | undefined {
  if (fits(name)) return name;
  for (let most = name.length - 1; most >= least; most--) {
    const text = shortName(name, most);
    if (fits(text)) return text;
  }
  return undefined;
}
