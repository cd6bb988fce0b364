import { Fragment } from 'react';
import type { Diagnostic, LabReading } from '../../client/port.ts';
import { ConfirmDialog } from '../common/Dialog.tsx';
import { useStores } from '../StoresContext.ts';
import styles from './OpenDialog.module.css';
import { visibleText } from './visibleText.ts';
import { whatIsLost } from './whatIsLost.ts';
import { KEEP_WORDS, OPEN_WORDS } from './words.ts';

/** Names of one kind that are shown. */
const MOST_NAMES = 8;
const MOST_PROBLEMS = 6;

export interface OpenDialogProps {
  readonly title: string;
  readonly reading: Extract<LabReading, { readonly kind: 'lab' }>;
  readonly onKeep: () => void;
  readonly onOpen: () => void;
}

/** What a text holds, before it becomes the sandbox's lab. */
export function OpenDialog({ title, reading, onKeep, onOpen }: OpenDialogProps) {
  const stores = useStores();
  const { from, name, nodes, objects, leftOut, text } = reading;
  return (
    <ConfirmDialog title={title} keep={OPEN_WORDS.keep} confirm={OPEN_WORDS.open} onKeep={onKeep} onConfirm={onOpen}>
      <p>{OPEN_WORDS.holds(from, visibleText(name))}</p>
      <dl className={styles.contents}>
        <Row term={OPEN_WORDS.nodes(nodes)} names={nodes} />
        {objects.map(({ kind, names }) => (
          <Row key={kind} term={OPEN_WORDS.objects(visibleText(kind), names.length)} names={names} />
        ))}
      </dl>
      {objects.length === 0 && <p>{OPEN_WORDS.none}</p>}
      {leftOut.length > 0 && (
        <details className={styles.leftOut}>
          <summary>{OPEN_WORDS.leftOut(leftOut.length)}</summary>
          <ul>
            {leftOut.map(({ object, reason }) => (
              <li key={`${object} ${reason}`}>
                <span className={styles.object}>{visibleText(object)}:</span> {visibleText(reason)}
              </li>
            ))}
          </ul>
        </details>
      )}
      <p className={styles.size}>{OPEN_WORDS.size(new TextEncoder().encode(text).length)}</p>
      <p>{whatIsLost(stores)}</p>
    </ConfirmDialog>
  );
}

function Row({ term, names }: { readonly term: string; readonly names: readonly string[] }) {
  const more = names.length - MOST_NAMES;
  const shown = names.slice(0, MOST_NAMES);
  return (
    <>
      <dt>{term}</dt>
      <dd>
        {shown.map((name, i) => (
          <Fragment key={name}>
            <span className={styles.name}>{`${visibleText(name)}${i < shown.length - 1 ? ',' : ''}`}</span>{' '}
          </Fragment>
        ))}
        {more > 0 && OPEN_WORDS.more(more)}
      </dd>
    </>
  );
}

export interface RefusedDialogProps {
  readonly message?: string;
  readonly problems?: readonly Diagnostic[];
  readonly onClose: () => void;
}

/** Why something does not open, and that nothing changed. */
export function RefusedDialog({ message, problems = [], onClose }: RefusedDialogProps) {
  const more = problems.length - MOST_PROBLEMS;
  return (
    <ConfirmDialog title={OPEN_WORDS.refusedTitle} keep={KEEP_WORDS.close} onKeep={onClose}>
      {message !== undefined && <p>{message}</p>}
      {problems.length > 0 && (
        <ul className={styles.problems}>
          {problems.slice(0, MOST_PROBLEMS).map(({ range, object, message: problem, hint }) => (
            <li key={`${range.startLine} ${problem}`}>
              <span className={styles.object}>
                {OPEN_WORDS.line(range.startLine)}
                {object !== undefined && `, ${visibleText(object)}`}:
              </span>{' '}
              {visibleText(problem)} {hint !== undefined && visibleText(hint)}
            </li>
          ))}
          {more > 0 && <li>{OPEN_WORDS.moreProblems(more)}</li>}
        </ul>
      )}
      <p>{OPEN_WORDS.untouched}</p>
    </ConfirmDialog>
  );
}
