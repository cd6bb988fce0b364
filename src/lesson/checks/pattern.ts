// Regular expressions in checks, kept small: lessons may come from strangers.

import { parsed, type Schema } from '../schema.ts';

/** A pattern longer than this is refused. */
const LONGEST = 200;

/** A regular expression that is looked for anywhere in a text; `^` and `$` are the ends of a line. */
export function pattern(): Schema<RegExp> {
  return parsed(`a regular expression of at most ${LONGEST} characters`, written => {
    if (written === '' || written.length > LONGEST) return undefined;
    try {
      return new RegExp(written, 'm');
    } catch {
      return undefined;
    }
  });
}

/** Whether a text fits a pattern with `*` for any characters: `10.244.*:8080`. */
export function fitsWildcard(wildcard: string, text: string): boolean {
  const parts = wildcard.split('*').map(part => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}
