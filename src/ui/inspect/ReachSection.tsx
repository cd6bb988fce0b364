import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReachAnswer, ReachEnd } from '../../client/port.ts';
import { messageOf } from '../../store/labStore.ts';
import {
  answerWord,
  isChangedSince,
  type LabStamp,
  type MatrixColumn,
  questionOf,
  stampOf,
} from '../../store/matrixStore.ts';
import { Button } from '../common/Button.tsx';
import { Tag } from '../common/Tag.tsx';
import { columnsOf } from '../matrix/matrixPlan.ts';
import { answerMeaning, portWord, verdictWord } from '../matrix/words.ts';
import { useLab, useStores } from '../StoresContext.ts';
import { useOpenTrace } from '../terminal/useOpenTrace.ts';
import panel from './InspectPanel.module.css';
import styles from './ReachSection.module.css';
import { INSPECT_WORDS } from './words.ts';

const WORDS = INSPECT_WORDS.reach;
/** Questions in one call: so long does a command wait that is typed meanwhile. */
const BATCH = 20;
/** Of those that reach it, so many are shown at first. */
const FIRST_OK = 20;

interface Asked {
  readonly from: ReachEnd;
  readonly column: MatrixColumn;
  readonly answer: ReachAnswer;
}

type Phase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly all: number }
  | { readonly kind: 'over'; readonly stamp: LabStamp }
  | { readonly kind: 'failed'; readonly message: string };

/** Everybody else asks the selected one, on every port that it has. */
export function ReachSection({ end }: { readonly end: ReachEnd }) {
  const { client, lab } = useStores();
  const elements = useLab(state => state.elements);
  const [ends, setEnds] = useState<readonly ReachEnd[]>([]);
  const [asked, setAsked] = useState<readonly Asked[]>([]);
  const [phase, setPhase] = useState<Phase>({ kind: 'idle' });
  const turn = useRef(0);
  const isStale = useLab(state => phase.kind === 'over' && isChangedSince(phase.stamp, state));
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever something comes or goes, who can ask may too.
  useEffect(() => {
    client.reachEnds().then(setEnds, () => undefined);
  }, [client, elements]);
  useEffect(() => () => void turn.current++, []);
  const askers = useMemo(
    () => ends.filter(({ kind, element }) => kind !== 'service' && element !== end.element),
    [ends, end],
  );
  const ask = async (): Promise<void> => {
    const own = ++turn.current;
    const columns = columnsOf(end, { kind: 'open' });
    const questions = askers.flatMap(from => columns.map(column => ({ from, column })));
    const stamp = stampOf(lab.getState());
    setAsked([]);
    setPhase({ kind: 'running', all: questions.length });
    try {
      for (let at = 0; at < questions.length; at += BATCH) {
        const part = questions.slice(at, at + BATCH);
        const answers = await client.reach(part.map(({ from, column }) => questionOf(from, column)));
        if (own !== turn.current) return;
        const told = part.flatMap((one, i): readonly Asked[] => {
          const answer = answers[i];
          return answer === undefined ? [] : [{ ...one, answer }];
        });
        setAsked(before => [...before, ...told]);
      }
      setPhase({ kind: 'over', stamp });
    } catch (error) {
      if (own === turn.current) setPhase({ kind: 'failed', message: messageOf(error) });
    }
  };
  const stop = (): void => {
    turn.current++;
    setPhase({ kind: 'idle' });
  };
  if (askers.length === 0) return <p className={panel.nothing}>{WORDS.nobody}</p>;
  return (
    <div className={panel.facts}>
      <div className={styles.bar}>
        {phase.kind === 'running' ? (
          <Button dense icon="close" onPress={stop}>
            {WORDS.stop}
          </Button>
        ) : (
          <Button
            dense
            look={asked.length === 0 || isStale ? 'primary' : 'default'}
            icon={asked.length === 0 ? 'request' : 'runAgain'}
            onPress={() => void ask()}
          >
            {asked.length === 0 ? WORDS.ask : WORDS.again}
          </Button>
        )}
        <p className={styles.said} role="status">
          {phase.kind === 'idle' && asked.length === 0 && WORDS.intro(end.name, askers.length)}
          {phase.kind === 'running' && WORDS.running(asked.length, phase.all)}
          {phase.kind === 'over' && WORDS.done(asked.filter(isOk).length, asked.length)}
          {phase.kind === 'failed' && phase.message}
          {isStale && <strong> {WORDS.stale}</strong>}
        </p>
      </div>
      {asked.length > 0 && <Answers asked={asked} />}
    </div>
  );
}

const isOk = ({ answer }: Asked): boolean => answerMeaning(answer) === 'ok';

/** Who does not reach it first. */
function Answers({ asked }: { readonly asked: readonly Asked[] }) {
  const [shown, setShown] = useState<'first' | 'all'>('first');
  const well = asked.filter(isOk);
  const hidden = shown === 'all' ? 0 : Math.max(0, well.length - FIRST_OK);
  const rows = [...asked.filter(one => !isOk(one)), ...well.slice(0, well.length - hidden)];
  return (
    <>
      <ul className={styles.list} aria-label={WORDS.list}>
        {rows.map(one => (
          <Answer key={`${one.from.element} ${portWord(one.column)}`} asked={one} />
        ))}
      </ul>
      {hidden > 0 && (
        <p className={styles.more}>
          {WORDS.more(hidden)}{' '}
          <Button dense look="quiet" onPress={() => setShown('all')}>
            {WORDS.showAll}
          </Button>
        </p>
      )}
    </>
  );
}

function Answer({ asked: { from, column, answer } }: { readonly asked: Asked }) {
  const { client, layout, selection } = useStores();
  const openTrace = useOpenTrace();
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const trace = async (): Promise<void> => {
    try {
      const sent = await client.send(questionOf(from, column));
      if (sent.kind === 'not-sent') return setRefused(sent.because);
      layout.set({ sheet: undefined });
      openTrace(sent.exchange);
    } catch (error) {
      setRefused(messageOf(error));
    }
  };
  return (
    <li className={styles.row}>
      <button type="button" className={panel.link} onClick={() => selection.select(from.element)}>
        {from.name}
      </button>
      <span className={styles.port}>{portWord(column)}</span>
      <Tag meaning={answerMeaning(answer)}>{verdictWord(answerWord(answer))}</Tag>
      <span className={styles.outcome}>
        {refused ?? (answer.kind === 'answered' ? answer.outcome.replace(/^[^·]*· /, '') : answer.because)}
      </span>
      {answer.kind === 'answered' && (
        <Button
          dense
          look="quiet"
          icon="route"
          title={WORDS.traceOf(from.name, portWord(column))}
          onPress={() => void trace()}
        >
          {WORDS.trace}
        </Button>
      )}
    </li>
  );
}
