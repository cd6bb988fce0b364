// Several who use one lab: each types at a terminal of their own, and what they change has names of its own for undo.

import { beforeEach, describe, expect, it } from 'vitest';
import { createInProcessClient, type InProcessClient } from '../../src/client/inProcess.ts';
import type { LabClient } from '../../src/client/port.ts';
import { SANDBOX_LAB } from '../../src/client/sandboxLab.ts';

let main: InProcessClient;
let other: LabClient;
beforeEach(async () => {
  main = createInProcessClient();
  await main.open({ kind: 'manifests', text: SANDBOX_LAB });
  other = main.join();
});

let lines = 0;
async function typed(client: LabClient, line: string): Promise<string> {
  let text = '';
  await client.run(`line-${++lines}`, line, output => {
    text += output.text;
  });
  return text;
}

/** What undo would take back. */
function undoName(client: LabClient): string | undefined {
  let name: string | undefined;
  client.onUpdate(({ history }) => {
    name = history.undo;
  })();
  return name;
}

const makeNamespace = (name: string): Promise<unknown> =>
  main.request({
    method: 'POST',
    path: '/api/v1/namespaces',
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
  });

describe('somebody who joins a lab', () => {
  it('is told which lab it is, and opens none', async () => {
    expect(await other.open({ kind: 'manifests', text: '' })).toEqual({ kind: 'opened', name: 'sandbox' });
    expect(await typed(other, 'kubectl get pods -o name')).toBe('pod/client\n');
  });

  it('types where they are, not where others are', async () => {
    await typed(other, 'ssh node-1');
    expect([await main.prompt(), await other.prompt()]).toEqual(['laptop$', 'root@node-1:~#']);
  });

  it('names files of their own', async () => {
    await other.setFiles([{ name: 'a.yaml', text: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: theirs}\n' }]);
    expect(await typed(main, 'kubectl apply -f a.yaml')).toContain('a.yaml');
    expect(await typed(other, 'kubectl apply -f a.yaml')).toBe('namespace/theirs created\n');
  });

  it('does not wait for a command of another that goes on and on', async () => {
    const running = main.run('endless', 'sleep 1d', () => undefined);
    expect(await typed(other, 'echo here')).toBe('here\n');
    await main.cancel('endless');
    expect((await running).exitCode).not.toBe(127);
  });

  it('hears what others change', async () => {
    const removed: string[] = [];
    other.onUpdate(update => removed.push(...update.removals));
    await typed(main, 'kubectl delete pod client --grace-period=0 --force');
    expect(removed).toContain('pod/default/client');
  });

  it('finds itself at home in a lab that is opened later', async () => {
    await typed(other, 'ssh node-1');
    await other.setFiles([{ name: 'a.yaml', text: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: theirs}\n' }]);
    await main.open({ kind: 'manifests', text: '' });
    expect(await other.prompt()).toBe('laptop$');
    expect(await typed(other, 'kubectl apply -f a.yaml')).toBe('namespace/theirs created\n');
  });

  it('is in the journal from which the lab is made again', async () => {
    await typed(other, 'ssh node-1');
    await typed(main, 'hostname');
    await typed(other, 'ip route del default');
    const again = createInProcessClient();
    await again.open({ kind: 'saved', saved: await main.save() });
    expect(await typed(again, 'ssh node-1 ip route')).toBe(await typed(main, 'ssh node-1 ip route'));
  });
});

describe('undo, while a command goes on', () => {
  it('takes back what another did in between, under its own name', async () => {
    const running = main.run('endless', 'sleep 1d', () => undefined);
    await makeNamespace('one');
    await main.cancel('endless');
    await running;
    expect(undoName(main)).toBe('create namespaces/one');
    await makeNamespace('two');
    await main.undo();
    expect(await typed(main, 'kubectl get namespaces one two -o name')).toContain('namespace/one');
    await main.undo();
    expect(await typed(main, 'kubectl get namespaces one -o name')).toContain('NotFound');
  });

  it('keeps what the command itself changed before and after', async () => {
    const line = 'kubectl create namespace before; sleep 1; kubectl create namespace after';
    const running = main.run('slow', line, ({ text }) => {
      if (text.includes('before')) void makeNamespace('between');
    });
    await running;
    const there = async () => (await typed(main, 'kubectl get namespaces -o name')).match(/before|between|after/g);
    expect(await there()).toEqual(['after', 'before', 'between']);
    await main.undo();
    expect(await there()).toEqual(['before', 'between']);
    await main.undo();
    expect(await there()).toEqual(['before']);
    await main.undo();
    expect(await there()).toBe(null);
  });
});
