// Bodies of requests to the lab's own group: fields taken out one by one, and everything that is not as expected.

import { invalidObject } from '../api/apiError.ts';
import type { ApiError } from '../api/client.ts';
import { type FieldError, forbidden, invalid, notSupported, required } from '../api/fieldError.ts';
import { child, type FieldPath, ROOT_PATH } from '../api/fieldPath.ts';
import { field, isJsonObject, type JsonObject } from '../api/json.ts';
import type { Json } from '../api/request.ts';

export const LAB_GROUP = 'lab.hoplab.dev';

/** Characters of one text: whatever is asked is written down at every step of its journey. */
const MOST_TEXT = 2000;
/** Headers of a request. */
const MOST_TEXTS = 50;

/** How endpoints are written. */
export const FROM_FORM = 'pod/[NAMESPACE/]NAME[:CONTAINER], node/NAME or outside/NAME';
export const TO_FORM = `${FROM_FORM}, svc/[NAMESPACE/]NAME, an address, a name or a URL`;

/** Reads the fields of an object. What is wrong is gathered; reading goes on with something of the right type. */
export interface FieldReader {
  /** @param expected what it should be, in words: the field is required */
  text(name: string, expected: string): string;
  optionalText(name: string, expected: string): string | undefined;
  oneOf<T extends string>(name: string, known: readonly T[], otherwise: T): T;
  integer(name: string, least: number, most: number): number | undefined;
  boolean(name: string): boolean | undefined;
  texts(name: string): Readonly<Record<string, string>> | undefined;
  /** A list of objects. */
  list(name: string, known: readonly string[], most: number): readonly FieldReader[];
  /** What else is wrong with a field. */
  problem(name: string, detail: string): void;
}

/**
 * @param problems where they are gathered
 * @param known all fields that there are
 */
export function fieldReader(
  value: Json | undefined,
  known: readonly string[],
  problems: FieldError[],
  path: FieldPath = ROOT_PATH,
): FieldReader {
  const object: JsonObject = isJsonObject(value) ? value : {};
  if (!isJsonObject(value)) problems.push(invalid(path, value, 'an object was expected'));
  // Of what is no object nothing else is said.
  const errors = isJsonObject(value) ? problems : [];
  for (const key of Object.keys(object)) {
    if (!known.includes(key))
      errors.push(forbidden(child(path, key), `unknown field (expected one of ${known.join(', ')})`));
  }
  const get = (name: string): Json | undefined => field(object, name) ?? undefined;
  const wrong = (name: string, expected: string): undefined => {
    errors.push(invalid(child(path, name), get(name), `${expected} was expected`));
  };
  const reader: FieldReader = {
    text(name, expected) {
      const value = get(name);
      if (value === undefined || value === '') {
        errors.push(required(child(path, name), expected));
        return '';
      }
      return reader.optionalText(name, expected) ?? '';
    },
    optionalText(name, expected) {
      const value = get(name);
      if (value === undefined || (typeof value === 'string' && value.length <= MOST_TEXT)) return value;
      return wrong(name, typeof value === 'string' ? `up to ${MOST_TEXT} characters` : expected);
    },
    oneOf(name, choices, otherwise) {
      const value = get(name);
      if (value === undefined) return otherwise;
      const found = choices.find(choice => choice === value);
      if (found === undefined) errors.push(notSupported(child(path, name), value, choices));
      return found ?? otherwise;
    },
    integer(name, least, most) {
      const value = get(name);
      if (value === undefined) return undefined;
      if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
      return wrong(name, `a whole number from ${least} to ${most}`);
    },
    boolean(name) {
      const value = get(name);
      return value === undefined || typeof value === 'boolean' ? value : wrong(name, 'true or false');
    },
    texts(name) {
      const value = get(name);
      if (value === undefined) return undefined;
      const entries = isJsonObject(value) ? Object.entries(value) : [];
      const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
      if (!isJsonObject(value) || texts.length < entries.length) return wrong(name, 'an object of texts');
      const isShort = texts.length <= MOST_TEXTS && texts.flat().every(text => text.length <= MOST_TEXT);
      return isShort ? Object.fromEntries(texts) : wrong(name, `up to ${MOST_TEXTS} of up to ${MOST_TEXT} characters`);
    },
    list(name, fields, most) {
      const value = get(name);
      if (value === undefined) {
        errors.push(required(child(path, name), 'a list was expected'));
        return [];
      }
      if (!Array.isArray(value) || value.length > most) {
        errors.push(
          invalid(child(path, name), Array.isArray(value) ? value.length : value, `up to ${most} were expected`),
        );
        return [];
      }
      return value.map((item: Json, i) => fieldReader(item, fields, errors, child(path, name, i)));
    },
    problem(name, detail) {
      errors.push(invalid(child(path, name), get(name), detail));
    },
  };
  return reader;
}

/** The refusal that names every field: `Exchange.lab.hoplab.dev "" is invalid: from: Required value: ...`. */
export function refusedBody(kind: string, errors: readonly FieldError[]): ApiError {
  return invalidObject(kind, LAB_GROUP, '', errors);
}
