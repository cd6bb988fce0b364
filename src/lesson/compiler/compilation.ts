// What all parts of the compiler share while one lesson is compiled: its text, what it may refer to, what was found.

import type { Definition, Nodes } from 'mdast';
import type { ElementId } from '../../sim/index.ts';
import type { GlossaryTerm } from '../format.ts';
import type { LessonProblem, Place } from '../problem.ts';

/** The terms that lessons may link to, by id. */
export type Glossary = ReadonlyMap<string, GlossaryTerm>;

/** A mention of another lesson; the catalog looks whether it exists. */
export interface LessonMention extends Place {
  readonly lesson: string;
}

/** The state of one compilation; `problems`, `terms` and `mentions` grow while it runs. */
export interface Compilation {
  readonly file: string;
  readonly text: string;
  readonly glossary: Glossary;
  /** What the scenario puts on the graph, without what controllers name. */
  readonly elements: ReadonlySet<ElementId>;
  /** Targets of reference links, by identifier: `[web][w]` and `[w]: element:pod/web`. */
  readonly definitions: Map<string, Definition>;
  readonly problems: LessonProblem[];
  readonly terms: Set<string>;
  readonly mentions: LessonMention[];
}

/** Where a node of the Markdown tree begins. */
export function placeOf(node: Nodes): Place {
  const start = node.position?.start;
  return { line: start?.line ?? 1, column: start?.column ?? 1 };
}

/** The text of the lesson that a node was made of. */
export function rawText(compilation: Compilation, node: Nodes): string {
  const { start, end } = node.position ?? {};
  return compilation.text.slice(start?.offset ?? 0, end?.offset ?? 0);
}

/** Notes a problem at a node or a place. */
export function report(compilation: Compilation, at: Nodes | Place, message: string, expected: string): void {
  const { line, column } = 'type' in at ? placeOf(at) : at;
  compilation.problems.push({ file: compilation.file, line, column, message, expected });
}
