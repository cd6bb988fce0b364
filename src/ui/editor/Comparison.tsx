import type { ReviewedDocument } from '../../client/manifest/questions.ts';
import type { TextRange } from '../../client/port.ts';
import type { FileReview } from '../../store/fileReviews.ts';
import { IconButton } from '../common/Button.tsx';
import { classNames } from '../common/classNames.ts';
import { MeaningIcon } from '../common/Tag.tsx';
import styles from './Comparison.module.css';
import { diffLines } from './fileMark.ts';
import { MarkSign } from './MarkSign.tsx';
import { EDITOR_WORDS as WORDS } from './words.ts';

export interface ComparisonProps {
  /** Undefined: the answer is under way. */
  readonly review: FileReview | undefined;
  /** `earlier-text`: the text was changed since; what was found stays in its place until the next answer. */
  readonly about: 'text' | 'earlier-text';
  readonly onGoTo: (range: TextRange) => void;
  readonly onClose: () => void;
}

/** What applying the open file would change, document by document: each as `kubectl diff` shows it. */
export function Comparison({ review, about, onGoTo, onClose }: ComparisonProps) {
  const isEarlier = about === 'earlier-text';
  return (
    <section className={styles.comparison} aria-label={WORDS.comparison} aria-busy={isEarlier}>
      <div className={styles.head}>
        <h3 className={styles.title}>{WORDS.comparison}</h3>
        <IconButton icon="close" label={WORDS.closeComparison} dense onPress={onClose} />
      </div>
      {review?.kind === 'compared' && review.documents.length > 0 ? (
        <ul className={classNames(isEarlier && styles.earlier)}>
          {review.documents.map(document => (
            <li key={document.document}>
              <DocumentRow document={document} about={about} onGoTo={onGoTo} />
            </li>
          ))}
        </ul>
      ) : (
        <p className={styles.none}>{isEarlier ? WORDS.comparing : insteadOf(review)}</p>
      )}
    </section>
  );
}

function insteadOf(review: FileReview | undefined): string {
  if (review === undefined) return WORDS.comparing;
  if (review.kind === 'too-long') return WORDS.tooLong;
  if (review.kind === 'failed') return WORDS.notCompared(review.message);
  return WORDS.nothingToCompare;
}

type DocumentRowProps = { readonly document: ReviewedDocument } & Pick<ComparisonProps, 'about' | 'onGoTo'>;

function DocumentRow({ document, about, onGoTo }: DocumentRowProps) {
  const isEarlier = about === 'earlier-text';
  const { line, object, state, hunks, message } = document;
  const range = { startLine: line, startColumn: 1, endLine: line, endColumn: 1 };
  return (
    <>
      <button type="button" className={styles.row} onClick={() => onGoTo(range)}>
        {!isEarlier && <MarkSign mark={state} />}
        <span className={styles.object}>{object}</span>
        <span className={styles.state}>{isEarlier ? WORDS.comparing : WORDS.states[state]}</span>
        <span className={styles.line}>{WORDS.line(line)}</span>
      </button>
      {message !== undefined && !isEarlier && (
        <p className={styles.message}>
          <MeaningIcon meaning="drop" word="" size={16} />
          {message}
        </p>
      )}
      {state === 'new' && hunks !== '' && (
        <details className={styles.details}>
          <summary className={styles.summary}>{WORDS.newHunks}</summary>
          <Hunks hunks={hunks} />
        </details>
      )}
      {state !== 'new' && hunks !== '' && <Hunks hunks={hunks} />}
    </>
  );
}

/** Signs and form say what the lines are: what goes is struck out, what comes stands on the marker. */
function Hunks({ hunks }: { readonly hunks: string }) {
  return (
    // It scrolls sideways, so that the keyboard must reach it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
    <pre className={styles.hunks} tabIndex={0}>
      {diffLines(hunks).map(({ kind, text, key }) => {
        if (kind === 'added') return <Line key={key} as="ins" look={styles.added} sign="+" text={text} />;
        if (kind === 'gone') return <Line key={key} as="del" look={styles.gone} sign="-" text={text} />;
        return <Line key={key} as="span" look={kind === 'place' ? styles.place : undefined} sign=" " text={text} />;
      })}
    </pre>
  );
}

interface LineProps {
  readonly as: 'ins' | 'del' | 'span';
  readonly look: string | undefined;
  readonly sign: string;
  readonly text: string;
}

function Line({ as: Element, look, sign, text }: LineProps) {
  return (
    <Element className={classNames(styles.diffLine, look)}>
      <span className={styles.sign}>{sign}</span>
      {/* The line through what goes does not cross its indentation. */}
      {/^ */.exec(text)}
      <span className={styles.text}>{text.trimStart()}</span>
      {'\n'}
    </Element>
  );
}
