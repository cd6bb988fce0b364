// Objects as YAML, as the API tools write it: keys in order, lists not indented, long texts folded.
//
// Read:    sigs.k8s.io/yaml goyaml.v2, encode.go, sorter.go, emitterc.go.

import { isJsonArray, isJsonObject, type Json } from '../../sim/index.ts';
import { yamlScalar } from './yamlScalar.ts';

/** The text with the end of its last line. */
export function yamlText(value: Json): string {
  return isEmpty(value) || (!isJsonArray(value) && !isJsonObject(value))
    ? `${inLine(value, 0, 2)}\n`
    : `${blockOf(value, 0)}\n`;
}

function isEmpty(value: Json): boolean {
  return isJsonArray(value) ? value.length === 0 : isJsonObject(value) && entriesOf(value).length === 0;
}

/** Lines of a list or an object; the first one without its indentation. */
function blockOf(value: Json, indent: number): string {
  const between = `\n${' '.repeat(indent)}`;
  if (isJsonArray(value)) return value.map(item => `- ${memberOf(item, indent + 2, indent + 2)}`).join(between);
  return entriesOf(value)
    .map(([key, member]) => {
      const name = `${yamlScalar(key, indent, indent, 'key')}:`;
      if (isEmpty(member)) return `${name} ${isJsonArray(member) ? '[]' : '{}'}`;
      if (isJsonArray(member)) return `${name}${between}${blockOf(member, indent)}`;
      if (isJsonObject(member)) return `${name}${between}  ${blockOf(member, indent + 2)}`;
      return `${name} ${inLine(member, indent + [...name].length + 1, indent + 2)}`;
    })
    .join(between);
}

/** What stands behind `- `. */
function memberOf(value: Json, column: number, indent: number): string {
  return !isEmpty(value) && (isJsonArray(value) || isJsonObject(value))
    ? blockOf(value, indent)
    : inLine(value, column, indent);
}

function inLine(value: Json, column: number, indent: number): string {
  if (isJsonArray(value)) return '[]';
  if (isJsonObject(value)) return '{}';
  return typeof value === 'string' ? yamlScalar(value, column, indent, 'value') : String(value);
}

function entriesOf(value: Json): readonly (readonly [string, Json])[] {
  if (!isJsonObject(value)) return [];
  return Object.entries(value)
    .flatMap(([key, member]): [string, Json][] => (member === undefined ? [] : [[key, member]]))
    .sort(([a], [b]) => (a === b ? 0 : isBefore([...a], [...b]) ? -1 : 1));
}

const isDigit = (letter = ''): boolean => /^\p{Nd}$/u.test(letter);
const isLetter = (letter = ''): boolean => /^\p{L}$/u.test(letter);

/** The order of keys: numbers in them count as numbers, letters come after other marks. Source: sorter.go, `Less`. */
function isBefore(a: readonly string[], b: readonly string[]): boolean {
  const i = a.findIndex((letter, k) => letter !== b[k]);
  const [x, y] = [a[i], b[i]];
  if (i < 0 || x === undefined || y === undefined) return a.length < b.length;
  if (isLetter(x) && isLetter(y)) return x < y;
  if (isLetter(x) || isLetter(y)) return i > 0 && isDigit(a[i - 1]) ? isLetter(x) : isLetter(y);
  const [n, m] = [numberFrom(a, i), numberFrom(b, i)];
  // A 0 within a number is a digit like others: it counts together with what stands before it.
  const goesOn = (x === '0' || y === '0') && isInNumber(a, i) ? '1' : '';
  const [first, second] = [Number(`${goesOn}${n}`), Number(`${goesOn}${m}`)];
  if (first !== second) return first < second;
  return n.length !== m.length ? n.length < m.length : x < y;
}

function numberFrom(letters: readonly string[], at: number): string {
  const end = letters.findIndex((letter, k) => k >= at && !isDigit(letter));
  return letters.slice(at, end < 0 ? undefined : end).join('');
}

/** The digits right before this place are not only zeros. */
function isInNumber(letters: readonly string[], at: number): boolean {
  for (let k = at - 1; k >= 0 && isDigit(letters[k]); k--) if (letters[k] !== '0') return true;
  return false;
}
