// What holds for every lesson without a lab: it compiles, its questions have answers and feedback, its help is complete,
// its words are those of the house. What needs a lab is in everyLessonInLab.test.ts.

import { describe, expect, it } from 'vitest';
import { compileCourse } from '../../src/lesson/catalog.ts';
import type { Html, Lesson, Question } from '../../src/lesson/format.ts';
import { questionsOf } from '../../src/lesson/lessonQuestions.ts';
import { formatProblem } from '../../src/lesson/problem.ts';
import { grade, rightAnswer } from '../../src/lesson/quiz.ts';
import { readLessonFiles } from '../../src/server/lessonFiles.ts';
import { nearMissDoings } from '../support/nearMissDoings.ts';

const course = compileCourse(readLessonFiles('.'));

it('the lessons compile without a problem', () => {
  expect(course.problems.map(formatProblem)).toEqual([]);
  expect(course.lessons.length).toBeGreaterThan(0);
});

describe.each(course.lessons.map(({ lesson }) => lesson))('lesson $id', lesson => {
  it('has steps with hints, a solution and an explanation', () => {
    for (const step of lesson.steps) {
      const missing = [
        ...(step.hints.length === 0 ? ['a hint'] : []),
        ...(step.solution === undefined ? ['a solution'] : []),
        ...(step.explain === undefined ? ['an explanation'] : []),
      ];
      expect(missing, `step ${step.id} lacks`).toEqual([]);
    }
  });

  it('has near misses that a test can get into', () => {
    for (const step of lesson.steps) {
      for (const near of step.nearMisses) expect(nearMissDoings(near), near.text).toBeDefined();
    }
  });

  it('asks at least five questions at the end, one of them on the graph', () => {
    expect(lesson.quiz.length).toBeGreaterThanOrEqual(5);
    expect(lesson.quiz.some(question => question.kind === 'click')).toBe(true);
  });

  it('brings at most three new terms', () => {
    expect(lesson.glossary.length).toBeLessThanOrEqual(3);
  });

  it.each(questionsOf(lesson).map(placed => placed.question))(
    'question $id has an answer, and feedback on all',
    question => {
      expect(grade(question, rightAnswer(question))).toMatchObject({ kind: 'right' });
      for (const [answer, feedback] of wrongAnswers(question)) {
        const result = grade(question, [answer]);
        expect(result.kind, answer).toBe('wrong');
        expect(result.feedback[0]?.html, answer).toBe(feedback);
        expect(feedback, answer).not.toBe('');
      }
      expect(grade(question, rightAnswer(question)).feedback.every(entry => entry.html !== '')).toBe(true);
    },
  );

  it('speaks as the house does', () => {
    const words = textsOf(lesson).flatMap(text => text.match(/\b(simply|just|oops|we|our|us)\b|!/gi) ?? []);
    expect(words).toEqual([]);
  });
});

/** Each wrong answer that has a feedback of its own. */
function wrongAnswers(question: Question): readonly (readonly [string, Html])[] {
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return question.options.filter(option => !option.correct).map(option => [option.id, option.feedback]);
    case 'click':
      return question.candidates.filter(one => !one.correct).map(one => [one.element, one.feedback]);
    case 'number':
    case 'ip':
    case 'text':
      return question.mistakes.map(mistake => [mistake.answer, mistake.feedback]);
    default:
      return [];
  }
}

/** Every text that a learner reads, without tags and without what a machine would print. */
function textsOf(lesson: Lesson): readonly string[] {
  const { scenario: _, sources: __, ...shown } = lesson;
  const texts: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value.replace(/<code.*?<\/code>|<[^>]*>/gs, ' ').replace(/".*?"/gs, ' '));
    else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) visit(part);
  };
  visit(shown);
  return texts;
}
