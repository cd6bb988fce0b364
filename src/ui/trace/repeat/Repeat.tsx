import { type CSSProperties, useId } from 'react';
import { useStore } from 'zustand';
import { MOST_REPEATS, type RepeatReport } from '../../../client/port.ts';
import type { ExchangeSummary, TalliedOutcome } from '../../../sim/index.ts';
import { type RepeatState, repeatStoreOf } from '../../../store/repeatStore.ts';
import { Button, IconButton } from '../../common/Button.tsx';
import { classNames } from '../../common/classNames.ts';
import { MeaningIcon } from '../../common/Tag.tsx';
import { useStores, useTrace } from '../../StoresContext.ts';
import { revealSoon } from '../reveal.ts';
import tables from '../Tables.module.css';
import { exchangeName, outcomeMeaning } from '../words.ts';
import styles from './Repeat.module.css';
import { REPEAT_WORDS as WORDS } from './words.ts';

const PART = 'trace-repeat';

/** Opens and closes {@link Repeat}. */
export function RepeatButton() {
  const store = repeatStoreOf(useStores().client);
  const isOpen = useStore(store, ({ panel }) => panel === 'open');
  return (
    <Button
      look="quiet"
      expanded={isOpen}
      onPress={() => {
        store.toggle();
        if (!isOpen) revealSoon(PART);
      }}
    >
      {WORDS.open}
    </Button>
  );
}

/** The open journey's question put many times, and how often it ended in which way. */
export function Repeat() {
  const store = repeatStoreOf(useStores().client);
  const { panel, count, result } = useStore(store);
  const exchange = useTrace(state => state.journey?.exchange);
  const field = useId();
  if (panel === 'closed' || exchange === undefined) return null;
  const wanted = Number(count);
  const isNumber = Number.isInteger(wanted) && wanted >= 1 && wanted <= MOST_REPEATS;
  const isRunning = result.kind === 'running';
  return (
    <section id={PART} className={styles.repeat} aria-label={WORDS.open}>
      <div className={tables.top}>
        <h3 className={tables.title}>{WORDS.title(exchangeName(exchange))}</h3>
        <IconButton dense icon="close" label={WORDS.close} onPress={store.toggle} />
      </div>
      <form
        className={styles.ask}
        onSubmit={event => {
          event.preventDefault();
          if (isNumber && !isRunning) void store.run(exchange, wanted);
        }}
      >
        <label htmlFor={field} className={styles.label}>
          {WORDS.count}
        </label>
        <input
          id={field}
          className={styles.count}
          inputMode="numeric"
          value={count}
          aria-invalid={!isNumber}
          aria-describedby={`${field}-hint`}
          onChange={event => store.setCount(event.target.value.trim())}
        />
        {isRunning ? (
          <Button onPress={store.cancel}>{WORDS.cancel}</Button>
        ) : (
          <Button
            icon="runAgain"
            blocked={isNumber ? undefined : WORDS.wrong(MOST_REPEATS)}
            onPress={() => void store.run(exchange, wanted)}
          >
            {WORDS.run}
          </Button>
        )}
        <p id={`${field}-hint`} className={styles.hint}>
          {isNumber ? WORDS.hint : WORDS.wrong(MOST_REPEATS)}
        </p>
      </form>
      <Result result={result} exchange={exchange} />
    </section>
  );
}

function Result({ result, exchange }: { readonly result: RepeatState['result']; readonly exchange: ExchangeSummary }) {
  return (
    <>
      <p className={styles.said} role="status">
        {saidOf(result, exchange)}
      </p>
      {result.kind === 'done' && <Histogram report={result.report} />}
    </>
  );
}

function saidOf(result: RepeatState['result'], exchange: ExchangeSummary): string {
  switch (result.kind) {
    case 'none':
      return '';
    case 'gone':
      return WORDS.gone;
    case 'failed':
      return WORDS.failed(result.message);
    case 'running':
      return WORDS.running(result.count);
    case 'done': {
      const said = WORDS.done(result.report.runs, result.asked);
      const name = exchangeName(result.of);
      return name === exchangeName(exchange) ? said : `${said} ${WORDS.ofOther(name)}`;
    }
  }
}

function Histogram({ report: { runs, outcomes } }: { readonly report: RepeatReport }) {
  return (
    <ul className={styles.bars} aria-label={WORDS.outcomes}>
      {outcomes.map(outcome => (
        <li key={outcome.exchange}>
          <Bar outcome={outcome} runs={runs} />
        </li>
      ))}
    </ul>
  );
}

function Bar({ outcome, runs }: { readonly outcome: TalliedOutcome; readonly runs: number }) {
  const { trace } = useStores();
  const isOpen = useTrace(state => state.journey?.exchange.id === outcome.exchange);
  const meaning = outcomeMeaning({ lessonVerdict: outcome.verdict });
  const width = { '--share': `${(outcome.count / runs) * 100}%` } as CSSProperties;
  return (
    <button
      type="button"
      className={styles.row}
      title={WORDS.openOne}
      aria-current={isOpen ? 'true' : undefined}
      onClick={() => void trace.open(outcome.exchange)}
    >
      <MeaningIcon meaning={meaning} word="" size={16} />
      <span className={styles.name}>{outcome.outcome.replace(/^ok · answered by /, '')}</span>
      <span className={styles.track}>
        <span className={classNames(styles.bar, styles[meaning])} style={width} />
      </span>
      <span className={styles.number}>
        {WORDS.times(outcome.count, runs)} · {WORDS.share(outcome.count, runs)}
      </span>
    </button>
  );
}
