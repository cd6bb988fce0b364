// The Objects level of a large lab: one box for each Service or workload with what belongs to it, in columns, one frame
// for each namespace. What the small level joins by lines stands together here.

import type { ElementId, LabElement } from '../../../sim/index.ts';
import { type Box, bottomOf, boundsOf, rightOf } from '../geometry.ts';
import type { LayoutWish } from '../layout.ts';
import { type ElementOf, ofKind } from '../networkParts.ts';
import { SIZE } from '../networkPlaces.ts';
import { bandsOf } from '../objectBands.ts';
import type { ObjectsLayout } from '../objectsLayout.ts';
import { OBJECT_WORDS } from '../objectWords.ts';
import { assignSlots, type SlotMemory } from '../slots.ts';
import * as SCENE_WORDS from '../words.ts';
import { type CrowdCell, type Holder, podLook, type Zone } from './crowd.ts';
import { headsOf, placeHeads } from './crowdHeads.ts';
import { CROWD_WORDS } from './words.ts';

type Elements = ReadonlyMap<ElementId, LabElement>;

const { width: CELL, height: LINE, gap: GAP, rowGap: ROW_GAP } = SIZE.pod;
const PAD = 14;
/** Between two boxes. */
const APART = 28;
/** The header grows with the boxes, for the same reason. */
const FRAME = { pad: 28, header: 150, gap: 72 } as const;
/** The form that the whole of a namespace gets: this much wider than high. */
const ASPECT = { wide: 1.9, tall: 0.6 } as const;

export function crowdObjects(elements: Elements, wish: LayoutWish, before: SlotMemory): ObjectsLayout {
  const slots = new Map<string, readonly (ElementId | undefined)[]>();
  const boxes = new Map<ElementId, Box>();
  const holders: Holder[] = [];
  const zones: Zone[] = [];
  let y = 0;
  for (const namespace of ofKind(elements, 'namespace')) {
    if ((wish.namespace ?? namespace.name) !== namespace.name) continue;
    const plans = plansOf(elements, namespace.name, wish, before);
    if (plans.length === 0 && wish.namespace === undefined) continue;
    for (const plan of plans) slots.set(plan.id, plan.slots);
    const grid = gridFor(plans, wish.form);
    const header = Math.max(FRAME.header, grid.header);
    const placed = placePlans(plans, grid, FRAME.pad, y + header, ASPECT[wish.form]);
    for (const holder of placed) {
      holders.push(holder);
      for (const cell of holder.heads.flatMap(head => head.cells)) boxes.set(cell.id, cell.box);
      for (const cell of holder.cells) boxes.set(cell.id, cell.box);
    }
    const inner = boundsOf(placed.map(holder => holder.box));
    const height = Math.max(header, bottomOf(inner) - y) + FRAME.pad;
    const width = Math.max(1200, rightOf(inner) + FRAME.pad);
    const pods = plans.reduce((sum, plan) => sum + plan.pods.length, 0);
    zones.push({
      id: namespace.id,
      box: { x: 0, y, width, height },
      header,
      names: [namespace.name],
      note: plans.length === 0 ? OBJECT_WORDS.emptyNamespace : SCENE_WORDS.pods(pods),
    });
    y += height + FRAME.gap;
  }
  return {
    kind: 'objects',
    bounds: boundsOf(
      zones.map(zone => zone.box),
      SIZE.margin,
    ),
    namespaces: new Map(),
    boxes,
    links: [],
    lanes: new Map(),
    form: 'wide',
    slots,
    crowd: { capacity: wish.capacity, zones, holders, lines: [] },
  };
}

/** One box before it has a place. */
interface Plan {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly heads: ReturnType<typeof headsOf>;
  readonly pods: readonly ElementOf<'pod'>[];
  readonly slots: readonly (ElementId | undefined)[];
}

function plansOf(elements: Elements, namespace: string, wish: LayoutWish, before: SlotMemory): readonly Plan[] {
  const { bands, rest } = bandsOf(elements, namespace, wish.drawn);
  const slotted = (id: string, pods: Plan['pods']): Plan['slots'] =>
    assignSlots(
      before.get(id) ?? [],
      pods.map(pod => pod.id),
    );
  const byName = (a: Plan, b: Plan): number => a.title.localeCompare(b.title, 'en', { numeric: true });
  const plans = bands
    .map(
      (band): Plan => ({
        id: band.id,
        title: (band.services[0] ?? band.workloads[0])?.name ?? '',
        note: readyNote(band.pods),
        heads: headsOf(band),
        pods: band.pods,
        slots: slotted(band.id, band.pods),
      }),
    )
    .sort(byName);
  if (rest.length === 0) return plans;
  const id = `objects/${namespace}`;
  const loose = { id, title: CROWD_WORDS.loosePods, note: readyNote(rest), heads: [], pods: rest };
  return [...plans, { ...loose, slots: slotted(id, rest) }];
}

function readyNote(pods: Plan['pods']): string {
  return OBJECT_WORDS.readyOf(pods.filter(pod => pod.ready && !pod.terminating).length, pods.length);
}

/** The boxes of a namespace: how many cells stand side by side, and how high is the line of the title, and that of the heads. */
interface Grid {
  readonly columns: number;
  readonly header: number;
  readonly heads: number;
}

/** By how many Pods the fullest box has: by steps, so that a Pod more changes nothing. Where all is in sight, lines are read. */
const GRIDS: readonly (readonly [most: number, grid: Grid])[] = [
  [24, { columns: 6, header: 100, heads: 64 }],
  [64, { columns: 8, header: 120, heads: 84 }],
  [220, { columns: 16, header: 140, heads: 110 }],
  [1000, { columns: 32, header: 190, heads: 180 }],
  [4000, { columns: 64, header: 310, heads: 300 }],
];
const LARGEST: Grid = { columns: 128, header: 440, heads: 430 };

function gridFor(plans: readonly Plan[], form: LayoutWish['form']): Grid {
  const fullest = Math.max(0, ...plans.map(plan => plan.slots.length));
  const grid = GRIDS.find(([most]) => fullest <= most)?.[1] ?? LARGEST;
  return form === 'tall' ? { ...grid, columns: Math.ceil(grid.columns / 2) } : grid;
}

/** Rows of Pods that a box has room for: 2, 3, 4, 6, 8, 12 ... */
function rowsFor(slots: number, columns: number): number {
  if (slots === 0) return 0;
  const wanted = Math.max(2, Math.ceil(slots / columns));
  const double = 2 ** Math.ceil(Math.log2(wanted));
  return wanted <= double * 0.75 ? double * 0.75 : double;
}

/** Boxes of one width, column by column; one that grows moves only those under it. */
function placePlans(
  plans: readonly Plan[],
  { columns, header, heads }: Grid,
  left: number,
  top: number,
  aspect: number,
): readonly Holder[] {
  const width = columns * (CELL + GAP) - GAP + 2 * PAD;
  /** From the top of a box to its cells. */
  const before = (plan: Plan): number => header + (plan.heads.length === 0 ? 0 : heads + 2 * ROW_GAP);
  const heightOf = (plan: Plan): number =>
    before(plan) + rowsFor(plan.slots.length, columns) * (LINE + ROW_GAP) - ROW_GAP + PAD;
  const area = plans.reduce((sum, plan) => sum + (heightOf(plan) + APART) * (width + APART), 0);
  const across = Math.max(1, Math.round(Math.sqrt(area * aspect) / (width + APART)));
  const bottoms = Array.from({ length: across }, () => top);
  return plans.map((plan, i): Holder => {
    const column = i % across;
    const box = { x: left + column * (width + APART), y: bottoms[column] ?? top, width, height: heightOf(plan) };
    bottoms[column] = bottomOf(box) + APART;
    const cellBox = (row: number, place: number): Box => ({
      x: box.x + PAD + place * (CELL + GAP),
      y: box.y + before(plan) + row * (LINE + ROW_GAP),
      width: CELL,
      height: LINE,
    });
    const podOf = new Map(plan.pods.map(pod => [pod.id, pod]));
    const cells = plan.slots.flatMap((id, slot): readonly CrowdCell[] => {
      const pod = id === undefined ? undefined : podOf.get(id);
      if (pod === undefined) return [];
      const own = cellBox(Math.floor(slot / columns), slot % columns);
      return [{ id: pod.id, box: own, look: podLook(pod), name: pod.name, detail: pod.address ?? pod.status }];
    });
    return {
      id: plan.id,
      kind: 'band',
      box,
      header,
      title: plan.title,
      note: plan.note,
      count: SCENE_WORDS.pods(plan.pods.length),
      state: 'ready',
      capacity: rowsFor(plan.slots.length, columns) * columns,
      cells,
      heads: placeHeads(plan.heads, { x: box.x + PAD, y: box.y + header, width: width - 2 * PAD, height: heads }),
      ground: boundsOf(cells.map(cell => cell.box)),
      bar: undefined,
    };
  });
}
