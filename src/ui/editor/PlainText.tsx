import { type RefObject, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import type { TextRange } from '../../client/port.ts';
import { useEditor, useStores } from '../StoresContext.ts';
import styles from './EditorSurface.module.css';
import { type Handover, PLACEHOLDER, type Surface, surfaceLabel } from './surface.ts';

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
  return (
    <textarea
      ref={area}
      className={styles.plain}
      aria-label={surfaceLabel(open)}
      value={text}
      placeholder={PLACEHOLDER}
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
      wrap="off"
      onChange={event => editor.setText(event.target.value)}
    />
  );
}

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
