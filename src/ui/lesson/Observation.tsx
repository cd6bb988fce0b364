import type { Question } from '../../lesson/format.ts';
import type { ButtonLook } from '../common/Button.tsx';
import { Card } from './Card.tsx';
import { QuestionBody } from './question/QuestionBody.tsx';
import { useQuestion } from './question/useQuestion.ts';
import * as WORDS from './words.ts';

/** A question of a step: what was seen. Answered until it is right. */
export function Observation({ question, look }: { readonly question: Question; readonly look: ButtonLook }) {
  const asked = useQuestion(question, 'observation');
  return (
    <Card title={WORDS.observation} icon="search">
      <QuestionBody
        question={question}
        asked={asked}
        title={WORDS.observation}
        submitLabel={WORDS.checkAnswer}
        look={look}
        leads={{ right: WORDS.right }}
      />
    </Card>
  );
}
