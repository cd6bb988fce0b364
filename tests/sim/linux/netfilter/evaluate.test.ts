import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateTable, type TableResult } from '../../../../src/sim/linux/netfilter/evaluate.ts';
import { parseRuleset } from '../../../../src/sim/linux/netfilter/iptablesSave.ts';
import { type HookContext, matches } from '../../../../src/sim/linux/netfilter/matches.ts';
import type { Table } from '../../../../src/sim/linux/netfilter/types.ts';
import { type Ip, ip } from '../../../../src/sim/net/address.ts';
import { hashStart } from '../../../../src/sim/runtime/hash.ts';

const table = (text: string): Table => {
  const found = parseRuleset(text).tables.get('filter');
  if (found === undefined) throw new Error('a filter table was expected');
  return found;
};

const context = (
  change: { dst?: string; src?: string; port?: number; mark?: number; state?: HookContext['ctState'] } = {},
): HookContext => ({
  hook: 'FORWARD',
  packet: {
    kind: 'ip',
    src: ip(change.src ?? '10.244.1.2'),
    dst: ip(change.dst ?? '10.244.2.2'),
    ttl: 64,
    df: true,
    id: 1,
    body: {
      kind: 'tcp',
      srcPort: 40000,
      dstPort: change.port ?? 8080,
      flags: 'SYN',
      seq: 1,
      ack: 0,
      payload: { bytes: 0 },
    },
  },
  inInterface: 'cni0',
  outInterface: 'eth0',
  sourceMac: undefined,
  mark: change.mark ?? 0,
  ctState: change.state ?? 'NEW',
  ctDirection: 'original',
  ctDnat: false,
  ctSnat: false,
  addressType: (address: Ip) => (address === '10.244.1.1' ? 'LOCAL' : 'UNICAST'),
  ctMark: 0,
  mentions: () => [],
  inSet: () => false,
  draw: () => hashStart('seed'),
});

const verdictOf = ({ verdict }: TableResult): string =>
  verdict.kind === 'target' ? verdict.target.kind : `policy ${verdict.policy}`;

describe('a walk through chains', () => {
  const rows: readonly {
    readonly name: string;
    readonly rules: string;
    readonly verdict: string;
    readonly matched: readonly string[];
  }[] = [
    {
      name: 'a jump comes back when the chain decides nothing',
      rules: ':A - [0:0]\n-A FORWARD -j A\n-A FORWARD -j DROP\n-A A -d 10.9.9.9/32 -j ACCEPT',
      verdict: 'DROP',
      matched: ['FORWARD/1', 'FORWARD/2'],
    },
    {
      name: 'RETURN goes back to the caller',
      rules: ':A - [0:0]\n-A FORWARD -j A\n-A FORWARD -j DROP\n-A A -j RETURN\n-A A -j ACCEPT',
      verdict: 'DROP',
      matched: ['FORWARD/1', 'A/1', 'FORWARD/2'],
    },
    {
      name: 'goto does not come back',
      rules: ':A - [0:0]\n-A FORWARD -g A\n-A FORWARD -j DROP\n-A A -d 10.9.9.9/32 -j DROP',
      verdict: 'policy ACCEPT',
      matched: ['FORWARD/1'],
    },
    {
      name: 'RETURN in a base chain leaves it to the policy',
      rules: '-A FORWARD -j RETURN\n-A FORWARD -j DROP',
      verdict: 'policy ACCEPT',
      matched: ['FORWARD/1'],
    },
    {
      name: 'a mark set by one rule is seen by the next',
      rules: '-A FORWARD -j MARK --set-xmark 0x4000/0x4000\n-A FORWARD -m mark --mark 0x4000/0x4000 -j DROP',
      verdict: 'DROP',
      matched: ['FORWARD/1', 'FORWARD/2'],
    },
    {
      name: 'a rule without a target only counts',
      rules: '-A FORWARD -s 10.244.0.0/16\n-A FORWARD -j ACCEPT',
      verdict: 'ACCEPT',
      matched: ['FORWARD/1', 'FORWARD/2'],
    },
    {
      name: 'a negated match holds for the others',
      rules: '-A FORWARD ! -s 10.244.0.0/16 -j DROP\n-A FORWARD ! -s 10.9.0.0/16 -j ACCEPT',
      verdict: 'ACCEPT',
      matched: ['FORWARD/2'],
    },
  ];
  it.each(rows)('$name', ({ rules, verdict, matched }) => {
    const result = evaluateTable(table(`*filter\n:FORWARD ACCEPT [0:0]\n${rules}\nCOMMIT`), context());
    expect(verdictOf(result)).toBe(verdict);
    expect(result.matched.map(match => `${match.chain}/${match.number}`)).toEqual(matched);
  });

  it('gives packets in turns each the rules that it matched, in one list for all that match the same', () => {
    const rules = table(
      '*filter\n:FORWARD ACCEPT [0:0]\n-A FORWARD\n-A FORWARD -d 10.244.1.1 -j ACCEPT\n-A FORWARD -d 10.244.1.2\n-A FORWARD -d 10.244.1.3\nCOMMIT',
    );
    const asked = ['10.244.1.1', '10.244.1.2', '10.244.1.3', '10.244.1.1', '10.244.1.3', '10.244.1.4', '10.244.1.4'];
    const results = asked.map(dst => evaluateTable(rules, context({ dst })).matched);
    expect(results.map(matched => matched.map(({ number }) => number))).toEqual([
      [1, 2],
      [1, 3],
      [1, 4],
      [1, 2],
      [1, 4],
      [1],
      [1],
    ]);
    expect(results[6]).toBe(results[5]);
  });

  it('addrtype asks what an address is to this host', () => {
    const rules = table('*filter\n:FORWARD ACCEPT [0:0]\n-A FORWARD -m addrtype --dst-type LOCAL -j DROP\nCOMMIT');
    expect(verdictOf(evaluateTable(rules, context({ dst: '10.244.1.1' })))).toBe('DROP');
    expect(verdictOf(evaluateTable(rules, context()))).toBe('policy ACCEPT');
  });
});

describe('the index by destination', () => {
  /** The kernel's walk: every rule from the top. */
  const linear = (chain: Table, asked: HookContext): number | undefined => {
    const rules = chain.chains.get('FORWARD')?.rules ?? [];
    const at = rules.findIndex((rule, i) =>
      rule.matches.every(match => matches(match, asked, asked.mark, `FORWARD/${i}`)),
    );
    return at < 0 ? undefined : at + 1;
  };

  it('never changes which rule decides', () => {
    const rule = fc.oneof(
      fc
        .tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom(80, 81))
        .map(([n, port]) => `-A FORWARD -d 10.96.0.${n}/32 -p tcp -m tcp --dport ${port} -j DROP`),
      fc.constantFrom(
        '-A FORWARD -s 10.9.0.0/16 -j DROP',
        '-A FORWARD -d 10.96.0.0/30 -j DROP',
        '-A FORWARD ! -d 10.96.0.3/32 -s 10.244.1.9/32 -j DROP',
      ),
    );
    const asked = fc.record({
      n: fc.integer({ min: 0, max: 9 }),
      port: fc.constantFrom(80, 81, 82),
      src: fc.constantFrom('10.244.1.2', '10.244.1.9', '10.9.1.1'),
    });
    fc.assert(
      fc.property(fc.array(rule, { minLength: 12, maxLength: 40 }), asked, (rules, { n, port, src }) => {
        const chain = table(`*filter\n:FORWARD ACCEPT [0:0]\n${rules.join('\n')}\nCOMMIT`);
        const packet = context({ dst: `10.96.0.${n}`, port, src });
        expect(evaluateTable(chain, packet).matched[0]?.number).toBe(linear(chain, packet));
      }),
    );
  });
});
