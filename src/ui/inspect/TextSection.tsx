import { type MouseEvent, memo, useEffect, useMemo, useRef, useState } from 'react';
import { CommandText } from '../common/CommandText.tsx';
import { type LinkContext, type LinkIndex, linkContext } from '../terminal/elementLinks.ts';
import { LinkedText } from '../terminal/LinkedText.tsx';
import { enterAtFirst, moveBetweenLinks } from '../terminal/linkKeys.ts';
import { useLinkIndex } from '../terminal/useLinkIndex.ts';
import { CopyButton } from './CopyButton.tsx';
import styles from './InspectPanel.module.css';
import type { SectionOf } from './sectionOf.ts';
import { useWindow } from './useWindow.ts';
import { INSPECT_WORDS } from './words.ts';

/** In fewer lines everything is seen at a glance. */
const SEARCHED_FROM = 12;
const WORDS = INSPECT_WORDS.text;

export interface TextSectionProps {
  readonly section: SectionOf<'text'>;
  /** A name in the text was followed: what had the focus goes away. */
  readonly onFollowed: () => void;
}

/** What a tool prints, unchanged, under the command that prints it. Its names and addresses are links. */
export function TextSection({ section, onFollowed }: TextSectionProps) {
  const { title, command, text } = section;
  const [wanted, setWanted] = useState('');
  const lines = useMemo(() => text.replace(/\n$/, '').split('\n'), [text]);
  const found = useMemo(() => {
    const word = wanted.trim().toLowerCase();
    return word === '' ? lines : lines.filter(line => line.toLowerCase().includes(word));
  }, [lines, wanted]);
  return (
    <div className={styles.text}>
      <div className={styles.command}>
        <code className={styles.line}>
          <span className={styles.prompt} aria-hidden="true">
            ${' '}
          </span>
          <CommandText text={command} />
        </code>
        {lines.length >= SEARCHED_FROM && (
          <span className={styles.find}>
            <input
              type="search"
              className={styles.search}
              aria-label={WORDS.find}
              placeholder={WORDS.find}
              value={wanted}
              onChange={event => setWanted(event.target.value)}
            />
            <span role="status">
              {wanted.trim() === '' ? WORDS.all(lines.length) : WORDS.found(found.length, lines.length)}
            </span>
          </span>
        )}
        <CopyButton text={text} title={INSPECT_WORDS.copy.title(command)} />
      </div>
      {text.trim() === '' ? (
        <p className={styles.nothing}>{WORDS.empty}</p>
      ) : found.length === 0 ? (
        <p className={styles.nothing}>{WORDS.noLine}</p>
      ) : (
        <Printed title={title} command={command} lines={found} onFollowed={onFollowed} />
      )}
    </div>
  );
}

interface PrintedProps {
  readonly title: string;
  readonly command: string;
  readonly lines: readonly string[];
  readonly onFollowed: () => void;
}

function Printed({ title, command, lines, onFollowed }: PrintedProps) {
  const index = useLinkIndex();
  const context = useMemo(() => linkContext(command), [command]);
  const section = useRef<HTMLElement>(null);
  const { first, shown, height, offset, onScroll } = useWindow(section, lines.length);
  const longest = useMemo(() => lines.reduce((most, line) => Math.max(most, line.length), 0), [lines]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: they decide which link is the first
  useEffect(() => enterAtFirst(section.current), [lines, index, first]);
  const onClick = (event: MouseEvent): void => {
    if (event.target instanceof Element && event.target.closest('[data-element]') !== null) onFollowed();
  };
  return (
    <section
      ref={section}
      className={styles.output}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so by keyboard too.
      tabIndex={0}
      aria-label={title}
      onScroll={onScroll}
      onKeyDown={moveBetweenLinks}
      onClick={onClick}
    >
      <pre className={styles.printed} style={{ minWidth: `${longest}ch`, height, paddingTop: offset }}>
        {lines.slice(first, first + shown).map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name than their number
          <Line key={first + i} text={line} index={index} context={context} />
        ))}
      </pre>
    </section>
  );
}

const Line = memo(function Line({
  text,
  index,
  context,
}: {
  readonly text: string;
  readonly index: LinkIndex;
  readonly context: LinkContext;
}) {
  return (
    <>
      <LinkedText text={text} index={index} context={context} reach="arrows" />
      {'\n'}
    </>
  );
});
