// The eight meanings as the legend has them, on the page and in a picture: line, name, form in words.

import type { ReactNode } from 'react';
import type { Meaning } from '../common/Tag.tsx';
import { LEGEND_WORDS } from './legendWords.ts';

export interface MeaningRow {
  readonly meaning: Meaning;
  /** Its name, and its form. */
  readonly words: readonly [string, string];
  /** Of a meaning that travels, its line in a box of 36 by 16. */
  readonly line: ReactNode | undefined;
}

const { rows } = LEGEND_WORDS;

export const MEANING_ROWS: readonly MeaningRow[] = [
  { meaning: 'request', words: rows.request, line: <path d="M2 8H34M28 3l6 5-6 5" /> },
  { meaning: 'reply', words: rows.reply, line: <path d="M34 8H2M8 3L2 8l6 5" strokeDasharray="8 4" /> },
  { meaning: 'dns', words: rows.dns, line: <path d="M2 8H34" strokeDasharray="1 5" /> },
  { meaning: 'encap', words: rows.encap, line: <path d="M2 4H34M2 12H34M2 8H34" strokeWidth="1.5" /> },
  { meaning: 'nat', words: rows.nat, line: undefined },
  { meaning: 'ok', words: rows.ok, line: undefined },
  { meaning: 'drop', words: rows.drop, line: undefined },
  { meaning: 'pending', words: rows.pending, line: undefined },
];
