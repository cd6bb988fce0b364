// The boxes and lines that Cytoscape draws on the page (topology/style.ts), as SVG.

import type { ElementDefinition } from 'cytoscape';
import { type Box, centerOf, type Polyline, pathData, rightOf } from '../topology/geometry.ts';
import { upwardLine } from './upwardLine.ts';

interface BoxLook {
  readonly fill: string;
  readonly stroke: string;
  readonly width: number;
  readonly radius: number;
  readonly dash?: string;
  readonly halo?: string;
  readonly opacity?: number;
}

const PLAIN: BoxLook = { fill: 'var(--surface)', stroke: 'var(--edge)', width: 1.25, radius: 8 };

/** What a class changes; later ones win, as in the stylesheet. */
const LOOKS: readonly (readonly [string, Partial<BoxLook>])[] = [
  ['namespace', { fill: 'none', dash: '5 3' }],
  ['frame', { fill: 'none', dash: '5 3' }],
  ['bridge', { fill: 'var(--sunken)', radius: 4 }],
  ['group', { fill: 'var(--canvas)', dash: '5 3' }],
  ['lan', { fill: 'var(--line)', radius: 3, width: 1 }],
  ['painted', { fill: 'none' }],
  ['not-ready', { stroke: 'var(--pending)', dash: '5 3' }],
  ['terminating', { opacity: 0.6 }],
  ['current', { stroke: 'var(--ink)', width: 2 }],
  ['selected', { stroke: 'var(--ink)', width: 2 }],
  ['lit', { stroke: 'var(--ink)', width: 2, halo: 'var(--marker)' }],
];

/** Boxes in the order of Cytoscape's levels: what holds others lies under them. */
const UNDER = ['namespace', 'frame', 'node'];

export function BoxMarks({ definitions }: { readonly definitions: readonly ElementDefinition[] }) {
  const boxes = definitions.flatMap(definition => (definition.group === 'nodes' ? [placed(definition)] : []));
  const places = new Map(boxes.map(({ id, box }) => [id, box]));
  const isUnder = ({ classes }: Placed): boolean => classes.some(name => UNDER.includes(name));
  return (
    <g>
      {boxes.filter(isUnder).map(mark => (
        <BoxMark key={mark.id} mark={mark} />
      ))}
      {definitions.map(definition =>
        definition.group === 'edges' ? (
          <LineMark key={definition.data.id} definition={definition} places={places} />
        ) : null,
      )}
      {boxes
        .filter(mark => !isUnder(mark))
        .map(mark => (
          <BoxMark key={mark.id} mark={mark} />
        ))}
    </g>
  );
}

interface Placed {
  readonly id: string;
  readonly box: Box;
  readonly classes: readonly string[];
}

function placed({ data, position, classes }: ElementDefinition): Placed {
  const size = { width: numberOf(data.width), height: numberOf(data.height) };
  return {
    id: textOf(data.id),
    box: { x: (position?.x ?? 0) - size.width / 2, y: (position?.y ?? 0) - size.height / 2, ...size },
    classes: typeof classes === 'string' ? classes.split(' ') : (classes ?? []),
  };
}

// Cytoscape's definitions are open: they hold whatever was put in.
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

function lookOf(classes: readonly string[]): BoxLook {
  let look = PLAIN;
  for (const [name, change] of LOOKS) if (classes.includes(name)) look = { ...look, ...change };
  return look;
}

function BoxMark({ mark: { box, classes } }: { readonly mark: Placed }) {
  const isBar = classes.includes('bridge') || classes.includes('lan');
  const look = lookOf(classes);
  const fill = isBar && look.halo !== undefined ? 'var(--marker-wash)' : look.fill;
  // The outline is inside of the box.
  const inset = look.width / 2;
  return (
    <g opacity={look.opacity}>
      {look.halo !== undefined && (
        <rect {...grown(box, 2)} rx={look.radius + 2} fill="none" stroke={look.halo} strokeWidth="4" />
      )}
      <rect
        {...grown(box, -inset)}
        rx={Math.max(0, look.radius - inset)}
        fill={fill}
        stroke={look.stroke}
        strokeWidth={look.width}
        strokeDasharray={look.dash}
      />
    </g>
  );
}

const grown = ({ x, y, width, height }: Box, by: number): Box => ({
  x: x - by,
  y: y - by,
  width: Math.max(0, width + 2 * by),
  height: Math.max(0, height + 2 * by),
});

interface LineLook {
  readonly dash?: string;
  readonly stroke: string;
  readonly width?: number;
  readonly lineOf: (from: Box, to: Box) => Polyline;
}

const LINES: Readonly<Record<string, LineLook>> = {
  selection: { lineOf: upwardLine, stroke: 'var(--ink)' },
  'unready-selection': { lineOf: upwardLine, stroke: 'var(--ink)', dash: '6 4' },
  request: { lineOf: rightwardLine, stroke: 'var(--request)', width: 3 },
};

function LineMark({
  definition: { data },
  places,
}: {
  readonly definition: ElementDefinition;
  readonly places: ReadonlyMap<string, Box>;
}) {
  const kind = textOf(data.kind);
  const [from, to] = [places.get(textOf(data.source)), places.get(textOf(data.target))];
  const look = LINES[kind];
  if (from === undefined || to === undefined || look === undefined) return null;
  const line = look.lineOf(from, to);
  const end = line[line.length - 1];
  return (
    <g fill="none" stroke={look.stroke} strokeWidth={look.width ?? 1.5} strokeLinecap="round">
      <path d={pathData(line)} strokeDasharray={look.dash} />
      {kind === 'request' && end !== undefined && (
        <path d={`M${end.x - 7} ${end.y - 5}L${end.x} ${end.y}L${end.x - 7} ${end.y + 5}`} />
      )}
    </g>
  );
}

/** From a card to one right of it. */
function rightwardLine(from: Box, to: Box): Polyline {
  const [start, end] = [centerOf(from), centerOf(to)];
  const turn = rightOf(from) + 30;
  return [
    { x: rightOf(from), y: start.y },
    { x: turn, y: start.y },
    { x: turn, y: end.y },
    { x: to.x, y: end.y },
  ];
}
