// A lab that dies is made again: everything that was done and answered is there, what was under way is not.

import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerPage } from '../../src/client/answerPage.ts';
import { linkOver, type Wire } from '../../src/client/link.ts';
import type { LabClient, LabUpdate, OwnSource } from '../../src/client/port.ts';
import { createRemoteClient } from '../../src/client/remoteClient.ts';
import type { CallMessage, ReplyMessage } from '../../src/client/rpc.ts';
import { SANDBOX_LAB } from '../../src/client/sandboxLab.ts';

interface Page {
  readonly client: LabClient;
  /** Kills the Worker that is there now. */
  kill(): void;
  /** The Worker that is there now hears nothing more: what it is told is not begun. */
  deafen(): void;
  /** It hears all that it was told meanwhile. */
  wake(): void;
  /** How many Workers there were. */
  workers(): number;
  /** Of what the lab died, the last time. */
  readonly death: () => string | undefined;
  /** How many snapshots have come. */
  snapshots(): number;
  readonly last: () => LabUpdate | undefined;
}

interface InThreadWorker {
  state: 'hears' | 'deaf' | 'over';
  /** What a deaf one was told. */
  readonly unheard: (() => void)[];
  breakWire(message: string): void;
}

/** A page, and Workers that are in this thread; messages are copied as between threads. */
function openPage(): Page {
  const workers: InThreadWorker[] = [];
  /** The one that the page uses; an heir is after it. */
  const present = (): InThreadWorker => {
    const first = workers.find(({ state }) => state !== 'over');
    if (first === undefined) throw new Error('a Worker was expected');
    return first;
  };
  let snapshots = 0;
  let last: LabUpdate | undefined;
  let death: string | undefined;
  const client = createRemoteClient({
    link: 'early',
    onFailure(message) {
      death = message;
    },
    start: (_, events) =>
      linkOver(({ onMessage, onBreak }): Wire => {
        const worker: InThreadWorker = { state: 'hears', unheard: [], breakWire: onBreak };
        workers.push(worker);
        const hear = (message: ReplyMessage, transfer: MessagePort[]): void => {
          const copy = structuredClone(message, { transfer });
          if (message.kind === 'snapshot') snapshots++;
          queueMicrotask(() => worker.state !== 'over' && onMessage(copy));
        };
        // A program says its first word when it has been loaded.
        const answer = Promise.resolve().then(() => answerPage(hear));
        return {
          post(message: CallMessage, transfer) {
            const copy = structuredClone(message, { transfer });
            const hearIt = (): void => void answer.then(tell => tell(copy));
            if (worker.state === 'deaf') worker.unheard.push(hearIt);
            else hearIt();
          },
          close() {
            worker.state = 'over';
          },
        };
      }, events),
  });
  client.onUpdate(update => {
    last = update;
  });
  return {
    client,
    kill: () => present().breakWire('it was killed'),
    deafen() {
      present().state = 'deaf';
    },
    wake() {
      const worker = present();
      worker.state = 'hears';
      for (const hearIt of worker.unheard.splice(0)) hearIt();
    },
    workers: () => workers.length,
    death: () => death,
    snapshots: () => snapshots,
    last: () => last,
  };
}

const SANDBOX: OwnSource = { kind: 'manifests', text: SANDBOX_LAB };
const OTHER: OwnSource = { kind: 'manifests', text: '' };

let lines = 0;
async function typed(client: LabClient, line: string): Promise<string> {
  let text = '';
  await client.run(`line-${++lines}`, line, output => {
    text += output.text;
  });
  return text;
}
const services = (client: LabClient): Promise<string> => typed(client, 'kubectl get services -o name');
const hasSnapshots = (page: Page, count: number): Promise<void> =>
  vi.waitFor(() => expect(page.snapshots()).toBeGreaterThanOrEqual(count), { timeout: 20_000, interval: 20 });

let page: Page;
afterEach(() => page.client.close());

describe('a lab that was killed', () => {
  it('is there again from its snapshot: objects, terminal, journeys, undo and the event log', async () => {
    page = openPage();
    const { client } = page;
    await client.open(SANDBOX);
    await typed(client, 'kubectl create service clusterip kept --tcp=80');
    await typed(client, 'ssh node-1');
    await typed(client, 'ping -c 1 10.244.1.2');
    const [steps, prompt, events] = [await client.steps(), await client.prompt(), (await events_(client)).length];
    const journey = await client.exchange('x1');
    expect(journey).toBeDefined();
    await hasSnapshots(page, 1);
    page.kill();
    expect(await client.open({ kind: 'lost', otherwise: OTHER })).toMatchObject({ kind: 'opened', from: 'snapshot' });
    expect(await client.prompt()).toBe(prompt);
    expect(await client.steps()).toEqual(steps);
    expect((await events_(client)).length).toBe(events);
    expect(await client.exchange('x1')).toEqual(journey);
    await typed(client, 'exit');
    expect(await services(client)).toContain('service/kept');
    await client.undo();
    await client.undo();
    expect(await services(client)).not.toContain('service/kept');
  });

  it('has what was done after the snapshot, too', async () => {
    page = openPage();
    const { client } = page;
    await client.open(SANDBOX);
    await hasSnapshots(page, 1);
    await typed(client, 'kubectl create service clusterip late --tcp=80');
    await client.stepClock();
    const now = page.last()?.clock.now;
    page.kill();
    expect(await client.open({ kind: 'lost', otherwise: OTHER })).toMatchObject({ from: 'snapshot' });
    expect(page.last()?.clock.now).toBe(now);
    expect(await services(client)).toContain('service/late');
  });

  it('without a snapshot does again all that was done', async () => {
    page = openPage();
    const { client } = page;
    await client.open(SANDBOX);
    await typed(client, 'kubectl create service clusterip early --tcp=80');
    page.kill();
    expect(await client.open({ kind: 'lost', otherwise: OTHER })).toMatchObject({ from: 'acts' });
    expect(await services(client)).toContain('service/early');
    // And again: what was done in its first life is not forgotten.
    page.kill();
    expect(await client.open({ kind: 'lost', otherwise: OTHER })).toMatchObject({ from: 'acts' });
    expect(await services(client)).toContain('service/early');
  });

  it('has not what was under way, which failed for whoever asked', async () => {
    page = openPage();
    const { client } = page;
    await client.open(SANDBOX);
    await typed(client, 'kubectl create service clusterip done --tcp=80');
    let seen = '';
    const endless = client.run('endless', 'kubectl create service clusterip never --tcp=80 && sleep 1d', output => {
      seen += output.text;
    });
    await vi.waitFor(() => expect(seen).toContain('created'));
    // What others did meanwhile, and were told, is done.
    await client.request({
      method: 'POST',
      path: '/api/v1/namespaces',
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'beside' } },
    });
    page.kill();
    await expect(endless).rejects.toThrow('it was killed');
    await client.open({ kind: 'lost', otherwise: OTHER });
    expect(await services(client)).toBe('service/done\nservice/kubernetes\n');
    expect(await typed(client, 'kubectl get namespaces -o name')).toContain('namespace/beside');
  });

  it('of which nothing is known is opened from what was kept of it', async () => {
    page = openPage();
    await page.client.open(SANDBOX);
    await hasSnapshots(page, 1);
    page.kill();
    await page.client.open({ kind: 'lost', otherwise: OTHER });
    // The snapshot has been used up.
    page.kill();
    expect(await page.client.open({ kind: 'lost', otherwise: SANDBOX })).toMatchObject({ from: 'otherwise' });
    expect(await typed(page.client, 'kubectl get pods -o name')).toBe('pod/client\n');
  });

  it('and in whose place another was opened is not brought back', async () => {
    page = openPage();
    const { client } = page;
    await client.open(SANDBOX);
    await hasSnapshots(page, 1);
    await client.open(OTHER);
    page.kill();
    expect(await client.open({ kind: 'lost', otherwise: SANDBOX })).toMatchObject({ from: 'acts' });
    expect(await typed(client, 'kubectl get pods -o name')).toBe('');
  });
});

describe('a call that was never begun', () => {
  it('fails when the Worker is given up, and nothing of it is done', async () => {
    page = openPage();
    const { client } = page;
    await client.open(SANDBOX);
    await hasSnapshots(page, 1);
    page.deafen();
    const lost = services(client);
    page.kill();
    await expect(lost).rejects.toThrow('it was killed');
    expect(await client.open({ kind: 'lost', otherwise: OTHER })).toMatchObject({ from: 'snapshot' });
    expect(await services(client)).toBe('service/kubernetes\n');
  });
});

describe('a lab that says nothing', () => {
  /** It answered so far; what it is asked now it does not hear, and another is made in case that it died. */
  async function ask(line: string): Promise<{ readonly answer: Promise<string> }> {
    const before = page.workers();
    page.deafen();
    const answer = typed(page.client, line);
    answer.catch(() => undefined);
    await vi.waitFor(() => expect(page.workers()).toBe(before + 1), { timeout: 5000, interval: 10 });
    return { answer };
  }
  const lost = { kind: 'lost', otherwise: OTHER } as const;

  async function silentLab(): Promise<{ readonly answer: Promise<string> }> {
    page = openPage();
    await page.client.open(SANDBOX);
    await typed(page.client, 'kubectl create service clusterip kept --tcp=80');
    await hasSnapshots(page, 1);
    return ask('kubectl create service clusterip unheard --tcp=80');
  }

  it('is given up for the one that was made meanwhile; only what was under way is not done', async () => {
    const { answer } = await silentLab();
    await expect(answer).rejects.toThrow('it does not answer');
    expect(await page.client.open(lost)).toMatchObject({ from: 'snapshot' });
    expect(page.workers()).toBe(2);
    expect(await services(page.client)).toBe('service/kept\nservice/kubernetes\n');
    expect((await page.client.steps()).past.length).toBe(1);
    // And again: the one that took over can be made again, too.
    await hasSnapshots(page, 2);
    page.kill();
    expect(await page.client.open(lost)).toMatchObject({ from: 'snapshot' });
    expect(await services(page.client)).toBe('service/kept\nservice/kubernetes\n');
  });

  it('and then speaks goes on as if nothing had been', async () => {
    const { answer } = await silentLab();
    page.wake();
    expect(await answer).toContain('service/unheard created');
    expect(page.death()).toBeUndefined();
    expect(await services(page.client)).toContain('service/unheard');
    // A snapshot is there again, of either of them.
    await hasSnapshots(page, 2);
    page.kill();
    expect(await page.client.open(lost)).toMatchObject({ from: 'snapshot' });
    expect(await services(page.client)).toContain('service/unheard');
  });

  it('and then speaks, and dies: who takes over has all that was done', async () => {
    const { answer } = await silentLab();
    page.wake();
    await answer;
    page.kill();
    expect(await page.client.open(lost)).toMatchObject({ from: 'snapshot' });
    expect(page.workers()).toBe(2);
    expect(await services(page.client)).toBe('service/kept\nservice/kubernetes\nservice/unheard\n');
    expect((await page.client.steps()).past.length).toBe(2);
  });

  it('and in whose place another is opened has no heir', async () => {
    await silentLab();
    page.wake();
    await page.client.open(OTHER);
    page.kill();
    expect(await page.client.open(lost)).toMatchObject({ from: 'acts' });
    expect(await services(page.client)).toBe('service/kubernetes\n');
  });
});

/** All events that the lab has kept. */
async function events_(client: LabClient): Promise<LabUpdate['events']> {
  return new Promise(resolve => {
    const stop = client.onUpdate(({ fresh, events }) => {
      if (!fresh) return;
      queueMicrotask(() => stop());
      resolve(events);
    });
  });
}
