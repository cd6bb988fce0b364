import type { Question } from '../../lesson/format.ts';
import type { ButtonLook } from '../common/Button.tsx';
import { Card } from './Card.tsx';
import { QuestionBody } from './question/QuestionBody.tsx';
import { useQuestion } from './question/useQuestion.ts';
import * as WORDS from './words.ts';

/** A prediction: answered once, before the run; its feedback opens by itself, for right answers too. */
export function Prediction({ question, look }: { readonly question: Question; readonly look: ButtonLook }) {
  const asked = useQuestion(question, 'prediction');
  const head =
    asked.phase === 'settled' ? ({ icon: 'lockedIn', note: WORDS.lockedIn } as const) : { note: WORDS.beforeRun };
  return (
    <Card title={WORDS.prediction} {...head}>
      <QuestionBody
        question={question}
        asked={asked}
        title={WORDS.prediction}
        submitLabel={WORDS.lockIn}
        look={look}
        leads={{ right: WORDS.right, wrong: WORDS.wrong }}
      />
    </Card>
  );
}
