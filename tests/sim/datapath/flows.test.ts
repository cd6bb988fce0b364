// What becomes of packets in a literal world: verdicts, sources, ways, as tables.

import { describe, expect, it } from 'vitest';
import { probe, send } from '../../../src/sim/datapath/exchange.ts';
import { explain } from '../../../src/sim/datapath/explain.ts';
import { pathText } from '../../../src/sim/datapath/pathText.ts';
import { type Exchange, firstOfRole, type Question, stepsOf, type Trace } from '../../../src/sim/datapath/trace.ts';
import { setLink } from '../../../src/sim/linux/administer.ts';
import { allEntries } from '../../../src/sim/linux/conntrack.ts';
import { ip } from '../../../src/sim/net/address.ts';
import { type NodeOptions, serviceRules, twoNodes } from '../../support/twoNodes.ts';

const ask = (from: string, to: string, change: Partial<Question> = {}): Question => ({
  from,
  to: ip(to),
  protocol: 'tcp',
  port: 8080,
  requestBytes: 9,
  timeoutMs: 5000,
  ...change,
});

const names = { host: (netns: string) => netns, owner: () => undefined, isSwitch: (netns: string) => netns === 'lan' };

/** The journey in sentences, for messages of failing rows. */
const told = (trace: Trace | undefined): string =>
  trace === undefined
    ? 'no such packet'
    : stepsOf(trace)
        .map(step => `${step.netns}: ${explain(step, step.netns, names).lead}`)
        .join('\n');

interface Row {
  readonly name: string;
  readonly world?: NodeOptions;
  readonly from: string;
  readonly to: string;
  readonly change?: Partial<Question>;
  readonly verdict: Exchange['verdict'];
  readonly backend?: string;
  readonly source?: string;
  readonly ttl?: number;
  readonly dropped?: { readonly at: string; readonly reason: string };
}

const SERVICE = { port: 80 };

const ROWS: readonly Row[] = [
  {
    name: 'a Pod reaches a Pod on its node over the bridge, with its TTL untouched',
    from: 'client',
    to: '10.244.1.3',
    verdict: 'ok',
    backend: 'near',
    source: '10.244.1.2',
    ttl: 64,
  },
  {
    name: 'a Pod reaches a Pod on another node with its own address, routed twice',
    from: 'client',
    to: '10.244.2.2',
    verdict: 'ok',
    backend: 'web',
    source: '10.244.1.2',
    ttl: 62,
  },
  {
    name: 'a port where nobody listens is refused',
    from: 'client',
    to: '10.244.2.2',
    change: { port: 80 },
    verdict: 'refused',
    dropped: { at: 'web', reason: 'NO_SOCKET' },
  },
  {
    name: 'an address that nobody has on the link is unreachable after three ARP requests',
    from: 'client',
    to: '10.244.1.99',
    verdict: 'unreachable',
    dropped: { at: 'client', reason: 'NEIGH_FAILED' },
  },
  {
    name: 'an address that nobody has behind another node is unreachable too, told by that node',
    from: 'client',
    to: '10.244.2.99',
    verdict: 'unreachable',
    dropped: { at: 'node-2', reason: 'NEIGH_FAILED' },
  },
  {
    name: 'an address without a route is told by the router',
    from: 'client',
    to: '203.0.113.9',
    verdict: 'timeout',
    dropped: { at: 'router', reason: 'IP_INNOROUTES' },
  },
  {
    name: 'a blackhole route swallows without a word',
    world: { routerRoutes: ['blackhole default'] },
    from: 'client',
    to: '203.0.113.9',
    verdict: 'timeout',
    dropped: { at: 'router', reason: 'LAB_BLACKHOLE' },
  },
  {
    name: 'a host without any route fails at once and sends nothing',
    from: 'router',
    to: '10.9.9.9',
    verdict: 'unreachable-local',
    dropped: { at: 'router', reason: 'IP_OUTNOROUTES' },
  },
  {
    name: 'a node that does not forward drops',
    world: { sysctl: { 'net.ipv4.ip_forward': 0 } },
    from: 'client',
    to: '10.244.2.2',
    verdict: 'timeout',
    dropped: { at: 'node-1', reason: 'IP_INNOROUTES' },
  },
  {
    name: 'a TTL that runs out is told by the router where it did',
    from: 'client',
    to: '10.244.2.2',
    change: { protocol: 'icmp', port: 0, ttl: 1 },
    verdict: 'ttl-exceeded',
    dropped: { at: 'node-1', reason: 'IP_INHDR' },
  },
  {
    name: 'ping answers',
    from: 'client',
    to: '10.244.2.2',
    change: { protocol: 'icmp', port: 0 },
    verdict: 'ok',
    backend: 'web',
    ttl: 62,
  },
  {
    name: 'localhost stays inside',
    from: 'near',
    to: '127.0.0.1',
    verdict: 'ok',
    backend: 'near',
    source: '127.0.0.1',
    ttl: 64,
  },
  {
    name: 'an own address stays inside',
    from: 'near',
    to: '10.244.1.3',
    verdict: 'ok',
    backend: 'near',
    source: '10.244.1.3',
    ttl: 64,
  },
  {
    name: 'a Service is translated to its endpoint on another node; the source stays',
    world: { rules: serviceRules(['10.244.2.2:8080']) },
    from: 'client',
    to: '10.96.0.10',
    change: SERVICE,
    verdict: 'ok',
    backend: 'web',
    source: '10.244.1.2',
    ttl: 62,
  },
  {
    name: 'a Service is translated to its endpoint on the same bridge, and the reply comes back through tracking',
    world: { rules: serviceRules(['10.244.1.3:8080']) },
    from: 'client',
    to: '10.96.0.10',
    change: SERVICE,
    verdict: 'ok',
    backend: 'near',
    source: '10.244.1.2',
    ttl: 64,
  },
  {
    name: 'a Pod reaches itself through its Service, masqueraded to the bridge address',
    world: { rules: serviceRules(['10.244.1.3:8080']) },
    from: 'near',
    to: '10.96.0.10',
    change: SERVICE,
    verdict: 'ok',
    backend: 'near',
    source: '10.244.1.1',
  },
  {
    name: 'without hairpin mode it does not',
    world: { rules: serviceRules(['10.244.1.3:8080']), hairpin: false },
    from: 'near',
    to: '10.96.0.10',
    change: SERVICE,
    verdict: 'timeout',
    dropped: { at: 'node-1', reason: 'LAB_BRIDGE_SAME_PORT' },
  },
  {
    name: 'without bridge netfilter a Service on the same node times out: the reply is not translated back',
    world: { rules: serviceRules(['10.244.1.3:8080']), sysctl: { 'net.bridge.bridge-nf-call-iptables': 0 } },
    from: 'client',
    to: '10.96.0.10',
    change: SERVICE,
    verdict: 'timeout',
  },
  {
    name: 'the node itself reaches a Service, masqueraded',
    world: { rules: serviceRules(['10.244.2.2:8080']) },
    from: 'node-1',
    to: '10.96.0.10',
    change: SERVICE,
    verdict: 'ok',
    backend: 'web',
    source: '192.168.10.11',
  },
  {
    name: 'a Service without endpoints is rejected at once',
    world: { rules: serviceRules([]) },
    from: 'client',
    to: '10.96.0.10',
    change: SERVICE,
    verdict: 'rejected',
    dropped: { at: 'node-1', reason: 'NETFILTER_DROP' },
  },
  {
    name: 'its own node is rejected too',
    world: { rules: serviceRules([]) },
    from: 'node-1',
    to: '10.96.0.10',
    change: SERVICE,
    verdict: 'rejected',
  },
  {
    name: 'another port of a Service matches no rule and goes where the routes lead',
    world: { rules: serviceRules(['10.244.2.2:8080']), routerRoutes: ['blackhole default'] },
    from: 'client',
    to: '10.96.0.10',
    change: { port: 81 },
    verdict: 'timeout',
    dropped: { at: 'router', reason: 'LAB_BLACKHOLE' },
  },
  {
    name: 'a packet to an endpoint that no Pod has is reported as the Service',
    world: { rules: serviceRules(['10.244.1.99:8080']) },
    from: 'client',
    to: '10.96.0.10',
    change: SERVICE,
    verdict: 'unreachable',
  },
];

describe('flows between two nodes', () => {
  it.each(ROWS)('$name', row => {
    const exchange = send(twoNodes(row.world), ask(row.from, row.to, row.change));
    const request = firstOfRole(exchange, 'request');
    const last = request === undefined ? undefined : request.hops[request.hops.length - 1];
    expect(
      {
        verdict: exchange.verdict,
        ...(row.backend !== undefined && { backend: exchange.backend?.netns }),
        ...(row.source !== undefined && { source: exchange.sourceSeen?.address }),
        ...(row.ttl !== undefined && { ttl: exchange.replyTtl }),
        ...(row.dropped !== undefined && { dropped: { at: last?.netns, reason: request?.dropReason } }),
      },
      told(request),
    ).toEqual({
      verdict: row.verdict,
      ...(row.backend !== undefined && { backend: row.backend }),
      ...(row.source !== undefined && { source: row.source }),
      ...(row.ttl !== undefined && { ttl: row.ttl }),
      ...(row.dropped !== undefined && { dropped: row.dropped }),
    });
  });

  it('an ICMP error about a translated packet comes from the address that the client asked', () => {
    const exchange = send(
      twoNodes({ rules: serviceRules(['10.244.1.99:8080']) }),
      ask('client', '10.96.0.10', SERVICE),
    );
    expect(exchange.icmp).toMatchObject({ from: '10.96.0.10', type: 3, code: 1 });
  });

  it('a cable that is down at the other end carries nothing', () => {
    const world = twoNodes();
    setLink(world.world.get('web'), 'eth0', 'down');
    const exchange = send(world, ask('client', '10.244.2.2'));
    expect(exchange.verdict).toBe('unreachable');
  });
});

describe('a whole connection', () => {
  it('has the packets of a request, an answer and a close, in the order of a real capture', () => {
    const exchange = send(twoNodes(), ask('client', '10.244.2.2'));
    const packets = exchange.traces.filter(trace => !['arp-request', 'arp-reply', 'copy'].includes(trace.role));
    expect(packets.map(trace => `${trace.role} ${trace.label}`)).toEqual([
      'request SYN',
      'reply SYN-ACK',
      'client ACK',
      'client PSH-ACK',
      'server ACK',
      'server data',
      'client ACK',
      'server FIN-ACK',
      'client FIN-ACK',
      'server ACK',
    ]);
  });

  it('ends in TIME_WAIT in the tracking of the node that translated it', () => {
    const world = twoNodes({ rules: serviceRules(['10.244.2.2:8080']) });
    send(world, ask('client', '10.96.0.10', SERVICE));
    const [entry] = allEntries(world.world.get('node-1').conntrack.values());
    expect(entry).toMatchObject({
      tcpState: 'TIME_WAIT',
      assured: true,
      dnat: true,
      snat: false,
      original: { dst: '10.96.0.10', dstPort: 80 },
      reply: { src: '10.244.2.2', srcPort: 8080 },
    });
  });

  it('a rejected or refused SYN leaves no entry behind', () => {
    for (const endpoints of [[], ['10.244.2.2:9999']]) {
      const world = twoNodes({ rules: serviceRules(endpoints) });
      send(world, ask('client', '10.96.0.10', SERVICE));
      expect(allEntries(world.world.get('node-1').conntrack.values())).toEqual([]);
    }
  });

  it('a client that gets no answer repeats its SYN after 1, 2, 3, 4, 5, 7, 11 ... seconds and gives up after 131', () => {
    const exchange = send(
      twoNodes({ routerRoutes: ['blackhole default'] }),
      ask('client', '203.0.113.9', { timeoutMs: 300_000 }),
    );
    const repeats = exchange.traces
      .filter(trace => trace.role === 'retransmission')
      .map(trace => trace.startedUs / 1_000_000);
    expect(repeats).toEqual([1, 2, 3, 4, 5, 7, 11, 19, 35, 67]);
    expect(exchange.elapsedUs).toBe(131_000_000);
  });
});

describe('the way of a packet', () => {
  it('to a Service on another node: translated at the bridge port, then routed', () => {
    const world = twoNodes({ rules: serviceRules(['10.244.2.2:8080']) });
    const exchange = send(world, ask('client', '10.96.0.10', SERVICE));
    const request = firstOfRole(exchange, 'request');
    expect(request && pathText(request, exchange.client?.port ?? 0, true)).toEqual([
      'client/eth0> 10.244.1.2:C>10.96.0.10:80 ttl64',
      'node-1/vethclient<',
      'node-1/cni0< dst=10.244.2.2:8080',
      'node-1/eth0> ttl=63',
      'lan/node-1<',
      'lan/node-2>',
      'node-2/eth0<',
      'node-2/cni0> ttl=62',
      'node-2/vethweb>',
      'web/eth0<',
    ]);
  });
});

describe('repeating', () => {
  it('the same world and seed give the same traces', () => {
    const run = (): Exchange =>
      send(
        twoNodes({ rules: serviceRules(['10.244.2.2:8080', '10.244.1.3:8080']) }),
        ask('client', '10.96.0.10', SERVICE),
      );
    expect(JSON.stringify(run().traces)).toBe(JSON.stringify(run().traces));
  });

  it('a probe changes nothing, and finds what a question would find', () => {
    const world = twoNodes({ rules: serviceRules(['10.244.2.2:8080']) });
    const before = world.world.snapshot().namespaces;
    const foretold = probe(world, ask('client', '10.96.0.10', SERVICE));
    const after = world.world.snapshot().namespaces;
    expect(after.every((state, i) => state === before[i])).toBe(true);
    const found = send(world, ask('client', '10.96.0.10', SERVICE));
    expect(JSON.stringify(found.traces)).toBe(JSON.stringify(foretold.traces));
  });

  it('many questions spread over all endpoints', () => {
    const world = twoNodes({ rules: serviceRules(['10.244.2.2:8080', '10.244.1.3:8080']) });
    const backends = Array.from(
      { length: 200 },
      () => send(world, ask('client', '10.96.0.10', SERVICE)).backend?.netns,
    );
    const web = backends.filter(name => name === 'web').length;
    expect(web).toBeGreaterThan(70);
    expect(web).toBeLessThan(130);
    expect(backends.every(name => name === 'web' || name === 'near')).toBe(true);
  });
});
