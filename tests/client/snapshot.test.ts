// A lab that was taken apart and put together goes on as the one that was not, whatever was done before and is done after.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type LabSession,
  MAIN_SEAT,
  openSession,
  restoreSession,
  type SessionSnapshot,
} from '../../src/client/labSession.ts';
import type { Pace } from '../../src/client/pace.ts';
import { SANDBOX_LAB } from '../../src/client/sandboxLab.ts';

const AT_ONCE: Pace = {
  kind: 'repeatable',
  tick: (_, asked) => asked,
  sleep: (_, asked) => asked,
  pause: () => Promise.resolve(),
};

const WORKLOAD = `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web, readinessProbe: { httpGet: { port: 8080 }, periodSeconds: 5 } }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: NodePort, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: weak }
spec: { containers: [{ name: weak, image: tools, command: [sh, -c, 'exit 1'] }] }
`;

const FILE = {
  name: 'deny.yaml',
  text: `apiVersion: v1
kind: ConfigMap
metadata: { name: filed }
data: { a: b }
`,
};

const LINES = [
  'kubectl get pods -A -o wide',
  'kubectl get events -A',
  'kubectl describe pod client',
  'kubectl scale deployment web --replicas 3',
  'kubectl scale deployment web --replicas 0',
  'kubectl delete pod -l app=web --wait=false',
  'kubectl create service clusterip extra --tcp=80',
  'kubectl set image deployment/web web=nginx',
  'kubectl rollout status deployment web --timeout=20s',
  'kubectl exec client -- curl -s --max-time 2 http://web',
  'kubectl exec client -- nslookup web',
  'kubectl logs weak',
  'kubectl apply -f deny.yaml',
  'kubectl exec -it client -- sh',
  'ssh node-1',
  'systemctl stop kubelet',
  'systemctl start kubelet',
  'iptables -I FORWARD -p icmp -m recent --set --name seen -j ACCEPT',
  'iptables -t nat -L KUBE-SERVICES -n',
  'conntrack -L',
  'ip route add 10.99.0.0/16 via 192.168.10.12',
  'ip neigh',
  'ping -c 2 10.244.1.2',
  'echo $?',
  'exit',
] as const;

type Act =
  | { readonly do: 'run'; readonly line: string }
  | { readonly do: 'undo' | 'redo' | 'reset' | 'step' }
  | { readonly do: 'advance'; readonly ms: number };

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('run' as const), line: fc.constantFrom(...LINES) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('undo', 'undo', 'redo', 'reset', 'step') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.integer({ min: 1, max: 60_000 }) }) },
);

async function perform(session: LabSession, one: Act): Promise<string> {
  switch (one.do) {
    case 'run': {
      const parts: string[] = [];
      const result = await session
        .seat(MAIN_SEAT)
        .run(one.line, ({ stream, text }) => parts.push(`${stream} ${text}`), new AbortController().signal);
      return `${parts.join('')}${JSON.stringify(result)}`;
    }
    case 'advance':
      return String(session.advance(one.ms));
    default:
      return String(session[one.do]());
  }
}

/** All that can be seen of a lab. */
function seen({ lab, ...session }: LabSession): unknown {
  const { now, nextAlarm, history, steps, eventCount, exchangeCount, settled } = lab;
  return {
    ...{ now, nextAlarm, history, steps, eventCount, exchangeCount, settled },
    prompt: session.seat(MAIN_SEAT).prompt(),
    elements: [...lab.elements().values()],
    events: lab.eventsSince(0),
    journeys: lab.journeys().map(record => lab.viewRecord(record)),
    why: [...lab.elements().keys()].map(id => lab.why(id)),
    kernel: lab.request({ method: 'GET', path: '/apis/lab.hoplab.dev/v1alpha1/kernel' }),
    record: session.record(),
  };
}

function opened(): LabSession {
  const made = openSession({ source: SANDBOX_LAB + WORKLOAD, form: 'manifests' }, { pace: AT_ONCE });
  if (made.kind === 'refused') throw new Error(JSON.stringify(made.problems));
  made.session.seat(MAIN_SEAT).setFiles([FILE]);
  return made.session;
}

function snapshotOf(session: LabSession): SessionSnapshot {
  const snapshot = session.snapshot();
  if (snapshot === 'busy') throw new Error('a lab at rest was expected');
  return snapshot;
}

describe('a lab that was taken apart and put together', () => {
  it('answers as the one that was not', async () => {
    const acts = (minLength: number) => fc.array(act, { minLength, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(acts(0), acts(0), acts(1), async (before, between, after) => {
        const session = opened();
        for (const one of before) await perform(session, one);
        let again = restoreSession(structuredClone(snapshotOf(session)), { pace: AT_ONCE });
        expect(seen(again)).toEqual(seen(session));
        for (const one of between) expect(await perform(again, one)).toBe(await perform(session, one));
        // And again: what was put together can be taken apart.
        again = restoreSession(structuredClone(snapshotOf(again)), { pace: AT_ONCE });
        for (const one of after) expect(await perform(again, one)).toBe(await perform(session, one));
        expect(seen(again)).toEqual(seen(session));
      }),
      {
        numRuns: Number(process.env.RUNS ?? 25),
        ...(process.env.SEED !== undefined && { seed: Number(process.env.SEED) }),
      },
    );
  }, 120_000);

  it('goes back to what was opened, and through all that was done', async () => {
    const session = opened();
    for (const line of ['kubectl create namespace a', 'kubectl create namespace b', 'ssh node-1'])
      await perform(session, { do: 'run', line });
    const again = restoreSession(structuredClone(snapshotOf(session)), { pace: AT_ONCE });
    for (const each of [session, again]) {
      each.reset();
      each.undo();
      each.undo();
    }
    expect(seen(again)).toEqual(seen(session));
    expect(again.lab.steps).toEqual({
      past: ['kubectl create namespace a'],
      future: ['kubectl create namespace b', 'reset'],
    });
  });
});

describe('a snapshot', () => {
  it('holds nothing that a copy loses: no functions, and no objects with methods', async () => {
    const session = opened();
    for (const line of LINES) await perform(session, { do: 'run', line });
    const found = new Set<string>();
    const known = new Set<object>();
    const look = (value: unknown, path: string): void => {
      if (typeof value === 'function' || typeof value === 'symbol') found.add(path);
      if (typeof value !== 'object' || value === null || known.has(value)) return;
      known.add(value);
      const prototype: unknown = Object.getPrototypeOf(value);
      if (value instanceof Map) for (const [key, one] of value) [look(key, path), look(one, `${path}.*`)];
      else if (value instanceof Set) for (const one of value) look(one, `${path}.*`);
      else if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) {
        const names = Object.getOwnPropertyNames(prototype).filter(name => name !== 'constructor');
        if (names.length > 0) found.add(`${path}: ${value.constructor.name}`);
      }
      for (const [key, one] of Object.entries(value)) look(one, `${path}.${Array.isArray(value) ? '*' : key}`);
    };
    look(snapshotOf(session), '');
    // It is made whole again (linux/reviveWorld.ts).
    expect([...found].filter(path => !path.endsWith(': LayeredChains'))).toEqual([]);
  });

  it('is not taken in the middle of a command', async () => {
    const session = opened();
    const leave = new AbortController();
    const running = session.seat(MAIN_SEAT).run('kubectl get pods -w', () => undefined, leave.signal);
    expect(session.snapshot()).toBe('busy');
    leave.abort();
    await running;
    expect(session.snapshot()).not.toBe('busy');
  });

  it('does not change while the lab goes on', async () => {
    const session = opened();
    const snapshot = snapshotOf(session);
    const before = structuredClone(snapshot);
    for (const line of LINES) await perform(session, { do: 'run', line });
    session.advance(30_000);
    expect(snapshot).toEqual(before);
  });
});
