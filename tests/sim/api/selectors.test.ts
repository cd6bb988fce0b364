// Label selectors as objects.

import { describe, expect, it } from 'vitest';
import { formatLabels, formatSelector, matchesLabels } from '../../../src/sim/api/selectors.ts';

const LABELS = { app: 'web', tier: 'front', version: '2' };

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
