import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReachEnd } from '../../client/port.ts';
import { messageOf } from '../../store/labStore.ts';
import { type MatrixColumn, type MatrixPlan, questionOf } from '../../store/matrixStore.ts';
import { Button } from '../common/Button.tsx';
import { EmptyState } from '../common/EmptyState.tsx';
import { LateNote } from '../common/LateNote.tsx';
import { Toast } from '../common/Toast.tsx';
import { useLab, useStores } from '../StoresContext.ts';
import { useOpenTrace } from '../terminal/useOpenTrace.ts';
import { MatrixBar } from './MatrixBar.tsx';
import { MatrixForm } from './MatrixForm.tsx';
import { MatrixGrid } from './MatrixGrid.tsx';
import styles from './MatrixPanel.module.css';
import { type MatrixChoice, MOST_CELLS, planMatrix } from './matrixPlan.ts';
import { useMatrix } from './useMatrix.ts';
import { MATRIX_WORDS } from './words.ts';

/** Who reaches whom: every chosen end against every chosen port. */
export function MatrixPanel() {
  const { client, layout, selection } = useStores();
  const { matrix, state, choice, choose, place, goTo } = useMatrix();
  const [form, setForm] = useState<'open' | 'closed'>('closed');
  const [said, setSaid] = useState<string | undefined>(undefined);
  const openTrace = useOpenTrace();
  const { ends, run } = state;
  const plan = useMemo(() => planMatrix(ends ?? [], choice), [ends, choice]);
  const openCell = async (row: ReachEnd, column: MatrixColumn): Promise<void> => {
    try {
      const sent = await client.send(questionOf(row, column));
      if (sent.kind === 'not-sent') return setSaid(sent.because);
      layout.set({ sheet: undefined });
      openTrace(sent.exchange);
    } catch (error) {
      setSaid(messageOf(error));
    }
  };
  // The button that was pressed goes away: the focus goes on to the cells.
  const panel = useRef<HTMLElement>(null);
  const focus = useRef<'stays' | 'goes-on'>('stays');
  const hasRun = run !== undefined;
  const startHere = (): void => {
    focus.current = 'goes-on';
    // The choice was made: the cells have its room.
    setForm('closed');
    void matrix.start(plan);
  };
  useEffect(() => {
    if (!hasRun || focus.current === 'stays') return;
    focus.current = 'stays';
    panel.current?.querySelector<HTMLElement>('[role=grid] [tabindex="0"]')?.focus();
  }, [hasRun]);
  const isOpen = useLab(({ phase }) => phase.kind === 'open');
  // A lab that is not open says so elsewhere.
  if (ends === undefined) return <LateNote text={isOpen ? MATRIX_WORDS.looking : undefined} className={styles.note} />;
  const problem = problemOf(plan, ends, choice);
  return (
    <section ref={panel} className={styles.panel} aria-label={MATRIX_WORDS.title}>
      <MatrixBar
        state={state}
        plan={plan}
        blocked={problem?.title}
        form={form}
        onForm={() => setForm(form === 'open' ? 'closed' : 'open')}
        onRun={() => void matrix.start(plan)}
        onStop={matrix.stop}
        onSay={setSaid}
      />
      {form === 'open' && <MatrixForm ends={ends} choice={choice} onChoose={choose} />}
      {problem !== undefined && (form === 'open' || run === undefined) ? (
        <EmptyState
          icon="matrix"
          title={problem.title}
          actions={
            problem.way === 'ask-all' ? (
              <Button onPress={() => choose(everything(choice))}>{MATRIX_WORDS.missing.askAll}</Button>
            ) : (
              form === 'closed' && <Button onPress={() => setForm('open')}>{MATRIX_WORDS.choose}</Button>
            )
          }
        >
          {problem.text}
        </EmptyState>
      ) : run === undefined ? (
        <EmptyState
          icon="matrix"
          title={MATRIX_WORDS.empty.title}
          actions={
            <Button look="primary" icon="play" onPress={startHere}>
              {MATRIX_WORDS.run}
            </Button>
          }
        >
          {MATRIX_WORDS.empty.text(plan.rows.length, plan.columns.length)}
        </EmptyState>
      ) : (
        <MatrixGrid
          run={run}
          before={state.before}
          place={place}
          onGo={goTo}
          onOpen={(row, column) => void openCell(row, column)}
          onSelect={selection.select}
        />
      )}
      {said !== undefined && (
        <Toast text={said} closeLabel={MATRIX_WORDS.keep.close} onClose={() => setSaid(undefined)} />
      )}
    </section>
  );
}

interface Problem {
  readonly title: string;
  readonly text: string;
  /** `ask-all`: it is over when everything of the cluster is asked. */
  readonly way: 'choose' | 'ask-all';
}

/** Why a plan cannot be run. */
function problemOf(
  { rows, columns }: MatrixPlan,
  ends: readonly ReachEnd[],
  choice: MatrixChoice,
): Problem | undefined {
  const { missing, tooMany } = MATRIX_WORDS;
  if (rows.length === 0) return { ...missing.rows, way: 'choose' };
  if (columns.length === 0) {
    const ofAll = planMatrix(ends, everything(choice)).columns;
    return ofAll.length === 0 ? { ...missing.columns, way: 'choose' } : { ...missing.own, way: 'ask-all' };
  }
  const count = rows.length * columns.length;
  if (count <= MOST_CELLS) return undefined;
  return { title: tooMany.title(count), text: tooMany.text(MOST_CELLS), way: 'choose' };
}

/** The same ends, of all namespaces. */
const everything = (choice: MatrixChoice): MatrixChoice => ({
  ...choice,
  to: choice.to.namespace.kind === 'own' ? { ...choice.to, namespace: { kind: 'all' } } : choice.to,
});
