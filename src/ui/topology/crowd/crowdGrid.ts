// Where the node boxes of a crowd stand. All have the same size and a place by their number, so that a Pod more or less
// moves none of them; only when a node outgrows its box do all boxes take the next size.

import type { Box } from '../geometry.ts';
import { nodeHeight, SIZE } from '../networkPlaces.ts';
import type { Grid } from '../slots.ts';

/** Sizes of node boxes, in Pods: from what a small cluster has to the kubelet's limit of 110 and beyond. */
const STEPS: readonly (readonly [columns: number, rows: number])[] = [
  [4, 3],
  [5, 5],
  [8, 8],
  [11, 10],
  [16, 14],
];

/** The nodes of one zone. */
const ZONE = { columns: 5, rows: 4 } as const;
const ZONE_SIZE = ZONE.columns * ZONE.rows;
/** More nodes than these stand in zones. */
const UNZONED = 40;

/** Between two node boxes: the way of their cables to the LAN runs in the gap under each row. */
const GAP = { x: SIZE.node.gap, y: 64 } as const;
/** The header grows with the boxes: its title must be readable when all zones are in sight. */
const FRAME = { pad: 28, header: 40, headerShare: 0.6, gap: 72 } as const;

/** The grid of Pods in every node box. */
export interface NodeGrid {
  readonly columns: number;
  readonly rows: number;
}

/** The smallest grid that has room for the fullest node, and no smaller one than before. */
export function nodeGrid(fullest: number, before: number): NodeGrid {
  const wanted = Math.max(fullest, before);
  const [columns, rows] = STEPS.find(([columns, rows]) => columns * rows >= wanted) ?? [
    22,
    Math.max(20, 2 ** Math.ceil(Math.log2(wanted / 22))),
  ];
  return { columns, rows };
}

/** Row by row: the cell of a slot. */
export function cellsOf({ columns, rows }: NodeGrid): Grid {
  const cells = Array.from({ length: columns * rows }, (_, slot) => ({
    row: Math.floor(slot / columns),
    column: slot % columns,
  }));
  return { rows, columns, cells };
}

export interface NodeZone {
  readonly box: Box;
  /** The height that its title may have. */
  readonly header: number;
  readonly nodes: readonly number[];
}

export interface NodeBoxes {
  readonly boxes: readonly Box[];
  /** Under each row of nodes, where their cables run: by the number of the node. */
  readonly busY: readonly number[];
  /** The box of each zone and the numbers of its nodes; none when there are few nodes. */
  readonly zones: readonly NodeZone[];
  readonly width: number;
  readonly height: number;
  /** How wide a full row of them is, and never less than three; only a step of the grid changes it. */
  readonly across: number;
}

/** The boxes of this many nodes, from the top left corner of the cluster; `tall`: for a view higher than wide. */
export function nodeBoxes(count: number, grid: NodeGrid, form: 'wide' | 'tall'): NodeBoxes {
  const width = grid.columns * (SIZE.pod.width + SIZE.pod.gap) - SIZE.pod.gap + 2 * SIZE.node.pad;
  const height = nodeHeight(grid.rows);
  const pitch = { x: width + GAP.x, y: height + GAP.y };
  const isZoned = count > UNZONED;
  const columns = isZoned ? ZONE.columns : form === 'tall' || count === 4 ? 2 : count <= 9 ? 3 : ZONE.columns;
  const perZone = isZoned ? ZONE_SIZE : Math.max(1, count);
  const zoneCount = Math.ceil(count / perZone);
  const zoneColumns = Math.max(1, Math.ceil(Math.sqrt(zoneCount) * (form === 'tall' ? 0.35 : 1) - 0.25));
  const header = FRAME.header + FRAME.headerShare * height;
  const zonePitch = {
    x: columns * pitch.x - GAP.x + 2 * FRAME.pad + FRAME.gap,
    y: ZONE.rows * pitch.y + header + FRAME.gap,
  };
  const inset = isZoned ? { x: FRAME.pad, y: header } : { x: 0, y: 0 };
  const cornerOf = (zone: number): { readonly x: number; readonly y: number } => ({
    x: (zone % zoneColumns) * zonePitch.x,
    y: Math.floor(zone / zoneColumns) * zonePitch.y,
  });
  const boxes = Array.from({ length: count }, (_, i): Box => {
    const corner = cornerOf(Math.floor(i / perZone));
    const own = i % perZone;
    const [row, column] = [Math.floor(own / columns), own % columns];
    return { x: corner.x + inset.x + column * pitch.x, y: corner.y + inset.y + row * pitch.y, width, height };
  });
  const zones = Array.from({ length: isZoned ? zoneCount : 0 }, (_, zone) => {
    const own = Math.min(perZone, count - zone * perZone);
    // The last one is no higher than its rows, but as wide as the others: its title needs the room.
    const across = zonePitch.x - FRAME.gap;
    const down = header + Math.ceil(own / columns) * pitch.y;
    const nodes = Array.from({ length: own }, (_, i) => zone * perZone + i);
    return { box: { ...cornerOf(zone), width: across, height: down }, header, nodes };
  });
  const ends = isZoned ? zones.map(zone => zone.box) : boxes;
  return {
    boxes,
    busY: boxes.map(box => box.y + height + GAP.y / 2),
    zones,
    width: Math.max(0, ...ends.map(box => box.x + box.width)),
    height: Math.max(0, ...ends.map(box => box.y + box.height)) + (isZoned ? 0 : GAP.y / 2),
    across: (isZoned ? zoneColumns * columns : Math.max(form === 'tall' ? 2 : 3, columns)) * pitch.x,
  };
}
