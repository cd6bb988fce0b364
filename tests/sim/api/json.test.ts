import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sharing } from '../../../src/sim/api/json.ts';

it('sharing keeps the old parts that are equal', () => {
  const old = { conditions: [{ type: 'Ready', status: 'True' }, { type: 'Scheduled' }], phase: 'Running', gone: 1 };
  const next = { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }, { type: 'Scheduled' }] };
  const shared = sharing(old, next);
  expect(shared).toEqual(next);
  expect(shared.conditions[1]).toBe(old.conditions[1]);
  expect(sharing(old, structuredClone(old))).toBe(old);
});

it('sharing changes nothing', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (old, next) => {
      expect(sharing(old, next)).toEqual(next);
    }),
  );
});
