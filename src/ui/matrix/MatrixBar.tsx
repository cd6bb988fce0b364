import {
  answerWord,
  changedCells,
  isChangedSince,
  type MatrixPlan,
  type MatrixRun,
  type MatrixState,
} from '../../store/matrixStore.ts';
import { ActionMenu } from '../common/ActionMenu.tsx';
import { Button } from '../common/Button.tsx';
import { useLab } from '../StoresContext.ts';
import styles from './MatrixPanel.module.css';
import { matrixCsv, matrixText } from './matrixText.ts';
import { MATRIX_WORDS, verdictWord } from './words.ts';

export interface MatrixBarProps {
  readonly state: MatrixState;
  /** What a run would ask now. */
  readonly plan: MatrixPlan;
  /** Why it cannot be run. */
  readonly blocked: string | undefined;
  readonly form: 'open' | 'closed';
  readonly onForm: () => void;
  readonly onRun: () => void;
  readonly onStop: () => void;
  readonly onSay: (text: string) => void;
}

/** Run, choose, what came of it, and taking it along. */
export function MatrixBar({ state, plan, blocked, form, onForm, onRun, onStop, onSay }: MatrixBarProps) {
  const { run, phase } = state;
  const isStale = useLab(lab => run !== undefined && isChangedSince(run.stamp, lab));
  const copy = (text: string): void => {
    navigator.clipboard?.writeText(text).then(
      () => onSay(MATRIX_WORDS.keep.copied),
      () => onSay(MATRIX_WORDS.keep.notCopied),
    );
  };
  return (
    <div className={styles.bar}>
      {phase.kind === 'running' ? (
        <Button dense icon="close" onPress={onStop}>
          {MATRIX_WORDS.stop}
        </Button>
      ) : run === undefined ? null : (
        <Button dense look={isStale ? 'primary' : 'default'} icon="runAgain" blocked={blocked} onPress={onRun}>
          {MATRIX_WORDS.again}
        </Button>
      )}
      <Button dense icon="legend" expanded={form === 'open'} onPress={onForm}>
        {MATRIX_WORDS.choose}
        <span className={styles.size}>{MATRIX_WORDS.size(plan.rows.length, plan.columns.length)}</span>
      </Button>
      <p className={styles.said} role="status">
        {saying(state)} {isStale && phase.kind !== 'running' && <strong>{MATRIX_WORDS.stale}</strong>}
      </p>
      {run !== undefined && (
        <span className={styles.end}>
          <ActionMenu
            label={MATRIX_WORDS.keep.label}
            actions={[
              { label: MATRIX_WORDS.keep.text, icon: 'copy', onPress: () => copy(matrixText(run)) },
              { label: MATRIX_WORDS.keep.csv, icon: 'file', onPress: () => copy(matrixCsv(run)) },
            ]}
          />
        </span>
      )}
    </div>
  );
}

function saying(state: MatrixState): string {
  const { phase, run, before } = state;
  switch (phase.kind) {
    case 'idle':
      return '';
    case 'running':
      return MATRIX_WORDS.running(phase.done, phase.all);
    case 'stopped':
      return MATRIX_WORDS.stopped(phase.done, phase.all);
    case 'failed':
      return `${MATRIX_WORDS.failed} ${phase.message}`;
    case 'done': {
      const verdicts = run === undefined ? [] : verdictCounts(run);
      const changed = before.size === 0 ? '' : ` ${MATRIX_WORDS.changed(changedCells({ run, before }))}`;
      return MATRIX_WORDS.done(verdicts) + changed;
    }
  }
}

/** How often each verdict was given, in its word: what arrived first, then the most frequent. */
function verdictCounts({ answers }: MatrixRun): readonly (readonly [word: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const row of answers.values())
    for (const answer of row) {
      const word = verdictWord(answerWord(answer));
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  const rank = ([word, count]: readonly [string, number]): number => (word === 'ok' ? Number.MAX_SAFE_INTEGER : count);
  return [...counts].sort((a, b) => rank(b) - rank(a));
}
