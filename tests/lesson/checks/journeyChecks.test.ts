import { describe, expect, it } from 'vitest';
import type { SeenJourney } from '../../../src/lesson/checkContext.ts';
import { evaluateInLab } from '../../../src/lesson/evaluateInLab.ts';
import { CLIENT, facts, hop, journey, LAPTOP, rewrite, step, swallowed, trace, WEB, WEB_B } from './journeys.ts';

const TO_WEB = { from: 'pod/client', to: '10.244.2.2:8080' };

function seen(spec: Record<string, unknown>, ...journeys: readonly SeenJourney[]) {
  const [result] = evaluateInLab([JSON.parse(JSON.stringify({ seen: spec }))], facts({ journeys: () => journeys }));
  return result;
}

describe('seen', () => {
  it('passes when the learner sent it and it came to what was expected', () => {
    expect(seen({ ...TO_WEB, expect: 'ok' }, journey({ sequence: 7 }))).toEqual({
      kind: 'passed',
      evidence: 'client got ok from 10.244.2.2:8080',
      found: 'ok',
      stamp: 7,
    });
  });

  const failures: readonly [string, Record<string, unknown>, readonly SeenJourney[], string][] = [
    ['nothing was sent', TO_WEB, [], 'nothing was sent from client to 10.244.2.2:8080 yet'],
    [
      'another port was asked',
      { ...TO_WEB, expect: 'ok' },
      [journey({ port: 80, verdict: 'refused' })],
      'nothing was sent from client to 10.244.2.2:8080 yet; the last time, client got refused from 10.244.2.2:80',
    ],
    [
      'another host asked',
      TO_WEB,
      [swallowed()],
      'nothing was sent from client to 10.244.2.2:8080 yet; the last time, laptop got timeout from 10.244.2.2:8080',
    ],
    [
      'the verdict is another',
      { from: 'pod/client', to: '10.244.2.2:80', expect: 'ok' },
      [journey({ port: 80, verdict: 'refused' })],
      'client got refused from 10.244.2.2:80, not ok',
    ],
    [
      'somebody else answered',
      { from: 'pod/client', backend: 'pod/web' },
      [journey({ endedAt: WEB_B })],
      'web-b answered client, not web',
    ],
    [
      'the server saw another source',
      { ...TO_WEB, source: '10.244.1.2' },
      [journey({ sourceSeen: '192.168.10.11' })],
      'the server saw 192.168.10.11 as the source, not 10.244.1.2',
    ],
    [
      'the server said something else',
      { ...TO_WEB, body: 'pod=web-b' },
      [journey()],
      'the server said "pod=web client=10.244.1.2"',
    ],
  ];
  it.each(failures)('fails when %s', (_, spec, journeys, because) => {
    expect(seen(spec, ...journeys)).toMatchObject({ kind: 'failed', because });
  });

  it('takes the newest of several that fit, and says of the newest why none does', () => {
    const two = [journey({ sequence: 3 }), journey({ sequence: 9 }), journey({ sequence: 11, verdict: 'refused' })];
    expect(seen({ ...TO_WEB, expect: 'ok' }, ...two)).toMatchObject({ kind: 'passed', stamp: 9 });
    const none = [journey({ verdict: 'timeout' }), journey({ verdict: 'refused' })];
    expect(seen({ ...TO_WEB, expect: 'ok' }, ...none)).toMatchObject({
      because: 'client got refused from 10.244.2.2:8080, not ok',
    });
  });

  it.each([
    ['a Pod', 'pod/web'],
    ['its address', '10.244.2.2'],
    ['a URL', 'http://10.244.2.2:8080/x'],
  ])('knows the target by %s', (_, to) => {
    expect(seen({ from: 'pod/client', to, expect: 'ok' }, journey())).toMatchObject({ kind: 'passed' });
  });

  it('does not take a ping for a question to a port', () => {
    const ping = journey({ protocol: 'icmp', port: 0 });
    expect(seen({ ...TO_WEB, expect: 'ok' }, ping)).toMatchObject({ kind: 'failed' });
    expect(seen({ from: 'pod/client', to: 'pod/web', protocol: 'icmp', expect: 'ok' }, ping)).toMatchObject({
      kind: 'passed',
    });
  });

  it('knows a name by what the learner wrote', () => {
    const byName = journey({ to: 'web.default:80', address: '10.96.40.10', port: 80 });
    expect(seen({ from: 'pod/client', to: 'web.default:80' }, byName)).toMatchObject({ kind: 'passed' });
    expect(seen({ from: 'pod/client', to: 'web:80' }, byName)).toMatchObject({ kind: 'failed' });
  });
});

describe('the path of a journey', () => {
  const natted = journey({
    traces: [
      trace('request', [
        hop(CLIENT),
        hop('node/node-1', rewrite('node/node-1', 'destination', '10.96.40.10:80', '10.244.2.2:8080')),
        hop(WEB, step(WEB, 'eth0', { ttl: 62 })),
      ]),
    ],
  });
  const masqueraded = journey({
    traces: [
      trace('request', [
        hop('node/node-1', rewrite('node/node-1', 'source', '10.244.1.2:40000', '192.168.10.11:40000')),
      ]),
    ],
  });
  const wrapped = journey({
    traces: [
      trace('request', [
        hop(
          'node/node-1',
          step('node/node-1', 'flannel.1', {
            headers: [{ layer: 'VXLAN', field: 'VNI', after: '1', changed: true, main: true }],
          }),
        ),
      ]),
    ],
  });
  const lostReply = journey({
    verdict: 'timeout',
    traces: [
      trace('request', [hop(CLIENT), hop(WEB)]),
      trace('reply', [hop(WEB), hop('router/router')], { disposition: 'DROPPED', dropReason: 'LAB_BLACKHOLE' }),
    ],
  });

  const rows: readonly [string, SeenJourney, Record<string, unknown>, string | 'holds'][] = [
    [
      'hops are a part of the way, in order',
      journey(),
      { hops: ['node-1/veth1', 'node-1/cni0', 'lan', 'node-2/cni0', 'pod/web'] },
      'holds',
    ],
    [
      'hops in another order',
      journey(),
      { hops: ['node-2/cni0', 'node-1/cni0'] },
      'the packet did not cross cni0 of node-1 after cni0 of node-2',
    ],
    ['a hop that was not crossed', journey(), { hops: ['router'] }, 'the packet did not cross router'],
    ['never leaves out ARP, which goes everywhere', journey(), { never: ['node/cp', 'router'] }, 'holds'],
    ['never, but crossed', journey(), { never: ['node-2/cni0'] }, 'a packet crossed cni0 of node-2'],
    ['no rewriting and no tunnel', journey(), { nosnat: true, nodnat: true, noencap: true }, 'holds'],
    [
      'nodnat, but translated',
      natted,
      { nodnat: true },
      'node-1 rewrote the destination 10.96.40.10:80 to 10.244.2.2:8080',
    ],
    ['nosnat of a destination translation', natted, { nosnat: true }, 'holds'],
    [
      'nosnat, but masqueraded',
      masqueraded,
      { nosnat: true },
      'node-1 rewrote the source 10.244.1.2:40000 to 192.168.10.11:40000',
    ],
    ['noencap, but wrapped', wrapped, { noencap: true }, 'node-1 handled the packet inside another one'],
    [
      'dnat with a wildcard',
      natted,
      { dnat: { at: 'node/node-1', from: '10.96.40.10:80', to: '10.244.*:8080' } },
      'holds',
    ],
    [
      'dnat elsewhere',
      natted,
      { dnat: { at: 'node/node-2' } },
      'node-1 rewrote the destination 10.96.40.10:80 to 10.244.2.2:8080, not at node-2',
    ],
    ['dnat that did not happen', journey(), { dnat: { at: 'node/node-1' } }, 'node-1 did not rewrite the destination'],
    ['snat without a port', masqueraded, { snat: { to: '192.168.10.11' } }, 'holds'],
    [
      'a dot in a wildcard is a dot',
      masqueraded,
      { snat: { to: '192.168.1.*' } },
      'node-1 rewrote the source 10.244.1.2:40000 to 192.168.10.11:40000, not to 192.168.1.*',
    ],
    ['a drop on the way there', swallowed(), { drop: { at: 'router', reason: 'LAB_BLACKHOLE', dir: 'fwd' } }, 'holds'],
    [
      'a drop for another reason',
      swallowed(),
      { drop: { at: 'router', reason: 'NETFILTER_DROP' } },
      'the request ended at router (LAB_BLACKHOLE)',
    ],
    [
      'a drop of the reply, asked on the way there',
      lostReply,
      { drop: { at: 'router', dir: 'fwd' } },
      'the request was not dropped',
    ],
    ['a drop of the reply', lostReply, { drop: { at: 'router', dir: 'reply' } }, 'holds'],
    ['the time to live on arrival', journey(), { ttlOnArrival: 62 }, 'holds'],
    ['another time to live', journey(), { ttlOnArrival: 64 }, 'the request arrived with a time to live of 62, not 64'],
    ['a time to live of what did not arrive', swallowed(), { ttlOnArrival: 64 }, 'the request did not arrive'],
  ];
  it.each(rows)('%s', (_, sent, path, expected) => {
    const result = seen({ path }, sent);
    if (expected === 'holds') expect(result).toMatchObject({ kind: 'passed' });
    else expect(result).toMatchObject({ kind: 'failed', because: expected });
  });
});

describe('probe and path', () => {
  const asked: unknown[] = [];
  const answering = facts({
    probe: question => {
      asked.push(question);
      return { kind: 'journey', journey: journey() };
    },
  });

  it('puts the question in the form that the lab takes', () => {
    asked.length = 0;
    const results = evaluateInLab(
      [
        { probe: { from: 'pod/client', to: '10.244.2.2:8080', expect: 'ok' } },
        { probe: { from: 'node/node-1', to: 'svc/shop/web', port: 80, protocol: 'udp' } },
        { probe: { from: 'pod/client', to: 'pod/web', protocol: 'icmp', size: 1400 } },
      ],
      facts({
        ...answering,
        element: id => (id === 'node/node-1' ? facts().element(LAPTOP) : facts().element(id)),
      }),
    );
    expect(results.map(result => result.kind)).toEqual(['passed', 'passed', 'passed']);
    expect(asked).toEqual([
      { from: CLIENT, to: '10.244.2.2', protocol: 'tcp', port: 8080 },
      { from: 'node/node-1', to: 'svc/shop/web', protocol: 'udp', port: 80 },
      { from: CLIENT, to: WEB, protocol: 'icmp', size: 1400 },
    ]);
  });

  it('says who is missing, and what the lab says when it cannot send', () => {
    const [missing, stopped] = evaluateInLab(
      [{ probe: { from: 'pod/web-c', to: 'pod/web', port: 8080 } }, { probe: { from: 'pod/client', to: 'pod/web' } }],
      facts(),
    );
    expect(missing).toEqual({ kind: 'failed', because: 'there is no Pod web-c' });
    expect(stopped).toEqual({ kind: 'failed', because: 'nobody answers in this test' });
  });

  it('finds the one thing that is asked for, for computed answers', () => {
    const results = evaluateInLab(
      [
        { probe: { ...TO_WEB, source: '10.244.1.2' } },
        { probe: { ...TO_WEB, source: '192.168.10.11' } },
        { probe: { ...TO_WEB, path: { ttlOnArrival: 62 } } },
        { probe: { ...TO_WEB, backend: 'pod/web' } },
      ],
      answering,
    );
    expect(results.map(result => result.found)).toEqual(['10.244.1.2', '10.244.1.2', '62', 'web']);
    expect(results.map(result => result.kind)).toEqual(['passed', 'failed', 'passed', 'passed']);
  });

  it('judges the way alone, whatever the verdict', () => {
    const [result] = evaluateInLab([{ path: { ...TO_WEB, noencap: true } }], answering);
    expect(result).toEqual({ kind: 'passed', evidence: 'client got ok from 10.244.2.2:8080' });
    const [crossed] = evaluateInLab([{ path: { ...TO_WEB, never: ['lan'] } }], answering);
    expect(crossed).toEqual({ kind: 'failed', because: 'a packet crossed the LAN' });
  });
});

describe('a check that cannot be read', () => {
  it('fails and says why, and lets the others be answered', () => {
    const results = evaluateInLab([{ seen: { expect: 'okay' } }, { seen: {} }], facts({ journeys: () => [journey()] }));
    expect(results).toMatchObject([
      { kind: 'failed', because: expect.stringContaining('"expect" must be one of ok, refused') },
      { kind: 'passed' },
    ]);
  });
});
