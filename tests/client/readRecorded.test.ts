import { describe, expect, it } from 'vitest';
import { createInProcessClient } from '../../src/client/inProcess.ts';
import { SMALL_TEXT } from '../sim/recorded/smallCluster.ts';

describe('the text of a recorded cluster', () => {
  it('that opens has no problem, and no lab has to be open', async () => {
    expect(await createInProcessClient().readRecorded(SMALL_TEXT)).toEqual([]);
  });

  it('that does not open is told with its line, and what is open stays', async () => {
    const client = createInProcessClient();
    await client.open({ kind: 'kernel', text: SMALL_TEXT });
    const wrong = SMALL_TEXT.replace('"from": "n1"', '"from": "n9"');
    const line = wrong.slice(0, wrong.indexOf('"n9"')).split('\n').length;
    expect(await client.readRecorded(wrong)).toMatchObject([
      { message: 'probes[2].from: there is no host "n9" in this cluster', range: { startLine: line } },
    ]);
    expect((await client.run('a', 'probe node-port', () => undefined)).exitCode).toBe(0);
    client.close();
  });
});
