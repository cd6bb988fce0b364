// YAML text with Kubernetes manifests, read as kubectl reads it: documents apart, JSON values, and where everything stands.
//
// Models:  YAML 1.1 as the API tools resolve it: `yes`, `on` and `y` are booleans, 010 is eight; but 1:30 is text, and
//          so are dates.
// Omits:   tags, merge keys across documents.
// Read:    sigs.k8s.io/yaml; k8s.io/apimachinery pkg/util/yaml.

import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type YAMLError,
} from 'yaml';
import type { Json } from '../api/request.ts';
import { wordsOf } from './yamlWords.ts';

/** A place in the text, counted from 1; the end is exclusive. */
export interface TextSpan {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** What is wrong with the YAML itself. */
export interface YamlProblem {
  /** In the words of the API tools: `mapping values are not allowed in this context`. */
  readonly message: string;
  /** What would be right there, in ours. */
  readonly expected: string;
  readonly span: TextSpan;
}

/** Keys and indexes from the root of a document: `['spec', 'ports', 0, 'port']`. */
export type FieldPath = readonly (string | number)[];

export interface ManifestDocument {
  /** Counted from 1, as it stands in the text. */
  readonly number: number;
  /** Absent when the YAML could not be read. */
  readonly value: Json | undefined;
  readonly problems: readonly YamlProblem[];
  /** Where the field's key (or, for `value`, its value) stands; the nearest ancestor's key when it is absent. */
  spanOf(path: FieldPath, part: 'key' | 'value'): TextSpan;
}

export type ManifestText =
  | { readonly kind: 'documents'; readonly documents: readonly ManifestDocument[] }
  /** Nothing was read. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Limits of one text. Larger ones would make the lab slow, and no lesson needs them. */
export const MANIFEST_LIMITS = {
  characters: 1_000_000,
  lines: 20_000,
  documents: 500,
  depth: 100,
  aliases: 100,
  /** Values that aliases stand for, all together. */
  copied: 100_000,
  /** Problems of the YAML itself that are reported of one document. */
  problems: 100,
} as const;

export function readManifests(text: string): ManifestText {
  const { characters, lines: mostLines, documents, depth } = MANIFEST_LIMITS;
  if (text.length > characters) {
    return refused(
      `the text has ${text.length.toLocaleString('en')} characters; this lab reads up to ${characters.toLocaleString('en')}`,
    );
  }
  const lineCount = text.split('\n').length;
  if (lineCount > mostLines)
    return refused(
      `the text has ${lineCount.toLocaleString('en')} lines; this lab reads up to ${mostLines.toLocaleString('en')}`,
    );
  const separators = text.match(/^---(\s|$)/gm)?.length ?? 0;
  if (separators > documents)
    return refused(`the text has more than ${separators} documents; this lab reads up to ${documents}`);
  if (flowDepth(text) > depth) return refused(`brackets are nested more than ${depth} deep`);
  const lines = new LineCounter();
  const list = parseYaml(text, lines);
  return {
    kind: 'documents',
    documents: list.filter(hasContent).map((document, i) => documentOf(document, i + 1, lines)),
  };
}

/** The documents of a text as the parser has them. @param lines learns where its lines begin */
export function parseYaml(text: string, lines?: LineCounter): readonly Document.Parsed[] {
  const parsed = parseAllDocuments(text, {
    version: '1.1',
    schema: 'yaml-1.1',
    // Repeated keys are found while converting: the parser compares each key with all others of its mapping.
    uniqueKeys: false,
    ...(lines !== undefined && { lineCounter: lines }),
    prettyErrors: false,
    // Sexagesimal numbers and timestamps are YAML 1.1, but the API tools leave them as text.
    customTags: tags =>
      tags.filter(
        tag => typeof tag === 'string' || !(tag.format === 'TIME' || tag.tag === 'tag:yaml.org,2002:timestamp'),
      ),
  });
  return 'empty' in parsed && parsed.empty === true ? [] : (parsed as Document.Parsed[]);
}

function refused(reason: string): ManifestText {
  return { kind: 'refused', reason };
}

/** The deepest nesting of flow collections, counted without parsing: a parser must not be fed a tower of brackets. */
function flowDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 91 || c === 123) deepest = Math.max(deepest, ++depth);
    else if ((c === 93 || c === 125) && depth > 0) depth--;
  }
  return deepest;
}

function hasContent(document: Document.Parsed): boolean {
  return (
    document.errors.length > 0 ||
    (document.contents !== null && !(isScalar(document.contents) && document.contents.value === null))
  );
}

function documentOf(document: Document.Parsed, number: number, lines: LineCounter): ManifestDocument {
  const problems = document.errors.slice(0, MANIFEST_LIMITS.problems).map(error => problemOf(error, lines));
  let value: Json | undefined;
  if (problems.length === 0) {
    const converted = convert(document);
    if (converted.kind === 'value') value = converted.value;
    else if (converted.kind === 'repeated')
      problems.push(
        ...converted.keys.map(({ text: key, from, to }) => ({
          message: `key ${JSON.stringify(key)} already set in map`,
          expected: 'Each key may stand once: remove one of the two.',
          span: spanAt(lines, from, to),
        })),
      );
    else
      problems.push({
        message: converted.message,
        expected: 'Write the values out instead of repeating them by alias.',
        span: spanAt(lines, 0, 1),
      });
  }
  return { number, value, problems, spanOf: (path, part) => spanOf(document, path, part, lines) };
}

function spanAt(lines: LineCounter, start: number, end: number): TextSpan {
  const from = lines.linePos(start);
  const to = lines.linePos(Math.max(end, start + 1));
  return { startLine: from.line, startColumn: from.col, endLine: to.line, endColumn: to.col };
}

function problemOf(error: YAMLError, lines: LineCounter): YamlProblem {
  const { message, expected } = wordsOf(error);
  return { message, expected, span: spanAt(lines, error.pos[0], error.pos[1]) };
}

type Conversion =
  | { readonly kind: 'value'; readonly value: Json }
  | { readonly kind: 'repeated'; readonly keys: readonly RepeatedKey[] }
  | { readonly kind: 'refused'; readonly message: string };

/** The document as JSON. Aliases are followed, but not without end (a few lines can stand for gigabytes). */
function convert(document: Document.Parsed): Conversion {
  const { depth: deepest, aliases: mostAliases, copied: mostCopied, problems } = MANIFEST_LIMITS;
  let aliases = 0;
  let copied = 0;
  const repeated: RepeatedKey[] = [];
  const visit = (node: unknown, depth: number, isCopy: boolean): Json => {
    if (depth > deepest) throw new RangeError('exceeded max depth');
    if (isCopy && ++copied > mostCopied) throw new RangeError('document contains excessive aliasing');
    if (isAlias(node)) {
      if (++aliases > mostAliases) throw new RangeError('document contains excessive aliasing');
      const target = node.resolve(document);
      if (target === undefined) throw new RangeError(`unknown anchor '${node.source}' referenced`);
      return visit(target, depth + 1, true);
    }
    if (isMap(node)) {
      const object: Record<string, Json> = {};
      for (const pair of node.items) {
        const key = keyText(pair.key);
        if (Object.hasOwn(object, key) && repeated.length < problems) repeated.push(repeatedKey(key, pair.key));
        // A plain assignment to `__proto__` would set the prototype instead of a field.
        Object.defineProperty(object, key, {
          value: visit(pair.value, depth + 1, isCopy),
          enumerable: true,
          writable: true,
          configurable: true,
        });
      }
      return object;
    }
    if (isSeq(node)) return node.items.map(item => visit(isPair(item) ? item.value : item, depth + 1, isCopy));
    if (isScalar(node)) return scalar(node.value);
    return null;
  };
  try {
    const value = visit(document.contents, 0, false);
    return repeated.length > 0 ? { kind: 'repeated', keys: repeated } : { kind: 'value', value };
  } catch (error) {
    if (error instanceof RangeError) return { kind: 'refused', message: error.message };
    throw error;
  }
}

/** A key that its mapping has already, and its offsets in the text. */
interface RepeatedKey {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

function repeatedKey(text: string, key: unknown): RepeatedKey {
  const [from = 0, to = 1] = (isScalar(key) ? key.range : undefined) ?? [];
  return { text, from, to };
}

function scalar(value: unknown): Json {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return null;
}

function keyText(key: unknown): string {
  const value = isScalar(key) ? key.value : key;
  return value === null || value === undefined ? 'null' : String(value);
}

function spanOf(document: Document.Parsed, path: FieldPath, part: 'key' | 'value', lines: LineCounter): TextSpan {
  let node: Node | null = document.contents;
  let best: readonly [number, number] =
    node?.range === null || node?.range === undefined ? [0, 1] : firstLine(node.range, lines);
  for (const [i, key] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(item => keyText(item.key) === String(key));
      if (pair === undefined) break;
      const keyRange = isScalar(pair.key) ? pair.key.range : undefined;
      const value = pair.value as Node | null;
      const isLast = i === path.length - 1;
      if (keyRange) best = [keyRange[0], keyRange[1]];
      if (isLast && part === 'value' && value?.range) best = firstLine(value.range, lines);
      node = value;
    } else if (isSeq(node)) {
      const item = node.items[Number(key)] as Node | undefined;
      if (item === undefined) break;
      if (item.range) best = firstLine(item.range, lines);
      node = item;
    } else break;
  }
  return spanAt(lines, best[0], best[1]);
}

/** A mapping or a list may span many lines; its first one is enough to point at. */
function firstLine(range: readonly [number, number, number], lines: LineCounter): readonly [number, number] {
  const start = range[0];
  const line = lines.linePos(start).line;
  const next = lines.lineStarts[line];
  const end = range[1];
  if (next === undefined || end < next) return [start, end];
  return [start, Math.max(start + 1, Math.min(end, next - 1))];
}
