// DNS over TCP: what is too long for a datagram, who asks again, and what a server that speaks no TCP comes to. The words
// and packets are those of dig and nslookup 9.18.49 and tcpdump 4.99.3 against a server of 40 addresses.

import { beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/shell/commands.ts';
import { Lab } from '../../src/sim/index.ts';
import { type TestShell, testShell } from './shellAt.ts';

const ADDRESSES = Array.from({ length: 40 }, (_, i) => `10.244.9.${i}`);
const TEXT = `
apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {nodeName: node-1, containers: [{name: client, image: tools}]}
---
apiVersion: v1
kind: Service
metadata: {name: many}
spec: {clusterIP: None, ports: [{port: 8080}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: many-1, labels: {kubernetes.io/service-name: many}}
addressType: IPv4
ports: [{port: 8080}]
endpoints:
${ADDRESSES.map(address => `- addresses: [${address}]`).join('\n')}
`;
const NAME = 'many.default.svc.cluster.local';
const IN = 'kubectl exec client --';

let lab: Lab;
let terminal: TestShell;

beforeEach(() => {
  const opened = Lab.open(TEXT);
  if (opened.kind === 'refused') throw new Error(JSON.stringify(opened.problems));
  lab = opened.lab;
  lab.advance(5000);
  terminal = testShell({ commands: COMMANDS, lab });
});

async function run(line: string): Promise<string> {
  const { out, err } = await terminal.run(line);
  return out + err;
}

/** `udp ok`, `tcp refused`: what went over the wire, in order. */
async function sent(line: string): Promise<readonly string[]> {
  const before = lab.exchangeCount;
  await run(line);
  return lab.exchangesSince(before).map(({ exchange }) => `${exchange.question.protocol} ${exchange.verdict}`);
}

const NO_TCP =
  'kubectl patch service kube-dns -n kube-system --type json -p \'[{"op":"remove","path":"/spec/ports/1"}]\'';

/** The lines of a text that begin with one of the words. */
const lines = (text: string, ...beginnings: readonly string[]): readonly string[] =>
  text.split('\n').filter(line => beginnings.some(beginning => line.startsWith(beginning)));

describe('an answer that is too long for a datagram', () => {
  it('is cut, and dig asks again over TCP', async () => {
    const said = await run(`${IN} dig ${NAME}`);
    expect(lines(said, ';; Trunc', ';; flags', ';; SERVER', ';; MSG')).toEqual([
      ';; Truncated, retrying in TCP mode.',
      ';; flags: qr aa rd; QUERY: 1, ANSWER: 40, AUTHORITY: 0, ADDITIONAL: 0',
      ';; SERVER: 10.96.0.10#53(10.96.0.10) (TCP)',
      ';; MSG SIZE  rcvd: 1888',
    ]);
    for (const address of ADDRESSES) expect(said).toContain(`A\t${address}\n`);
  });

  it('says so where nobody asks again', async () => {
    const said = await run(`${IN} dig +ignore ${NAME}`);
    expect(lines(said, ';; Trunc', ';; flags', ';; SERVER', ';; MSG')).toEqual([
      ';; flags: qr aa tc rd; QUERY: 1, ANSWER: 29, AUTHORITY: 0, ADDITIONAL: 0',
      ';; SERVER: 10.96.0.10#53(10.96.0.10) (UDP)',
      ';; MSG SIZE  rcvd: 512',
    ]);
  });

  it.each([
    [`dig +short ${NAME}`, 40],
    [`dig +tcp +short ${NAME}`, 40],
    [`dig +ignore +short ${NAME}`, 29],
    ['getent hosts many', 40],
  ])('%s prints %d lines', async (line, count) => {
    const said = await run(`${IN} ${line}`);
    expect(said.trimEnd().split('\n')).toHaveLength(count);
    expect(said).not.toContain('Truncated');
  });

  it('is whole for nslookup and for programs', async () => {
    const said = await run(`${IN} nslookup ${NAME}`);
    expect(said.startsWith(';; Truncated, retrying in TCP mode.\nServer:\t\t10.96.0.10\n')).toBe(true);
    expect(lines(said, 'Address: ')).toHaveLength(40);
    expect(await sent(`${IN} getent hosts many`)).toEqual(['udp ok', 'tcp ok']);
  });

  it('is a connection of its own, which the client closes', async () => {
    await run(`${IN} dig ${NAME}`);
    const dump = (await run(`${IN} tcpdump -n -i eth0 port 53`))
      .split('\n')
      .filter(line => line.includes(' IP '))
      .map(line =>
        line
          .replace(/^.* IP (\S+)\.(\d+) > .*?: /, (_all, address) => (address === '10.96.0.10' ? '< ' : '> '))
          .replace(/, (win|options).*length/, ', length')
          .replace(/Flags (\[S\.?\]), seq \d+(, ack \d+)?/, 'Flags $1, seq N')
          .replace(/ \d+(\*-\|?|\+) /, ' ID$1 ')
          .replace(/^(.) \d+(\*-\||\+) /, '$1 ID$2 ')
          .replace(/0\/0 A .*\(/, '0/0 ... ('),
      );
    expect(dump).toEqual([
      `> ID+ A? ${NAME}. (48)`,
      '< ID*-| 29/0/0 ... (512)',
      '> Flags [S], seq N, length 0',
      '< Flags [S.], seq N, length 0',
      '> Flags [.], ack 1, length 0',
      `> Flags [P.], seq 1:51, ack 1, length 50 ID+ A? ${NAME}. (48)`,
      '< Flags [.], ack 51, length 0',
      '< Flags [P.], seq 1:1891, ack 51, length 1890 ID*- 40/0/0 ... (1888)',
      '> Flags [.], ack 1891, length 0',
      '> Flags [F.], seq 51, ack 1891, length 0',
      '< Flags [F.], seq 1891, ack 52, length 0',
      '> Flags [.], ack 1892, length 0',
    ]);
  });
});

describe('a server that does not take connections', () => {
  const failed = (name: string): string =>
    `;; Connection to 10.96.0.10#53(10.96.0.10) for ${name} failed: timed out.\n;; no servers could be reached\n`;

  it('is tried three times by dig and nslookup', async () => {
    await run(NO_TCP);
    const dig = `;; Truncated, retrying in TCP mode.\n${failed(NAME).repeat(3)}`;
    expect(await run(`${IN} dig ${NAME}`)).toBe(`${dig}command terminated with exit code 9\n`);
    expect(await run(`${IN} nslookup ${NAME}`)).toBe(`${dig}\ncommand terminated with exit code 1\n`);
    expect(await run(`${IN} dig +tcp +short ${NAME}`)).toBe(
      `${failed(NAME).repeat(3)}command terminated with exit code 9\n`,
    );
  });

  it('costs programs the long names only', async () => {
    await run(NO_TCP);
    expect(await run(`${IN} getent hosts many`)).toBe('command terminated with exit code 2\n');
    expect(await run(`${IN} getent hosts kubernetes`)).toMatch(/^10\.96\.0\.1 /);
  });

  it('answers with a reset where nobody listens', async () => {
    expect(await run(`${IN} dig +tcp +tries=1 @192.168.10.11 ${NAME}`)).toBe(
      `;; Connection to 192.168.10.11#53(192.168.10.11) for ${NAME} failed: connection refused.\n;; no servers could be reached\ncommand terminated with exit code 9\n`,
    );
  });
});

it('the router answers over TCP, too', async () => {
  expect(await run(`${IN} dig +tcp +short @192.168.10.1 laptop`)).toMatch(/^\d+\.\d+\.\d+\.\d+\n$/);
});
