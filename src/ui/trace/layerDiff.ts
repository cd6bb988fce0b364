// Two forms of a packet, layer by layer: what was put around it, taken off, or rewritten. Pure.

import type { LayerField, LayerView } from '../../sim/index.ts';

/** A field of a layer; `old`: what it said before, where that was something else. */
export interface ShownField extends LayerField {
  readonly old?: string;
}

export interface ShownLayer extends Omit<LayerView, 'fields'> {
  readonly change: 'same' | 'changed' | 'added';
  readonly fields: readonly ShownField[];
  /** `outer`: of the packet around a tunnelled one. */
  readonly side: 'outer' | 'inner';
}

export interface LayerDiff {
  /** The packet as it is after, from the outside to the inside. */
  readonly layers: readonly ShownLayer[];
  /** What was taken off, and how many bytes more (or less) the packet has. */
  readonly removed: readonly LayerView[];
  readonly grown: number;
}

/** Layers are the same when as many of the same names follow: what is put around a packet leaves its inside alone. */
export function layerDiff(before: readonly LayerView[], after: readonly LayerView[]): LayerDiff {
  const common = commonEnd(before, after);
  const added = after.length - common;
  const tunnel = after.findIndex(({ layer, inside }) => inside === 'packet' && layer !== 'ICMP');
  return {
    layers: after.map((layer, i) => {
      const old = i < added ? undefined : before[i - added + before.length - common];
      const fields = layer.fields.map(field => shownField(field, old));
      const isChanged = fields.some(field => field.old !== undefined);
      return {
        ...layer,
        fields,
        side: i <= tunnel ? 'outer' : 'inner',
        change: old === undefined ? 'added' : isChanged ? 'changed' : 'same',
      };
    }),
    removed: before.slice(0, before.length - common),
    grown: lengthOf(after) - lengthOf(before),
  };
}

const lengthOf = (layers: readonly LayerView[]): number => layers[0]?.end ?? 0;

function commonEnd(before: readonly LayerView[], after: readonly LayerView[]): number {
  let common = 0;
  while (
    common < Math.min(before.length, after.length) &&
    before[before.length - 1 - common]?.layer === after[after.length - 1 - common]?.layer
  )
    common++;
  return common;
}

function shownField(field: LayerField, old: LayerView | undefined): ShownField {
  const was = old?.fields.find(other => other.field === field.field)?.value;
  return was === undefined || was === field.value ? field : { ...field, old: was };
}
