// What the editor says of a file beside the cluster: the state of each document and what would change.

import { beforeEach, describe, expect, it } from 'vitest';
import { createInProcessClient } from '../../src/client/inProcess.ts';
import type { LabClient } from '../../src/client/port.ts';
import { SANDBOX_LAB } from '../../src/client/sandboxLab.ts';

const MAP = (value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { key: ${value} }\n`;
const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n';
const PODS =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  replicas: 2\n  selector: { matchLabels: { app: web } }\n' +
  '  template:\n    metadata: { labels: { app: web } }\n    spec: { containers: [{ name: web, image: nginx }] }\n';

let client: LabClient;
beforeEach(async () => {
  client = createInProcessClient();
  await client.open({ kind: 'manifests', text: SANDBOX_LAB });
});

const run = (line: string) => client.run(line, line, () => undefined);
const review = (text: string) => client.manifest({ kind: 'review', text });
async function apply(text: string): Promise<void> {
  await client.setFiles([{ name: 'a.yaml', text }]);
  expect((await client.runOnFiles('apply', ['a.yaml'], () => undefined)).exitCode).toBe(0);
}

describe('a document beside the cluster', () => {
  it.each<[string, string | undefined, readonly string[], string, string, RegExp]>([
    ['that was never applied is new', undefined, [], MAP('one'), 'new', /^\+ {2}key: one$/m],
    ['that was applied is the same', MAP('one'), [], MAP('one'), 'same', /^$/],
    ['that was edited since has changed', MAP('one'), [], MAP('two'), 'changed', /^- {2}key: one\n\+ {2}key: two$/m],
    [
      'whose object was changed by a command differs',
      MAP('one'),
      [`kubectl patch configmap a --type merge -p '{"data":{"key":"three"}}'`],
      MAP('one'),
      'differs',
      /^- {2}key: three\n\+ {2}key: one$/m,
    ],
    [
      'whose object was made by a command differs, where it does',
      undefined,
      ['kubectl create configmap a --from-literal=key=three'],
      MAP('one'),
      'differs',
      /^\+ {2}key: one$/m,
    ],
    ['whose object was deleted is new', MAP('one'), ['kubectl delete configmap a'], MAP('one'), 'new', /key: one/],
  ])('%s', async (_, applied, commands, text, state, hunks) => {
    if (applied !== undefined) await apply(applied);
    for (const command of commands) expect((await run(command)).exitCode, command).toBe(0);
    const [reviewed, ...others] = await review(text);
    expect(others).toEqual([]);
    expect(reviewed).toMatchObject({ document: 1, line: 1, object: 'ConfigMap a', state });
    expect(reviewed?.hunks).toMatch(hunks);
  });

  it('that the server would not take says why, and stops no other', async () => {
    const wrong = 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 99999 }] }\n';
    const nothing = 'apiVersion: v1\nkind: Nothing\nmetadata: { name: a }\n';
    const found = await review([wrong, nothing, 'a: b: c\n', MAP('one')].join('---\n'));
    expect(found.map(({ document, line, object, state }) => [document, line, object, state])).toEqual([
      [1, 1, 'Service web', 'refused'],
      [2, 6, 'Nothing a', 'refused'],
      [3, 10, 'Document', 'refused'],
      [4, 12, 'ConfigMap a', 'new'],
    ]);
    expect(found[0]?.message).toContain('must be between 1 and 65535');
    expect(found[1]?.message).toContain('no matches for kind "Nothing" in version "v1"');
  });

  it('that configures the lab itself is left out', async () => {
    expect((await review(SANDBOX_LAB)).map(({ object }) => object)).not.toContain('Lab');
  });

  it('masks the data of a Secret, as kubectl does', async () => {
    const secret = (value: string): string =>
      `apiVersion: v1\nkind: Secret\nmetadata: { name: s }\nstringData: { password: ${value} }\n`;
    await apply(secret('first'));
    const [reviewed] = await review(secret('second'));
    expect(reviewed?.state).toBe('changed');
    expect(reviewed?.hunks).toMatch(/- {2}password: '\*\*\* \(before\)'\n\+ {2}password: '\*\*\* \(after\)'/);
  });
});

describe('to look at a file', () => {
  it('changes nothing: what is applied afterwards comes out the same', async () => {
    const text = `${SERVICE}---\n${PODS}`;
    const outcome = async (looks: number): Promise<string> => {
      const own = createInProcessClient();
      await own.open({ kind: 'manifests', text: SANDBOX_LAB });
      for (let i = 0; i < looks; i++) await own.manifest({ kind: 'review', text });
      await own.setFiles([{ name: 'a.yaml', text }]);
      await own.runOnFiles('apply', ['a.yaml'], () => undefined);
      let printed = '';
      await own.run('1', 'kubectl get pods,services,replicasets -o yaml', output => {
        printed += output.text;
      });
      return printed;
    };
    expect(await outcome(3)).toBe(await outcome(0));
  });

  it('tells nobody that something happened', async () => {
    let updates = 0;
    client.onUpdate(() => updates++);
    const before = updates;
    await review(PODS);
    expect(updates).toBe(before);
  });
});

describe('files of the editor', () => {
  it('are applied together as one change, and deleted as one, and undo takes back each', async () => {
    await client.setFiles([
      { name: 'a.yaml', text: MAP('one') },
      { name: 'b.yaml', text: SERVICE },
    ]);
    let printed = '';
    const note = (output: { readonly text: string }): void => {
      printed += output.text;
    };
    await client.runOnFiles('apply', ['a.yaml', 'b.yaml'], note);
    await client.runOnFiles('delete', ['a.yaml', 'b.yaml'], note);
    expect(printed).toBe('configmap/a created\nservice/web created\nconfigmap "a" deleted\nservice "web" deleted\n');
    await client.undo();
    expect((await review(`${MAP('one')}---\n${SERVICE}`)).map(({ state }) => state)).toEqual(['same', 'same']);
    await client.undo();
    expect((await review(`${MAP('one')}---\n${SERVICE}`)).map(({ state }) => state)).toEqual(['new', 'new']);
  });

  it('are applied again in a lab that is opened as it was saved', async () => {
    await run('kubectl exec -it client -- sh');
    await apply(MAP('one'));
    const again = createInProcessClient();
    await again.open({ kind: 'saved', saved: await client.save() });
    expect((await again.manifest({ kind: 'review', text: MAP('one') })).map(({ state }) => state)).toEqual(['same']);
  });
});
