import { useMemo } from 'react';
import type { Journey } from '../../../store/journey.ts';
import { Button, IconButton } from '../../common/Button.tsx';
import { classNames } from '../../common/classNames.ts';
import { Icon } from '../../common/Icon.tsx';
import { useLab, useStores, useTrace } from '../../StoresContext.ts';
import { ExchangeChoice } from '../Pickers.tsx';
import { Prose } from '../Prose.tsx';
import { revealSoon } from '../reveal.ts';
import tables from '../Tables.module.css';
import { HOP_ICONS, stepName } from '../words.ts';
import styles from './Compare.module.css';
import {
  type ComparedHop,
  type ComparedStep,
  compareJourneys,
  firstDifference,
  type PlacedStep,
} from './compareJourneys.ts';
import { COMPARE_WORDS as WORDS } from './words.ts';

const PART = 'trace-compare';

/** Opens and closes {@link Compare}. */
export function CompareButton() {
  const { trace } = useStores();
  const isOpen = useTrace(state => state.beside.kind !== 'none');
  const press = (): void => {
    if (isOpen) trace.stopComparing();
    else {
      void trace.compare();
      revealSoon(PART);
    }
  };
  return (
    <Button look="quiet" expanded={isOpen} onPress={press}>
      {WORDS.open}
    </Button>
  );
}

/** The open journey beside another one; nothing while none is wanted. */
export function Compare() {
  const { trace } = useStores();
  const journey = useTrace(state => state.journey);
  const beside = useTrace(state => state.beside);
  const hasOthers = useLab(state => state.exchanges.some(({ id }) => id !== journey?.exchange.id));
  if (journey === undefined || beside.kind === 'none') return null;
  const other = beside.kind === 'open' ? beside.journey : undefined;
  const said = beside.kind === 'open' ? undefined : saidOf(beside.kind, hasOthers);
  return (
    <section id={PART} className={styles.compare} aria-label={WORDS.title}>
      <div className={styles.top}>
        <div className={styles.head}>
          <h3 className={tables.title}>{WORDS.title}</h3>
          {/* Before the button: its list opens over what follows. */}
          {said !== undefined && (
            <p className={styles.said} role="status">
              {said}
            </p>
          )}
          {hasOthers && (
            <ExchangeChoice
              label={WORDS.choose}
              chosen={other?.exchange}
              without={journey.exchange.id}
              onPick={id => void trace.compare(id).then(() => revealSoon(PART))}
            />
          )}
        </div>
        <IconButton dense icon="close" label={WORDS.close} onPress={trace.stopComparing} />
      </div>
      {other !== undefined && <SideBySide journey={journey} other={other} />}
    </section>
  );
}

function saidOf(kind: 'choosing' | 'loading' | 'gone', hasOthers: boolean): string {
  if (kind !== 'choosing') return WORDS[kind];
  return hasOthers ? WORDS.hint : WORDS.none;
}

function SideBySide({ journey, other }: { readonly journey: Journey; readonly other: Journey }) {
  const hops = useMemo(() => compareJourneys(journey, other), [journey, other]);
  const first = firstDifference(hops);
  const waits = hops.some(({ steps }) => steps.some(({ difference }) => difference === 'wait'));
  const name = first === undefined ? undefined : (first.step.a ?? first.step.b)?.step;
  return (
    <>
      <p className={styles.parting} role="status">
        {first === undefined || name === undefined
          ? waits
            ? WORDS.waits
            : WORDS.alike
          : WORDS.parts((first.hop.a ?? first.hop.b)?.name ?? '', stepName(name))}
      </p>
      <div className={styles.heads} aria-hidden="true">
        <span>{WORDS.sides.a}</span>
        <span>{WORDS.sides.b}</span>
      </div>
      <ol className={styles.hops} aria-label={WORDS.list}>
        {keyed(hops).map(({ item, key }) => (
          <Hop key={key} hop={item} other={other} first={first?.step} />
        ))}
      </ol>
    </>
  );
}

/** Hops and steps stay in their order: their places are their keys. */
const keyed = <Item,>(items: readonly Item[]): readonly { readonly item: Item; readonly key: number }[] =>
  items.map((item, key) => ({ item, key }));

interface HopProps {
  readonly hop: ComparedHop;
  readonly other: Journey;
  /** The step in which the journeys part first. */
  readonly first: ComparedStep | undefined;
}

function Hop({ hop, other, first }: HopProps) {
  const { a, b, direction, steps } = hop;
  const view = a ?? b;
  if (view === undefined) return null;
  const different = steps.filter(({ difference }) => difference !== 'none');
  const alike = steps.length - different.length;
  // What only one of them passed is one line, whatever happened there.
  const isSingle = a === undefined || b === undefined;
  return (
    <li className={styles.hop}>
      <h4 className={styles.name}>
        <Icon name={HOP_ICONS[view.kind]} size={16} />
        {a !== undefined && b !== undefined && a.name !== b.name ? `${a.name} / ${b.name}` : view.name}
        <span className={tables.aside}>
          {WORDS.legs[direction]}
          {isSingle && `, ${a === undefined ? WORDS.sides.b : WORDS.sides.a}`}
          {alike > 0 && `, ${WORDS.steps(alike)}`}
        </span>
      </h4>
      {!isSingle && different.length > 0 && (
        <ul>
          {keyed(different).map(({ item, key }) => (
            <Step key={key} step={item} other={other} isFirst={item === first} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Step({
  step: { a, b, difference, told },
  other,
  isFirst,
}: {
  readonly step: ComparedStep;
  readonly other: Journey;
  readonly isFirst: boolean;
}) {
  const { trace } = useStores();
  const known = a ?? b;
  const missing = difference === 'wait' ? WORDS.missing.wait : WORDS.missing.step;
  const openOther = async (index: number): Promise<void> => {
    await trace.open(other.exchange.id);
    trace.dispatch({ kind: 'go', to: index });
  };
  return (
    <li className={classNames(styles.step, isFirst && styles.first, difference === 'wait' && styles.quiet)}>
      <p className={styles.what}>
        {known !== undefined && stepName(known.step)}{' '}
        <span className={styles.difference}>{WORDS.differences[difference]}</span>
      </p>
      <Side
        label={WORDS.sides.a}
        placed={a}
        told={told?.a}
        missing={missing}
        onPress={index => trace.dispatch({ kind: 'go', to: index })}
      />
      <Side
        label={WORDS.sides.b}
        placed={b}
        told={told?.b}
        missing={missing}
        onPress={index => void openOther(index)}
      />
    </li>
  );
}

interface SideProps {
  readonly label: string;
  readonly placed: PlacedStep | undefined;
  /** What differs, as it is here. */
  readonly told: string | undefined;
  /** Said where there is no such step. */
  readonly missing: string;
  readonly onPress: (index: number) => void;
}

function Side({ label, placed, told, missing, onPress }: SideProps) {
  return (
    <div className={styles.side}>
      <span className={styles.whose}>{label}</span>
      {placed === undefined ? (
        <span className={styles.missing}>{missing}</span>
      ) : (
        <span>
          <button type="button" className={styles.lead} onClick={() => onPress(placed.index)}>
            <Prose text={placed.step.lead} />
          </button>
          {told !== undefined && <code className={styles.told}>{told}</code>}
        </span>
      )}
    </div>
  );
}
