// Header fields of a packet before and after something happened to it, side by side.

import type { Frame } from '../net/packet.ts';
import type { HeaderRow, LayerField, LayerName } from './exchange.ts';
import { layersOf } from './layers.ts';

type Field = LayerField & { readonly layer: LayerName };

/** Rows from the link layer up. A field that only one of the two has is absent in the other. */
export function headerRows(before: Frame, after: Frame): readonly HeaderRow[] {
  const old = new Map(fieldsOf(before).map(field => [`${field.layer} ${field.field}`, field]));
  const now = new Map(fieldsOf(after).map(field => [`${field.layer} ${field.field}`, field]));
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

/** The fields of the packet itself: what a tunnel carries is another packet. */
function fieldsOf(frame: Frame): readonly Field[] {
  const layers = layersOf(frame);
  const carrier = layers.findIndex(({ inside }) => inside === 'packet');
  return layers
    .slice(0, carrier < 0 ? layers.length : carrier + 1)
    .flatMap(({ layer, fields }) => fields.map(field => ({ layer, ...field })));
}
