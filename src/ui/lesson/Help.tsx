import { useEffect, useRef } from 'react';
import type { LessonStep } from '../../lesson/format.ts';
import type { LessonState } from '../../lesson/lessonState.ts';
import { stepOf } from '../../lesson/session.ts';
import { helpOffer } from '../../lesson/sessionView.ts';
import { Button } from '../common/Button.tsx';
import { useStores } from '../StoresContext.ts';
import { Card, CardBody } from './Card.tsx';
import styles from './Help.module.css';
import { LessonHtml } from './LessonHtml.tsx';
import { useKeptFocus } from './useKeptFocus.ts';
import * as WORDS from './words.ts';

export interface HelpProps {
  readonly step: LessonStep;
  readonly session: LessonState;
}

/** Hints that open in place and in order, then the solution. Offered, never pushed. */
export function Help({ step, session }: HelpProps) {
  const { lesson } = useStores();
  const own = stepOf(session, step.id);
  const offer = helpOffer(step, session);
  const shown = step.hints.slice(0, own?.hints ?? 0);
  const isSolved = own?.solution === 'shown';
  const box = useRef<HTMLDivElement>(null);
  useKeptFocus(box, isSolved);
  return (
    <div ref={box} className={styles.help} tabIndex={-1} aria-live="polite">
      {shown.map((hint, index) => (
        <Card
          key={hint}
          title={WORDS.hint(index + 1, step.hints.length)}
          icon="hint"
          note={hintNote(step, index, isSolved)}
        >
          <CardBody>
            <LessonHtml look="note" html={hint} />
          </CardBody>
        </Card>
      ))}
      {isSolved && step.solution !== undefined && (
        <Card title={WORDS.solution} icon="tick">
          <CardBody>
            <LessonHtml look="note" html={step.solution.html} />
          </CardBody>
        </Card>
      )}
      {offer.kind !== 'none' && own?.outcome !== 'passed' && (
        <OfferButton
          label={offer.kind === 'hint' ? WORDS.hint(offer.number, offer.of) : WORDS.showSolution}
          onPress={() => lesson.dispatch({ kind: offer.kind === 'hint' ? 'show-hint' : 'show-solution' })}
        />
      )}
    </div>
  );
}

function hintNote(step: LessonStep, index: number, isSolved: boolean): string | undefined {
  const isLast = index === step.hints.length - 1;
  if (step.solution === undefined || isSolved || isLast) return undefined;
  return WORDS.opensAfter(step.hints.length);
}

/** What it opens appears above it, so the button stays in sight and keeps the focus. */
function OfferButton({ label, onPress }: { readonly label: string; readonly onPress: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  const first = useRef(label);
  useEffect(() => {
    if (first.current === label) return;
    first.current = label;
    button.current?.scrollIntoView({ block: 'nearest' });
  }, [label]);
  return (
    <span>
      <Button ref={button} look="quiet" icon="hint" onPress={onPress}>
        {label}
      </Button>
    </span>
  );
}
