import type { Crowd, CrowdCell, Holder } from '../topology/crowd/crowd.ts';
import { pathData } from '../topology/geometry.ts';
import { shortName } from '../topology/shortName.ts';

/** Letters of a cell are this much of its height, and no smaller than those of a Pod. */
const TEXT = { least: 11, share: 0.23 } as const;
/** Titles, by the room over the cells. */
const TITLE = { least: 13, share: 0.33 } as const;

/** Frames around what is no node, as on the page. */
const FRAMES: readonly Holder['kind'][] = ['services', 'outside', 'unscheduled'];

/** A cell narrower than this has no room for a name. */
const NAMED_FROM = 60;
const LETTER = 0.6;

const DASHES: Partial<Readonly<Record<CrowdCell['look'], string>>> = { 'not-ready': '4 3', group: '5 3' };

/** What the canvas paints of a crowd, all of it and once, as SVG. */
export function CrowdMarks({ crowd }: { readonly crowd: Crowd }) {
  return (
    <g fontFamily="var(--sans)" fill="var(--ink)">
      {crowd.zones.map(({ id, box, header, names: [title], note }) => (
        <g key={id}>
          <rect {...box} rx="8" fill="none" stroke="var(--edge)" strokeDasharray="1.5 3" />
          <text x={box.x + 12} y={box.y + header * 0.6} fontSize={Math.max(16, header * 0.4)} fontWeight="600">
            {title}
          </text>
          <text
            x={box.x + box.width - 12}
            y={box.y + header * 0.6}
            fontSize={Math.max(13, header * 0.3)}
            textAnchor="end"
            fill="var(--ink-2)"
          >
            {note}
          </text>
        </g>
      ))}
      {crowd.lines.map(line => (
        <path key={pathData(line)} d={pathData(line)} fill="none" stroke="var(--edge)" strokeWidth="1.5" />
      ))}
      {crowd.holders.map(({ id, kind, box, header, title, note, state, cells, heads, bar }) => (
        <g key={id}>
          <rect
            {...box}
            rx="8"
            fill={FRAMES.includes(kind) ? 'none' : 'var(--surface)'}
            stroke={state === 'ready' ? 'var(--edge)' : 'var(--pending)'}
            strokeWidth="1.25"
            strokeDasharray={state !== 'ready' ? '5 3' : FRAMES.includes(kind) ? '2 3' : undefined}
          />
          {bar !== undefined && <rect {...bar} rx="4" fill="var(--sunken)" stroke="var(--edge)" />}
          <text x={box.x + 12} y={box.y + header * 0.55} fontSize={titleSize(header)} fontWeight="600">
            {title}
          </text>
          <text
            x={box.x + box.width - 12}
            y={box.y + header * 0.55}
            fontSize={titleSize(header) * 0.92}
            textAnchor="end"
            fill="var(--ink-2)"
          >
            {note}
          </text>
          {[...heads.flatMap(head => head.cells), ...cells].map(cell => (
            <Cell key={cell.id} cell={cell} />
          ))}
        </g>
      ))}
    </g>
  );
}

const titleSize = (header: number): number => Math.max(TITLE.least, header * TITLE.share);

function Cell({ cell: { box, look, name, detail } }: { readonly cell: CrowdCell }) {
  const size = Math.max(TEXT.least, box.height * TEXT.share);
  const inset = size * 0.73;
  const letters = Math.floor((box.width - 2 * inset) / (size * LETTER));
  return (
    <g opacity={look === 'terminating' ? 0.6 : undefined}>
      <rect
        {...box}
        rx="4"
        fill={look === 'lan' ? 'var(--line)' : 'var(--surface)'}
        stroke={look === 'not-ready' ? 'var(--pending)' : 'var(--edge)'}
        strokeDasharray={DASHES[look]}
      />
      {box.width >= NAMED_FROM && (
        <text x={box.x + inset} y={box.y + Math.min(size * 1.64, box.height / 2 + 4)} fontSize={size}>
          {shortName(name, letters)}
        </text>
      )}
      {box.width >= NAMED_FROM && box.height >= 34 && (
        <text
          x={box.x + inset}
          y={box.y + size * 2.9}
          fontSize={size * 0.91}
          fontFamily="var(--mono)"
          fill="var(--ink-2)"
        >
          {shortName(detail, letters)}
        </text>
      )}
    </g>
  );
}
