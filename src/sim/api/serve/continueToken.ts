// The token with which a client asks for the next page of a list: which state it is from, and where it begins.
//
// Read:    k8s.io/apiserver pkg/storage/continue.go; RFC 4648, section 5.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { isJsonObject } from '../json.ts';
import type { Json } from '../request.ts';

export interface Continuation {
  /** The page is of this state; -1: of the latest, because the state that the list began with is no longer known. */
  readonly resourceVersion: number;
  /** The first key of the page, or what comes just before it: `default/web` and a null character. */
  readonly start: string;
}

const VERSION = 'meta.k8s.io/v1';

export function encodeContinue({ resourceVersion, start }: Continuation): string {
  return toBase64(JSON.stringify({ v: VERSION, rv: resourceVersion, start }));
}

/** The error is what is wrong with the token, in the server's words. */
export function decodeContinue(token: string): Result<Continuation, string> {
  const text = fromBase64(token);
  if (!text.ok) return failure(`continue key is not valid: ${text.error}`);
  const value = parsed(text.value);
  if (!value.ok) return failure(`continue key is not valid: ${value.error}`);
  const { v, rv, start } = isJsonObject(value.value) ? value.value : {};
  if (v !== VERSION)
    return failure(`continue key is not valid: server does not recognize this encoded version ${String(v ?? '')}`);
  if (typeof rv !== 'number' || rv === 0)
    return failure(`continue key is not valid: incorrect encoded start resourceVersion (version ${VERSION})`);
  if (typeof start !== 'string' || start === '')
    return failure(`continue key is not valid: encoded start key empty (version ${VERSION})`);
  if (start.split('/').some(part => part === '' || part === '.' || part === '..'))
    return failure(`continue key is not valid: ${start}`);
  return success({ resourceVersion: rv, start });
}

/** Simplified: the complaint about text that is not JSON is always about its end. */
function parsed(text: string): Result<Json, string> {
  try {
    return success(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return failure('unexpected end of JSON input');
    throw error;
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Keys of objects are ASCII: a character is a byte. */
function toBase64(text: string): string {
  let encoded = '';
  let bits = 0;
  let count = 0;
  for (const character of text) {
    bits = ((bits << 8) | (character.charCodeAt(0) & 0xff)) & 0xffff;
    count += 8;
    for (; count >= 6; count -= 6) encoded += ALPHABET[(bits >> (count - 6)) & 63];
  }
  return count === 0 ? encoded : encoded + ALPHABET[(bits << (6 - count)) & 63];
}

function fromBase64(encoded: string): Result<string, string> {
  let text = '';
  let bits = 0;
  let count = 0;
  for (let i = 0; i < encoded.length; i++) {
    const value = ALPHABET.indexOf(encoded[i] ?? '');
    if (value < 0) return failure(`illegal base64 data at input byte ${i}`);
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    text += String.fromCharCode((bits >> count) & 0xff);
  }
  return success(text);
}
