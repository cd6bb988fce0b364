// One Markdown file and its scenario to a lesson. No file is read here and nothing is thrown: the same compiler runs in
// the build, in the tests and, loaded when needed, on the page for lessons that a teacher brings.

import type { Nodes, Root, RootContent, Yaml } from 'mdast';
import { faultMessage } from '../faultWords.ts';
import type { Lesson } from '../format.ts';
import { type FrontMatter, frontMatter } from '../frontMatter.ts';
import type { LessonProblem } from '../problem.ts';
import { type Compilation, type Glossary, type LessonMention, placeOf, report } from './compilation.ts';
import { checkDirectives, isDirective } from './directives.ts';
import { readYaml } from './locatedYaml.ts';
import { parseMarkdown } from './markdown.ts';
import { compileQuestion } from './question.ts';
import { renderBlocks } from './render.ts';
import { readScenario } from './scenario.ts';
import { compileStep } from './step.ts';

/** A text file, named as problems name it. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/** What a lesson is made of. */
export interface LessonSource {
  readonly lesson: SourceFile;
  readonly scenario: SourceFile;
  readonly glossary: Glossary;
}

/** What compiling came to. */
export type CompiledLesson =
  /** It can be shown, as far as the problems allow. A build must not accept problems; a reader may live with them. */
  | {
      readonly kind: 'lesson';
      readonly lesson: Lesson;
      readonly problems: readonly LessonProblem[];
      readonly mentions: readonly LessonMention[];
    }
  /** Without its head there is no lesson. */
  | { readonly kind: 'unreadable'; readonly problems: readonly LessonProblem[] };

/** What no lesson needs, and a parser would spend minutes on. A lesson has some 10,000 characters. */
const LIMITS = [
  {
    message: 'the file is longer than 200,000 characters',
    expected: 'a shorter one',
    isOver: (text: string) => text.length > 200_000,
  },
  {
    message: 'a line is longer than 10,000 characters',
    expected: 'shorter lines',
    isOver: (text: string) => /[^\n]{10001}/.test(text),
  },
  {
    message: 'a line is nested more than 20 levels deep',
    expected: 'fewer lists and quotes in one another',
    isOver: (text: string) => /^(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])){21}/m.test(text),
  },
];

/** Compiles a lesson. Everything that is wrong with it is in `problems`, in the order of the file. */
export function compileLesson(source: LessonSource): CompiledLesson {
  const { file, text } = source.lesson;
  const refused = (message: string, expected: string): CompiledLesson => ({
    kind: 'unreadable',
    problems: [{ file, line: 1, column: 1, message, expected }],
  });
  const limit = LIMITS.find(candidate => candidate.isOver(text));
  if (limit !== undefined) return refused(limit.message, limit.expected);
  try {
    return compile(source);
  } catch (error) {
    // Parsers of nested texts call themselves; a text nested a thousand times is not a lesson.
    if (error instanceof RangeError) return refused('the file is nested too deeply to be read', 'fewer levels');
    throw error;
  }
}

function compile(source: LessonSource): CompiledLesson {
  const { file, text } = source.lesson;
  const scenario = readScenario(source.scenario.file, source.scenario.text);
  const compilation: Compilation = {
    file,
    text,
    glossary: source.glossary,
    elements: scenario.elements,
    definitions: new Map(),
    problems: [],
    terms: new Set(),
    mentions: [],
  };
  const root = parseMarkdown(text);
  collectDefinitions(compilation, root);
  checkDirectives(compilation, root);
  const head = readHead(compilation, root);
  const lesson = head === undefined ? undefined : compileBody(compilation, root, head, source.scenario.text);
  const problems = [
    ...compilation.problems.sort((a, b) => a.line - b.line || a.column - b.column),
    ...scenario.problems,
  ];
  if (lesson === undefined) return { kind: 'unreadable', problems };
  return { kind: 'lesson', lesson, problems, mentions: compilation.mentions };
}

function collectDefinitions(compilation: Compilation, node: Nodes): void {
  if (node.type === 'definition') compilation.definitions.set(node.identifier, node);
  if ('children' in node) for (const child of node.children) collectDefinitions(compilation, child);
}

/** Reads the front matter; undefined (and reported) when it is not as it must be. */
function readHead(compilation: Compilation, root: Root): FrontMatter | undefined {
  const node = root.children.find((child): child is Yaml => child.type === 'yaml');
  if (node === undefined) {
    report(compilation, { line: 1, column: 1 }, 'the file has no front matter', '"---", YAML, "---" at its beginning');
    return undefined;
  }
  const yaml = readYaml(node.value, { line: placeOf(node).line + 1, column: 1 });
  if (yaml.kind === 'faulty') {
    for (const fault of yaml.faults) report(compilation, fault, fault.message, fault.expected);
    return undefined;
  }
  const reading = frontMatter.read(yaml.value, []);
  if (reading.kind === 'read') return reading.value;
  for (const fault of reading.faults)
    report(compilation, yaml.placeOf(fault.path), faultMessage(fault), fault.expected);
  return undefined;
}

function compileBody(compilation: Compilation, root: Root, head: FrontMatter, scenario: string): Lesson {
  const introduction = introductionOf(compilation, root);
  const steps = root.children.filter(child => isDirective(child, 'step')).map(step => compileStep(compilation, step));
  if (steps.length === 0)
    report(compilation, { line: 1, column: 1 }, 'the lesson has no step', ':::::step{#id title="..."}');
  const held = steps.filter(step => step.holdsAtStart);
  if (held.length > 1) {
    report(compilation, { line: 1, column: 1 }, `${held.length} steps hold at their start`, 'at most one a lesson');
  }
  const quiz = compileQuiz(compilation, root);
  const glossary = [...compilation.terms].flatMap(id => compilation.glossary.get(id) ?? []);
  return {
    id: head.id,
    version: head.version,
    title: head.title,
    minutes: head.minutes,
    needs: head.needs ?? [],
    objectives: head.objectives,
    simplifications: head.simplifications ?? [],
    sources: head.sources ?? [],
    glossary,
    scenario,
    introduction,
    steps,
    quiz,
  };
}

/** What stands before the first step. Prose between steps would be shown nowhere. */
function introductionOf(compilation: Compilation, root: Root): string {
  const nodes: RootContent[] = [];
  let isOver = false;
  for (const child of root.children) {
    if (child.type === 'containerDirective') isOver = true;
    else if (!isOver) nodes.push(child);
    else if (child.type !== 'definition') {
      report(
        compilation,
        child,
        'this stands between the steps and is shown nowhere',
        'it in a step, or before the first',
      );
    }
  }
  return renderBlocks(compilation, nodes);
}

function compileQuiz(compilation: Compilation, root: Root): Lesson['quiz'] {
  const [first, second] = root.children.filter(child => isDirective(child, 'quiz'));
  if (second !== undefined) report(compilation, second, 'the lesson has two quizzes', 'one');
  if (first === undefined) return [];
  return first.children.flatMap(child => {
    if (isDirective(child, 'question')) return compileQuestion(compilation, child) ?? [];
    report(compilation, child, 'a quiz holds questions only', '::::question{#id}');
    return [];
  });
}
