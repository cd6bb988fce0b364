// Label and field selectors as query text and as objects.

import { describe, expect, it } from 'vitest';
import {
  formatLabels,
  formatSelector,
  matchesLabels,
  meetsAll,
  parseFieldSelector,
  parseLabelSelector,
} from '../../../src/sim/api/selectors.ts';

const LABELS = { app: 'web', tier: 'front', version: '2' };

describe('a label selector as text', () => {
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
  ])('%j on app=web,tier=front,version=2: %s', (text, expected) => {
    const parsed = parseLabelSelector(text);
    expect(parsed.ok && meetsAll(parsed.value, LABELS)).toBe(expected);
  });

  it.each(['app=web,', 'app in web', '=web', 'a b'])('%j is none', text => {
    expect(parseLabelSelector(text).ok).toBe(false);
  });
});

describe('a label selector as an object', () => {
  it.each([
    ['In', ['web'], true],
    ['NotIn', ['web'], false],
    ['Exists', [], true],
    ['DoesNotExist', [], false],
  ] as const)('app %s %j: %s', (operator, values, expected) => {
    expect(matchesLabels({ matchExpressions: [{ key: 'app', operator, values }] }, LABELS)).toBe(expected);
  });

  it('prints as the SELECTOR column has it', () => {
    const matchExpressions = [
      { key: 'env', operator: 'In', values: ['b', 'a'] },
      { key: 'old', operator: 'DoesNotExist' },
    ] as const;
    expect(formatSelector({ matchLabels: { tier: 'x' }, matchExpressions })).toBe('env in (a,b),!old,tier=x');
    expect(formatSelector({})).toBe('<none>');
    expect(formatLabels({ b: '2', a: '1' })).toBe('a=1,b=2');
  });
});

it('a field selector has = and != only', () => {
  expect(parseFieldSelector('status.phase!=Running,spec.nodeName=node-1')).toEqual({
    ok: true,
    value: [
      { field: 'status.phase', operator: '!=', value: 'Running' },
      { field: 'spec.nodeName', operator: '=', value: 'node-1' },
    ],
  });
  expect(parseFieldSelector('status.phase')).toEqual({
    ok: false,
    error: "invalid field selector: \"status.phase\"; can't understand 'status.phase'",
  });
});
