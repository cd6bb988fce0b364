// Ways through the history of a lab: what was taken back or brought back, for whoever has it read aloud.

import { beforeEach, describe, expect, it } from 'vitest';
import { createInProcessClient } from '../../src/client/inProcess.ts';
import { SANDBOX_LAB } from '../../src/client/sandboxLab.ts';
import { createLabStore, type LabStore, type Travelled } from '../../src/store/labStore.ts';

let lab: LabStore;
let said: Travelled[];
beforeEach(async () => {
  const client = createInProcessClient();
  lab = createLabStore(client);
  await lab.open({ kind: 'manifests', text: SANDBOX_LAB });
  for (const name of ['blue', 'red']) await client.run('test', `kubectl create namespace ${name}`, () => undefined);
  said = [];
  lab.subscribe(({ travelled }, before) => {
    if (travelled !== undefined && travelled !== before.travelled) said.push(travelled);
  });
});

describe('a way through the history', () => {
  it('is named after the one change', async () => {
    await lab.undo();
    await lab.undo();
    await lab.redo();
    expect(said).toEqual([
      { by: -1, what: 'kubectl create namespace red' },
      { by: -1, what: 'kubectl create namespace blue' },
      { by: 1, what: 'kubectl create namespace blue' },
    ]);
  });

  it('has no name over several changes, and is told once each time', async () => {
    await lab.travel(-2);
    await lab.travel(2);
    expect(said).toEqual([
      { by: -2, what: undefined },
      { by: 2, what: undefined },
    ]);
    expect(lab.getState().history.undo).toBe('kubectl create namespace red');
  });
});
