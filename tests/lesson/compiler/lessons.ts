// Small lessons for tests of the compiler: a head, a scenario, and whatever a test puts between them.

import { type CompiledLesson, compileLesson } from '../../../src/lesson/compiler/compileLesson.ts';
import type { Lesson, LessonStep, Question } from '../../../src/lesson/format.ts';
import { formatProblem } from '../../../src/lesson/problem.ts';

export const HEAD = `---
id: small
version: 1
title: Small
minutes: 5
objectives: [One.]
---
`;

const SCENARIO = `apiVersion: lab.hoplab.dev/v1alpha1
kind: Lab
metadata: {name: small}
spec:
  nodes: [{name: node-1, role: worker}]
  outside: [{name: laptop, address: 198.51.100.79}]
---
apiVersion: v1
kind: Pod
metadata: {name: web}
`;

/** Lines that every step needs. */
export const GOAL = '```yaml check\n- probe: {from: pod/web, to: pod/web, expect: ok}\n```\n';

export function compile(body: string, head = HEAD, scenario = SCENARIO): CompiledLesson {
  const glossary = new Map([['pod', { id: 'pod', term: 'Pod', html: '<p>Containers.</p>' }]]);
  return compileLesson({
    lesson: { file: 'small.md', text: head + body },
    scenario: { file: 'small.yaml', text: scenario },
    glossary,
  });
}

/** The lesson, which must have no problem. */
export function lessonOf(body: string): Lesson {
  const compiled = compile(body);
  const problems = compiled.problems.map(formatProblem);
  if (compiled.kind === 'unreadable' || problems.length > 0) throw new Error(problems.join('\n'));
  return compiled.lesson;
}

/** The lesson in spite of its problems. */
export function lessonDespite(body: string): Lesson {
  const compiled = compile(body);
  if (compiled.kind === 'unreadable') throw new Error('unreadable');
  return compiled.lesson;
}

/** The only step of a lesson whose step holds `content` (and a goal). */
export function stepOf(content: string): LessonStep {
  const step = lessonOf(`:::::step{#s title="S"}\n${content}\n\n${GOAL}:::::\n`).steps[0];
  if (step === undefined) throw new Error('no step');
  return step;
}

/** The only question of a quiz. */
export function questionOf(opening: string, content: string): Question {
  const body = `:::::step{#s title="S"}\n${GOAL}:::::\n\n:::::quiz\n::::question{${opening}}\n${content}\n::::\n:::::\n`;
  const question = lessonOf(body).quiz[0];
  if (question === undefined) throw new Error('no question');
  return question;
}

/** Problems as they are printed, without the file. */
export function problemsOf(body: string, head = HEAD, scenario = SCENARIO): readonly string[] {
  return compile(body, head, scenario).problems.map(problem => formatProblem(problem).replace(/^small\.md:/, ''));
}
