import { type FormEvent, useId, useRef } from 'react';
import type { Question } from '../../../lesson/format.ts';
import { Button, type ButtonLook } from '../../common/Button.tsx';
import { laterView } from '../../common/later.tsx';
import { CardBody } from '../Card.tsx';
import { LessonHtml } from '../LessonHtml.tsx';
import { useKeptFocus } from '../useKeptFocus.ts';
import { ChoiceFields } from './ChoiceFields.tsx';
import { type Leads, NoteRow, NoteRows } from './NoteRow.tsx';
import styles from './Question.module.css';
import type { AskedQuestion } from './useQuestion.ts';

const ClickFields = laterView(async () => (await import('./laterFields.ts')).ClickFields);
const MatchFields = laterView(async () => (await import('./laterFields.ts')).MatchFields);
const OrderFields = laterView(async () => (await import('./laterFields.ts')).OrderFields);
const TypedField = laterView(async () => (await import('./laterFields.ts')).TypedField);

export interface QuestionBodyProps {
  readonly question: Question;
  readonly asked: AskedQuestion;
  /** What the strip over the graph calls it: `Question 4`. */
  readonly title: string;
  readonly submitLabel: string;
  readonly look: ButtonLook;
  /** Beside the button: `Any number of tries`. */
  readonly aside?: string;
  /** First words of feedback. */
  readonly leads?: Leads;
}

/** The inside of a question's card: what is asked, the answers with their feedback, and the button that checks. */
export function QuestionBody({ question, asked, title, submitLabel, look, aside, leads }: QuestionBodyProps) {
  const prompt = useId();
  const form = useRef<HTMLFormElement>(null);
  useKeptFocus(form, asked.isSettledHere);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    asked.submit();
  };
  const whole = asked.notes.filter(note => note.option === undefined);
  return (
    <form ref={form} onSubmit={onSubmit} className={styles.question} tabIndex={-1} aria-labelledby={prompt}>
      <div className={styles.prompt}>
        <LessonHtml look="note" html={question.prompt} id={prompt} />
      </div>
      <Fields question={question} asked={asked} labelledBy={prompt} title={title} leads={leads} />
      <NoteRows notes={whole} leads={leads} />
      {asked.unreadable !== undefined && (
        <div role="alert">
          <NoteRow note={{ option: undefined, tone: 'missed', html: asked.unreadable, of: 'last' }} />
        </div>
      )}
      {asked.phase === 'open' && (
        <CardBody>
          <div className={styles.buttons}>
            <Button look={look} onPress={asked.submit}>
              {submitLabel}
            </Button>
            {aside !== undefined && <span className={styles.aside}>{aside}</span>}
          </div>
        </CardBody>
      )}
      <span role="status" className="visually-hidden">
        {asked.said}
      </span>
    </form>
  );
}

interface FieldsProps {
  readonly question: Question;
  readonly asked: AskedQuestion;
  readonly labelledBy: string;
  readonly title: string;
  readonly leads: Leads | undefined;
}

/** The answers of each kind of question. */
function Fields({ question, asked, labelledBy, title, leads }: FieldsProps) {
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return <ChoiceFields question={question} asked={asked} labelledBy={labelledBy} leads={leads} />;
    case 'order':
      return <OrderFields question={question} asked={asked} labelledBy={labelledBy} />;
    case 'match':
      return <MatchFields question={question} asked={asked} labelledBy={labelledBy} />;
    case 'click':
      return <ClickFields question={question} asked={asked} labelledBy={labelledBy} title={title} leads={leads} />;
    case 'number':
    case 'ip':
    case 'text':
      return <TypedField question={question} asked={asked} labelledBy={labelledBy} />;
  }
}
