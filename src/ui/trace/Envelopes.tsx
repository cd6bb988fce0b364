import type { CSSProperties } from 'react';
import type { JourneyLeg } from '../../store/journey.ts';
import { classNames } from '../common/classNames.ts';
import styles from './Envelopes.module.css';
import type { LayerDiff, ShownField, ShownLayer } from './layerDiff.ts';
import tables from './Tables.module.css';
import { Value } from './Value.tsx';
import { layerName, TRACE_WORDS } from './words.ts';

const WORDS = TRACE_WORDS.layers;

/** A longer value, a MAC, stands above the new one rather than beside it. */
const MOST_BESIDE = 15;

export interface EnvelopesProps {
  readonly diff: LayerDiff;
  readonly fields: 'main' | 'all';
  /** In whose colour the packet is drawn; what a tunnel puts around it has the tunnel's. */
  readonly direction: JourneyLeg['direction'];
}

/**
 * A packet as nested boxes. The edges of the boxes are offsets in bytes, on a ruler above them; where there is no room
 * for that the boxes stand one in the other from top to bottom, with the ruler beside them.
 */
export function Envelopes({ diff, fields, direction }: EnvelopesProps) {
  const { layers } = diff;
  const length = layers[0]?.end;
  if (length === undefined) return <p className={tables.aside}>{WORDS.none}</p>;
  return (
    <div className={styles.room}>
      <figure className={classNames(styles.figure, styles[direction])} aria-label={WORDS.label(length)}>
        <div className={styles.packet}>
          <Layer layers={layers} fields={fields} />
          <span className={styles.end} aria-hidden="true">
            {length}
          </span>
        </div>
      </figure>
      <Growth diff={diff} />
    </div>
  );
}

function Layer({ layers, fields }: { readonly layers: readonly ShownLayer[]; readonly fields: 'main' | 'all' }) {
  const [layer, ...inside] = layers;
  if (layer === undefined) return null;
  const { at, header, end, change, side } = layer;
  const shown = layer.fields.filter(field => fields === 'all' || field.main || field.old !== undefined);
  const shares = { '--header': header, '--whole': end - at } as CSSProperties;
  return (
    <div className={classNames(styles.box, styles[side], change === 'added' && styles.added)} style={shares}>
      <div className={styles.head}>
        <span className={styles.tick} aria-hidden="true">
          {at}
        </span>
        <p className={styles.name}>
          <strong>{layerName(layer.layer)}</strong> <span className={styles.bytes}>{WORDS.size(header)}</span>
          <span className="visually-hidden">, {WORDS.from(at, at + header)}</span>
          {change !== 'same' && <span className={styles.change}> {WORDS.change[change]}</span>}
        </p>
        {shown.length > 0 && (
          <ul className={styles.fields}>
            {shown.map(field => (
              <Field key={field.field} field={field} />
            ))}
          </ul>
        )}
      </div>
      <Layer layers={inside} fields={fields} />
    </div>
  );
}

function Field({ field: { field, value, old } }: { readonly field: ShownField }) {
  return (
    <li className={styles.field}>
      <span className={styles.label}>{field}</span>
      <span className={styles.short} aria-hidden="true">
        {WORDS.short[field] ?? field}
      </span>{' '}
      <span className={styles.value}>
        {old !== undefined && (
          <span className={classNames(styles.was, old.length > MOST_BESIDE && styles.above)}>
            <Value text={old} look="old" />{' '}
          </span>
        )}
        <Value text={value} look={old === undefined ? 'plain' : 'new'} />
      </span>
    </li>
  );
}

/** What was put around the packet or taken off it, in bytes. */
function Growth({ diff: { layers, removed, grown } }: { readonly diff: LayerDiff }) {
  const added = layers.filter(({ change }) => change === 'added');
  const names = (list: readonly { readonly layer: ShownLayer['layer'] }[]): string =>
    list.map(({ layer }) => layerName(layer)).join(', ');
  if (grown === 0) return null;
  return (
    <p className={styles.growth}>
      {grown > 0 ? WORDS.grown(grown, names(added)) : WORDS.shrunk(-grown, names(removed))}
    </p>
  );
}
