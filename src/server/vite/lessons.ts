// Compiles the lessons into the build: a catalog at once, each lesson in a chunk of its own that is loaded when opened.
//
//   virtual:lessons      the modules with their lessons' titles, and how to load one
//   virtual:lesson/ID    one lesson
//
// While developing, a saved file reaches the page as data: it replaces the lesson and keeps the learner's place.

import { normalizePath, type Plugin } from 'vite';
import { type Course, compileCourse } from '../../lesson/catalog.ts';
import { formatProblem, type LessonProblem } from '../../lesson/problem.ts';
import { LESSONS_FOLDER, readLessonFiles } from '../lessonFiles.ts';

const CATALOG = 'virtual:lessons';
const LESSON = 'virtual:lesson/';
/** Sent to the page when lessons changed on disk: `{lessons: Lesson[]}`. Heard in the catalog's module. */
const CHANGED = 'hoplab:lessons';

/** The plugin. `root` is the folder that holds `lessons/`; without it, Vite's own root. */
export function lessons(root?: string): Plugin {
  let folder = root ?? '';
  let course: Course | undefined;
  const currentCourse = (): Course => {
    course ??= compileCourse(readLessonFiles(folder));
    return course;
  };
  return {
    name: 'hoplab-lessons',
    configResolved(config) {
      folder = root ?? config.root;
    },
    buildStart() {
      course = undefined;
      const { problems } = currentCourse();
      // While developing, problems show when the page asks for a lesson; the server itself keeps running.
      if (this.environment.mode === 'build' && problems.length > 0) this.error(buildError(folder, problems));
    },
    resolveId(id) {
      return id === CATALOG || id.startsWith(LESSON) ? `\0${id}` : undefined;
    },
    load(id) {
      if (!id.startsWith(`\0${CATALOG}`) && !id.startsWith(`\0${LESSON}`)) return undefined;
      const { modules, lessons: compiled, problems } = currentCourse();
      if (problems.length > 0) this.error(buildError(folder, problems));
      if (id === `\0${CATALOG}`)
        return catalogCode(
          modules,
          compiled.map(({ lesson }) => lesson.id),
        );
      const name = id.slice(LESSON.length + 1);
      const found = compiled.find(({ lesson }) => lesson.id === name);
      return found === undefined
        ? this.error(`there is no lesson "${name}"`)
        : `export const lesson = ${asCode(found.lesson)};`;
    },
    hotUpdate({ file }) {
      if (!normalizePath(file).startsWith(normalizePath(`${folder}/${LESSONS_FOLDER}/`))) return undefined;
      const before = course;
      course = undefined;
      const { moduleGraph, hot } = this.environment;
      for (const [id, module] of moduleGraph.idToModuleMap) {
        if (id.startsWith(`\0${CATALOG}`) || id.startsWith(`\0${LESSON}`)) moduleGraph.invalidateModule(module);
      }
      const now = currentCourse();
      if (now.problems.length > 0) {
        hot.send({ type: 'error', err: { ...buildError(folder, now.problems), stack: '' } });
      } else if (JSON.stringify(before?.modules) !== JSON.stringify(now.modules)) {
        hot.send({ type: 'full-reload' });
      } else {
        // Takes the message of the last error off the page.
        if ((before?.problems.length ?? 0) > 0) hot.send({ type: 'update', updates: [] });
        hot.send({ type: 'custom', event: CHANGED, data: { lessons: now.lessons.map(({ lesson }) => lesson) } });
      }
      return [];
    },
  };
}

/** A literal that stands in JavaScript as well as in JSON: `</script>` and line separators are harmless in it. */
function asCode(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}

function catalogCode(modules: Course['modules'], ids: readonly string[]): string {
  const loaders = ids.map(id => `  ${asCode(id)}: () => import(${asCode(LESSON + id)}),`);
  return [
    `export const modules = ${asCode(modules)};`,
    'const loaders = {',
    ...loaders,
    '};',
    'export async function loadLesson(id) {',
    '  if (!Object.hasOwn(loaders, id)) return undefined;',
    '  return (await loaders[id]()).lesson;',
    '}',
    'const listeners = new Set();',
    'export function onLessonChange(listener) {',
    '  listeners.add(listener);',
    '  return () => listeners.delete(listener);',
    '}',
    'if (import.meta.hot) {',
    `  import.meta.hot.on(${asCode(CHANGED)}, ({ lessons }) => {`,
    '    for (const lesson of lessons) for (const listener of listeners) listener(lesson);',
    '  });',
    '}',
  ].join('\n');
}

/** An error with the place of the first problem and the text of all. */
interface BuildError {
  readonly message: string;
  readonly loc?: { readonly file: string; readonly line: number; readonly column: number };
}

function buildError(root: string, problems: readonly LessonProblem[]): BuildError {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  const first = problems[0];
  const message = [`${count} in lessons`, ...problems.map(formatProblem)].join('\n');
  if (first === undefined) return { message };
  return { message, loc: { file: `${root}/${first.file}`, line: first.line, column: first.column - 1 } };
}
