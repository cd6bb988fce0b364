import { type RefObject, useImperativeHandle, useLayoutEffect, useMemo, useRef } from 'react';
import type { TextRange } from '../../client/port.ts';
import { useEditor, useStores } from '../StoresContext.ts';
import styles from './EditorSurface.module.css';
import type { Handover, Surface } from './surface.ts';
import { EDITOR_WORDS } from './words.ts';

export interface PlainTextProps {
  readonly surface: RefObject<Surface | null>;
  /** Gets where the learner was when Monaco takes over. */
  readonly handover: RefObject<Handover | undefined>;
}

/** The open file in a textarea: until Monaco is there, where it cannot be loaded, and on touch screens. */
export function PlainText({ surface, handover }: PlainTextProps) {
  const { editor } = useStores();
  const open = useEditor(state => state.open);
  const text = useEditor(state => state.files.find(file => file.name === state.open)?.text ?? '');
  const area = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(surface, () => ({
    goTo: range => goTo(area.current, range),
    focus: () => area.current?.focus(),
  }));
  useLayoutEffect(() => {
    const element = area.current;
    return () => {
      if (element === null) return;
      const { selectionStart: start, selectionEnd: end } = element;
      handover.current = { start, end, focus: document.activeElement === element ? 'had' : 'elsewhere' };
    };
  }, [handover]);
  const numbers = useRef<HTMLDivElement>(null);
  return (
    <div className={styles.plainFrame}>
      <LineNumbers numbers={numbers} text={text} />
      <textarea
        ref={area}
        className={styles.plain}
        aria-label={EDITOR_WORDS.textOf(open)}
        value={text}
        placeholder={EDITOR_WORDS.placeholder}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        onChange={event => editor.setText(event.target.value)}
        onScroll={event => {
          if (numbers.current !== null) numbers.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
    </div>
  );
}

interface LineNumbersProps {
  readonly numbers: RefObject<HTMLDivElement | null>;
  readonly text: string;
}

/** Beside the text, scrolled with it; lines with a problem are marked. The list of problems says the same aloud. */
function LineNumbers({ numbers, text }: LineNumbersProps) {
  const diagnostics = useEditor(state => state.diagnostics);
  const count = useMemo(() => text.split('\n').length, [text]);
  const all = useMemo(() => Array.from({ length: count }, (_, i) => i + 1).join('\n'), [count]);
  const marked = new Set(
    diagnostics.flatMap(({ severity, range }) =>
      severity === 'hint' || range.startLine > count ? [] : [range.startLine],
    ),
  );
  return (
    <div ref={numbers} className={styles.numbers} aria-hidden="true">
      <div className={styles.numberColumn}>
        {all}
        {[...marked].map(line => (
          <span key={line} className={styles.problemNumber} style={{ top: `${(line - 1) * LINE_REM}rem` }}>
            {line}
          </span>
        ))}
      </div>
    </div>
  );
}

/** The height of a line: --text-mono. */
const LINE_REM = 1.25;

function goTo(area: HTMLTextAreaElement | null, range: TextRange): void {
  if (area === null) return;
  area.focus();
  area.setSelectionRange(
    offsetAt(area.value, range.startLine, range.startColumn),
    offsetAt(area.value, range.endLine, range.endColumn),
  );
  const lineHeight = Number.parseFloat(getComputedStyle(area).lineHeight) || 20;
  area.scrollTop = Math.max(0, (range.startLine - 1) * lineHeight - area.clientHeight / 3);
}

/** The offset of a place in a text; a place beyond the end is the end. Line and column from 1. */
function offsetAt(text: string, line: number, column: number): number {
  let start = 0;
  for (let number = 1; number < line; number++) {
    const end = text.indexOf('\n', start);
    if (end === -1) return text.length;
    start = end + 1;
  }
  return Math.min(start + column - 1, text.length);
}
