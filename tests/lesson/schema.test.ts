import { describe, expect, it } from 'vitest';
import { faultMessage, nearest } from '../../src/lesson/faultWords.ts';
import { integer, list, mapOf, oneOf, oneOrMore, type Reading, record, stated, text } from '../../src/lesson/schema.ts';
import type { Json } from '../../src/sim/index.ts';

const schema = record(
  { expect: oneOf('ok', 'refused') },
  { hops: list(text('a name')), port: integer(1, 65535), no: stated() },
);

function faultsOf(reading: Reading<unknown>): readonly string[] {
  return reading.kind === 'read' ? [] : reading.faults.map(fault => `${fault.path.join('.')}: ${faultMessage(fault)}`);
}

describe('a schema', () => {
  it('reads what is as it must be', () => {
    expect(schema.read({ expect: 'ok', hops: [' a '], port: 80, no: true }, [])).toEqual({
      kind: 'read',
      value: { expect: 'ok', hops: ['a'], port: 80, no: true },
    });
    expect(oneOrMore(text()).read('x', [])).toEqual({ kind: 'read', value: ['x'] });
    expect(mapOf(integer(0, 9)).read({ a: 1 }, [])).toEqual({ kind: 'read', value: { a: 1 } });
  });

  const rows: readonly [string, Json, readonly string[]][] = [
    ['a wrong word', { expect: 'okay' }, ['expect: "expect" must be one of ok, refused (found "okay")']],
    ['a missing key', {}, [': "expect" is missing (it must be one of ok, refused)']],
    [
      'an unknown key',
      { expect: 'ok', prot: 80 },
      ['prot: "prot" is not a key here (expected one of expect, hops, port, no; did you mean "port"?)'],
    ],
    ['an entry of a list', { expect: 'ok', hops: ['a', 1] }, ['hops.1: entry 2 of "hops" must be a name (found 1)']],
    [
      'a number out of range',
      { expect: 'ok', port: 80800 },
      ['port: "port" must be a whole number from 1 to 65535 (found 80800)'],
    ],
    [
      'a number that is not whole',
      { expect: 'ok', port: 1.5 },
      ['port: "port" must be a whole number from 1 to 65535 (found 1.5)'],
    ],
    [
      'false where only true means something',
      { expect: 'ok', no: false },
      ['no: "no" must be true, or left out (found false)'],
    ],
    ['a list for a map', [], [': the block must be a map of expect, hops, port, no (found a list)']],
    ['nothing for a word', { expect: null }, ['expect: "expect" must be one of ok, refused (found nothing)']],
    [
      'several at once',
      { expect: 1, port: 0 },
      [
        'expect: "expect" must be one of ok, refused (found 1)',
        'port: "port" must be a whole number from 1 to 65535 (found 0)',
      ],
    ],
    [
      'an inherited name',
      { toString: 'x', expect: 'ok' },
      ['toString: "toString" is not a key here (expected one of expect, hops, port, no)'],
    ],
  ];
  it.each(rows)('says what is wrong with %s, and where', (_, value, faults) => {
    expect(faultsOf(schema.read(value, []))).toEqual(faults);
  });
});

describe('nearest', () => {
  it.each([
    ['form', 'from'],
    ['prob', 'probe'],
    ['xyz', undefined],
    ['to', undefined],
  ])('%s is meant as %s', (word, expected) => {
    expect(nearest(word, ['from', 'probe', 'expect'])).toBe(expected);
  });
});
