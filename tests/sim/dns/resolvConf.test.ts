// /etc/resolv.conf: what is read from it, and which names it makes a resolver try.

import { describe, expect, it } from 'vitest';
import { findHost } from '../../../src/sim/dns/hosts.ts';
import { candidates, formatResolvConf, parseResolvConf, settingsOf } from '../../../src/sim/dns/resolvConf.ts';

const POD = `search default.svc.cluster.local svc.cluster.local cluster.local
nameserver 10.96.0.10
options ndots:5
`;

describe('resolv.conf', () => {
  it('is read and written', () => {
    expect(formatResolvConf(parseResolvConf(POD))).toBe(POD);
  });

  it('takes the last search and options, and adds nameservers up', () => {
    const conf = parseResolvConf(
      '# a comment\nsearch a\nsearch b. c\nnameserver 1.1.1.1\noptions ndots:3\n\noptions timeout:1 x\nnameserver 2.2.2.2',
    );
    expect(conf).toEqual({ nameservers: ['1.1.1.1', '2.2.2.2'], search: ['b', 'c'], options: ['timeout:1', 'x'] });
  });

  it.each([
    ['', { servers: ['127.0.0.1'], ndots: 1, timeoutS: 5, attempts: 2 }],
    [POD, { servers: ['10.96.0.10'], ndots: 5, timeoutS: 5, attempts: 2 }],
    [
      'nameserver 1.1.1.1\noptions ndots:99 timeout:99 attempts:99',
      { servers: ['1.1.1.1'], ndots: 15, timeoutS: 30, attempts: 5 },
    ],
    [
      'nameserver 1.1.1.1\nnameserver 2.2.2.2\nnameserver fd00::1\nnameserver 3.3.3.3\nnameserver 4.4.4.4',
      { servers: ['1.1.1.1', '2.2.2.2', '3.3.3.3'], ndots: 1, timeoutS: 5, attempts: 2 },
    ],
  ])('gives the resolver its settings: %j', (text, settings) => {
    expect(settingsOf(parseResolvConf(text))).toEqual(settings);
  });

  it.each([
    ['web', 'web.default.svc.cluster.local web.svc.cluster.local web.cluster.local web'],
    ['web.shop', 'web.shop.default.svc.cluster.local web.shop.svc.cluster.local web.shop.cluster.local web.shop'],
    [
      'web.shop.svc.cluster.local',
      'web.shop.svc.cluster.local.default.svc.cluster.local web.shop.svc.cluster.local.svc.cluster.local web.shop.svc.cluster.local.cluster.local web.shop.svc.cluster.local',
    ],
    ['web.shop.svc.cluster.local.', 'web.shop.svc.cluster.local'],
    [
      'a.b.c.d.e.f',
      'a.b.c.d.e.f a.b.c.d.e.f.default.svc.cluster.local a.b.c.d.e.f.svc.cluster.local a.b.c.d.e.f.cluster.local',
    ],
  ])('with ndots:5, %s is tried as', (name, tried) => {
    expect(
      candidates(parseResolvConf(POD), name)
        .map(candidate => candidate.name)
        .join(' '),
    ).toBe(tried);
  });

  it('without a search list, a name is tried as it is', () => {
    expect(candidates(parseResolvConf('nameserver 192.168.10.1'), 'web')).toEqual([{ name: 'web', kind: 'as-is' }]);
  });
});

describe('hosts', () => {
  const TEXT =
    '127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost\n192.168.10.11 node-1 n1 # the first\n192.168.10.99 node-1\n';
  it.each([
    ['localhost', '127.0.0.1'],
    ['node-1', '192.168.10.11'],
    ['N1', '192.168.10.11'],
    ['first', undefined],
  ])('%s is %s', (name, address) => {
    expect(findHost(TEXT, name)?.address).toBe(address);
  });

  it('has two families', () => {
    expect(findHost(TEXT, 'localhost', 'IPv6')?.names).toEqual(['localhost', 'ip6-localhost']);
  });
});
