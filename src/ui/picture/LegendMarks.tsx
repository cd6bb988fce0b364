import type { ReactNode } from 'react';
import { Drawing } from '../common/Icon.tsx';
import { MEANING_FORMS } from '../common/Tag.tsx';
import { LEGEND_WORDS } from '../topology/legendWords.ts';
import { MEANING_ROWS } from '../topology/meanings.tsx';

const ROW = { height: 24, width: 320 } as const;

interface Row {
  readonly key: string;
  readonly sign: ReactNode;
  readonly words: readonly [string, string];
}

const ROWS: readonly Row[] = [
  ...MEANING_ROWS.map(({ meaning, words, line }) => ({
    key: meaning,
    words,
    sign: (
      <g stroke={`var(--${meaning})`} fill="none" strokeLinecap="round" strokeLinejoin="round">
        {line === undefined ? (
          <g transform="translate(9 -1) scale(0.9)" strokeWidth="1.75">
            <Drawing name={MEANING_FORMS[meaning]} />
          </g>
        ) : (
          <g strokeWidth="2.5">{line}</g>
        )}
      </g>
    ),
  })),
  {
    key: 'refused',
    words: LEGEND_WORDS.rows.refused,
    sign: <path d="M13 3l10 10M23 3L13 13" stroke="var(--drop)" strokeWidth="2" strokeLinecap="round" />,
  },
  {
    key: 'marker',
    words: LEGEND_WORDS.rows.marker,
    sign: <rect x="8" y="1" width="20" height="14" rx="3" fill="var(--marker)" stroke="var(--ink)" />,
  },
];

/** How many columns the legend has in a width, and how high it becomes. */
export function legendSize(width: number): { readonly columns: number; readonly height: number } {
  const columns = Math.max(1, Math.min(ROWS.length, Math.floor(width / ROW.width)));
  return { columns, height: Math.ceil(ROWS.length / columns) * ROW.height };
}

/** What the forms and colours mean, in columns. */
export function LegendMarks({ y, width }: { readonly y: number; readonly width: number }) {
  const { columns } = legendSize(width);
  const rows = Math.ceil(ROWS.length / columns);
  return (
    <g>
      {ROWS.map(({ key, sign, words: [name, form] }, i) => (
        <g key={key} transform={`translate(${Math.floor(i / rows) * ROW.width} ${y + (i % rows) * ROW.height})`}>
          {sign}
          <text x="48" y="13" fontFamily="var(--sans)" fontSize="13">
            <tspan fontWeight="600" fill="var(--ink)">
              {name}
            </tspan>
            <tspan dx="6" fontSize="12" fill="var(--ink-2)">
              {form}
            </tspan>
          </text>
        </g>
      ))}
    </g>
  );
}
