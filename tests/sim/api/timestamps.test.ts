// Times as the API writes them, and ages as kubectl prints them.

import { describe, expect, it } from 'vitest';
import { age, humanDuration, microTimestamp, parseTimestamp, timestamp } from '../../../src/sim/api/timestamps.ts';

const DAY_MS = 86_400_000;

describe('timestamp', () => {
  it.each([
    ['the lab opens with 2026', 0, '2026-01-01T00:00:00Z'],
    ['parts of seconds are cut off', 7999, '2026-01-01T00:00:07Z'],
    ['the second day', DAY_MS, '2026-01-02T00:00:00Z'],
    ['the end of a February without a 29th', 58 * DAY_MS, '2026-02-28T00:00:00Z'],
    ['the day after it', 59 * DAY_MS, '2026-03-01T00:00:00Z'],
    ['the 29th of February of 2028', (365 + 365 + 59) * DAY_MS, '2028-02-29T00:00:00Z'],
    ['the last second of the year', 365 * DAY_MS - 1000, '2026-12-31T23:59:59Z'],
  ])('%s', (_, now, text) => {
    expect(timestamp(now)).toBe(text);
    expect(parseTimestamp(text)).toBe(Math.floor(now / 1000) * 1000);
  });

  it('has six more digits in fields of type MicroTime', () => {
    expect(microTimestamp(7250)).toBe('2026-01-01T00:00:07.250000Z');
  });
});

describe('parseTimestamp', () => {
  it.each([
    ['2026-01-01T01:00:00+01:00', 0],
    ['2025-12-31T23:59:00-00:01', 0],
    ['2026-01-01T00:00:00.5Z', 500],
  ])('reads %s', (text, now) => expect(parseTimestamp(text)).toBe(now));

  it.each(['yesterday', '2026-13-01T00:00:00Z', '2026-02-29T00:00:00Z', '2026-01-01', '2026-01-01T24:00:00Z'])(
    'does not read %s',
    text => expect(parseTimestamp(text)).toBeUndefined(),
  );
});

describe('humanDuration, as kubectl prints it', () => {
  it.each([
    [-2.1, '<invalid>'],
    [-1, '0s'],
    [0, '0s'],
    [119, '119s'],
    [120, '2m'],
    [312, '5m12s'],
    [600, '10m'],
    [10_799, '179m'],
    [10_800, '3h'],
    [11_040, '3h4m'],
    [28_800, '8h'],
    [172_799, '47h'],
    [172_800, '2d'],
    [190_800, '2d5h'],
    [691_200, '8d'],
    [63_071_999, '729d'],
    [63_072_000, '2y'],
    [63_158_400, '2y1d'],
    [315_360_000, '10y'],
  ])('%d seconds: %s', (seconds, text) => expect(humanDuration(seconds)).toBe(text));
});

describe('age', () => {
  it.each([
    ['an hour after', '2026-01-01T00:00:00Z', 3_600_000, '60m'],
    ['a time that is missing', undefined, 0, '<unknown>'],
    ['a time that is none', 'soon', 0, '<unknown>'],
  ])('%s', (_, since, now, text) => expect(age(since, now)).toBe(text));
});
