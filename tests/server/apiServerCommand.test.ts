// `npm run apiserver`: what it says at its start, whom it lets in, and how it ends.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { SANDBOX_LAB } from '../../src/client/sandboxLab.ts';
import { main } from '../../src/server/apiServerCommand.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hoplab-apiserver-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

let stop = new AbortController();
afterEach(() => {
  stop.abort();
  stop = new AbortController();
});

interface Running {
  readonly url: string;
  readonly printed: readonly string[];
  readonly ended: Promise<number>;
}

async function start(...args: readonly string[]): Promise<Running> {
  const printed: string[] = [];
  const ended = main(['--port', '0', ...args], line => printed.push(line), stop.signal);
  const url = await vi.waitFor(
    () => {
      const found = /at (http:\/\/127\.0\.0\.1:\d+)/.exec(printed.join('\n'))?.[1];
      if (found === undefined) throw new Error(`an address was expected: ${printed.join('\n')}`);
      return found;
    },
    { timeout: 20_000 },
  );
  return { url, printed, ended };
}

/** With headers that fetch() does not let through. */
function statusOf(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    httpRequest(`${url}/version`, { headers, agent: false }, response => resolve(response.resume().statusCode ?? 0))
      .on('error', reject)
      .end();
  });
}

describe('npm run apiserver', () => {
  it('says where it is, that it asks nobody who they are, and how it is used', async () => {
    const { url, printed } = await start();
    expect(printed).toEqual([
      `The lab "sandbox" is a Kubernetes API at ${url}  (Ctrl+C stops it)`,
      'It asks nobody who they are: every program on this machine may use it, other machines cannot reach it.',
      `  kubectl --server=${url} get pods -A -o wide`,
    ]);
  });

  it('listens on 127.0.0.1 only', async () => {
    const { url } = await start();
    const elsewhere = Object.values(networkInterfaces())
      .flat()
      .find(address => address?.family === 'IPv4' && !address.internal)?.address;
    for (const host of [elsewhere, '127.0.0.2'].filter(address => address !== undefined))
      await expect(statusOf(url.replace('127.0.0.1', host), {})).rejects.toThrow('ECONNREFUSED');
  });

  it('lets in programs and the page of npm start, and no page elsewhere', async () => {
    const { url } = await start();
    expect(await statusOf(url, {})).toBe(200);
    expect(await statusOf(url, { origin: 'http://127.0.0.1:4173' })).toBe(200);
    expect(await statusOf(url, { origin: 'http://127.0.0.1:5173' })).toBe(403);
    expect(await statusOf(url, { origin: 'https://evil.example' })).toBe(403);
    expect(await statusOf(url, { host: 'evil.example' })).toBe(403);
  });

  it('lets in the pages of --origin instead', async () => {
    const { url } = await start('--origin', 'http://127.0.0.1:5173', '--origin', 'http://localhost:5173');
    expect(await statusOf(url, { origin: 'http://127.0.0.1:5173' })).toBe(200);
    expect(await statusOf(url, { origin: 'http://localhost:5173' })).toBe(200);
    expect(await statusOf(url, { origin: 'http://127.0.0.1:4173' })).toBe(403);
  });

  it('--config names the lab, with manifests that are applied to it', async () => {
    const file = join(folder, 'lab.yaml');
    writeFileSync(file, `${SANDBOX_LAB}---\napiVersion: v1\nkind: Namespace\nmetadata: {name: mine}\n`);
    const { url } = await start('--config', file);
    expect((await fetch(`${url}/api/v1/namespaces/mine`)).status).toBe(200);
  });

  it("its clock is the machine's, less a minute, and goes on", async () => {
    const { url } = await start();
    const namespace = async (name: string): Promise<number> => {
      const body = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
      const headers = { 'content-type': 'application/json' };
      const made = await fetch(`${url}/api/v1/namespaces`, { method: 'POST', headers, body });
      return Date.parse((await made.json()).metadata.creationTimestamp);
    };
    const first = await namespace('first');
    expect(first).toBeLessThan(Date.now());
    expect(first).toBeGreaterThan(Date.now() - 120_000);
    let last = first;
    for (let i = 0; last === first && i < 400; i++) {
      await new Promise(resolve => setTimeout(resolve, 100));
      last = await namespace(`later-${i}`);
    }
    expect(last).toBeGreaterThan(first);
  });

  it('ends with 0 when it is stopped, and its address is free again', async () => {
    const { url, ended } = await start();
    const watch = await fetch(`${url}/api/v1/pods?watch=true`);
    stop.abort();
    expect(await ended).toBe(0);
    await expect(watch.text()).rejects.toThrow();
    await expect(fetch(`${url}/version`)).rejects.toThrow();
  });
});

describe('what it refuses', () => {
  const run = async (...args: readonly string[]) => {
    const printed: string[] = [];
    return { code: await main(args, line => printed.push(line), stop.signal), text: printed.join('\n') };
  };

  it.each([
    [['--port', 'x'], 2, '--port x: a number from 0 to 65535 was expected'],
    [['--port', '70000'], 2, '--port 70000: a number from 0 to 65535 was expected'],
    [['--nothing'], 2, "Unknown option '--nothing'"],
    [['--config', '/no/such/file'], 2, 'no such file or directory'],
  ])('%j: %i, %s', async (args, code, text) => {
    expect(await run(...args)).toEqual({ code, text: expect.stringContaining(text) });
  });

  it('a lab that is none, with its place', async () => {
    const file = join(folder, 'bad.yaml');
    writeFileSync(file, 'apiVersion: lab.hoplab.dev/v1alpha1\nkind: Lab\nspec: {seed: -1}\n');
    const { code, text } = await run('--config', file);
    expect(code).toBe(1);
    expect(text).toContain(`${file}:3: spec.seed: a whole number from 0 to 4294967295 was expected`);
  });

  it('a port that is taken', async () => {
    const other = createServer();
    const port = await new Promise<number>(resolve =>
      other.listen(0, '127.0.0.1', () => resolve(Object(other.address()).port)),
    );
    const { code, text } = await run('--port', String(port));
    other.close();
    expect(code).toBe(1);
    expect(text).toContain(`cannot serve on port ${port}: listen EADDRINUSE`);
  });
});
