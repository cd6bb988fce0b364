import { expect, it } from 'vitest';
import { oneAtATime } from '../../../src/ui/inspect/oneAtATime.ts';

it('meets all wishes that come while a question is under way by one question after it', async () => {
  const answers: (() => void)[] = [];
  const settle = async (): Promise<void> => {
    answers.at(-1)?.();
    await new Promise(resolve => setTimeout(resolve));
  };
  const wish = oneAtATime(() => new Promise<void>(resolve => answers.push(resolve)));
  wish();
  wish();
  wish();
  expect(answers).toHaveLength(1);
  await settle();
  expect(answers).toHaveLength(2);
  await settle();
  expect(answers).toHaveLength(2);
  wish();
  expect(answers).toHaveLength(3);
});
