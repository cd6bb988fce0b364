import type { Question } from '../../lesson/format.ts';
import type { ButtonLook } from '../common/Button.tsx';
import { Card } from './Card.tsx';
import { QuestionBody } from './question/QuestionBody.tsx';
import { useQuestion } from './question/useQuestion.ts';
import * as WORDS from './words.ts';

/** A prediction: answered once, before the run; its feedback opens by itself, for right answers too. */
export function Prediction({ question, look }: { readonly question: Question; readonly look: ButtonLook }) {
  const asked = useQuestion(question, 'prediction');
  const note = asked.phase === 'settled' ? WORDS.LOCKED : WORDS.BEFORE_RUN;
  return (
    <Card title={WORDS.PREDICTION} icon="lockedIn" note={note}>
      <QuestionBody
        question={question}
        asked={asked}
        title={WORDS.PREDICTION}
        submitLabel={WORDS.LOCK_IN}
        look={look}
        lead={WORDS.RIGHT}
      />
    </Card>
  );
}
