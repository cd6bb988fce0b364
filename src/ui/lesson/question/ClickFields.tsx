import { useEffect, useRef } from 'react';
import type { Question } from '../../../lesson/format.ts';
import type { ElementId } from '../../../sim/index.ts';
import { Button } from '../../common/Button.tsx';
import { Icon } from '../../common/Icon.tsx';
import type { IconName } from '../../common/iconDrawings.tsx';
import { usePageForm } from '../../hooks/useMedia.ts';
import { useSelection, useStores } from '../../StoresContext.ts';
import { useShowPane } from '../useShowPane.ts';
import { TryTag } from './ChoiceFields.tsx';
import { FIELD_WORDS } from './fieldWords.ts';
import { type Leads, NoteRows } from './NoteRow.tsx';
import styles from './Question.module.css';
import type { AskedQuestion } from './useQuestion.ts';

type ClickQuestion = Extract<Question, { readonly kind: 'click' }>;

export interface ClickFieldsProps {
  readonly question: ClickQuestion;
  readonly asked: AskedQuestion;
  readonly labelledBy: string;
  readonly title: string;
  readonly leads: Leads | undefined;
}

/** Elements to pick: on the graph or by these buttons. The keys 1 to 9 belong to the strip over the graph. */
export function ClickFields({ question, asked, labelledBy, title, leads }: ClickFieldsProps) {
  const { selection } = useStores();
  const show = useShowPane();
  const form = usePageForm();
  const picked = usePicked(question, asked, title);
  const isSettled = asked.phase === 'settled';
  return (
    <>
      <fieldset className={styles.candidates} aria-labelledby={labelledBy}>
        {question.candidates.map(({ element, label }, index) => (
          <button
            key={element}
            type="button"
            className={styles.candidate}
            aria-pressed={asked.draft.includes(element)}
            aria-disabled={isSettled ? true : undefined}
            onClick={() => {
              if (isSettled) selection.select(element);
              else if (picked === 'here') selection.pick(element);
              else asked.setDraft(toggled(question, asked.draft, element));
            }}
          >
            {index < 9 && <kbd className={styles.key}>{index + 1}</kbd>}
            <Icon name={iconOf(element)} size={18} />
            {label}
            <TryTag asked={asked} option={element} />
          </button>
        ))}
      </fieldset>
      {!isSettled && (form === 'phone' || picked === 'elsewhere') && (
        <div className={styles.padded}>
          <Button
            look="quiet"
            icon="graph"
            onPress={() => {
              selection.startPicking(pickingOf(question, title, asked.draft));
              show('graph');
            }}
          >
            {FIELD_WORDS.pick}
          </Button>
        </div>
      )}
      {question.candidates.map(({ element }) => (
        <NoteRows key={element} notes={asked.notes.filter(note => note.option === element)} leads={leads} />
      ))}
    </>
  );
}

/**
 * Keeps the graph's picking and the draft equal while the question is open. `elsewhere`: the graph answers another
 * question now.
 */
function usePicked(question: ClickQuestion, asked: AskedQuestion, title: string): 'here' | 'elsewhere' {
  const { selection } = useStores();
  const { draft, phase, setDraft } = asked;
  const chosen = useSelection(state => (state.picking?.question === question.id ? state.picking.chosen : undefined));
  const first = useRef(draft);
  first.current = draft;

  useEffect(() => {
    if (phase === 'settled') return;
    if (selection.getState().picking === undefined) selection.startPicking(pickingOf(question, title, first.current));
    return () => selection.stopPicking(question.id);
  }, [phase, question, selection, title]);

  const set = useRef(setDraft);
  set.current = setDraft;
  useEffect(() => {
    if (chosen === undefined || isSame(chosen, first.current)) return;
    const last = chosen[chosen.length - 1];
    // A second choice replaces the first where only one is asked for.
    if (isOneOf(question) && chosen.length > 1 && last !== undefined) {
      selection.startPicking(pickingOf(question, title, [last]));
    } else set.current(chosen);
  }, [chosen, question, selection, title]);

  return chosen === undefined ? 'elsewhere' : 'here';
}

function pickingOf(question: ClickQuestion, title: string, chosen: readonly ElementId[]) {
  const candidates = question.candidates.map(({ element, label }) => ({ element, label }));
  return { question: question.id, title, candidates, chosen };
}

function isOneOf(question: ClickQuestion): boolean {
  return question.candidates.filter(candidate => candidate.correct).length === 1;
}

function toggled(question: ClickQuestion, draft: readonly string[], element: ElementId): readonly string[] {
  if (draft.includes(element)) return draft.filter(id => id !== element);
  return isOneOf(question) ? [element] : [...draft, element];
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

const ICONS: Readonly<Record<string, IconName>> = {
  pod: 'pod',
  node: 'node',
  svc: 'service',
  slice: 'endpointSlice',
  deploy: 'deployment',
  rs: 'deployment',
  ns: 'namespace',
  router: 'router',
  lan: 'bridge',
  outside: 'laptop',
};

function iconOf(element: ElementId): IconName {
  return element.includes('#') ? 'interface' : (ICONS[element.split('/')[0] ?? ''] ?? 'target');
}
