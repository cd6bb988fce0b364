import { memo, useEffect, useMemo, useRef, useState } from 'react';
import type { CommandOutput } from '../../client/port.ts';
import { Button } from '../common/Button.tsx';
import { classNames } from '../common/classNames.ts';
import styles from './BlockOutput.module.css';
import { BLOCK_WORDS } from './blockWords.ts';
import type { LinkContext, LinkIndex } from './elementLinks.ts';
import { LinkedText } from './LinkedText.tsx';
import { enterAtFirst, moveBetweenLinks } from './linkKeys.ts';
import { lineText, type ScreenLine, screenLines } from './screenLines.ts';

/** Lines that are shown at first: a page of ten thousand lines is slow and nobody reads it from the top. */
const FIRST_SHOWN = 400;
/** Wider lines may need to be scrolled, which the keyboard can do only where it can go. */
const SURELY_FITS = 60;

export interface BlockOutputProps {
  readonly output: readonly CommandOutput[];
  readonly command: string;
  readonly index: LinkIndex;
  readonly context: LinkContext;
}

/** What a command printed, line by line. Its links are one stop of the Tab key; the arrow keys go from link to link. */
export function BlockOutput({ output, command, index, context }: BlockOutputProps) {
  const [shown, setShown] = useState<'last' | 'all'>('last');
  const lines = useMemo(() => screenLines(output), [output]);
  const hidden = shown === 'all' ? 0 : Math.max(0, lines.length - FIRST_SHOWN);
  const isWide = useMemo(() => lines.some(line => lineText(line).length > SURELY_FITS), [lines]);
  const section = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: they decide which link is the first
  useEffect(() => {
    enterAtFirst(section.current);
  }, [lines, index, hidden]);
  // The button goes away: the focus goes on to what it showed.
  const showAll = (): void => {
    setShown('all');
    section.current?.focus();
  };
  if (lines.length === 0) return null;
  return (
    <>
      {hidden > 0 && (
        <Button dense look="quiet" onPress={showAll}>
          {BLOCK_WORDS.earlier(hidden)}
        </Button>
      )}
      {/* A region of its own would make every command a landmark of the page. */}
      {/* biome-ignore lint/a11y/useSemanticElements: a group of lines is no group of form fields */}
      <div
        role="group"
        ref={section}
        className={styles.output}
        aria-label={BLOCK_WORDS.outputOf(command)}
        tabIndex={isWide ? 0 : -1}
        onKeyDown={moveBetweenLinks}
      >
        {lines.slice(hidden).map((line, number) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name than their number
          <OutputLine key={hidden + number} line={line} index={index} context={context} />
        ))}
      </div>
    </>
  );
}

interface OutputLineProps {
  readonly line: ScreenLine;
  readonly index: LinkIndex;
  readonly context: LinkContext;
}

const OutputLine = memo(
  function OutputLine({ line, index, context }: OutputLineProps) {
    return (
      <div className={classNames(styles.line, line[0]?.stream === 'err' && styles.error)}>
        {line.map(({ text }, number) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: runs of a line have no other name than their number
          <LinkedText key={number} text={text} index={index} context={context} reach="arrows" />
        ))}
        {'\n'}
      </div>
    );
  },
  (before, after) =>
    before.index === after.index &&
    before.context === after.context &&
    before.line[0]?.stream === after.line[0]?.stream &&
    lineText(before.line) === lineText(after.line),
);
