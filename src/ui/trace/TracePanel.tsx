import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { runPressed } from '../actions/press.ts';
import { traceActions } from '../actions/traceActions.ts';
import { classNames } from '../common/classNames.ts';
import { EmptyState } from '../common/EmptyState.tsx';
import { usePageForm } from '../hooks/useMedia.ts';
import { useLab, useStores, useTrace } from '../StoresContext.ts';
import { Compare, CompareButton } from './compare/Compare.tsx';
import { Effects } from './Effects.tsx';
import { Evidence } from './Evidence.tsx';
import { type HeaderForm, Headers } from './Headers.tsx';
import { HopList } from './HopList.tsx';
import { JourneyLine } from './JourneyLine.tsx';
import { Outcome } from './Outcome.tsx';
import { PacketStrip } from './PacketStrip.tsx';
import { ExchangePicker } from './Pickers.tsx';
import { Repeat, RepeatButton } from './repeat/Repeat.tsx';
import { Sentence } from './Sentence.tsx';
import { Timeline } from './Timeline.tsx';
import { TraceMenu } from './TraceMenu.tsx';
import styles from './TracePanel.module.css';
import { Transport } from './Transport.tsx';
import { useMoment } from './useMoment.ts';
import { usePlayTimer } from './usePlayTimer.ts';
import { TRACE_WORDS } from './words.ts';

/**
 * The open journey step by step: timeline, sentence, headers, evidence, effects.
 * On a phone the sentence and the transport are not here but in {@link TraceBar}, which stays in sight.
 */
export function TracePanel() {
  const stores = useStores();
  const hasJourney = useTrace(state => state.journey !== undefined);
  const form = usePageForm();
  usePlayTimer();
  // A cell, a line of the terminal: what was pressed to come here is gone with its panel, and the focus would be nowhere.
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const isNowhere = document.activeElement === document.body && navigator.userActivation?.hasBeenActive === true;
    if (isNowhere) panel.current?.focus({ preventScroll: true });
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || takesKeys(event.target, event.key)) return;
    runPressed(traceActions({ stores, form }), event);
  };
  return (
    <section ref={panel} className={styles.panel} aria-label={TRACE_WORDS.title} tabIndex={-1} onKeyDown={onKeyDown}>
      {hasJourney ? <OpenJourney form={form === 'phone' ? 'phone' : 'desk'} /> : <NoJourney />}
    </section>
  );
}

/** Whether the key means something where it was pressed: a space presses a button. */
function takesKeys(target: EventTarget, key: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.matches('textarea, select, input:not([type=radio])')) return true;
  return key === ' ' && target.closest('button, a, input') !== null;
}

function OpenJourney({ form }: { readonly form: 'phone' | 'desk' }) {
  const [headers, setHeaders] = useState<HeaderForm>('table');
  // Where nothing is looked up there is room beside the headers.
  const looksUp = useMoment()?.moment.step.evidence !== undefined;
  return (
    <>
      <div className={styles.bar}>
        {form === 'desk' && <Transport form="full" />}
        {form === 'desk' && (
          <div className={styles.more}>
            <RepeatButton />
            <CompareButton />
          </div>
        )}
      </div>
      <div className={styles.journey}>
        <ExchangePicker />
        <PacketStrip />
        <span className={styles.menu}>
          {form === 'phone' && <RepeatButton />}
          {form === 'phone' && <CompareButton />}
          <TraceMenu />
        </span>
      </div>
      <JourneyLine />
      {form === 'desk' ? (
        <>
          <Timeline />
          <Sentence />
        </>
      ) : (
        <HopList />
      )}
      <Repeat />
      <Compare />
      <div className={classNames(styles.columns, headers === 'layers' && styles.wide)}>
        <div className={styles.column}>
          <Headers form={headers} onForm={setHeaders} />
          {looksUp && <End />}
        </div>
        <div className={styles.column}>
          <Evidence />
          <Effects />
          {!looksUp && <End />}
        </div>
      </div>
    </>
  );
}

const End = () => (
  <div className={styles.last}>
    <Outcome />
  </div>
);

function NoJourney() {
  const phase = useTrace(state => state.phase);
  const hasJourneys = useLab(state => state.exchanges.length > 0);
  if (phase.kind === 'loading') return <p className={styles.loading}>{TRACE_WORDS.loading}</p>;
  const { title, text } =
    phase.kind === 'gone'
      ? { title: TRACE_WORDS.gone, text: phase.message }
      : hasJourneys
        ? TRACE_WORDS.closed
        : TRACE_WORDS.empty;
  return (
    <EmptyState icon="route" title={title} actions={<ExchangePicker />}>
      {text}
    </EmptyState>
  );
}
