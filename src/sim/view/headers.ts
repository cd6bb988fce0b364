// Header fields of a packet before and after something happened to it, side by side.

import type { Frame } from '../net/packet.ts';
import type { HeaderRow, LayerField, LayerName, LayerView } from './exchange.ts';
import { layersOf } from './layers.ts';

type Field = LayerField & { readonly layer: LayerName };

/**
 * Rows from the link layer up. A field that only one of the two has is absent in the other. Where a packet is put into
 * another one, or taken out, it is compared with itself (`inner`), and the packet around it came or went (`outer`).
 */
export function headerRows(before: Frame, after: Frame): readonly HeaderRow[] {
  const [old, now] = [packetsOf(before), packetsOf(after)];
  const inner = old.carried ?? now.carried;
  if (inner === undefined || (old.carried === undefined) === (now.carried === undefined))
    return rowsOf(old.own, now.own);
  const [oldParts, nowParts] = [partsOf(old, inner), partsOf(now, inner)];
  return [
    ...rowsOf(oldParts.own, nowParts.own).map((row): HeaderRow => ({ ...row, side: 'outer' })),
    ...rowsOf(oldParts.carried, nowParts.carried).map((row): HeaderRow => ({ ...row, side: 'inner' })),
  ];
}

/** The fields of a packet itself and, where it is a tunnel's, of the packet that it carries. */
interface Packets {
  readonly own: readonly Field[];
  readonly carried?: readonly Field[];
}

/** A packet outside the tunnel is the one inside it; only its link header may be none of that (IP in IP). */
function partsOf({ own, carried }: Packets, inner: readonly Field[]): Required<Packets> {
  if (carried !== undefined) return { own, carried };
  const isInside = ({ layer }: Field): boolean => inner.some(field => field.layer === layer);
  return { own: own.filter(field => !isInside(field)), carried: own.filter(isInside) };
}

function rowsOf(before: readonly Field[], after: readonly Field[]): readonly HeaderRow[] {
  const old = new Map(before.map(field => [`${field.layer} ${field.field}`, field]));
  const now = new Map(after.map(field => [`${field.layer} ${field.field}`, field]));
  const keys = [...new Set([...now.keys(), ...old.keys()])].sort((a, b) => rank(a, old, now) - rank(b, old, now));
  return keys.flatMap(key => {
    const a = old.get(key);
    const b = now.get(key);
    const field = b ?? a;
    if (field === undefined) return [];
    const changed = a?.value !== b?.value;
    const note = noteFor(field, a?.value, b?.value, changed);
    return [
      {
        layer: field.layer,
        field: field.field,
        ...(a !== undefined && { before: a.value }),
        ...(b !== undefined && { after: b.value }),
        changed,
        ...(note !== undefined && { note }),
        main: field.main,
      },
    ];
  });
}

const LAYERS: readonly LayerName[] = ['Ethernet', 'ARP', 'IP', 'TCP', 'UDP', 'ICMP', 'VXLAN', 'HTTP', 'DNS'];

function rank(key: string, old: ReadonlyMap<string, Field>, now: ReadonlyMap<string, Field>): number {
  const field = now.get(key) ?? old.get(key);
  return field === undefined ? 0 : LAYERS.indexOf(field.layer);
}

function noteFor(
  field: Field,
  before: string | undefined,
  after: string | undefined,
  changed: boolean,
): string | undefined {
  if (!changed)
    return field.field === 'source' || field.field === 'destination'
      ? field.layer === 'IP'
        ? 'no NAT'
        : undefined
      : undefined;
  if (before === undefined || after === undefined) return undefined;
  if (field.field === 'TTL') return 'routed once';
  if (field.layer === 'IP' && (field.field === 'source' || field.field === 'destination')) return 'NAT';
  if ((field.layer === 'TCP' || field.layer === 'UDP') && field.field.endsWith('port')) return 'NAT';
  return undefined;
}

/** What an ICMP error quotes is no packet on its way. */
function packetsOf(frame: Frame): Packets {
  const layers = layersOf(frame);
  const carrier = layers.findIndex(({ inside }) => inside === 'packet');
  const fieldsOf = (some: readonly LayerView[]): readonly Field[] =>
    some.flatMap(({ layer, fields }) => fields.map(field => ({ layer, ...field })));
  if (carrier < 0) return { own: fieldsOf(layers) };
  const own = fieldsOf(layers.slice(0, carrier + 1));
  return layers[carrier]?.layer === 'ICMP' ? { own } : { own, carried: fieldsOf(layers.slice(carrier + 1)) };
}
