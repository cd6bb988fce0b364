import type { Question } from '../../lesson/format.ts';
import type { ButtonLook } from '../common/Button.tsx';
import { Card } from './Card.tsx';
import { QuestionBody } from './question/QuestionBody.tsx';
import { useQuestion } from './question/useQuestion.ts';

/** A prediction: answered once, before the run; its feedback opens by itself, for right answers too. */
export function Prediction({ question, look }: { readonly question: Question; readonly look: ButtonLook }) {
  const asked = useQuestion(question, 'prediction');
  const note = asked.phase === 'settled' ? 'locked before the run' : 'before the run';
  return (
    <Card title="Prediction" icon="lockedIn" note={note}>
      <QuestionBody
        question={question}
        asked={asked}
        title="Prediction"
        submitLabel="Lock in my prediction"
        look={look}
        lead="Right."
      />
    </Card>
  );
}
