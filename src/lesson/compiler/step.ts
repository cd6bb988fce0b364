// Steps: prose, predictions, commands and questions in their order; goals, near misses, hints and solution beside them.

import type { Code, Paragraph, RootContent } from 'mdast';
import type { ContainerDirective } from 'mdast-util-directive';
import type { ElementId } from '../../sim/index.ts';
import type { Html, LessonStep, NearMiss, Question, Solution, StepBlock } from '../format.ts';
import { rightAnswer } from '../quiz.ts';
import { type CompiledCheck, compileFence, isFence } from './checkFence.ts';
import { type Compilation, report } from './compilation.ts';
import { attribute, isDirective } from './directives.ts';
import { compileQuestion } from './question.ts';
import { commandOf, renderBlocks } from './render.ts';
import { commandLines, isShell } from './shellFence.ts';

/** Compiles a step. */
export function compileStep(compilation: Compilation, node: ContainerDirective): LessonStep {
  const checks = node.children.flatMap(child => (isFence(child, 'check') ? compileFence(compilation, child) : []));
  const blocks = compileBlocks(compilation, node);
  const questions = blocks.flatMap(block => ('question' in block ? [block.question] : []));
  if (!node.children.some(child => isFence(child, 'check'))) {
    report(compilation, node, 'the step has no goal', 'a "yaml check" block');
  }
  checkQuestions(compilation, checks, questions);
  const solution = onlyOne(compilation, node, 'solution');
  const explain = onlyOne(compilation, node, 'explain');
  return {
    id: attribute(node, 'id') ?? '',
    title: attribute(node, 'title') ?? '',
    blocks,
    checks: checks.map(({ spec, check, goal }) => ({ goal: goal ?? check.goal, spec, sort: check.sort })),
    nearMisses: children(node, 'near-miss').map(child => compileNearMiss(compilation, child)),
    hints: children(node, 'hint').map(child => filled(compilation, child)),
    ...(solution !== undefined && { solution: compileSolution(compilation, solution, checks, questions) }),
    ...(explain !== undefined && { explain: filled(compilation, explain) }),
    holdsAtStart: attribute(node, 'holds-at-start') !== undefined,
  };
}

function children(node: ContainerDirective, name: string): readonly ContainerDirective[] {
  return node.children.filter((child): child is ContainerDirective => isDirective(child, name));
}

function onlyOne(compilation: Compilation, node: ContainerDirective, name: string): ContainerDirective | undefined {
  const [first, second] = children(node, name);
  if (second !== undefined) report(compilation, second, `the step has two blocks "${name}"`, 'one');
  return first;
}

function filled(compilation: Compilation, node: ContainerDirective): Html {
  if (node.children.length === 0) report(compilation, node, `"${node.name}" is empty`, 'a sentence');
  return renderBlocks(compilation, node.children);
}

/** What is read from top to bottom. */
function compileBlocks(compilation: Compilation, node: ContainerDirective): readonly StepBlock[] {
  const blocks: StepBlock[] = [];
  let prose: RootContent[] = [];
  const flush = (): void => {
    const html = renderBlocks(compilation, prose);
    if (html !== '') blocks.push({ kind: 'prose', html });
    prose = [];
  };
  for (const child of node.children) {
    if (isAside(child)) continue;
    const own = ownBlocks(compilation, child);
    if (own === undefined) prose.push(child);
    else {
      flush();
      blocks.push(...own);
    }
  }
  flush();
  return blocks;
}

const ASIDES = ['near-miss', 'hint', 'solution', 'explain'];

function isAside(node: RootContent): boolean {
  return isFence(node, 'check') || (node.type === 'containerDirective' && ASIDES.includes(node.name));
}

/** The blocks that a node is by itself; undefined when it is part of the prose. */
function ownBlocks(compilation: Compilation, node: RootContent): readonly StepBlock[] | undefined {
  if (isDirective(node, 'predict') || isDirective(node, 'question')) {
    const question = compileQuestion(compilation, node);
    if (question === undefined) return [];
    return [{ kind: node.name === 'predict' ? 'predict' : 'answer', question }];
  }
  if (isShell(node)) return commandLines(node).map(command => ({ kind: 'command', command }));
  const command = node.type === 'paragraph' ? loneCommand(compilation, node) : undefined;
  return command === undefined ? undefined : [{ kind: 'command', command }];
}

/** The command of a paragraph that is nothing but `:run[...]`. */
function loneCommand(compilation: Compilation, node: Paragraph): string | undefined {
  const [only, another] = node.children;
  return only?.type === 'textDirective' && another === undefined ? commandOf(compilation, only) : undefined;
}

/** Answer checks must name a question of the step. */
function checkQuestions(
  compilation: Compilation,
  checks: readonly CompiledCheck[],
  questions: readonly Question[],
): void {
  for (const { check, node } of checks) {
    const id = check.place === 'page' ? check.question : undefined;
    if (id !== undefined && !questions.some(question => question.id === id)) {
      const expected =
        questions.length === 0 ? 'a question in this step' : `one of ${questions.map(q => q.id).join(', ')}`;
      report(compilation, node, `the step has no question "${id}"`, expected);
    }
  }
}

/** `yaml when` says when it is one, `sh try` (never shown) how a test gets there; the rest is its text. */
function compileNearMiss(compilation: Compilation, node: ContainerDirective): NearMiss {
  const fences = node.children.filter((child): child is Code => isFence(child, 'when'));
  if (fences.length !== 1) report(compilation, node, 'a near miss needs one block that tells it', '"yaml when"');
  const tries = node.children.filter((child): child is Code => isShell(child) && child.meta?.trim() === 'try');
  const hidden: readonly RootContent[] = [...fences, ...tries];
  const text = node.children.filter(child => !hidden.includes(child));
  if (text.length === 0) report(compilation, node, 'a near miss needs its text', 'a sentence');
  return {
    when: fences.flatMap(fence => compileFence(compilation, fence)).map(compiled => compiled.spec),
    text: renderBlocks(compilation, text),
    tries: tries.flatMap(commandLines),
  };
}

/** Commands are the solution's `sh` fences; answers and clicks follow from the step's own questions and goals. */
function compileSolution(
  compilation: Compilation,
  node: ContainerDirective,
  checks: readonly CompiledCheck[],
  questions: readonly Question[],
): Solution {
  const clicks: ElementId[] = checks.flatMap(({ check }) => (check.place === 'page' ? check.clicks : []));
  return {
    commands: node.children.flatMap(child => (isShell(child) ? commandLines(child) : [])),
    answers: Object.fromEntries(questions.map(question => [question.id, rightAnswer(question)])),
    clicks,
    html: filled(compilation, node),
  };
}
