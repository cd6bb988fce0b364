import type { Diagnostic, TextRange } from '../../client/port.ts';
import { Icon } from '../common/Icon.tsx';
import { MeaningIcon } from '../common/Tag.tsx';
import { useEditor } from '../StoresContext.ts';
import styles from './ProblemList.module.css';
import { documentsOf, EDITOR_WORDS, listProblems, placeOf } from './words.ts';

export interface ProblemListProps {
  readonly problems: readonly Diagnostic[];
  readonly onGoTo: (range: TextRange) => void;
}

/** What is wrong with the open file: place, message, what to try. A press leads to the place. */
export function ProblemList({ problems, onGoTo }: ProblemListProps) {
  const documents = useEditor(state =>
    problems.length === 0 ? 'one' : documentsOf(state.files.find(file => file.name === state.open)?.text ?? ''),
  );
  if (problems.length === 0) return null;
  return (
    <section className={styles.list} aria-label={EDITOR_WORDS.problems}>
      <ul>
        {listProblems(problems).map(({ key, problem }) => (
          <li key={key}>
            <button type="button" className={styles.problem} onClick={() => onGoTo(problem.range)}>
              <SeverityIcon severity={problem.severity} />
              <span className={styles.words}>
                <span className={styles.place}>{placeOf(problem, documents)}</span>
                <span className={styles.message}>{problem.message}</span>
                {problem.hint !== undefined && <span className={styles.hint}>{problem.hint}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function SeverityIcon({ severity }: { readonly severity: Diagnostic['severity'] }) {
  if (severity === 'error') return <MeaningIcon meaning="drop" word={EDITOR_WORDS.severities.error} size={16} />;
  if (severity === 'warning') return <MeaningIcon meaning="pending" word={EDITOR_WORDS.severities.warning} size={16} />;
  return (
    <span className={styles.hintIcon}>
      <Icon name="hint" size={16} />
      <span className="visually-hidden">{EDITOR_WORDS.severities.hint}</span>
    </span>
  );
}
