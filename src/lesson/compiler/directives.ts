// The containers of a lesson: which there are, what they stand in, what they carry.

import type { Nodes, Parents, Root } from 'mdast';
import type { ContainerDirective } from 'mdast-util-directive';
import { nearest } from '../faultWords.ts';
import { type Compilation, placeOf, rawText, report } from './compilation.ts';

interface Rule {
  /** What it may stand in; `lesson` is the file itself. */
  readonly within: readonly string[];
  readonly id: 'required' | 'none';
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const RULES: Readonly<Record<string, Rule>> = {
  step: { within: ['lesson'], id: 'required', required: ['title'], optional: ['holds-at-start'] },
  predict: { within: ['step'], id: 'required', required: [], optional: ['type', 'answer'] },
  question: { within: ['step', 'quiz'], id: 'required', required: [], optional: ['type', 'answer'] },
  'near-miss': { within: ['step'], id: 'none', required: [], optional: [] },
  hint: { within: ['step'], id: 'none', required: [], optional: [] },
  solution: { within: ['step'], id: 'none', required: [], optional: [] },
  explain: { within: ['step'], id: 'none', required: [], optional: [] },
  quiz: { within: ['lesson'], id: 'none', required: [], optional: [] },
  wrong: { within: ['question', 'predict'], id: 'none', required: ['answer'], optional: [] },
};

const ID = /^[a-z0-9][a-z0-9-]{0,60}$/;

/** Whether a lesson has a block of this name. */
export function isDirectiveName(name: string): boolean {
  return Object.hasOwn(RULES, name);
}

/** Whether a node is a block of this name. */
export function isDirective(node: Nodes, name: string): node is ContainerDirective {
  return node.type === 'containerDirective' && node.name === name;
}

/** An attribute of a directive; undefined when it is not there. */
export function attribute(node: ContainerDirective, name: string): string | undefined {
  const attributes = node.attributes ?? {};
  return Object.hasOwn(attributes, name) ? (attributes[name] ?? '') : undefined;
}

/** Reports containers that are unknown, misplaced, not closed, or carry the wrong things. */
export function checkDirectives(compilation: Compilation, root: Root): void {
  const ids = new Map<string, number>();
  const visit = (parent: Parents, within: string): void => {
    for (const node of parent.children) {
      if (node.type === 'containerDirective') {
        checkDirective(compilation, node, within, ids);
        visit(node, node.name);
      } else if (node.type === 'paragraph') {
        reportStrayColons(compilation, node);
      } else if ('children' in node) {
        visit(node, within);
      }
    }
  };
  visit(root, 'lesson');
}

function checkDirective(
  compilation: Compilation,
  node: ContainerDirective,
  within: string,
  ids: Map<string, number>,
): void {
  const { name } = node;
  const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
  if (rule === undefined) {
    const near = nearest(name, Object.keys(RULES));
    const hint = near === undefined ? '' : `; did you mean "${near}"?`;
    const expected = `one of ${Object.keys(RULES).join(', ')}`;
    report(compilation, node, `"${name}" is not a block of a lesson${hint}`, expected);
    return;
  }
  if (!rule.within.includes(within)) {
    report(
      compilation,
      node,
      `"${name}" cannot stand in ${nameOfPlace(within)}`,
      `it in ${rule.within.map(nameOfPlace).join(' or ')}`,
    );
  }
  checkClosing(compilation, node);
  checkAttributes(compilation, node, rule);
  if (rule.id === 'required') checkId(compilation, node, ids);
}

function nameOfPlace(within: string): string {
  return within === 'lesson' ? 'the lesson itself' : `"${within}"`;
}

/** The last line of a container must be its closing colons; else it ran on to the end of what it stands in. */
function checkClosing(compilation: Compilation, node: ContainerDirective): void {
  const raw = rawText(compilation, node);
  const colons = /^:+/.exec(raw)?.[0].length ?? 3;
  const last = raw.slice(raw.lastIndexOf('\n') + 1).trim();
  if (!/^:+$/.test(last) || last.length < colons) {
    report(
      compilation,
      node,
      `"${':'.repeat(colons)}${node.name}" is not closed`,
      `a line of ${colons} colons, and more colons around it than in what it holds`,
    );
  }
}

/** A line of colons that is text closes nothing: an inner block has as many colons as the outer one. */
function reportStrayColons(compilation: Compilation, node: Nodes): void {
  for (const [index, line] of rawText(compilation, node).split('\n').entries()) {
    if (!/^\s*:{3,}\s*$/.test(line)) continue;
    const place = { line: placeOf(node).line + index, column: 1 };
    report(
      compilation,
      place,
      'this line of colons closes nothing',
      'more colons on the outer block than on what it holds',
    );
  }
}

function checkAttributes(compilation: Compilation, node: ContainerDirective, rule: Rule): void {
  const known = [...(rule.id === 'required' ? ['id'] : []), ...rule.required, ...rule.optional];
  for (const name of Object.keys(node.attributes ?? {})) {
    if (known.includes(name)) continue;
    const expected = known.length === 0 ? 'no attributes' : `one of ${known.join(', ')}`;
    report(compilation, node, `"${node.name}" has no attribute "${name}"`, expected);
  }
  for (const name of rule.required) {
    if ((attribute(node, name) ?? '').trim() === '') {
      report(compilation, node, `"${node.name}" needs the attribute "${name}"`, `{${name}="..."}`);
    }
  }
}

function checkId(compilation: Compilation, node: ContainerDirective, ids: Map<string, number>): void {
  const id = attribute(node, 'id') ?? '';
  if (!ID.test(id)) {
    report(compilation, node, `"${node.name}" needs an id`, '{#a-word}, of small letters, digits and -');
    return;
  }
  const first = ids.get(id);
  if (first !== undefined) {
    report(compilation, node, `the id "${id}" is used twice (first in line ${first})`, 'an id of its own');
  } else ids.set(id, placeOf(node).line);
}
