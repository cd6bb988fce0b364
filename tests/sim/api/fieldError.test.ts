// Field errors in the API server's words.

import { describe, expect, it } from 'vitest';
import {
  duplicate,
  forbidden,
  formatFieldError,
  invalid,
  joinFieldErrors,
  notSupported,
  required,
  tooLong,
  tooMany,
} from '../../../src/sim/api/fieldError.ts';
import { child, entry, path } from '../../../src/sim/api/fieldPath.ts';

const FIELD = path('path', 'to', 'field');

describe('a field error', () => {
  it.each([
    ['path.to.field: Required value: the details', required(FIELD, 'the details')],
    ['path.to.field: Required value', required(FIELD)],
    ['path.to.field: Forbidden: the details', forbidden(FIELD, 'the details')],
    ['path.to.field: Too long: may not be more than 1 byte', tooLong(FIELD, 1)],
    ['path.to.field: Too long: may not be more than 63 bytes', tooLong(FIELD, 63)],
    ['path.to.field: Too many: 3: must have at most 2 items', tooMany(FIELD, 3, 2)],
    ['path.to.field: Invalid value: "the value": the details', invalid(FIELD, 'the value', 'the details')],
    ['path.to.field: Invalid value: 70000: the details', invalid(FIELD, 70_000, 'the details')],
    ['path.to.field: Invalid value: null: the details', invalid(FIELD, undefined, 'the details')],
    ['path.to.field: Invalid value: {"a":"\\u003cb\\u003e"}: the details', invalid(FIELD, { a: '<b>' }, 'the details')],
    ['path.to.field: Duplicate value: "http"', duplicate(FIELD, 'http')],
    [
      'path.to.field: Unsupported value: "tcp": supported values: "TCP", "UDP"',
      notSupported(FIELD, 'tcp', ['TCP', 'UDP']),
    ],
  ])('%s', (text, error) => expect(formatFieldError(error)).toBe(text));

  it('stands alone, or with others in brackets, each once', () => {
    const [a, b] = [required(path('a')), required(path('b'))];
    expect(joinFieldErrors([a])).toBe('a: Required value');
    expect(joinFieldErrors([a, b, a])).toBe('[a: Required value, b: Required value]');
  });
});

describe('a path', () => {
  it('prints indexes and map entries in brackets and keeps all of them as keys', () => {
    expect(child(path('spec', 'ports', 0), 'port')).toEqual({
      text: 'spec.ports[0].port',
      keys: ['spec', 'ports', 0, 'port'],
    });
    expect(entry(path('metadata', 'annotations'), 'example.com/team')).toEqual({
      text: 'metadata.annotations[example.com/team]',
      keys: ['metadata', 'annotations', 'example.com/team'],
    });
  });
});
