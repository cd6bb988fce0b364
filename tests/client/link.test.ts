import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { linkOver } from '../../src/client/link.ts';
import type { Method } from '../../src/client/rpc.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How a link ends to a lab that says no more than that it begins some calls, so long after it was asked for them. */
async function silent(calls: readonly (readonly [Method, 'asked' | 'begun'])[], seconds: number): Promise<string> {
  let death = 'alive';
  const link = linkOver(
    ({ onMessage }) => ({
      post({ id, method }) {
        if (calls.some(([asked, state]) => asked === method && state === 'begun')) onMessage({ kind: 'begun', id });
      },
      close: () => undefined,
    }),
    {
      onUpdate: () => undefined,
      onDeath: message => {
        death = message;
      },
    },
  );
  for (const [method] of calls) link.call(method, []).catch(() => undefined);
  await vi.advanceTimersByTimeAsync(seconds * 1000);
  link.end();
  return death;
}

describe('a lab that says nothing', () => {
  it.each([
    ['is alive for ten seconds after a command', [['run', 'asked']], 10, 'alive'],
    ['is dead after that', [['run', 'asked']], 14, 'it does not answer'],
    ['is alive for minutes while it works: it may make ten thousand Pods', [['run', 'begun']], 150, 'alive'],
    ['is dead if it never ends', [['run', 'begun']], 200, 'it does not answer'],
    [
      'is dead soon when the learner wants the end of what it works on',
      [
        ['run', 'begun'],
        ['cancel', 'asked'],
      ],
      14,
      'it does not answer',
    ],
  ] as const)('%s', async (_, calls, seconds, expected) => {
    expect(await silent(calls, seconds)).toBe(expected);
  });
});
