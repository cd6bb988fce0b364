// A question that is put again and again: the runs are what the lab would do, and the lab stays as it is.

import { beforeEach, describe, expect, it } from 'vitest';
import { createInProcessClient, type InProcessClient } from '../../src/client/inProcess.ts';
import type { RepeatReport } from '../../src/client/port.ts';
import { SANDBOX_LAB } from '../../src/client/sandboxLab.ts';

const WEB = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {clusterIP: 10.96.40.10, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
`;

let client: InProcessClient;
beforeEach(() => {
  client = createInProcessClient();
});

const quiet = (): void => undefined;
let lines = 0;

/** Runs a line in client; the id and the outcome of its last journey. */
async function journey(line: string): Promise<{ readonly id: string; readonly outcome: string }> {
  const { exchanges } = await client.run(`line-${++lines}`, `kubectl exec client -- ${line}`, quiet);
  const last = exchanges.at(-1);
  if (last === undefined) throw new Error(`${line} sent nothing`);
  return last;
}

async function repeated(id: string, count: number): Promise<RepeatReport> {
  const report = await client.repeat('again', id, count);
  if (report === undefined) throw new Error(`${id} is gone`);
  return report;
}

const open = (): Promise<unknown> => client.open({ kind: 'manifests', text: `${SANDBOX_LAB}---${WEB}` });
const CURL = 'curl -s 10.96.40.10';

/** All that a run could change, as one text. */
const stateOf = async (): Promise<string> => {
  const [nodes, saved] = await Promise.all([client.inspect('node/node-1'), client.save()]);
  return JSON.stringify([nodes, saved]);
};

describe('a question that is repeated', () => {
  it('ends as often in each way as it does when it is asked one after the other', async () => {
    await open();
    const { id } = await journey(CURL);
    const { runs, outcomes } = await repeated(id, 20);
    expect(runs).toBe(20);
    const real = new Map<string, number>();
    for (let i = 0; i < 20; i++) {
      const { outcome } = await journey(CURL);
      real.set(outcome, (real.get(outcome) ?? 0) + 1);
    }
    expect(new Map(outcomes.map(({ outcome, count }) => [outcome, count]))).toEqual(real);
    expect(outcomes.length).toBe(3);
  });

  it('changes nothing in the lab', async () => {
    await open();
    const { id } = await journey(CURL);
    const before = await stateOf();
    await repeated(id, 30);
    expect(await stateOf()).toBe(before);
  });

  it('keeps a journey of each way to end, with a port of its own', async () => {
    await open();
    const { id } = await journey(CURL);
    const { outcomes } = await repeated(id, 20);
    const views = await Promise.all(outcomes.map(({ exchange }) => client.exchange(exchange)));
    expect(views.map(view => view?.outcome)).toEqual(outcomes.map(({ outcome }) => outcome));
    const ports = views.map(
      view =>
        view?.traces.find(({ role }) => role === 'request')?.hops[0]?.headers.find(row => row.field === 'source port')
          ?.after,
    );
    expect(new Set(ports).size).toBe(outcomes.length);
    expect(await client.capture(outcomes[0]?.exchange ?? '')).toBeDefined();
  });

  it('can be one of those, and its first journeys are gone then', async () => {
    await open();
    const { id } = await journey(CURL);
    const [first] = (await repeated(id, 3)).outcomes;
    const again = await repeated(first?.exchange ?? '', 2);
    expect(again.runs).toBe(2);
    expect(await client.exchange(again.outcomes[0]?.exchange ?? '')).toBeDefined();
  });

  it('ends when it is cancelled, with the runs until there', async () => {
    await open();
    const { id } = await journey(CURL);
    const report = client.repeat('again', id, 200);
    await client.cancel('again');
    expect((await report)?.runs).toBeLessThan(200);
  });

  it.each([
    [0, 1],
    [2.7, 2],
    [100_000, 200],
  ])('%d times is %d times', async (asked, runs) => {
    await open();
    const { id } = await journey('curl -s 10.96.40.10:81 -m 1');
    expect((await repeated(id, asked)).runs).toBe(runs);
  });

  it('is gone when its journey is', async () => {
    await open();
    expect(await client.repeat('again', 'x99', 3)).toBeUndefined();
  });
});
