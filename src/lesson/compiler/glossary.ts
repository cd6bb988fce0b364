// lessons/glossary.yaml: the terms that lessons link to.

import { faultMessage } from '../faultWords.ts';
import type { GlossaryTerm, Html } from '../format.ts';
import { slug } from '../frontMatter.ts';
import type { LessonProblem, Place } from '../problem.ts';
import { isMap, record, text } from '../schema.ts';
import type { Compilation } from './compilation.ts';
import type { SourceFile } from './compileLesson.ts';
import { readYaml } from './locatedYaml.ts';
import { parseMarkdown } from './markdown.ts';
import { renderBlocks } from './render.ts';

const entry = record({ term: text('the term'), text: text('what it is, in Markdown') }, {});
const id = slug('an id of small letters, digits and -');

/** The terms of the glossary, by id, and what is wrong with the file. */
export interface ReadGlossary {
  readonly terms: ReadonlyMap<string, GlossaryTerm>;
  readonly problems: readonly LessonProblem[];
}

/** Reads a map from id to `{term, text}`. */
export function readGlossary({ file, text: source }: SourceFile): ReadGlossary {
  const problems: LessonProblem[] = [];
  const terms = new Map<string, GlossaryTerm>();
  const report = (place: Place, message: string, expected: string): void => {
    problems.push({ file, line: place.line, column: place.column, message, expected });
  };
  const yaml = readYaml(source, { line: 1, column: 1 });
  if (yaml.kind === 'faulty') {
    for (const fault of yaml.faults) report(fault, fault.message, fault.expected);
    return { terms, problems };
  }
  if (!isMap(yaml.value)) {
    report({ line: 1, column: 1 }, 'the glossary is not a map', 'ids, each with term and text');
    return { terms, problems };
  }
  for (const [key, value] of Object.entries(yaml.value)) {
    const place = yaml.placeOf([key]);
    const name = id.read(key, [key]);
    const reading = entry.read(value ?? null, [key]);
    const faults = [name, reading].flatMap(part => (part.kind === 'faulty' ? part.faults : []));
    for (const fault of faults) report(yaml.placeOf(fault.path), faultMessage(fault), fault.expected);
    if (reading.kind === 'faulty') continue;
    const { html, problems: found } = renderText(reading.value.text);
    for (const problem of found) report(place, problem.message, problem.expected);
    terms.set(key, { id: key, term: reading.value.term, html });
  }
  return { terms, problems };
}

/** Renders a text that stands by itself. Terms are explained without links to others. */
function renderText(text: string): { readonly html: Html; readonly problems: readonly LessonProblem[] } {
  const compilation: Compilation = {
    file: '',
    text,
    glossary: new Map(),
    elements: new Set(),
    definitions: new Map(),
    problems: [],
    terms: new Set(),
    mentions: [],
  };
  const html = renderBlocks(compilation, parseMarkdown(text).children);
  return { html, problems: compilation.problems };
}
