// Every lesson played in a lab: its goals are open at the start, its solution meets them, nothing less does, each near
// miss says its own words, and what the lab computes agrees with what the author says.

import { describe, expect, it } from 'vitest';
import { compileCourse } from '../../src/lesson/catalog.ts';
import { evaluateInLab } from '../../src/lesson/evaluateInLab.ts';
import type { Html, Lesson, LessonStep } from '../../src/lesson/format.ts';
import { questionsOf } from '../../src/lesson/lessonQuestions.ts';
import { readLessonFiles } from '../../src/server/lessonFiles.ts';
import { openLessonLab } from '../support/lessonLab.ts';
import { doInStep, type Play, playUpTo, stateOf } from '../support/lessonPlay.ts';
import { nearMissDoings } from '../support/nearMissDoings.ts';

const lessons = compileCourse(readLessonFiles('.')).lessons.map(({ lesson }) => lesson);

describe.each(lessons)('lesson $id in a lab', lesson => {
  it('has on its graph what it links to', () => {
    const elements = openLessonLab(lesson.scenario).elements();
    for (const element of elementsOf(lesson)) expect(elements).toContain(element);
  });

  it('shows commands that the terminal can read', async () => {
    const lab = openLessonLab(lesson.scenario);
    for (const command of commandsOf(lesson)) expect(await lab.misread(command), command).toBeUndefined();
  });

  describe.each(lesson.steps)('step $id', step => {
    it(step.holdsAtStart ? 'holds at its start' : 'has only open goals at its start', async () => {
      const play = await playUpTo(lesson, step);
      const goals = goalsOf(await doInStep(play, step, {}), step);
      expect(goals).toEqual(goals.map(goal => ({ ...goal, kind: step.holdsAtStart ? 'met' : 'open' })));
    });

    it('is passed by its solution', async () => {
      const play = await doInStep(await playUpTo(lesson, step), step, step.solution ?? {});
      expect(goalsOf(play, step).filter(goal => goal.kind !== 'met')).toEqual([]);
      expect(stateOf(play, step).outcome).toBe('passed');
    });

    it('is not passed by a part of its solution', async () => {
      for (const part of partsOf(step)) {
        const play = await doInStep(await playUpTo(lesson, step), step, part);
        expect(stateOf(play, step).outcome, JSON.stringify(part)).toBe('open');
      }
    });

    it.each(step.nearMisses)('answers to a near miss: $text', async near => {
      const play = await doInStep(await playUpTo(lesson, step), step, nearMissDoings(near) ?? {});
      const own = stateOf(play, step);
      expect(own.nearMiss === undefined ? goalsOf(play, step) : step.nearMisses[own.nearMiss]?.text).toBe(near.text);
      expect(own.outcome).toBe('open');
    });
  });

  it('states what the lab computes', async () => {
    const play = await playUpTo(lesson, undefined);
    for (const { question } of questionsOf(lesson)) {
      const computed = 'computed' in question ? question.computed : undefined;
      if (computed === undefined) continue;
      const [result] = evaluateInLab([computed], play.lab.factsSince(0));
      expect(result, question.id).toMatchObject({ kind: 'passed' });
    }
  });
});

function goalsOf(play: Play, step: LessonStep) {
  return stateOf(play, step).goals;
}

/** The solution without one of its sides, where the goals need that side. */
function partsOf(step: LessonStep) {
  const { commands = [], answers = {}, clicks = [] } = step.solution ?? {};
  const needsClicks = clicks.length > 0;
  const needsAnswers = Object.keys(answers).length > 0;
  return [
    { answers, clicks },
    ...(needsClicks ? [{ commands, answers }] : []),
    ...(needsAnswers ? [{ commands, clicks }] : []),
  ];
}

/** All HTML of a lesson, with commands that stand as blocks of their own. */
function partsOfLesson(lesson: Lesson): { readonly html: readonly Html[]; readonly commands: readonly string[] } {
  const html: string[] = [];
  const commands: string[] = [];
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string' && key !== 'scenario') html.push(value);
    else if (Array.isArray(value)) for (const part of value) visit(part, key);
    else if (typeof value === 'object' && value !== null) {
      for (const [name, part] of Object.entries(value)) {
        if ((name === 'command' || name === 'commands' || name === 'tries') && part !== undefined)
          commands.push(...[part].flat());
        else visit(part, name);
      }
    }
  };
  visit(lesson, '');
  return { html, commands };
}

function commandsOf(lesson: Lesson): readonly string[] {
  const { html, commands } = partsOfLesson(lesson);
  const inline = html.flatMap(text =>
    [...text.matchAll(/data-run="([^"]*)"/g)].map(match => asWritten(match[1] ?? '')),
  );
  const tried = lesson.steps.flatMap(step => step.nearMisses.flatMap(near => nearMissDoings(near)?.commands ?? []));
  return [...new Set([...commands, ...inline, ...tried])];
}

function asWritten(text: string): string {
  return text.replace(/&#x([0-9A-F]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
}

/** Elements that links and click questions name; interfaces stand for what they belong to. */
function elementsOf(lesson: Lesson): readonly string[] {
  const linked = partsOfLesson(lesson).html.flatMap(text =>
    [...text.matchAll(/data-element="([^"]*)"/g)].map(match => match[1] ?? ''),
  );
  const candidates = questionsOf(lesson).flatMap(({ question }) =>
    question.kind === 'click' ? question.candidates.map(candidate => candidate.element) : [],
  );
  return [...new Set([...linked, ...candidates].map(element => element.replace(/#.*$/, '')))];
}
