import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { linkOver } from '../../src/client/link.ts';
import type { Method } from '../../src/client/rpc.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How a link to a lab that never says a word ends, so long after it was asked for something. */
async function silent(method: Method, seconds: number): Promise<string> {
  let death = 'alive';
  const link = linkOver(() => ({ post: () => undefined, close: () => undefined }), {
    onUpdate: () => undefined,
    onDeath: message => {
      death = message;
    },
  });
  link.call(method, []).catch(() => undefined);
  await vi.advanceTimersByTimeAsync(seconds * 1000);
  link.end();
  return death;
}

describe('a lab that says nothing', () => {
  it.each([
    ['is alive for ten seconds after a command', 'run', 10, 'alive'],
    ['is dead after that', 'run', 14, 'it does not answer'],
    ['is alive for minutes while it is opened: it may have ten thousand Pods', 'open', 150, 'alive'],
    ['is dead if it never opens', 'open', 200, 'it does not answer'],
  ] as const)('%s', async (_, method, seconds, expected) => {
    expect(await silent(method, seconds)).toBe(expected);
  });
});
