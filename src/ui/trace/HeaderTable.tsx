import { Fragment, useMemo, useState } from 'react';
import type { HopView } from '../../sim/index.ts';
import { classNames } from '../common/classNames.ts';
import { Icon } from '../common/Icon.tsx';
import { SegmentedControl } from '../common/SegmentedControl.tsx';
import { useLab } from '../StoresContext.ts';
import styles from './HeaderTable.module.css';
import { changeCount, type HeaderLine, headerLines, stationNames } from './headerDiff.ts';
import tables from './Tables.module.css';
import { useMoment } from './useMoment.ts';

type Scope = 'hop' | 'step';

const SCOPES = [
  { value: 'hop', label: 'This hop' },
  { value: 'step', label: 'This step' },
] as const;

/** The headers of the packet before and after: across the namespace, or across the step that is shown. */
export function HeaderTable() {
  const shown = useMoment();
  const elements = useLab(state => state.elements);
  const stations = useMemo(() => stationNames(elements.values()), [elements]);
  const [scope, setScope] = useState<Scope>('hop');
  const [more, setMore] = useState<'folded' | 'open'>('folded');
  const lines = useMemo(() => {
    if (shown === undefined) return [];
    const { hop, step } = shown.moment;
    return headerLines(scope === 'hop' ? hop.headers : step.headers, stations, step.headers);
  }, [shown, stations, scope]);
  if (shown === undefined) return null;
  const { hop } = shown.moment;
  const main = lines.filter(line => line.place === 'main');
  const rest = lines.filter(line => line.place === 'more');
  const [before, after] = scope === 'hop' ? endsOf(hop) : ['Before', 'After'];
  return (
    <section className={tables.block} aria-label={`Headers across ${hop.name}`}>
      <div className={tables.top}>
        <h3 className={tables.title}>
          Headers across {hop.name} <span className={tables.aside}>{changeCount(lines)}</span>
        </h3>
        <div className={tables.tools}>
          <SegmentedControl label="Headers before and after" options={SCOPES} value={scope} onChange={setScope} />
        </div>
      </div>
      <div className={tables.scroll}>
        <table className={classNames(tables.table, styles.table)}>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">{before}</th>
              <th scope="col">{after}</th>
              <th scope="col">
                <span className="visually-hidden">Why</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {main.map(line => (
              <Line key={line.key} line={line} />
            ))}
            {more === 'open' && rest.map(line => <Line key={line.key} line={line} />)}
          </tbody>
        </table>
      </div>
      {rest.length > 0 && (
        <button
          type="button"
          className={tables.fold}
          aria-expanded={more === 'open'}
          onClick={() => setMore(more === 'open' ? 'folded' : 'open')}
        >
          <Icon name={more === 'open' ? 'chevronDown' : 'chevronRight'} size={16} />
          {foldText(rest, more)}
        </button>
      )}
    </section>
  );
}

function endsOf(hop: HopView): readonly [string, string] {
  return [
    hop.inAt === undefined ? 'As it is made' : `In, at ${hop.inAt}`,
    hop.outAt === undefined ? 'As it ends' : `Out, at ${hop.outAt}`,
  ];
}

function foldText(rest: readonly HeaderLine[], more: 'folded' | 'open'): string {
  if (more === 'open') return 'Fewer fields';
  const count = rest.length === 1 ? '1 more field' : `${rest.length} more fields`;
  const changed = rest.filter(line => line.change !== 'same').length;
  return `${count}; ${changed === 0 ? 'none changes' : changeCount(rest)}`;
}

function Line({ line }: { readonly line: HeaderLine }) {
  const { change } = line;
  return (
    <tr className={classNames(change === 'same' && styles.same, line.madeHere && styles.madeHere)}>
      <th scope="row">{line.label}</th>
      <td className={classNames(tables.mono, styles.value)}>
        <Value text={line.before} look={change === 'same' ? 'plain' : 'old'} />
      </td>
      <td className={classNames(tables.mono, styles.value)}>
        <Value text={line.after} look={change === 'same' ? 'plain' : 'new'} />
      </td>
      <td className={styles.why}>
        {change !== 'same' && <strong>{change}</strong>}
        {change !== 'same' && line.reason !== undefined && ' · '}
        {line.reason}
        {line.madeHere && <span className="visually-hidden">, at this step</span>}
      </td>
    </tr>
  );
}

/** A value; where it is too long for its column, it breaks after a colon, never within a number. */
function Value({ text, look }: { readonly text: string | undefined; readonly look: 'plain' | 'old' | 'new' }) {
  if (text === undefined) return <None />;
  const parts = text.split(/(?<=:)/).map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text stay in their order.
    <Fragment key={i}>
      {i > 0 && <wbr />}
      {part}
    </Fragment>
  ));
  if (look === 'plain') return parts;
  return look === 'old' ? <del>{parts}</del> : <ins>{parts}</ins>;
}

/** There is no such header here. */
function None() {
  return (
    <span className={styles.none}>
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">none</span>
    </span>
  );
}
