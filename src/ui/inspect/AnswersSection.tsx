import type { MouseEvent } from 'react';
import type { Evidence } from '../../sim/index.ts';
import { classNames } from '../common/classNames.ts';
import type { LinkIndex } from '../terminal/elementLinks.ts';
import { LinkedText } from '../terminal/LinkedText.tsx';
import { useLinkIndex } from '../terminal/useLinkIndex.ts';
import { Prose } from '../trace/Prose.tsx';
import styles from './AnswersSection.module.css';
import panel from './InspectPanel.module.css';
import type { SectionOf } from './sectionOf.ts';
import { ToTerminal } from './ToTerminal.tsx';
import { INSPECT_WORDS } from './words.ts';

export interface AnswersSectionProps {
  readonly section: SectionOf<'answers'>;
  readonly namespace: string | undefined;
  /** A name was followed: what had the focus goes away. */
  readonly onFollowed: () => void;
}

/** Questions with their evidence: what decides is marked, and each line has the command that shows it. */
export function AnswersSection({ section, namespace, onFollowed }: AnswersSectionProps) {
  const index = useLinkIndex();
  if (section.answers.length === 0) return <p className={panel.nothing}>{INSPECT_WORDS.why.none}</p>;
  const onClick = (event: MouseEvent): void => {
    if (event.target instanceof Element && event.target.closest('[data-element]') !== null) onFollowed();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notes which of the links in it was pressed
    // biome-ignore lint/a11y/useKeyWithClickEvents: a key on a link is a click too
    <div className={panel.facts} onClick={onClick}>
      {section.answers.map(({ question, evidence }) => (
        <section key={question} className={styles.answer} aria-label={question}>
          <h4 className={styles.question}>{question}</h4>
          <ul>
            {evidence.map((row, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: sentences may repeat, and rows have no state of their own.
              <Row key={i} row={row} index={index} namespace={namespace} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** Names of chains are what a machine prints, also in a sentence. */
const inProse = (text: string) => <Prose text={text} />;

function Row({
  row: { part, sentence, line, command },
  index,
  namespace,
}: {
  readonly row: Evidence;
  readonly index: LinkIndex;
  readonly namespace: string | undefined;
}) {
  return (
    <li className={classNames(styles.row, part !== 'fact' && styles[part])}>
      <span className={styles.sentence}>
        {part === 'cause' && <span className="visually-hidden">{INSPECT_WORDS.why.cause}</span>}
        <LinkedText text={sentence} index={index} context={{ namespace }} reach="tab" plain={inProse} />
        {line !== undefined && (
          <code className={styles.line}>
            <LinkedText text={line} index={index} context={{ namespace }} reach="tab" />
          </code>
        )}
      </span>
      {command !== undefined && <ToTerminal command={command} />}
    </li>
  );
}
