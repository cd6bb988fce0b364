// The matrix against a lab: what is asked, what is compared, and what ends a run.

import { beforeEach, describe, expect, it } from 'vitest';
import { createInProcessClient, type InProcessClient } from '../../src/client/inProcess.ts';
import type { LabClient, ReachEnd } from '../../src/client/port.ts';
import { SANDBOX_LAB } from '../../src/client/sandboxLab.ts';
import { createLabStore, type LabStore } from '../../src/store/labStore.ts';
import {
  changedCells,
  createMatrixStore,
  isChangedSince,
  type MatrixPlan,
  type MatrixState,
} from '../../src/store/matrixStore.ts';

const WEB = `---
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { nodeName: node-2, containers: [{ name: web, image: web }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
`;

let client: InProcessClient;
let lab: LabStore;

beforeEach(async () => {
  client = createInProcessClient();
  lab = createLabStore(client);
  expect((await lab.open({ kind: 'manifests', text: SANDBOX_LAB + WEB })).kind).toBe('open');
});

const endOf = (ends: readonly ReachEnd[], element: string): ReachEnd => {
  const found = ends.find(end => end.element === element);
  if (found === undefined) throw new Error(`no ${element} among ${ends.map(end => end.element)}`);
  return found;
};

async function smallPlan(): Promise<MatrixPlan> {
  const ends = await client.reachEnds();
  return {
    rows: [endOf(ends, 'pod/default/client'), endOf(ends, 'node/node-1')],
    columns: [
      { end: endOf(ends, 'svc/default/web'), ask: { protocol: 'tcp', port: 80 } },
      { end: endOf(ends, 'pod/default/web'), ask: { protocol: 'tcp', port: 8080 } },
      { end: endOf(ends, 'pod/default/web'), ask: { protocol: 'tcp', port: 81 } },
      { end: endOf(ends, 'pod/default/client'), ask: { protocol: 'icmp' } },
    ],
  };
}

const run = (line: string) => client.run(line, line, () => undefined);

const words = ({ run: shown }: MatrixState): readonly (readonly string[])[] =>
  (shown?.plan.rows ?? []).map(row =>
    (shown?.answers.get(row.element) ?? []).map(answer => (answer.kind === 'answered' ? answer.verdict : 'not-sent')),
  );

const ROW = ['ok', 'ok', 'refused', 'ok'];

describe('a matrix', () => {
  it('has a verdict in each cell, and leaves nothing behind in the lab', async () => {
    const matrix = createMatrixStore(client, lab);
    const before = lab.getState();
    await matrix.start(await smallPlan());
    expect(matrix.getState().phase).toEqual({ kind: 'done' });
    expect(words(matrix.getState())).toEqual([ROW, ROW]);
    expect(lab.getState().events).toBe(before.events);
    expect(lab.getState().exchanges).toEqual([]);
    expect(changedCells(matrix.getState())).toBe(0);
  });

  it('counts the cells that changed since the run before, and only those', async () => {
    const matrix = createMatrixStore(client, lab);
    const plan = await smallPlan();
    await matrix.start(plan);
    await run('kubectl set selector service web app=wbe');
    await matrix.start(plan);
    expect(words(matrix.getState()).map(row => row[0])).toEqual(['refused', 'refused']);
    expect(changedCells(matrix.getState())).toBe(2);
    await matrix.start(plan);
    expect(changedCells(matrix.getState())).toBe(0);
  });

  it('compares cells of another plan too, where both have them', async () => {
    const matrix = createMatrixStore(client, lab);
    const plan = await smallPlan();
    await matrix.start({ ...plan, columns: plan.columns.slice(1) });
    await run('kubectl set selector service web app=wbe');
    await matrix.start(plan);
    // The Service's column is new: nothing is known of how it was.
    expect(changedCells(matrix.getState())).toBe(0);
  });

  it('says that a Pod that is gone cannot ask', async () => {
    const matrix = createMatrixStore(client, lab);
    const plan = await smallPlan();
    await run('kubectl delete pod client --now');
    await matrix.start(plan);
    expect(words(matrix.getState())[0]).toEqual(['not-sent', 'not-sent', 'not-sent', 'not-sent']);
    expect(words(matrix.getState())[1]?.[3]).toBe('not-sent');
  });

  it('stops where it is told to, keeps what it has, and is no measure for the next run', async () => {
    const plan = await smallPlan();
    let calls = 0;
    const stopping: LabClient = {
      ...client,
      reach(questions) {
        if (++calls === 2) matrix.stop();
        return client.reach(questions);
      },
    };
    const matrix = createMatrixStore(stopping, lab);
    await matrix.start(plan);
    expect(matrix.getState().phase).toEqual({ kind: 'stopped', done: 4, all: 8 });
    expect(words(matrix.getState())).toEqual([ROW, []]);
    await matrix.start(plan);
    expect(matrix.getState().before.size).toBe(0);
    expect(words(matrix.getState())).toEqual([ROW, ROW]);
  });

  it('says why it failed, and forgets everything when another lab is opened', async () => {
    const matrix = createMatrixStore({ ...client, reach: () => Promise.reject(new Error('it does not answer')) }, lab);
    await matrix.start(await smallPlan());
    expect(matrix.getState().phase).toEqual({ kind: 'failed', message: 'it does not answer' });
    await lab.open({ kind: 'manifests', text: '' });
    expect(matrix.getState()).toMatchObject({ phase: { kind: 'idle' }, run: undefined });
  });
});

describe('what happened since a run', () => {
  it.each([
    ['packets', 'kubectl exec client -- curl -s http://10.96.1.1/', false],
    ['a command that only looks', 'kubectl get pods', false],
    ['a write', 'kubectl label pod web tier=front', true],
    ['a change of a kernel', 'ssh node-1 iptables -I FORWARD -j DROP', true],
  ])('%s', async (_, line, isChange) => {
    const matrix = createMatrixStore(client, lab);
    await matrix.start(await smallPlan());
    await run(line);
    const stamp = matrix.getState().run?.stamp;
    if (stamp === undefined) throw new Error('the run has no stamp');
    expect(isChangedSince(stamp, lab.getState())).toBe(isChange);
  });
});

describe('a question that is sent for real', () => {
  it('leaves a journey that can be opened, is no change, and is asked again by a saved lab', async () => {
    const question = { from: 'pod/default/client', to: 'svc/default/web', protocol: 'tcp', port: 80 } as const;
    const sent = await client.send(question);
    if (sent.kind !== 'sent') throw new Error(sent.because);
    expect(await client.exchange(sent.exchange)).toMatchObject({ from: 'client', to: '10.96.1.1:80', verdict: 'ok' });
    expect(lab.getState().exchanges.map(({ id }) => id)).toEqual([sent.exchange]);
    expect(lab.getState().history.changes).toBe(0);
    const again = createInProcessClient();
    await again.open({ kind: 'saved', saved: await client.save() });
    expect(await again.exchange(sent.exchange)).toMatchObject({ verdict: 'ok' });
  });

  it('says why no packet can be sent', async () => {
    expect(await client.send({ from: 'pod/default/nobody', to: 'node/node-1', protocol: 'icmp' })).toEqual({
      kind: 'not-sent',
      because: 'Pod nobody is not running',
    });
  });
});
