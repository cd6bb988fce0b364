// Questions: predictions before a run, observations after it, and the quiz. All kinds are written the same way.

import type { List, RootContent } from 'mdast';
import type { ContainerDirective } from 'mdast-util-directive';
import type { ForeseenMistake, Html, Option, Question } from '../format.ts';
import { normalizeTyped, type TypedQuestion } from '../typedAnswer.ts';
import { compileFence, isFence } from './checkFence.ts';
import { type Compilation, report } from './compilation.ts';
import { attribute, isDirective } from './directives.ts';
import { compileCandidates, compileItems, compileOptions, compilePairs } from './options.ts';
import { renderBlocks } from './render.ts';

/** Words that `type=` may have. `hop` is a `click` on the way of a packet. */
const KINDS = ['single', 'multiple', 'order', 'match', 'number', 'ip', 'text', 'hop', 'click'] as const;
type KindWord = (typeof KINDS)[number];

/** The parts of a question, before its kind is looked at. */
interface Parts {
  readonly id: string;
  readonly prompt: Html;
  readonly feedback?: Html;
  /** The list of options, items, pairs or candidates. */
  readonly list?: List;
}

/** Compiles a question; undefined when it cannot be asked (the problem is reported). */
export function compileQuestion(compilation: Compilation, node: ContainerDirective): Question | undefined {
  const kind = kindOf(compilation, node);
  if (kind === undefined) return undefined;
  const isTyped = kind === 'number' || kind === 'ip' || kind === 'text';
  const parts = partsOf(compilation, node, isTyped);
  if (parts.prompt === '') report(compilation, node, 'the question asks nothing', 'a sentence before the answers');
  if (isTyped) return compileTyped(compilation, node, kind, parts);
  if (attribute(node, 'answer') !== undefined) {
    report(compilation, node, `a question of type "${kind}" has its answers in a list`, 'no attribute "answer"');
  }
  if (parts.list === undefined) {
    report(compilation, node, 'the question has no answers to choose from', 'a list');
    return undefined;
  }
  return compileListed(compilation, node, kind, parts, parts.list);
}

function kindOf(compilation: Compilation, node: ContainerDirective): KindWord | undefined {
  const written = attribute(node, 'type') ?? 'single';
  const kind = KINDS.find(word => word === written);
  if (kind === undefined)
    report(compilation, node, `"${written}" is not a type of question`, `one of ${KINDS.join(', ')}`);
  return kind;
}

/** Before the list (or the first quote) stands the prompt; quotes after it are feedback on the whole. */
function partsOf(compilation: Compilation, node: ContainerDirective, isTyped: boolean): Parts {
  const prompt: RootContent[] = [];
  const feedback: RootContent[] = [];
  let list: List | undefined;
  for (const child of node.children) {
    if (isDirective(child, 'wrong') || isFence(child, 'check')) continue;
    if (child.type === 'list' && list === undefined && !isTyped) list = child;
    else if (child.type === 'blockquote') feedback.push(...child.children);
    else if (list === undefined && feedback.length === 0) prompt.push(child);
    else report(compilation, child, 'this stands after the answers', 'feedback, as "> ..."');
  }
  return {
    id: attribute(node, 'id') ?? '',
    prompt: renderBlocks(compilation, prompt),
    ...(feedback.length > 0 && { feedback: renderBlocks(compilation, feedback) }),
    ...(list !== undefined && { list }),
  };
}

function compileListed(
  compilation: Compilation,
  node: ContainerDirective,
  kind: Exclude<KindWord, TypedQuestion['kind']>,
  parts: Parts,
  list: List,
): Question {
  const { list: _, ...common } = parts;
  switch (kind) {
    case 'single':
    case 'multiple': {
      const options = compileOptions(compilation, list);
      checkCorrect(compilation, node, kind, options);
      return { ...common, kind, options };
    }
    case 'order':
      return { ...common, kind, items: compileItems(compilation, list) };
    case 'match':
      return { ...common, kind, pairs: compilePairs(compilation, list) };
    case 'hop':
    case 'click': {
      const candidates = compileCandidates(compilation, list);
      checkCorrect(compilation, node, 'multiple', candidates);
      return { ...common, kind: 'click', candidates };
    }
  }
}

function checkCorrect(
  compilation: Compilation,
  node: ContainerDirective,
  kind: 'single' | 'multiple',
  options: readonly Pick<Option, 'correct'>[],
): void {
  const correct = options.filter(option => option.correct).length;
  if (correct === 0) report(compilation, node, 'no answer is right', '"- [x]" at the right one');
  if (correct > 1 && kind === 'single') {
    report(compilation, node, `${correct} answers are right`, 'one, or {type=multiple}');
  }
  if (options.length < 2) report(compilation, node, 'there is nothing to choose between', 'at least two options');
}

function compileTyped(
  compilation: Compilation,
  node: ContainerDirective,
  kind: TypedQuestion['kind'],
  parts: Parts,
): TypedQuestion | undefined {
  const { list: _, ...common } = parts;
  if (common.feedback === undefined) {
    report(compilation, node, 'the question has no feedback', '"> why the answer is so" after the question');
  }
  const written = attribute(node, 'answer') ?? '';
  const computed = written === 'probe' ? computedAnswer(compilation, node) : undefined;
  if (written === 'probe' && computed === undefined) return undefined;
  const answer = computed?.answer ?? written;
  if (normalizeTyped(kind, answer) === undefined) {
    report(compilation, node, `"${answer}" cannot be the answer to a question of type "${kind}"`, EXPECTED[kind]);
    return undefined;
  }
  return {
    ...common,
    kind,
    answer,
    mistakes: mistakesOf(compilation, node, kind, answer),
    ...(computed !== undefined && { computed: computed.spec }),
  };
}

const EXPECTED: Readonly<Record<TypedQuestion['kind'], string>> = {
  number: '{answer=3}',
  ip: '{answer="10.244.1.2"}',
  text: '{answer="a word"}',
};

/** `answer=probe`: the check beside it says what to ask of the lab, and what it should come to. */
function computedAnswer(compilation: Compilation, node: ContainerDirective) {
  const checks = node.children.flatMap(child => (isFence(child, 'check') ? compileFence(compilation, child) : []));
  const [only, another] = checks;
  const stated = only?.check.place === 'lab' ? only.check.stated : undefined;
  if (only === undefined || another !== undefined || stated === undefined) {
    report(
      compilation,
      node,
      'an answer that the lab computes needs one check that states it',
      'a "yaml check" block with one probe that has source, backend, ttlOnArrival or expect',
    );
    return undefined;
  }
  return { answer: stated, spec: only.spec };
}

function mistakesOf(
  compilation: Compilation,
  node: ContainerDirective,
  kind: TypedQuestion['kind'],
  answer: string,
): readonly ForeseenMistake[] {
  const seen = new Set([normalizeTyped(kind, answer)]);
  return node.children.flatMap(child => {
    if (!isDirective(child, 'wrong')) return [];
    const wrong = attribute(child, 'answer') ?? '';
    const normal = normalizeTyped(kind, wrong);
    if (normal === undefined) {
      report(compilation, child, `"${wrong}" cannot be an answer to a question of type "${kind}"`, EXPECTED[kind]);
    } else if (seen.has(normal)) {
      report(compilation, child, `"${wrong}" is the right answer, or stands here twice`, 'another wrong answer');
    }
    seen.add(normal);
    if (child.children.length === 0) report(compilation, child, 'a wrong answer needs its feedback', 'a sentence');
    return [{ answer: wrong, feedback: renderBlocks(compilation, child.children) }];
  });
}
