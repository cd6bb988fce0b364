import { useEffect, useLayoutEffect, useRef } from 'react';
import type { GlossaryTerm } from '../../lesson/format.ts';
import { IconButton } from '../common/Button.tsx';
import styles from './Glossary.module.css';
import { LessonHtml } from './LessonHtml.tsx';
import * as WORDS from './words.ts';

/** A term whose meaning shows, and the button that it belongs to. */
export interface OpenTerm {
  readonly term: GlossaryTerm;
  readonly anchor: HTMLElement;
}

/** Gap between a term and its meaning, and between the meaning and the edge of the page, in pixels. */
const GAP = 6;

export interface TermPopoverProps {
  readonly id: string;
  readonly open: OpenTerm;
  readonly onClose: () => void;
}

/** A native popover: above everything, closed by Escape or a press elsewhere; the focus returns to the term. */
export function TermPopover({ id, open: { term, anchor }, onClose }: TermPopoverProps) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const popover = box.current;
    if (popover === null) return;
    popover.showPopover();
    placeAt(popover, anchor);
    popover.focus({ preventScroll: true });
  }, [anchor]);
  useEffect(() => {
    const popover = box.current;
    if (popover === null) return;
    const onToggle = (event: Event): void => {
      if (event instanceof ToggleEvent && event.newState === 'closed') onClose();
    };
    // It would stay behind when its term scrolls away.
    const onScroll = (event: Event): void => {
      if (!(event.target instanceof Node) || !popover.contains(event.target)) onClose();
    };
    popover.addEventListener('toggle', onToggle);
    document.addEventListener('scroll', onScroll, true);
    addEventListener('resize', onClose);
    return () => {
      popover.removeEventListener('toggle', onToggle);
      document.removeEventListener('scroll', onScroll, true);
      removeEventListener('resize', onClose);
    };
  }, [onClose]);
  const dismiss = (): void => {
    box.current?.hidePopover();
    anchor.focus();
  };
  return (
    <div
      ref={box}
      id={id}
      popover="auto"
      role="dialog"
      aria-labelledby={`${id}-term`}
      className={styles.popover}
      tabIndex={-1}
    >
      <div className={styles.head}>
        <h3 id={`${id}-term`} className={styles.term}>
          {term.term}
        </h3>
        <IconButton dense icon="close" label={WORDS.closeTerm} onPress={dismiss} />
      </div>
      <LessonHtml look="note" html={term.html} />
    </div>
  );
}

/** Below its term, or above where there is no room; never over the edge of the page. */
function placeAt(popover: HTMLElement, anchor: HTMLElement): void {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const isBelow = at.bottom + GAP + height <= innerHeight - GAP;
  const left = Math.max(GAP, Math.min(at.left, innerWidth - width - GAP));
  popover.style.left = `${left}px`;
  popover.style.top = `${isBelow ? at.bottom + GAP : Math.max(GAP, at.top - GAP - height)}px`;
}
