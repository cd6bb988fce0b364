// The page's client of a lab that is served: the same calls, answers and updates as in the page's own Worker.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openHttpWire } from '../../src/client/http.ts';
import { linkOver } from '../../src/client/link.ts';
import type { LabClient, LabUpdate } from '../../src/client/port.ts';
import { createRemoteClient } from '../../src/client/remoteClient.ts';
import { type ServedLabForTest, serveLabForTest } from '../support/servedLab.ts';

let served: ServedLabForTest;
let client: LabClient;
let failures: string[];
beforeEach(async () => {
  served = await serveLabForTest();
  client = clientOf();
});
afterEach(async () => {
  client.close();
  await served.close();
});

function clientOf(): LabClient {
  failures = [];
  return createRemoteClient({
    start(place, events) {
      if (place === undefined) throw new Error('there is no lab here');
      return linkOver(on => openHttpWire(place, on), events);
    },
    link: 'late',
    onFailure: message => failures.push(message),
  });
}

/** Long enough for a machine that does other things too. */
const waitFor = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 10 });

const open = (url = served.url) => client.open({ kind: 'served', url });

async function typed(line: string): Promise<string> {
  let text = '';
  await client.run(line, line, output => {
    text += output.text;
  });
  return text;
}

describe('a lab that is served', () => {
  it('is opened as it is', async () => {
    await served.run('kubectl run web --image=nginx');
    expect(await open()).toEqual({ kind: 'opened', name: 'sandbox' });
    expect(await typed('kubectl get pods -o name')).toBe('pod/client\npod/web\n');
  });

  it('tells what it holds, then what a program of the learner changes', async () => {
    const updates: LabUpdate[] = [];
    client.onUpdate(update => updates.push(update));
    await open();
    await waitFor(() => expect(updates).not.toEqual([]));
    expect(updates[0]?.fresh).toBe(true);
    expect(updates[0]?.upserts.map(({ id }) => id)).toContain('pod/default/client');
    await fetch(`${served.url}/api/v1/namespaces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"theirs"}}',
    });
    await waitFor(() => expect(updates.at(-1)?.upserts.map(({ id }) => id)).toEqual(['ns/theirs']));
    expect(updates.at(-1)?.history.undo).toBe('create namespaces/theirs');
  });

  it('answers every call as the lab itself does', async () => {
    await open();
    const own = served.client;
    const { exchanges } = await client.run('a', 'curl -s http://10.244.1.2/', () => undefined);
    const [journey] = exchanges;
    expect(journey?.lessonVerdict).toBe('timeout');
    for (const ask of [
      (to: LabClient) => to.exchange(journey?.id ?? ''),
      (to: LabClient) => to.inspect('node/node-1'),
      (to: LabClient) => to.inspect('pod/default/nobody'),
      (to: LabClient) => to.complete('kubectl get po', 14),
      (to: LabClient) => to.validate('kind: Pod\napiVersion: v1\nspec: {}\n'),
      (to: LabClient) => to.request({ method: 'GET', path: '/api/v1/pods' }),
      (to: LabClient) => to.prompt(),
    ]) {
      const [answer, expected] = [await ask(client), await ask(own)];
      expect(answer).toEqual(expected);
      expect(JSON.stringify(answer)).toBe(JSON.stringify(expected));
    }
  });

  it('applies files of the editor, and names them in the terminal', async () => {
    await open();
    const file = { name: 'a.yaml', text: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n' };
    await client.setFiles([file]);
    expect((await client.runOnFiles('apply', [file.name], () => undefined)).exitCode).toBe(0);
    expect(await typed('kubectl delete -f a.yaml')).toContain('namespace "a" deleted');
  });

  it('undoes and redoes what anybody changed', async () => {
    await open();
    await served.run('kubectl run web --image=nginx');
    await client.undo();
    expect(await typed('kubectl get pods -o name')).toBe('pod/client\n');
    await client.redo();
    expect(await typed('kubectl get pods -o name')).toBe('pod/client\npod/web\n');
  });

  it('ends a command that goes on and on', async () => {
    await open();
    let text = '';
    const running = client.run('endless', 'ssh node-1 ping 10.244.1.2', output => {
      text += output.text;
    });
    await waitFor(() => expect(text).toContain('icmp_seq=3'));
    await client.cancel('endless');
    expect(await running).toMatchObject({ exitCode: 130 });
  });

  it('ends what was running for somebody who leaves', async () => {
    await open();
    const before = served.lab.now;
    const running = client.run('endless', 'sleep 1d', () => undefined).catch((error: Error) => error.message);
    await waitFor(() => expect(served.lab.now).toBeGreaterThan(before + 2000));
    client.close();
    expect(await running).toBe('the lab was closed');
    let now = -1;
    await waitFor(() => {
      const last = now;
      now = served.lab.now;
      expect(now).toBe(last);
    });
  });

  it('says that it went away, and is opened again when it is back', async () => {
    await open();
    const { url } = served;
    await served.close();
    await waitFor(() => expect(failures).toEqual([`the lab at ${url} went away`]));
    await expect(client.prompt()).rejects.toThrow(`the lab at ${url} went away`);
    await expect(open(url)).rejects.toThrow(`no lab answers at ${url}`);
    served = await serveLabForTest();
    expect(await open(served.url)).toEqual({ kind: 'opened', name: 'sandbox' });
  });
});

describe('seats', () => {
  const SEATS = '/apis/lab.hoplab.dev/v1alpha1/seats';
  const post = async (path: string, body: string): Promise<number> =>
    (await fetch(`${served.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body }))
      .status;

  it.each([
    ['a seat that nobody took', 'nobody', '{"kind":"call","id":1,"method":"prompt","args":[]}', 404],
    ['no call', 'OWN', '{}', 400],
    ['no JSON', 'OWN', '{', 400],
    ['a method that there is not', 'OWN', '{"kind":"call","id":1,"method":"constructor","args":[]}', 400],
    ['a call with strange arguments', 'OWN', '{"kind":"call","id":1,"method":"run","args":[null,{}]}', 202],
  ])('%s', async (_, seat, body, status) => {
    const leave = new AbortController();
    const stream = await fetch(`${served.url}${SEATS}`, { signal: leave.signal });
    const { value } = (await stream.body?.getReader().read()) ?? {};
    const { id } = JSON.parse(new TextDecoder().decode(value));
    expect(await post(`${SEATS}/${seat === 'OWN' ? id : seat}`, body)).toBe(status);
    leave.abort();
    expect((await served.run('echo alive')).stdout).toBe('alive\n');
  });
});
