// `kubectl exec` on a served lab: over a WebSocket, as programs of Kubernetes speak it.

import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { PassThrough } from 'node:stream';
import { Exec, KubeConfig, type V1Status } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_KUBECTL, realKubectl } from '../support/realKubectl.ts';
import { type ServedLabForTest, serveLabForTest } from '../support/servedLab.ts';

const PAGE = 'http://127.0.0.1:4173';
const EXEC = '/api/v1/namespaces/default/pods/client/exec?command=hostname&stdout=true';

let served: ServedLabForTest;
beforeAll(async () => {
  served = await serveLabForTest({ origins: [PAGE] });
});
afterAll(() => served.close());

interface Executed {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: V1Status;
}

/** Runs words in the Pod client; `typed` is its input, `tty` a terminal that it comes from. */
async function exec(words: readonly string[], typed?: string, tty = false): Promise<Executed> {
  const config = new KubeConfig();
  config.loadFromClusterAndUser({ name: 'lab', server: served.url, skipTLSVerify: true }, { name: 'nobody' });
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const status = await new Promise<V1Status>((resolve, reject) => {
    new Exec(config)
      .exec('default', 'client', 'client', [...words], stdout, stderr, typed === undefined ? null : stdin, tty, resolve)
      .then(() => stdin.end(typed))
      .catch(reject);
  });
  return { stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? ''), status };
}

const SUCCESS = { metadata: {}, status: 'Success' };

describe('a command in a container', () => {
  it.each([
    [['hostname'], 'client\n'],
    [['echo', "it's", '$?', 'a b', '"', ''], 'it\'s $? a b " \n'],
    [['sh', '-c', 'echo a; echo b'], 'a\nb\n'],
  ])('%j prints %j', async (words, stdout) => {
    expect(await exec(words)).toEqual({ stdout, stderr: '', status: SUCCESS });
  });

  it('tells its exit code, and its errors apart', async () => {
    expect(await exec(['cat', '/no/such'])).toMatchObject({
      stdout: '',
      stderr: 'cat: /no/such: No such file or directory\n',
      status: { reason: 'NonZeroExitCode', details: { causes: [{ reason: 'ExitCode', message: '1' }] } },
    });
  });

  it('that does not exist is told in the words of the runtime', async () => {
    const { stdout, stderr, status } = await exec(['nosuch']);
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' });
    expect(status.message).toContain('exec: "nosuch": executable file not found in $PATH');
  });

  it.each(['typed\n', 'without an end of line', 'x'.repeat(200_000)])('reads its input', async typed => {
    expect(await exec(['cat'], typed)).toEqual({ stdout: typed, stderr: '', status: SUCCESS });
  });

  it('a shell in a terminal reads line after line, until exit', async () => {
    const { stdout, status } = await exec(['sh'], 'hostname\rcat /no/such\rexit\r', true);
    expect(stdout).toContain('\r\nclient\r\n');
    expect(stdout).toContain('cat: /no/such: No such file or directory\r\n');
    expect(status.details?.causes).toEqual([{ reason: 'ExitCode', message: '1' }]);
  });

  it('ends when who asked leaves', async () => {
    const before = served.lab.now;
    const request = upgrade(`${EXEC.replace('hostname', 'sleep')}&command=1d`, WEBSOCKET);
    const { socket } = await request;
    while (served.lab.now < before + 2000) await new Promise(resolve => setTimeout(resolve, 5));
    socket?.destroy();
    let last = -1;
    while (last !== served.lab.now) {
      last = served.lab.now;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    expect((await served.run('echo alive')).stdout).toBe('alive\n');
  });
});

const WEBSOCKET = {
  upgrade: 'websocket',
  connection: 'Upgrade',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-protocol': 'v5.channel.k8s.io',
};

interface Upgraded {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly socket?: { destroy(): void; write(data: Buffer): void; on(event: 'close', listener: () => void): void };
}

function upgrade(path: string, headers: Readonly<Record<string, string>>, port = served.port): Promise<Upgraded> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, host: '127.0.0.1', path, headers, agent: false });
    request.on('error', reject);
    request.on('upgrade', (response, socket) =>
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text: '', socket }),
    );
    request.on('response', response => {
      let text = '';
      response.setEncoding('utf8').on('data', part => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    request.end();
  });
}

describe('who may ask for a stream', () => {
  it.each([
    ['a program', {}, 101],
    ['the page', { origin: PAGE }, 101],
    ['a page elsewhere', { origin: 'https://evil.example' }, 403],
    ['a name that was made to point here', { host: 'evil.example' }, 403],
  ])('%s: %j is answered with %i', async (_, headers, status) => {
    const answer = await upgrade(EXEC, { ...WEBSOCKET, ...headers });
    answer.socket?.destroy();
    expect(answer.status).toBe(status);
  });

  it('the answer is that of RFC 6455', async () => {
    const answer = await upgrade(EXEC, WEBSOCKET);
    answer.socket?.destroy();
    expect(answer.headers).toMatchObject({
      'sec-websocket-accept': 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
      'sec-websocket-protocol': 'v5.channel.k8s.io',
    });
  });

  it.each([
    ['a Pod that there is not', EXEC.replace('client', 'nobody'), WEBSOCKET, 404, 'pods "nobody" not found'],
    ['a container that there is not', `${EXEC}&container=x`, WEBSOCKET, 400, 'container x is not valid for pod client'],
    ['SPDY', EXEC, { upgrade: 'SPDY/3.1', connection: 'Upgrade' }, 400, 'kubectl 1.31 or newer'],
    ['port-forward', EXEC.replace('exec', 'portforward'), WEBSOCKET, 400, 'port-forward is not available in this lab'],
    ['attach', EXEC.replace('exec', 'attach'), WEBSOCKET, 400, 'attach is not available in this lab'],
    ['another path', '/api/v1/pods', WEBSOCKET, 404, 'the server could not find the requested resource'],
  ])('%s is refused', async (_, path, headers, code, message) => {
    const answer = await upgrade(path, headers);
    expect(answer.status).toBe(code);
    expect(JSON.parse(answer.text)).toMatchObject({ kind: 'Status', code, message: expect.stringContaining(message) });
  });

  it('what is no frame of a client ends the connection, and nothing else', async () => {
    const { socket } = await upgrade(EXEC.replace('hostname', 'sleep&command=1d'), WEBSOCKET);
    await new Promise<void>(resolve => {
      socket?.on('close', resolve);
      socket?.write(Buffer.from([0x82, 0x01, 0x00]));
    });
    expect((await served.run('echo alive')).stdout).toBe('alive\n');
  });
});

it('a lab that is served no more ends its streams', async () => {
  const other = await serveLabForTest();
  const { socket } = await upgrade(EXEC.replace('hostname', 'sleep&command=1d'), WEBSOCKET, other.port);
  const ended = new Promise<string>(resolve => socket?.on('close', () => resolve('ended')));
  await other.close();
  expect(await ended).toBe('ended');
});

describe.skipIf(NO_KUBECTL !== undefined)(`the real kubectl exec ${NO_KUBECTL ?? ''}`, () => {
  it.each([
    ['client', '--', 'cat', '/etc/hosts'],
    ['client', '--', 'sh', '-c', 'echo a; exit 3'],
    ['client', '--', 'nosuch'],
    ['nobody', '--', 'ls'],
    ['client', '-c', 'x', '--', 'ls'],
    ['client', '--', 'curl', '-sS', '-m', '1', 'http://10.96.1.1/'],
  ])('%s %s %s %s prints what the terminal of the lab prints', async (...words) => {
    const kubectl = realKubectl(served.url);
    const real = await kubectl.run(['exec', ...words]);
    kubectl.close();
    const line = words.map(word => (/[ ;]/.test(word) ? `'${word}'` : word)).join(' ');
    expect(real).toEqual(await served.run(`kubectl exec ${line}`));
  });
});
