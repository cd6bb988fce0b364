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

const isTransport = (row: HeaderRow): boolean => row.layer === 'TCP' || row.layer === 'UDP';
const keyOf = (row: HeaderRow): string =>
  isTransport(row) && TOGETHER.includes(row.field) ? row.layer : `${row.layer} ${row.field}`;

/**
 * The lines for what a namespace (or one step) did to a packet, link layer first.
 * `madeHere` are the rows of the step that is shown: its changes are marked.
 */
export function headerLines(
  rows: readonly HeaderRow[],
  stations: StationNames,
  shown: readonly HeaderRow[],
): readonly HeaderLine[] {
  const now = new Set(shown.filter(row => row.changed).map(keyOf));
  const wrap = wrapping(rows);
  const groups = new Map<string, HeaderRow[]>();
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
      label: labelOf(group, key),
      before,
      after,
      change,
      reason: reasonOf(group, change, after, stations, wrap),
      place: group.some(row => row.main) ? 'main' : 'more',
      madeHere: change !== 'same' && now.has(key),
    };
  });
}

function valueAt(group: readonly HeaderRow[], side: 'before' | 'after'): string | undefined {
  const [first] = group;
  if (first === undefined) return undefined;
  if (!isTransport(first) || !TOGETHER.includes(first.field)) return first[side];
  const value = (field: string): string | undefined => group.find(row => row.field === field)?.[side];
  const from = value('source port');
  const to = value('destination port');
  if (from === undefined || to === undefined) return undefined;
  const flags = value('flags');
  return `${from} → ${to}${flags === undefined ? '' : ` ${flags}`}`;
}

function labelOf(group: readonly HeaderRow[], key: string): string {
  const [first] = group;
  if (first === undefined || key === first.layer) return key;
  const field = first.field === 'source' ? 'source' : first.field === 'destination' ? 'dest.' : first.field;
  if (first.layer === 'Ethernet') return `MAC ${field}`;
  return field === 'TTL' ? field : `${first.layer} ${field}`;
}

/** A packet that is put into another one shows other headers from then on, which is no translation. */
function wrapping(rows: readonly HeaderRow[]): 'wrapped' | 'unwrapped' | 'none' {
  const row = rows.find(({ layer, field, changed }) => changed && (layer === 'VXLAN' || field === 'inside'));
  if (row === undefined) return 'none';
  if (row.before === undefined) return 'wrapped';
  return row.after === undefined ? 'unwrapped' : 'none';
}

function reasonOf(
  group: readonly HeaderRow[],
  change: HeaderLine['change'],
  after: string | undefined,
  stations: StationNames,
  wrap: ReturnType<typeof wrapping>,
): string | undefined {
  const [first] = group;
  if (first === undefined) return undefined;
  if (first.layer === 'Ethernet' && change !== 'same') return after === undefined ? undefined : stations.get(after);
  if (change !== 'same' && wrap !== 'none') return TRACE_WORDS.wrapped[wrap];
  return group.find(row => row.note !== undefined)?.note;
}

/** `3 fields change`; a field that appears or goes counts. */
export function changeCount(lines: readonly HeaderLine[]): string {
  const count = lines.filter(line => line.change !== 'same').length;
  return TRACE_WORDS.fieldsChange(count);
}
