import { useEffect, useId, useState } from 'react';
import { type FilterKind, kindsOf } from '../../store/graphFilter.ts';
import { type LayoutStore, NO_FILTER } from '../../store/layoutStore.ts';
import { Button } from '../common/Button.tsx';
import { useLab, useLayout, useStores } from '../StoresContext.ts';
import styles from './FilterPanel.module.css';
import { NamespaceChoice } from './NamespaceChoice.tsx';
import { ToolPanel } from './ToolPanel.tsx';
import { useHidden } from './useHidden.ts';
import { FILTER_WORDS } from './words.ts';

/** What shows on the graph and in the list: by namespace, labels and kind. */
export function FilterPanel() {
  const { layout } = useStores();
  const filter = useLayout(state => state.filter);
  const hidden = useHidden();
  const clear = (): void => layout.set({ filter: NO_FILTER });
  return (
    <ToolPanel tool="filter" label={FILTER_WORDS.title}>
      <div className={styles.rows}>
        <NamespaceChoice />
        <LabelField />
        <KindBoxes />
      </div>
      <div className={styles.foot}>
        <span role="status">{hidden.size === 0 ? FILTER_WORDS.nothing : FILTER_WORDS.hidden(hidden.size)}</span>
        {filter !== NO_FILTER && (
          <Button look="quiet" dense onPress={clear}>
            {FILTER_WORDS.clear}
          </Button>
        )}
      </div>
    </ToolPanel>
  );
}

/** Takes over a filter; one that hides nothing is none. */
function setFilter(layout: LayoutStore, change: Partial<typeof NO_FILTER>): void {
  const next = { ...layout.getState().filter, ...change };
  const isEmpty = next.namespace === undefined && next.selector.trim() === '' && next.hiddenKinds.length === 0;
  layout.set({ filter: isEmpty ? NO_FILTER : next });
}

/** A label selector. The API server reads it as it is typed; while it cannot, it says why and the last one holds. */
function LabelField() {
  const { layout, client } = useStores();
  const text = useLayout(state => state.filter.selector);
  const isInForce = useLayout(state => state.filter.requirements.length > 0);
  const [complaint, setComplaint] = useState<string | undefined>(undefined);
  const id = useId();
  useEffect(() => {
    let isLate = false;
    client.readSelector(text).then(
      answer => {
        if (isLate) return;
        setComplaint(answer.kind === 'refused' ? answer.message : undefined);
        if (answer.kind === 'read' && text.trim() !== '') setFilter(layout, { requirements: answer.requirements });
      },
      // The lab stopped, which the page says elsewhere.
      () => undefined,
    );
    return () => {
      isLate = true;
    };
  }, [client, layout, text]);
  const change = (selector: string): void =>
    setFilter(layout, selector.trim() === '' ? { selector, requirements: [] } : { selector });
  return (
    <div className={styles.labels}>
      <label htmlFor={id}>{FILTER_WORDS.labels}</label>
      <input
        id={id}
        className={styles.input}
        value={text}
        placeholder={FILTER_WORDS.example}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={complaint !== undefined}
        aria-describedby={`${id}-said`}
        onChange={event => change(event.target.value)}
      />
      <p id={`${id}-said`} className={styles.said} role="status">
        {complaint !== undefined && (
          <>
            <code>{complaint}</code>
            <span>{isInForce ? FILTER_WORDS.lastHolds : FILTER_WORDS.noneHolds}</span>
          </>
        )}
      </p>
    </div>
  );
}

function KindBoxes() {
  const { layout } = useStores();
  const level = useLayout(state => state.level);
  const off = useLayout(state => state.filter.hiddenKinds);
  const isRecorded = useLab(({ phase }) => phase.kind === 'open' && phase.probes !== undefined);
  const toggle = (kind: FilterKind): void =>
    setFilter(layout, { hiddenKinds: off.includes(kind) ? off.filter(other => other !== kind) : [...off, kind] });
  if (isRecorded) return null;
  return (
    <fieldset className={styles.kinds}>
      <legend>{FILTER_WORDS.kinds}</legend>
      {kindsOf(level).map(kind => (
        <label key={kind} className={styles.kind}>
          <input type="checkbox" checked={!off.includes(kind)} onChange={() => toggle(kind)} />
          {FILTER_WORDS.kind[kind]}
        </label>
      ))}
    </fieldset>
  );
}
