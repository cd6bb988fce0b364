// How a lab's time goes by, in the page and where it is served.

import { describe, expect, it } from 'vitest';
import { createInProcessClient } from '../../src/client/inProcess.ts';
import { FREE_PACE, machinePace } from '../../src/client/pace.ts';

describe('time that waits for nobody', () => {
  it('passes as it is asked for', () => {
    expect([FREE_PACE.tick(5000, 250), FREE_PACE.sleep(5000, 60_000)]).toEqual([250, 60_000]);
  });
});

describe("the machine's time, less a lag", () => {
  const pace = machinePace(() => 100_000, 60_000);

  it.each([
    ['is behind', 30_000, 10_000],
    ['is where it should be', 40_000, 0],
    ['is ahead, as settling leaves it', 45_000, 0],
  ])('a tick catches up where the lab %s', (_, now, passed) => {
    expect(pace.tick(now, 250)).toBe(passed);
  });

  it.each([
    ['passes as asked', 40_000, 1000, 1000],
    ['never gets ahead of the machine', 99_500, 1000, 500],
    ['stands still when it is there', 100_000, 1000, 0],
  ])('a sleep %s', (_, now, asked, passed) => {
    expect(pace.sleep(now, asked)).toBe(passed);
  });

  it('does not repeat, so such a lab is not saved', async () => {
    const client = createInProcessClient(pace);
    await client.open({ kind: 'manifests', text: '' });
    await expect(client.save()).rejects.toThrow("a lab whose time is the machine's cannot be saved");
    client.close();
  });
});
