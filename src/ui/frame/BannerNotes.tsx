import type { Diagnostic } from '../../client/port.ts';
import { IconButton } from '../common/Button.tsx';
import { useLab, useLesson, useStores } from '../StoresContext.ts';
import { Troubles } from '../surviving/Troubles.tsx';
import styles from './BannerNotes.module.css';
import { Failure } from './Failure.tsx';
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
          title={phase.during === 'opening' ? 'The lab could not start.' : 'The lab stopped.'}
          action={{ label: 'Restart the lab', onPress: () => void stores.reopen() }}
          other={{ label: 'Open it as it was at first', onPress: () => void stores.restart() }}
        >
          <p>The reason: {phase.message}.</p>
          <p>Text, answers and progress are kept. Restarting opens this cluster as it was last saved.</p>
          {phase.during === 'opening' && (
            <p>If it does not start again, reload the page, and look whether the browser blocks Web Workers.</p>
          )}
        </Failure>
      )}
      {phase.kind === 'refused' && (
        <Failure
          title="This cluster was not opened."
          action={
            route?.kind === 'sandbox' && phase.source !== 'manifests'
              ? { label: 'Back to the sandbox', onPress: () => void stores.closeRecorded() }
              : { label: 'Restart the lab', onPress: () => void stores.restart() }
          }
        >
          <Problems problems={phase.problems} />
          {phase.source === 'manifests' && (
            <p>Answers and progress are kept. Restarting opens this cluster as it was at first.</p>
          )}
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
          Line {problem.range.startLine}
          {problem.object !== undefined && `, ${problem.object}`}: {problem.message}
          {problem.hint !== undefined && <span className={styles.hint}>{problem.hint}</span>}
        </li>
      ))}
      {more > 0 && <li>{more === 1 ? 'and 1 more problem' : `and ${more} more problems`}</li>}
    </ul>
  );
}

/** The lesson changed since it was done. */
function ChangedNote() {
  const { lesson } = useStores();
  const changed = useLesson(state => state.changed);
  if (changed === undefined) return null;
  const { newQuestions } = changed;
  const news =
    newQuestions === 0 ? '' : newQuestions === 1 ? '; 1 question is new' : `; ${newQuestions} questions are new`;
  return (
    <div className={styles.note} role="status">
      <p className={styles.text}>This lesson changed since you did it. Your answers are kept{news}.</p>
      <IconButton icon="close" dense label="Close this note" onPress={() => lesson.dismissChanged()} />
    </div>
  );
}
