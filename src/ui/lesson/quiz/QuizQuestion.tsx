import type { Lesson, Question } from '../../../lesson/format.ts';
import type { QuestionState } from '../../../lesson/lessonState.ts';
import { Button } from '../../common/Button.tsx';
import { useLesson, useStores } from '../../StoresContext.ts';
import { Card, CardBody } from '../Card.tsx';
import { QuestionBody } from '../question/QuestionBody.tsx';
import { useQuestion } from '../question/useQuestion.ts';
import styles from './QuizView.module.css';
import { QUIZ_WORDS } from './words.ts';

export interface QuizQuestionProps {
  readonly lesson: Lesson;
  readonly question: Question;
  readonly number: number;
  readonly isOpen: boolean;
}

/** What a question asks of the learner, for its head. */
const KINDS: Readonly<Record<Question['kind'], string>> = QUIZ_WORDS.kinds;

/** One question of the quiz, with its tries, until it is right. */
export function QuizQuestion({ lesson, question, number, isOpen }: QuizQuestionProps) {
  const { lesson: store } = useStores();
  const asked = useQuestion(question, 'quiz');
  const next = useLesson(({ session }) => {
    const open = lesson.quiz.filter(other => session?.questions[other.id]?.grade !== 'right');
    return open.find(other => lesson.quiz.indexOf(other) >= number) ?? open[0];
  });
  const title = QUIZ_WORDS.question(number);
  return (
    <div className={styles.question} tabIndex={-1} {...(isOpen && { 'data-arrival': true })}>
      <Card title={title} level={2} note={<HeadNote question={question} state={asked.state} />}>
        <QuestionBody
          question={question}
          asked={asked}
          title={title}
          submitLabel={QUIZ_WORDS.check}
          look="primary"
          aside={QUIZ_WORDS.tries}
        />
        {isOpen && asked.phase === 'settled' && next !== undefined && (
          <CardBody>
            <div>
              <Button
                look="primary"
                iconAfter="arrowRight"
                onPress={() => store.go({ kind: 'quiz', question: next.id })}
                testId="next-question"
              >
                {QUIZ_WORDS.next}
              </Button>
            </div>
          </CardBody>
        )}
      </Card>
    </div>
  );
}

function HeadNote({ question, state }: { readonly question: Question; readonly state: QuestionState | undefined }) {
  if (state === undefined) return KINDS[question.kind];
  if (state.grade === 'right') return QUIZ_WORDS.answeredOn(state.tries);
  return `${KINDS[question.kind]} · ${QUIZ_WORDS.tried(state.tries)}`;
}
