import type { Diagnostic } from '../../client/port.ts';
import { IconButton } from '../common/Button.tsx';
import { useLab, useLesson, useStores } from '../StoresContext.ts';
import { Troubles } from '../surviving/Troubles.tsx';
import styles from './BannerNotes.module.css';
import { Failure } from './Failure.tsx';
import { CHANGED_WORDS, FAILURE_WORDS } from './noteWords.ts';
import { useRoute } from './routes.ts';
import { ServedFailure } from './ServedFailure.tsx';

/** Problems that are listed; the rest is a count. */
const MOST_PROBLEMS = 4;

/** Under the header: what happened to the lab or to the lesson, why, and what to do. Nothing while all is well. */
export function BannerNotes() {
  const stores = useStores();
  const phase = useLab(state => state.phase);
  const route = useRoute();
  return (
    <>
      {phase.kind === 'stopped' && phase.source === 'served' && <ServedFailure {...phase} />}
      {phase.kind === 'stopped' && phase.source !== 'served' && (
        <Failure
          title={phase.during === 'opening' ? FAILURE_WORDS.notStarted : FAILURE_WORDS.stopped}
          action={{ label: FAILURE_WORDS.restart, onPress: () => void stores.reopen() }}
          other={{ label: FAILURE_WORDS.atFirst, onPress: () => void stores.restart() }}
        >
          <p>{FAILURE_WORDS.reason(phase.message)}</p>
          <p>{FAILURE_WORDS.kept}</p>
          {phase.during === 'opening' && <p>{FAILURE_WORDS.again}</p>}
        </Failure>
      )}
      {phase.kind === 'refused' && (
        <Failure
          title={FAILURE_WORDS.refused}
          action={
            route?.kind === 'sandbox' && phase.source !== 'manifests'
              ? { label: FAILURE_WORDS.toSandbox, onPress: () => void stores.closeRecorded() }
              : { label: FAILURE_WORDS.restart, onPress: () => void stores.restart() }
          }
        >
          <Problems problems={phase.problems} />
          {phase.source === 'manifests' && <p>{FAILURE_WORDS.keptAnswers}</p>}
        </Failure>
      )}
      <Troubles />
      <ChangedNote />
    </>
  );
}

function Problems({ problems }: { readonly problems: readonly Diagnostic[] }) {
  const more = problems.length - MOST_PROBLEMS;
  return (
    <ul className={styles.problems}>
      {problems.slice(0, MOST_PROBLEMS).map(problem => (
        <li key={`${problem.range.startLine} ${problem.field ?? ''} ${problem.message}`}>
          {FAILURE_WORDS.line(problem.range.startLine, problem.object)}: {problem.message}
          {problem.hint !== undefined && <span className={styles.hint}>{problem.hint}</span>}
        </li>
      ))}
      {more > 0 && <li>{FAILURE_WORDS.more(more)}</li>}
    </ul>
  );
}

/** The lesson changed since it was done. */
function ChangedNote() {
  const { lesson } = useStores();
  const changed = useLesson(state => state.changed);
  if (changed === undefined) return null;
  return (
    <div className={styles.note} role="status">
      <p className={styles.text}>{CHANGED_WORDS.text(changed.newQuestions)}</p>
      <IconButton icon="close" dense label={CHANGED_WORDS.close} onPress={() => lesson.dismissChanged()} />
    </div>
  );
}
