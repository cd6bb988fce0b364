// Headers before and after, as the lines of a table: fields that belong together share a line. Pure.

import type { HeaderRow, LabElement } from '../../sim/index.ts';
import { TRACE_WORDS } from './words.ts';

export interface HeaderLine {
  readonly key: string;
  readonly label: string;
  /** Absent: the header does not exist there. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly change: 'same' | 'changed' | 'added' | 'removed';
  /** Why it changed, or that it did not. */
  readonly reason: string | undefined;
  readonly place: 'main' | 'more';
  /** Whether the step that is shown made the change. */
  readonly madeHere: boolean;
}

/** Who has a MAC address: `node-1`. */
export type StationNames = ReadonlyMap<string, string>;

/** The owners of all MAC addresses of a lab; one that several have is nobody's. */
export function stationNames(elements: Iterable<LabElement>): StationNames {
  const names = new Map<string, string>();
  const shared = new Set<string>();
  for (const element of elements)
    if ('interfaces' in element && element.kind !== 'lan')
      for (const { mac } of element.interfaces) {
        const known = names.get(mac);
        if (known !== undefined && known !== element.name) shared.add(mac);
        names.set(mac, element.name);
      }
  for (const mac of shared) names.delete(mac);
  return names;
}

/** Fields of a transport header that one line shows together: `50121 → 8080 SYN`. */
const TOGETHER: readonly string[] = ['source port', 'destination port', 'flags'];

const isTogether = ({ layer, field }: HeaderRow): boolean =>
  (layer === 'TCP' || layer === 'UDP') && TOGETHER.includes(field);
const keyOf = (row: HeaderRow): string =>
  `${row.side === 'outer' ? 'outer ' : ''}${isTogether(row) ? row.layer : `${row.layer} ${row.field}`}`;

/**
 * The lines for what a namespace (or one step) did to a packet, link layer first.
 * `madeHere` are the rows of the step that is shown: its changes are marked.
 */
export function headerLines(
  rows: readonly HeaderRow[],
  stations: StationNames,
  shown: readonly HeaderRow[],
): readonly HeaderLine[] {
  const now = new Set(besides(rows, shown).flatMap(row => (row.changed ? keyOf(row) : [])));
  const groups = new Map<string, [HeaderRow, ...HeaderRow[]]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups].map(([key, group]): HeaderLine => {
    const before = valueAt(group, 'before');
    const after = valueAt(group, 'after');
    const change =
      before === after ? 'same' : before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
    return {
      key,
      label: labelOf(group[0]),
      before,
      after,
      change,
      reason: reasonOf(group, change, after, stations),
      place: group.some(row => row.main) ? 'main' : 'more',
      madeHere: change !== 'same' && now.has(key),
    };
  });
}

/** The rows of a step within a tunnel are those of the packet around, beside a hop at which the tunnel begins or ends. */
function besides(rows: readonly HeaderRow[], shown: readonly HeaderRow[]): readonly HeaderRow[] {
  const isTunnelled = shown.some(({ layer, field }) => layer === 'VXLAN' || (layer === 'IP' && field === 'inside'));
  const hasSides = (some: readonly HeaderRow[]): boolean => some.some(row => row.side !== undefined);
  if (!isTunnelled || hasSides(shown) || !hasSides(rows)) return shown;
  return shown.map(row => ({ ...row, side: 'outer' }));
}

function valueAt(group: readonly [HeaderRow, ...HeaderRow[]], side: 'before' | 'after'): string | undefined {
  const [first] = group;
  if (!isTogether(first)) return first[side];
  const value = (field: string): string | undefined => group.find(row => row.field === field)?.[side];
  const from = value('source port');
  const to = value('destination port');
  if (from === undefined || to === undefined) return undefined;
  const flags = value('flags');
  return `${from} → ${to}${flags === undefined ? '' : ` ${flags}`}`;
}

function labelOf(row: HeaderRow): string {
  const name = isTogether(row) ? row.layer : nameOf(row);
  return row.side === 'outer' && row.layer !== 'VXLAN' ? TRACE_WORDS.headers.outer(name) : name;
}

function nameOf({ layer, field: whole }: HeaderRow): string {
  const field = whole === 'destination' ? 'dest.' : whole;
  if (layer === 'Ethernet') return `MAC ${field}`;
  return field === 'TTL' ? field : `${layer} ${field}`;
}

function reasonOf(
  group: readonly [HeaderRow, ...HeaderRow[]],
  change: HeaderLine['change'],
  after: string | undefined,
  stations: StationNames,
): string | undefined {
  const [first] = group;
  if (first.layer === 'Ethernet' && change !== 'same') return after === undefined ? undefined : stations.get(after);
  return group.find(row => row.note !== undefined)?.note;
}

/** `3 fields change`; a field that appears or goes counts. */
export function changeCount(lines: readonly HeaderLine[]): string {
  const count = lines.filter(line => line.change !== 'same').length;
  return TRACE_WORDS.fieldsChange(count);
}
