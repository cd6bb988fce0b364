import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { GlossaryTerm } from '../../lesson/format.ts';
import { IconButton } from '../common/Button.tsx';
import { classNames } from '../common/classNames.ts';
import styles from './Glossary.module.css';
import htmlStyles from './LessonHtml.module.css';
import { LessonHtml } from './LessonHtml.tsx';

interface OpenTerm {
  readonly term: GlossaryTerm;
  readonly anchor: HTMLElement;
}

interface Glossary {
  readonly terms: readonly GlossaryTerm[];
  readonly open: OpenTerm | undefined;
  readonly popover: string;
  show(term: GlossaryTerm, anchor: HTMLElement): void;
}

const GlossaryContext = createContext<Glossary | undefined>(undefined);

/** Gap between a term and its meaning, and between the meaning and the edge of the page, in pixels. */
const GAP = 6;

/** Gives the terms of a lesson to the links inside, and one popover for them. */
export function GlossaryProvider({
  terms,
  children,
}: {
  readonly terms: readonly GlossaryTerm[];
  readonly children: ReactNode;
}) {
  const popover = useId();
  const [open, setOpen] = useState<OpenTerm | undefined>(undefined);
  const close = useCallback(() => setOpen(undefined), []);
  const glossary = useMemo<Glossary>(
    () => ({ terms, open, popover, show: (term, anchor) => setOpen({ term, anchor }) }),
    [terms, open, popover],
  );
  return (
    <GlossaryContext value={glossary}>
      {children}
      {open !== undefined && <TermPopover key={open.term.id} id={popover} open={open} onClose={close} />}
    </GlossaryContext>
  );
}

/** A term in the text; pressing it shows its meaning. */
export function TermLink({ term: id, children }: { readonly term: string; readonly children: ReactNode }) {
  const glossary = useContext(GlossaryContext);
  const self = useRef<HTMLButtonElement>(null);
  const term = glossary?.terms.find(candidate => candidate.id === id);
  if (glossary === undefined || term === undefined) return <span>{children}</span>;
  const isOpen = glossary.open !== undefined && glossary.open.anchor === self.current;
  return (
    <button
      ref={self}
      type="button"
      className={classNames(htmlStyles.link, htmlStyles.term)}
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      aria-controls={isOpen ? glossary.popover : undefined}
      onClick={event => glossary.show(term, event.currentTarget)}
    >
      {children}
    </button>
  );
}

interface TermPopoverProps {
  readonly id: string;
  readonly open: OpenTerm;
  readonly onClose: () => void;
}

/** A native popover: above everything, closed by Escape or a press elsewhere; the focus returns to the term. */
function TermPopover({ id, open: { term, anchor }, onClose }: TermPopoverProps) {
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
        <IconButton dense icon="close" label="Close" onPress={dismiss} />
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
