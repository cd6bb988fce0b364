// `npm run lessons`: compiles every lesson and prints what is wrong, with file, line and what was expected.
//
//   npm run lessons                  all lessons of this project
//   npm run lessons -- --root DIR    the lessons under DIR/lessons
//   npm run lessons -- --schema      prints lessons/lesson.schema.json

import { parseArgs } from 'node:util';
import { compileCourse } from '../lesson/catalog.ts';
import { lessonSchema } from '../lesson/lessonSchema.ts';
import { formatProblem } from '../lesson/problem.ts';
import { readLessonFiles } from './lessonFiles.ts';

/**
 * Runs the command.
 * @returns 0: nothing is wrong; 1: something is; 2: the command line cannot be read
 */
export function main(args: readonly string[], print: (line: string) => void = console.log): number {
  const options = readOptions(args);
  if (options.kind === 'usage') {
    print(options.message);
    return 2;
  }
  if (options.kind === 'schema') {
    print(schemaText());
    return 0;
  }
  let files: ReturnType<typeof readLessonFiles>;
  try {
    files = readLessonFiles(options.root);
  } catch (error) {
    print(`cannot read ${options.root}/lessons: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
  const { lessons, modules, problems } = compileCourse(files);
  for (const problem of problems) print(formatProblem(problem));
  const counts = `${count(lessons.length, 'lesson')} in ${count(modules.length, 'module')}`;
  print(problems.length === 0 ? `${counts}: nothing to correct` : `${counts}: ${count(problems.length, 'problem')}`);
  return problems.length === 0 ? 0 : 1;
}

/** The text of `lessons/lesson.schema.json`. */
function schemaText(): string {
  return JSON.stringify(lessonSchema(), null, 2);
}

type Options =
  | { readonly kind: 'check'; readonly root: string }
  | { readonly kind: 'schema' }
  | { readonly kind: 'usage'; readonly message: string };

function readOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { root: { type: 'string', default: '.' }, schema: { type: 'boolean', default: false } },
    });
    return values.schema ? { kind: 'schema' } : { kind: 'check', root: values.root };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'usage', message: `${reason}\nusage: npm run lessons [-- --root DIR | --schema]` };
  }
}

function count(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? '' : 's'}`;
}
