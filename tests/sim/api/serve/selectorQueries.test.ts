// Selectors as the text of queries. What is wrong is said as apimachinery v1.34 says it.

import { describe, expect, it } from 'vitest';
import { meetsAll } from '../../../../src/sim/api/selectors.ts';
import { parseFieldSelector } from '../../../../src/sim/api/serve/fieldQuery.ts';
import { parseLabelSelector } from '../../../../src/sim/api/serve/labelQuery.ts';

const LABELS = { app: 'web', tier: 'front', version: '2', empty: '' };

describe('a label selector', () => {
  it.each([
    ['', true],
    ['app=web', true],
    ['app==web,tier=front', true],
    ['app=web,tier=back', false],
    ['app!=db', true],
    ['colour!=red', true],
    ['app in (db, web)', true],
    ['app notin (db,web)', false],
    ['tier', true],
    ['colour', false],
    ['!colour', true],
    ['version>1', true],
    ['version<2', false],
    ['example.com/part=x', false],
    ['empty=', true],
    ['empty in ()', true],
    ['empty in (,a)', true],
    ['app in (db,,web)', true],
    ['in in (in)', false],
  ])('%j on app=web,tier=front,version=2,empty=: %s', (text, expected) => {
    const parsed = parseLabelSelector(text);
    expect(parsed.ok && meetsAll(parsed.value, LABELS)).toBe(expected);
  });

  it.each([
    ['app=web,', "found '', expected: identifier after ','"],
    [',app', "found ',', expected: !, identifier, or 'end of string'"],
    ['=web', "found '=', expected: !, identifier, or 'end of string'"],
    ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ['a=b c', "found 'c', expected: ',' or 'end of string'"],
    ['a==b=c', "found '=', expected: ',' or 'end of string'"],
    ['!', "unable to parse requirement: found '', expected: identifier"],
    ['a in', "unable to parse requirement: found '' expected: '('"],
    ['a in web', "unable to parse requirement: found 'web' expected: '('"],
    ['a in (b', "unable to parse requirement: found '', expected: ',' or ')'"],
    ['a in (b,', "unable to parse requirement: found '', expected: ',', or identifier"],
    ['a in (=', "unable to parse requirement: found '=', expected: ',', ')' or identifier"],
    ['a=(', "unable to parse requirement: found '(', expected: identifier"],
    [
      'a>b',
      "unable to parse requirement: values[0]: Invalid value: \"b\": for 'Gt', 'Lt' operators, the value must be an integer",
    ],
    [
      'a=b/c',
      "unable to parse requirement: values[0][a]: Invalid value: \"b/c\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    ],
    [
      'a/=b',
      "unable to parse requirement: <nil>: Invalid value: \"a/\": name part must be non-empty; name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    ],
  ])('%j is none', (text, error) => {
    expect(parseLabelSelector(text)).toEqual({ ok: false, error });
  });
});

describe('a field selector', () => {
  it('has = and != only, and a backslash before what would end a value', () => {
    expect(parseFieldSelector('status.phase!=Running,spec.nodeName==node-1,message=a\\,b\\=c\\\\')).toEqual({
      ok: true,
      value: [
        { field: 'message', operator: '=', value: 'a,b=c\\' },
        { field: 'spec.nodeName', operator: '=', value: 'node-1' },
        { field: 'status.phase', operator: '!=', value: 'Running' },
      ],
    });
    expect(parseFieldSelector('')).toEqual({ ok: true, value: [] });
  });

  it.each([
    ['status.phase', "invalid selector: 'status.phase'; can't understand 'status.phase'"],
    ['a=1,b', "invalid selector: 'a=1,b'; can't understand 'b'"],
    ['a=b=c', 'invalid field selector: unescaped character in value: 61'],
    ['a=\\b', 'invalid field selector: invalid escape sequence: \\b'],
    ['a=b\\', 'invalid field selector: invalid escape sequence: \\'],
  ])('%j is none', (text, error) => {
    expect(parseFieldSelector(text)).toEqual({ ok: false, error });
  });
});
