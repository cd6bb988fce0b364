// The resolver's order, and what ends it. The cases follow glibc's res_query.c and res_send.c.

import { describe, expect, it } from 'vitest';
import { replyTo } from '../../../src/sim/dns/message.ts';
import { parseResolvConf } from '../../../src/sim/dns/resolvConf.ts';
import { type QueryOutcome, resolveHost } from '../../../src/sim/dns/resolver.ts';

const POD =
  'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n';
const NODE = 'nameserver 192.168.10.1\n';
const TWO = 'nameserver 1.1.1.1\nnameserver 2.2.2.2\n';

/** What a server says about a name: an address, an error code, silence or a refusal. */
type Says = string | undefined;

function resolve(conf: string, name: string, says: (name: string, server: string) => Says, limitMs?: number) {
  const asked: string[] = [];
  let now = 0;
  const resolved = resolveHost(
    name,
    {
      hosts: '127.0.0.1 localhost\n192.168.10.11 node-1\n',
      conf: parseResolvConf(conf),
      now: () => now,
      ask(server, query, timeoutMs): QueryOutcome {
        asked.push(`${query.name}@${server}`);
        const said = says(query.name, server);
        if (said === 'timeout') {
          now += timeoutMs;
          return { kind: 'timeout' };
        }
        if (said === 'refused') return { kind: 'refused' };
        const rcode = said === 'SERVFAIL' ? 'SERVFAIL' : said === undefined ? 'NXDOMAIN' : 'NOERROR';
        const data = said === undefined || said === 'SERVFAIL' || said === 'empty' ? [] : [said];
        const records = data.map(address => ({ name: `${query.name}.`, ttl: 30, type: 'A', data: address }));
        const { message } = replyTo(query, { rcode, records, from: 'authority' }, 'udp');
        if (message?.kind !== 'dns-answer') throw new Error('an answer was expected');
        return { kind: 'answered', reply: message };
      },
    },
    limitMs,
  );
  const text =
    resolved.kind === 'found'
      ? `${resolved.name} ${resolved.addresses.join(' ')}`
      : resolved.kind === 'interrupted'
        ? `interrupted after ${resolved.afterMs}`
        : resolved.kind;
  return { text, asked: asked.join(' '), seconds: now / 1000 };
}

const knows =
  (names: Readonly<Record<string, string>>) =>
  (name: string): Says =>
    names[name];

describe('the resolver', () => {
  it.each([
    ['an address needs nobody', NODE, '10.0.0.1', {}, '10.0.0.1 10.0.0.1', ''],
    [
      'the file comes first',
      POD,
      'node-1',
      { 'node-1.default.svc.cluster.local': '1.2.3.4' },
      'node-1 192.168.10.11',
      '',
    ],
    [
      'the first name of the search list that exists',
      POD,
      'web',
      { 'web.default.svc.cluster.local': '10.96.40.10' },
      'web.default.svc.cluster.local 10.96.40.10',
      'web.default.svc.cluster.local@10.96.0.10',
    ],
    [
      'a name with few dots goes through the whole list',
      POD,
      'api.example.com',
      { 'api.example.com': '203.0.113.80' },
      'api.example.com 203.0.113.80',
      'api.example.com.default.svc.cluster.local@10.96.0.10 api.example.com.svc.cluster.local@10.96.0.10 api.example.com.cluster.local@10.96.0.10 api.example.com@10.96.0.10',
    ],
    [
      'a final dot means: this name only',
      POD,
      'api.example.com.',
      { 'api.example.com': '203.0.113.80' },
      'api.example.com 203.0.113.80',
      'api.example.com@10.96.0.10',
    ],
    ['no such name', NODE, 'web', {}, 'no-name', 'web@192.168.10.1'],
    ['a name without an address', NODE, 'web', { web: 'empty' }, 'no-data', 'web@192.168.10.1'],
    [
      'no data once is no data in the end',
      'search a b\nnameserver 1.1.1.1',
      'web',
      { 'web.a': 'empty' },
      'no-data',
      'web.a@1.1.1.1 web.b@1.1.1.1 web@1.1.1.1',
    ],
    [
      'nobody there: asked twice, then it gives up',
      POD,
      'web',
      { 'web.default.svc.cluster.local': 'refused' },
      'try-again',
      'web.default.svc.cluster.local@10.96.0.10 web.default.svc.cluster.local@10.96.0.10',
    ],
    [
      'the next server when one fails',
      TWO,
      'web',
      { web: 'SERVFAIL' },
      'try-again',
      'web@1.1.1.1 web@2.2.2.2 web@1.1.1.1 web@2.2.2.2',
    ],
    ['not a name', POD, 'a..b', {}, 'no-name', ''],
  ])('%s', (_what, conf, name, names, text, asked) => {
    expect(resolve(conf, name, knows(names))).toMatchObject({ text, asked });
  });

  it('waits five seconds, twice; silence ends the list, then the name itself is tried', () => {
    expect(resolve(POD, 'web', () => 'timeout')).toEqual({
      text: 'try-again',
      asked:
        'web.default.svc.cluster.local@10.96.0.10 web.default.svc.cluster.local@10.96.0.10 web@10.96.0.10 web@10.96.0.10',
      seconds: 20,
    });
  });

  it('asks the second server when the first is silent', () => {
    expect(resolve(TWO, 'web', (_name, server) => (server === '1.1.1.1' ? 'timeout' : '9.9.9.9'))).toEqual({
      text: 'web 9.9.9.9',
      asked: 'web@1.1.1.1 web@2.2.2.2',
      seconds: 5,
    });
  });

  it("stops at the program's own limit", () => {
    expect(resolve(POD, 'web', () => 'timeout', 3000)).toMatchObject({ text: 'interrupted after 3000', seconds: 3 });
  });
});

describe('messages', () => {
  const query = { kind: 'dns-query', id: 1, name: 'kubernetes.default.svc.cluster.local', type: 'A' } as const;
  // "udp 54 ... NOERROR qr,aa,rd 106" and "udp 52 ... NXDOMAIN qr,aa,rd 145" in CoreDNS's log.
  it('have the sizes that CoreDNS logs', () => {
    const records = [{ name: `${query.name}.`, ttl: 30, type: 'A', data: '10.96.0.1' }];
    expect(replyTo(query, { rcode: 'NOERROR', records, from: 'authority' }, 'udp').bytes).toBe(106);
    const other = { ...query, name: 'foo-bars.default.svc.cluster.local' };
    expect(replyTo(other, { rcode: 'NXDOMAIN', records: [], from: 'authority' }, 'udp').bytes).toBe(145);
  });

  it('hold what fits into 512 bytes', () => {
    const records = Array.from({ length: 100 }, (_, i) => ({
      name: `${query.name}.`,
      ttl: 30,
      type: 'A',
      data: `10.0.0.${i}`,
    }));
    const { bytes, message } = replyTo(query, { rcode: 'NOERROR', records, from: 'authority' }, 'udp');
    expect(bytes).toBeLessThanOrEqual(512);
    expect(message).toMatchObject({ records: { length: 28 }, truncated: true });
    const whole = replyTo(query, { rcode: 'NOERROR', records, from: 'authority' }, 'tcp');
    expect(whole).toMatchObject({ message: { records: { length: 100 }, truncated: false }, afterwards: 'waits' });
  });
});
