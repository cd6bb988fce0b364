// Where a cursor stands in YAML that is being written: which field, of which object, and what has been typed of it. Half a
// line is no YAML yet, so that this reads lines and their indentation, and asks no parser.

/** A step down from the root of a document: a key, or an item of a list. */
export type PathStep = { readonly kind: 'key'; readonly name: string } | { readonly kind: 'item' };

export interface ManifestPlace {
  /** `key`: the name of a field is being written. `value`: what stands behind it, or an item of a list. */
  readonly part: 'key' | 'value';
  /** The mapping that the key is in; of a value its own place. */
  readonly path: readonly PathStep[];
  /** The word at the cursor: offsets in the text. */
  readonly from: number;
  readonly to: number;
  /** Keys that stand beside it already. */
  readonly siblings: ReadonlySet<string>;
  /** The column of the word, from 0. */
  readonly column: number;
  /** Whether the word is inside of `{ }` or `[ ]`. */
  readonly style: 'block' | 'flow';
  readonly document: DocumentHead;
}

/** What a document says of itself at its left edge. */
export interface DocumentHead {
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
  readonly namespace: string;
  /** `empty`: nothing is written in it, but perhaps the word at the cursor. */
  readonly content: 'empty' | 'begun';
}

interface Line {
  readonly indent: number;
  /** Columns of the dashes in front. */
  readonly dashes: readonly number[];
  /** Where the text behind the dashes begins. */
  readonly column: number;
  readonly key: string | undefined;
  /** Behind the key, or all that is there without one. */
  readonly rest: string;
}

const LINE = /^( *)((?:- +|-$)*)(.*)$/;
const KEY = /^(?:"([^"]*)"|'([^']*)'|([^\s"'{}[\],&*#?|>%@`][^:#]*?))\s*:(?:\s+(.*))?$/;

function lineOf(text: string): Line {
  const [, spaces = '', marks = '', content = ''] = LINE.exec(text) ?? [];
  const dashes = [...marks.matchAll(/-/g)].map(match => spaces.length + match.index);
  const [, double, single, plain, rest = ''] = KEY.exec(content) ?? [];
  const key = double ?? single ?? plain;
  const column = spaces.length + marks.length;
  return { indent: spaces.length, dashes, column, key, rest: key === undefined ? content : rest };
}

/** A place in the tree that is still open at a line: what is further in belongs to it. */
interface Open {
  readonly column: number;
  readonly step: PathStep;
}

/** Opens what a line begins. A list may stand in the column of its key. */
function opened(stack: readonly Open[], { dashes, column, key }: Line): readonly Open[] {
  let open = stack;
  for (const at of dashes)
    open = [
      ...open.filter(each => each.column < at || (each.column === at && each.step.kind === 'key')),
      { column: at, step: { kind: 'item' } },
    ];
  if (key === undefined) return open;
  return [...open.filter(each => each.column < column), { column, step: { kind: 'key', name: key } }];
}

const isBlank = (text: string): boolean => /^\s*(#.*)?$/.test(text);

/** Undefined: inside of a comment or of a text of several lines. */
export function placeAt(text: string, offset: number): ManifestPlace | undefined {
  const before = text.slice(0, offset);
  const start = Math.max(0, before.lastIndexOf('\n---') + 1);
  const body = text.slice(start);
  const end = /\n---(?:\s|$)/.exec(body)?.index ?? body.length;
  // The line of dashes belongs to no document.
  const lines = body
    .slice(0, end)
    .split('\n')
    .map((line, i) => (i === 0 && /^---(\s|$)/.test(line) ? '' : line));
  const number = text.slice(start, offset).split('\n').length - 1;
  const lineStart = before.lastIndexOf('\n') + 1;
  const typed = text.slice(lineStart, offset);
  // Behind a colon a space comes first.
  if (/(^|\s)#/.test(typed) || /^---/.test(typed) || typed.endsWith(':')) return undefined;
  const stack = stackAbove(lines.slice(0, number));
  if (stack === 'inside a text' && typed.trim() !== '') return undefined;
  const above = stack === 'inside a text' ? [] : stack;
  const line = lineOf(typed);
  const after = /^[\w./-]*/.exec(text.slice(offset))?.[0].length ?? 0;
  const placed = wordAt(line, above);
  if (placed === undefined) return undefined;
  const { part, word, style } = placed;
  const { path, head } = inObject(placed.path, opened(above, line), lines, number);
  const column = typed.length - word.length;
  return {
    part,
    path,
    from: offset - word.length,
    to: offset + after,
    siblings: style === 'block' && part === 'key' ? siblingsOf(lines, number, column) : new Set(),
    column,
    style,
    document: head,
  };
}

function stackAbove(lines: readonly string[]): readonly Open[] | 'inside a text' {
  let stack: readonly Open[] = [];
  let textBelow: number | undefined;
  for (const text of lines) {
    const line = lineOf(text);
    if (textBelow !== undefined) {
      if (text.trim() === '' || line.indent > textBelow) continue;
      textBelow = undefined;
    }
    if (isBlank(text)) continue;
    stack = opened(stack, line);
    if (/^[|>][-+\d]*\s*(#.*)?$/.test(line.rest)) textBelow = line.dashes.at(-1) ?? line.indent;
  }
  return textBelow === undefined ? stack : 'inside a text';
}

interface Word extends Pick<ManifestPlace, 'part' | 'path' | 'style'> {
  readonly word: string;
}

function wordAt(line: Line, above: readonly Open[]): Word | undefined {
  const open = opened(above, line);
  const pathOf = (stack: readonly Open[]): readonly PathStep[] => stack.map(each => each.step);
  if (line.key === undefined) {
    const inside = flowPlace(line.rest);
    const stack = open.filter(each => each.column < line.column);
    if (inside !== undefined) return { ...inside, path: [...pathOf(stack), ...inside.path], style: 'flow' };
    if (!/^[\w./-]*$/.test(line.rest)) return undefined;
    return { part: 'key', path: pathOf(stack), word: line.rest, style: 'block' };
  }
  const inside = flowPlace(line.rest);
  if (inside !== undefined) return { ...inside, path: [...pathOf(open), ...inside.path], style: 'flow' };
  const word = /^["']?([\w./-]*)$/.exec(line.rest)?.[1];
  return word === undefined ? undefined : { part: 'value', path: pathOf(open), word, style: 'block' };
}

/** Inside of `{ }` and `[ ]`: what is open at the end of the text. */
function flowPlace(text: string): Omit<Word, 'style'> | undefined {
  if (!/^[{[]/.test(text)) return undefined;
  const path: PathStep[] = [];
  /** Brackets that are open; `due`: what comes next in it. */
  const open: { readonly bracket: '{' | '['; due: 'key' | 'value' }[] = [];
  let word = '';
  const endValue = (): void => {
    const inner = open.at(-1);
    if (inner?.bracket !== '{' || inner.due === 'key') return;
    path.pop();
    inner.due = 'key';
  };
  for (const letter of text) {
    const inner = open.at(-1);
    if (letter === '{') open.push({ bracket: '{', due: 'key' });
    else if (letter === '[') {
      path.push({ kind: 'item' });
      open.push({ bracket: '[', due: 'value' });
    } else if (letter === '}') {
      endValue();
      open.pop();
    } else if (letter === ']') {
      path.pop();
      open.pop();
    } else if (letter === ',') endValue();
    else if (letter === ':' && inner?.due === 'key') {
      path.push({ kind: 'key', name: word });
      inner.due = 'value';
    }
    word = /[\w./-]/.test(letter) ? word + letter : '';
  }
  const innermost = open.at(-1);
  return innermost === undefined ? undefined : { part: innermost.due, path, word };
}

/** The keys of the mapping whose keys begin at a column around a line. */
function siblingsOf(lines: readonly string[], number: number, column: number): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (from: number, by: 1 | -1): void => {
    for (let i = from; i >= 0 && i < lines.length; i += by) {
      const text = lines[i] ?? '';
      if (isBlank(text)) continue;
      const line = lineOf(text);
      if (line.column < column || (by === 1 && line.dashes.length > 0 && line.column <= column)) return;
      if (line.column !== column) continue;
      if (line.key !== undefined) found.add(line.key);
      if (line.dashes.length > 0) return;
    }
  };
  if (lineOf(lines[number] ?? '').dashes.length === 0) walk(number - 1, -1);
  walk(number + 1, 1);
  return found;
}

/** An item of a List is an object of its own, as a document is. */
function inObject(
  path: readonly PathStep[],
  [, item]: readonly Open[],
  lines: readonly string[],
  number: number,
): { readonly path: readonly PathStep[]; readonly head: DocumentHead } {
  const head = headOf(lines, number);
  const [first, second, ...rest] = path;
  const isItem = first?.kind === 'key' && first.name === 'items' && second?.kind === 'item';
  if (head.kind !== 'List' || !isItem || item === undefined) return { path, head };
  const belongs = (text: string): boolean => isBlank(text) || lineOf(text).indent > item.column;
  let from = number;
  while (from > 0 && !lineOf(lines[from] ?? '').dashes.includes(item.column)) from--;
  let to = number + 1;
  while (to < lines.length && belongs(lines[to] ?? '')) to++;
  // The dash and what is in front of it go.
  const { column } = lineOf(lines[from] ?? '');
  return {
    path: rest,
    head: headOf(
      lines.slice(from, to).map(text => text.slice(column)),
      number - from,
    ),
  };
}

function headOf(lines: readonly string[], number: number): DocumentHead {
  const at = (pattern: RegExp): string | undefined =>
    lines.flatMap(line => pattern.exec(line)?.[1] ?? []).map(word => word.replace(/^["']|["']$/g, ''))[0];
  return {
    apiVersion: at(/^apiVersion:\s+(\S+)/),
    kind: at(/^kind:\s+(\S+)/),
    namespace: at(/^(?:\s+|metadata:\s*\{.*\b)namespace:\s+([\w-]+)/) ?? 'default',
    content: lines.every((line, i) => i === number || isBlank(line)) ? 'empty' : 'begun',
  };
}
