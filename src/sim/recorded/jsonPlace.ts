// Where a value stands in a JSON text, for problems that name it by its path.

import type { FieldPath, TextSpan } from '../manifest/read.ts';

/** The index at which the value of a path begins; of the nearest ancestor when it is absent. The text must be JSON. */
export function indexOfPath(text: string, path: FieldPath): number {
  let at = skipSpace(text, 0);
  for (const part of path) {
    const next = typeof part === 'number' ? memberAt(text, at, part) : memberNamed(text, at, part);
    if (next === undefined) return at;
    at = next;
  }
  return at;
}

/** The line of an index, as a span. */
export function spanAt(text: string, index: number): TextSpan {
  const before = text.slice(0, index);
  const line = before.split('\n').length;
  const column = index - before.lastIndexOf('\n');
  return { startLine: line, startColumn: column, endLine: line, endColumn: column + 1 };
}

function memberAt(text: string, at: number, number: number): number | undefined {
  if (text[at] !== '[') return undefined;
  let here = skipSpace(text, at + 1);
  for (let i = 0; i < number; i++) {
    if (here >= text.length || text[here] === ']') return undefined;
    here = skipComma(text, endOfValue(text, here));
  }
  return text[here] === ']' ? undefined : here;
}

function memberNamed(text: string, at: number, name: string): number | undefined {
  if (text[at] !== '{') return undefined;
  let here = skipSpace(text, at + 1);
  while (here < text.length && text[here] !== '}') {
    const end = endOfValue(text, here);
    const key: unknown = JSON.parse(text.slice(here, end));
    const value = skipSpace(text, skipSpace(text, end) + 1);
    if (key === name) return value;
    here = skipComma(text, endOfValue(text, value));
  }
  return undefined;
}

/** The index after the value that begins at `at`. */
function endOfValue(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const character = text[i] ?? '';
    if (character === '"') i = endOfString(text, i) - 1;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    else if (depth === 0 && (character === ',' || character === ':' || /\s/.test(character))) return i;
    if (depth < 0) return i;
    if (depth === 0 && (character === '"' || character === '}' || character === ']')) return i + 1;
  }
  return text.length;
}

function endOfString(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i + 1;
  }
  return text.length;
}

function skipSpace(text: string, at: number): number {
  let here = at;
  while (/\s/.test(text[here] ?? '')) here++;
  return here;
}

function skipComma(text: string, at: number): number {
  const here = skipSpace(text, at);
  return text[here] === ',' ? skipSpace(text, here + 1) : here;
}
