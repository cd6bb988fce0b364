import { createContext, type ReactNode, useCallback, useContext, useId, useMemo, useRef, useState } from 'react';
import type { GlossaryTerm } from '../../lesson/format.ts';
import { classNames } from '../common/classNames.ts';
import { laterView } from '../common/later.tsx';
import htmlStyles from './LessonHtml.module.css';
import type { OpenTerm } from './TermPopover.tsx';

const TermPopover = laterView(async () => (await import('./TermPopover.tsx')).TermPopover);

interface Glossary {
  readonly terms: readonly GlossaryTerm[];
  readonly open: OpenTerm | undefined;
  readonly popover: string;
  show(term: GlossaryTerm, anchor: HTMLElement): void;
}

const GlossaryContext = createContext<Glossary | undefined>(undefined);

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
