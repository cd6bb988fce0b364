import type { Crowd, CrowdCell } from '../topology/crowd/crowd.ts';
import { pathData } from '../topology/geometry.ts';
import { shortName } from '../topology/shortName.ts';

/** A cell narrower than this has no room for a name. */
const NAMED_FROM = 60;
const LETTER = 6.6;

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
      {crowd.holders.map(({ id, box, title, note, state, cells, bar }) => (
        <g key={id}>
          <rect
            {...box}
            rx="8"
            fill="var(--surface)"
            stroke={state === 'ready' ? 'var(--edge)' : 'var(--pending)'}
            strokeWidth="1.25"
            strokeDasharray={state === 'ready' ? undefined : '5 3'}
          />
          {bar !== undefined && <rect {...bar} rx="4" fill="var(--sunken)" stroke="var(--edge)" />}
          <text x={box.x + 12} y={box.y + 22} fontSize="13" fontWeight="600">
            {title}
          </text>
          <text x={box.x + box.width - 12} y={box.y + 22} fontSize="12" textAnchor="end" fill="var(--ink-2)">
            {note}
          </text>
          {cells.map(cell => (
            <Cell key={cell.id} cell={cell} />
          ))}
        </g>
      ))}
    </g>
  );
}

function Cell({ cell: { box, look, name, detail } }: { readonly cell: CrowdCell }) {
  const letters = Math.floor((box.width - 16) / LETTER);
  return (
    <g opacity={look === 'terminating' ? 0.6 : undefined}>
      <rect
        {...box}
        rx="4"
        fill="var(--surface)"
        stroke={look === 'not-ready' ? 'var(--pending)' : 'var(--edge)'}
        strokeDasharray={DASHES[look]}
      />
      {box.width >= NAMED_FROM && (
        <text x={box.x + 8} y={box.y + Math.min(18, box.height / 2 + 4)} fontSize="11">
          {shortName(name, letters)}
        </text>
      )}
      {box.width >= NAMED_FROM && box.height >= 34 && (
        <text x={box.x + 8} y={box.y + 32} fontSize="10" fontFamily="var(--mono)" fill="var(--ink-2)">
          {shortName(detail, letters)}
        </text>
      )}
    </g>
  );
}
