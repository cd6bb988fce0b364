// JSON values read as what they should be; a value that is something else ends the reading with its path.

import type { FieldPath } from '../manifest/read.ts';
import { ParseError } from '../runtime/errors.ts';

/** A value is not what was expected. */
export class ShapeError extends ParseError {
  readonly path: FieldPath;

  /** @param said the whole problem, where what was expected says less than what is wrong */
  constructor(path: FieldPath, expected: string, said = `${expected} was expected`) {
    super(`${pathText(path)}${said}`);
    this.path = path;
  }
}

function pathText(path: FieldPath): string {
  const text = path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');
  return text === '' ? '' : `${text}: `;
}

export type Fields = Readonly<Record<string, unknown>>;

export function fields(value: unknown, path: FieldPath, what = 'an object'): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ShapeError(path, what);
  return value as Fields;
}

/** A JSON value without the keys whose value is null: they stand for absent ones. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutNulls(member)]));
}

/** An absent list is empty. */
export function list<T>(value: unknown, path: FieldPath, read: (item: unknown, path: FieldPath) => T): readonly T[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new ShapeError(path, 'a list');
  return value.map((item: unknown, i) => read(item, [...path, i]));
}

export function text(value: unknown, path: FieldPath, what = 'a text'): string {
  if (typeof value !== 'string') throw new ShapeError(path, what);
  return value;
}

export function integer(value: unknown, path: FieldPath, least: number, most: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
    throw new ShapeError(path, `a whole number from ${least} to ${most}`);
  return value;
}

export function oneOf<const T extends string>(value: unknown, path: FieldPath, words: readonly T[]): T {
  const found = words.find(word => word === value);
  if (found === undefined) throw new ShapeError(path, `one of ${words.join(', ')}`);
  return found;
}

/** The value of a key where it is there: for fields that stay away otherwise. */
export function ifThere<K extends string, T>(
  from: Fields,
  key: K,
  path: FieldPath,
  read: (value: unknown, path: FieldPath) => T,
): { readonly [key in K]?: T } {
  const value = from[key];
  return value === undefined ? {} : ({ [key]: read(value, [...path, key]) } as { [key in K]?: T });
}
