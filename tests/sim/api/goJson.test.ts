// JSON as Go reads it, with its complaints. Checked against Go's encoding/json scanner.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseGoJson } from '../../../src/sim/api/goJson.ts';

describe('JSON text', () => {
  it('means what it means to everybody', () => {
    fc.assert(
      fc.property(fc.json(), text => {
        expect(parseGoJson(text)).toEqual({ ok: true, value: { value: JSON.parse(text), duplicates: [] } });
      }),
    );
  });

  it('is refused whenever it is refused elsewhere, and the other way round', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"a"',
      ':',
      ',',
      '1',
      '-',
      '0',
      '.5',
      'e3',
      'true',
      'nul',
      ' ',
      '\\',
      '"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), pieces => {
        const text = pieces.join('');
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        expect(parseGoJson(text).ok).toBe(isJson);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['', 'unexpected end of JSON input'],
    ['{"a":', 'unexpected end of JSON input'],
    ['{"a":1', 'unexpected end of JSON input'],
    ['"a', 'unexpected end of JSON input'],
    ['apiVersion: v1', "invalid character 'a' looking for beginning of value"],
    ['{a: 1}', "invalid character 'a' looking for beginning of object key string"],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1 "b":2}', "invalid character '\"' after object key:value pair"],
    ['[1 2]', "invalid character '2' after array element"],
    ['[1,]', "invalid character ']' looking for beginning of value"],
    ['{} {}', "invalid character '{' after top-level value"],
    ['{"a":01}', "invalid character '1' after object key:value pair"],
    ['-a', "invalid character 'a' in numeric literal"],
    ['1.x', "invalid character 'x' after decimal point in numeric literal"],
    ['1ex', "invalid character 'x' in exponent of numeric literal"],
    ['trie', "invalid character 'i' in literal true (expecting 'u')"],
    ['nil', "invalid character 'i' in literal null (expecting 'u')"],
    ['"a\nb"', "invalid character '\\n' in string literal"],
    ['"\\x"', "invalid character 'x' in string escape code"],
    ['"\\u12g4"', "invalid character 'g' in \\u hexadecimal character escape"],
    ["'a'", "invalid character '\\'' looking for beginning of value"],
    ['ä', "invalid character 'Ã' looking for beginning of value"],
    ['['.repeat(20_000), 'exceeded max depth'],
  ])('%.20j: %s', (text, error) => {
    expect(parseGoJson(text)).toEqual({ ok: false, error });
  });

  it('names each field that stands twice, and keeps the last', () => {
    const text = '{"a": {"b": [{"c": 1, "c": 2}]}, "x": 1, "x": 2, "__proto__": 1}';
    expect(parseGoJson(text)).toEqual({
      ok: true,
      value: { value: JSON.parse(text), duplicates: ['a.b[0].c', 'x'] },
    });
  });
});
