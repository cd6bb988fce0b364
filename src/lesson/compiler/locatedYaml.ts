// YAML with places: values as JSON, and for any path of keys the line and column where it stands in the file.

import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type ParsedNode, parseDocument } from 'yaml';
import type { Json } from '../../sim/index.ts';
import type { Place } from '../problem.ts';
import type { Path } from '../schema.ts';

/** Something that is not YAML, or not YAML that lessons may use. */
export interface YamlFault extends Place {
  readonly message: string;
  readonly expected: string;
}

/** What reading a text as YAML came to. */
export type LocatedYaml =
  | { readonly kind: 'read'; readonly value: Json; readonly placeOf: (path: Path) => Place }
  | { readonly kind: 'faulty'; readonly faults: readonly YamlFault[] };

/**
 * Reads one YAML document.
 * @param origin where its first character stands in the file
 */
export function readYaml(text: string, origin: Place): LocatedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: origin.line + line - 1, column: origin.column + col - 1 };
  };
  const faults: YamlFault[] = document.errors.map(error => ({
    ...place(error.pos[0]),
    message: `this is not YAML: ${firstLine(error.message)}`,
    expected: 'valid YAML',
  }));
  if (faults.length > 0) return { kind: 'faulty', faults };
  const value = toJson(document.contents, (node, message, expected) => {
    faults.push({ ...place(node.range?.[0] ?? 0), message, expected });
  });
  if (faults.length > 0) return { kind: 'faulty', faults };
  return { kind: 'read', value, placeOf: path => place(startOf(document.contents, path)) };
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]?.replace(/[:.]$/, '') ?? '';
}

type Complain = (node: Node, message: string, expected: string) => void;

/** A YAML node as JSON. What JSON does not have (aliases, keys that are no words) is complained about and left out. */
export function toJson(node: ParsedNode | Node | null, complain: Complain): Json {
  if (node === null) return null;
  if (isAlias(node)) {
    complain(node, `"*${node.source}" is an alias`, 'the value itself: aliases are not used in lessons');
    return null;
  }
  if (isSeq(node)) return node.items.map(item => toJson(asNode(item), complain));
  if (isMap(node)) {
    const entries: [string, Json][] = [];
    for (const pair of node.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : undefined;
      if (key === undefined || key === '__proto__') {
        complain(node, 'a key must be a plain word', 'a plain word as key');
        continue;
      }
      entries.push([key, toJson(asNode(pair.value), complain)]);
    }
    return Object.fromEntries(entries);
  }
  return isScalar(node) ? scalarToJson(node.value) : null;
}

function asNode(value: unknown): Node | null {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value : null;
}

function scalarToJson(value: unknown): Json {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return value === null || value === undefined ? null : String(value);
}

/** The offset of the key (or entry) at a path, or of the nearest thing above it. */
function startOf(root: ParsedNode | null, path: Path): number {
  let node: Node | null = root;
  let offset = root?.range[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair: (typeof node.items)[number] | undefined = node.items.find(
        candidate => isScalar(candidate.key) && String(candidate.key.value) === String(step),
      );
      if (pair === undefined) return offset;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = asNode(pair.value);
    } else if (isSeq(node)) {
      node = asNode(node.items[Number(step)]);
      if (node === null) return offset;
      offset = node.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}
