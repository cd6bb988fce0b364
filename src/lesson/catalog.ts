// The course: modules and lessons in the order of the numbers in their names, made of the files under `lessons/`.
//
//   lessons/glossary.yaml
//   lessons/01-pod-network/module.yaml
//   lessons/01-pod-network/01-four-problems.md  01-four-problems.yaml  01-four-problems.fr.md (a translation)

import type { CompiledLesson } from './compiler/compileLesson.ts';
import { compileLesson } from './compiler/compileLesson.ts';
import { readGlossary } from './compiler/glossary.ts';
import { readYaml } from './compiler/locatedYaml.ts';
import { faultMessage } from './faultWords.ts';
import type { Lesson, LessonSummary, Module } from './format.ts';
import { moduleHead } from './frontMatter.ts';
import type { LessonProblem } from './problem.ts';

/** The text of each file, by its path: `lessons/01-pod-network/module.yaml`. */
export type LessonFiles = ReadonlyMap<string, string>;

/** All lessons, and what is wrong with their files. */
export interface Course {
  readonly modules: readonly Module[];
  /** In the order of the course. */
  readonly lessons: readonly CourseLesson[];
  readonly problems: readonly LessonProblem[];
}

/** A lesson and the file that it was made of. */
export interface CourseLesson {
  readonly lesson: Lesson;
  readonly file: string;
}

const GLOSSARY = 'lessons/glossary.yaml';
const LESSON = /^lessons\/((\d\d)-([a-z0-9-]+))\/(\d\d)-[a-z0-9-]+\.md$/;
const TRANSLATION = /^lessons\/\d\d-[a-z0-9-]+\/\d\d-[a-z0-9-]+\.[a-z]{2}(-[A-Za-z]+)?\.md$/;
const IN_MODULE = /^lessons\/[^/]+\/[^/]+\.md$/;

/** Compiles all lessons. */
export function compileCourse(files: LessonFiles): Course {
  const paths = [...files.keys()].sort();
  const problems: LessonProblem[] = paths.flatMap(misnamed);
  const glossary = readGlossary({ file: GLOSSARY, text: files.get(GLOSSARY) ?? '{}' });
  problems.push(...glossary.problems);
  const compiled = paths
    .filter(path => LESSON.test(path))
    .map(file => ({ file, result: compileFile(files, file, glossary.terms) }));
  const lessons = compiled.flatMap(({ file, result }) =>
    result.kind === 'lesson' ? [{ lesson: result.lesson, file }] : [],
  );
  for (const { file, result } of compiled) {
    problems.push(...result.problems);
    if (result.kind === 'lesson') problems.push(...lostMentions(file, result, lessons));
  }
  problems.push(...clashes(lessons));
  const modules = modulesOf(files, lessons, problems);
  return { modules, lessons, problems };
}

function misnamed(path: string): readonly LessonProblem[] {
  if (!IN_MODULE.test(path) || LESSON.test(path) || TRANSLATION.test(path)) return [];
  const expected = 'NN-module/NN-lesson.md, in small letters, digits and -';
  return [{ file: path, line: 1, column: 1, message: 'the file is not named as a lesson', expected }];
}

function compileFile(
  files: LessonFiles,
  file: string,
  glossary: ReturnType<typeof readGlossary>['terms'],
): CompiledLesson {
  const scenarioFile = file.replace(/\.md$/, '.yaml');
  const scenario = files.get(scenarioFile);
  if (scenario === undefined) {
    const expected = `its Lab config and manifests in ${scenarioFile}`;
    return {
      kind: 'unreadable',
      problems: [{ file, line: 1, column: 1, message: 'the lesson has no cluster', expected }],
    };
  }
  return compileLesson({
    lesson: { file, text: files.get(file) ?? '' },
    scenario: { file: scenarioFile, text: scenario },
    glossary,
  });
}

/** Links to lessons, and needs, must name lessons of the course. */
function lostMentions(
  file: string,
  compiled: Extract<CompiledLesson, { readonly kind: 'lesson' }>,
  lessons: readonly CourseLesson[],
): readonly LessonProblem[] {
  const ids = lessons.map(({ lesson }) => lesson.id);
  const needs = compiled.lesson.needs.map(lesson => ({ lesson, line: 1, column: 1 }));
  return [...needs, ...compiled.mentions]
    .filter(mention => !ids.includes(mention.lesson))
    .map(({ lesson, line, column }) => ({
      file,
      line,
      column,
      message: `there is no lesson "${lesson}"`,
      expected: `one of ${ids.join(', ')}`,
    }));
}

function clashes(lessons: readonly CourseLesson[]): readonly LessonProblem[] {
  return lessons.flatMap(({ lesson, file }, index) => {
    const first = lessons.findIndex(other => other.lesson.id === lesson.id);
    if (first === index) return [];
    const message = `the lesson id "${lesson.id}" is taken by ${lessons[first]?.file}`;
    return [{ file, line: 1, column: 1, message, expected: 'an id of its own' }];
  });
}

function modulesOf(files: LessonFiles, lessons: readonly CourseLesson[], problems: LessonProblem[]): readonly Module[] {
  const modules: Module[] = [];
  for (const [index, { lesson, file }] of lessons.entries()) {
    const [, folder = '', number = '', id = ''] = LESSON.exec(file) ?? [];
    const summary: LessonSummary = {
      id: lesson.id,
      number: index + 1,
      title: lesson.title,
      minutes: lesson.minutes,
      steps: lesson.steps.length,
      questions: lesson.quiz.length,
    };
    const last = modules[modules.length - 1];
    if (last?.id === id) modules[modules.length - 1] = { ...last, lessons: [...last.lessons, summary] };
    else modules.push({ id, number: Number(number), ...headOf(files, folder, problems), lessons: [summary] });
  }
  return modules;
}

function headOf(files: LessonFiles, folder: string, problems: LessonProblem[]): { title: string; summary: string } {
  const file = `lessons/${folder}/module.yaml`;
  const text = files.get(file);
  const unknown = { title: folder, summary: '' };
  const report = (line: number, column: number, message: string, expected: string): typeof unknown => {
    problems.push({ file, line, column, message, expected });
    return unknown;
  };
  if (text === undefined) return report(1, 1, 'the module has no head', 'title and summary');
  const yaml = readYaml(text, { line: 1, column: 1 });
  if (yaml.kind === 'faulty') {
    for (const fault of yaml.faults) report(fault.line, fault.column, fault.message, fault.expected);
    return unknown;
  }
  const reading = moduleHead.read(yaml.value, []);
  if (reading.kind === 'read') return reading.value;
  for (const fault of reading.faults) {
    const { line, column } = yaml.placeOf(fault.path);
    report(line, column, faultMessage(fault), fault.expected);
  }
  return unknown;
}
