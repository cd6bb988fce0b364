// A lab as one text of plain manifests, and back.

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createInProcessClient } from '../../src/client/inProcess.ts';
import type { ClockView, LabClient, LabReading } from '../../src/client/port.ts';
import { SANDBOX_LAB } from '../../src/client/sandboxLab.ts';

async function clientWith(text: string): Promise<LabClient> {
  const client = createInProcessClient();
  const report = await client.open({ kind: 'manifests', text });
  if (report.kind === 'refused') throw new Error(report.problems.map(({ message }) => message).join('; '));
  return client;
}

async function run(client: LabClient, ...lines: readonly string[]): Promise<void> {
  for (const line of lines) await client.run('test', line, () => undefined);
}

async function textOf(client: LabClient): Promise<string> {
  const lab = await client.manifests();
  if (lab.kind === 'none') throw new Error('the lab was expected to have manifests');
  return lab.text;
}

const kindsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^kind: (\w+)/gm)].flatMap(([, kind]) => (kind === undefined ? [] : [kind]));

/** Each leaves something else behind. */
const LINES = [
  'kubectl create deployment web --image=web --replicas=3 --port=8080',
  'kubectl expose deployment web --port=80 --target-port=8080',
  'kubectl expose deployment web --name=door --type=NodePort --port=80 --target-port=8080',
  'kubectl create service clusterip none --clusterip=None --tcp=80:8080',
  'kubectl create namespace blue',
  'kubectl label namespace default team=a',
  'kubectl label namespace kube-system team=b',
  'kubectl run x --image=nginx:1.27 -n blue --labels=app=x,tier=',
  'kubectl run once --image=tools --restart=Never --env=A=1',
  'kubectl create configmap words --from-literal=__proto__=1 --from-literal=yes=no',
  'kubectl create secret generic key --from-literal=a=b',
  'kubectl create ingress way --rule=a.example/x=web:80',
  'kubectl annotate pod client note="a: b # c"',
  'kubectl scale deployment coredns -n kube-system --replicas=2',
  'kubectl delete pod client --now',
  'kubectl create quota most --hard=pods=90',
  'kubectl create job one --image=tools -- true',
];

describe('a lab as plain manifests', () => {
  it('opens as a lab with the same objects: saved again it is the same text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray(LINES), async lines => {
        const client = await clientWith(SANDBOX_LAB);
        await run(client, ...lines);
        const text = await textOf(client);
        const again = await clientWith(text);
        expect(await textOf(again)).toBe(text);
      }),
      { numRuns: 25, seed: 5 },
    );
    const all = await clientWith(SANDBOX_LAB);
    await run(all, ...LINES);
    const text = await textOf(all);
    expect(await textOf(await clientWith(text))).toBe(text);
  }, 120_000);

  it('says the config first, then what kubectl can apply in this order, and nothing that a controller makes', async () => {
    const client = await clientWith(SANDBOX_LAB);
    await run(client, ...LINES.slice(0, 5), 'kubectl run x --image=web -n blue');
    const text = await textOf(client);
    expect(kindsOf(text)).toEqual(['Lab', 'Namespace', 'Service', 'Service', 'Service', 'Pod', 'Pod', 'Deployment']);
    expect(text).not.toMatch(/status:|uid:|resourceVersion:|managedFields:|creationTimestamp:|imagePullPolicy:/);
  });

  it('keeps a change of what the cluster has from its start', async () => {
    const client = await clientWith(SANDBOX_LAB);
    await run(client, 'kubectl label namespace default team=a');
    const text = await textOf(client);
    expect(text).toContain('kind: Namespace\nmetadata:\n  labels:\n    team: a\n  name: default\n');
    const again = await clientWith(text);
    const answer = await again.request({ method: 'GET', path: '/api/v1/namespaces/default' });
    expect(answer.body).toMatchObject({ metadata: { labels: { team: 'a' } } });
  });

  it('keeps the addresses of Services and the nodes of Pods', async () => {
    const client = await clientWith(SANDBOX_LAB);
    await run(client, LINES[0] ?? '', LINES[1] ?? '', 'kubectl run far --image=web');
    const read = async (from: LabClient) => {
      const service = await from.request({ method: 'GET', path: '/api/v1/namespaces/default/services/web' });
      const pod = await from.request({ method: 'GET', path: '/api/v1/namespaces/default/pods/far' });
      return JSON.stringify([service.body, pod.body]).match(/"(clusterIP|nodeName)":"[^"]*"/g);
    };
    const before = await read(client);
    expect(before).toHaveLength(2);
    expect(await read(await clientWith(await textOf(client)))).toEqual(before);
  });
});

describe('what a text holds', () => {
  const read = async (text: string): Promise<LabReading> => createInProcessClient().readLab(text);

  it('is told kind by kind, without opening it', async () => {
    const reading = await read(SANDBOX_LAB);
    expect(reading).toMatchObject({
      kind: 'lab',
      from: 'lab',
      name: 'sandbox',
      nodes: ['cp', 'node-1', 'node-2'],
      objects: [{ kind: 'Pod', names: ['client'] }],
      leftOut: [],
    });
  });

  it.each([
    ['nothing', '', /no object/],
    ['a comment', '# hello', /no object/],
    ['no manifest', 'hello', /object was expected/],
    ['HTML', '<img src=x onerror=alert(1)>', /object was expected/],
    ['a broken text', 'a: [', /yaml/],
    ['a tower of brackets', '['.repeat(5000), /nested/],
    ['a name that is none', `apiVersion: v1\nkind: Namespace\nmetadata: {name: "${'a'.repeat(254)}"}`, /Invalid value/],
    [
      'a name that turns its direction',
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: "a\u202eb"}',
      /Invalid value/,
    ],
    ['a field called __proto__', 'apiVersion: v1\nkind: Pod\n__proto__: {a: b}\nmetadata: {name: a}', /unknown field/],
  ])('is refused in plain words: %s', async (_, text, why) => {
    const reading = await read(text);
    expect(reading.kind).toBe('refused');
    if (reading.kind === 'refused') expect(reading.problems.map(({ message }) => message).join('\n')).toMatch(why);
  });
});

describe('a real cluster as a lab', () => {
  /** What kubectl prints of a cluster, here of a lab that is built as real ones are. */
  async function printed(form: 'yaml' | 'json', ...lines: readonly string[]): Promise<string> {
    const client = await clientWith(SANDBOX_LAB);
    await run(client, ...lines);
    let text = '';
    const kinds = 'nodes,namespaces,all,endpoints,endpointslices,configmaps,secrets,networkpolicies,ingresses';
    await client.run('test', `kubectl get ${kinds} -A -o ${form}`, part => {
      if (part.stream === 'out') text += part.text;
    });
    return text;
  }
  const importOf = async (text: string) => {
    const reading = await createInProcessClient().readLab(text);
    if (reading.kind === 'refused') throw new Error(reading.problems.map(({ message }) => message).join('; '));
    return reading;
  };
  const list = (...items: readonly object[]): string => JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  const node = (name: string, address: string, podCIDR?: string, labels = {}) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, resourceVersion: '1', labels },
    spec: { ...(podCIDR !== undefined && { podCIDR, podCIDRs: [podCIDR] }) },
    status: { addresses: [{ type: 'InternalIP', address }] },
  });

  it.each(['yaml', 'json'] as const)('has what somebody wrote, and its nodes, from %s', async form => {
    const made = LINES.filter(line =>
      /deployment web|expose|namespace (blue|default)|run |configmap|ingress/.test(line),
    );
    const reading = await importOf(await printed(form, ...made));
    expect(reading.from).toBe('cluster');
    expect(reading.nodes).toEqual(['cp', 'node-1', 'node-2']);
    const own = await clientWith(SANDBOX_LAB);
    await run(own, ...made);
    const [, ...objects] = (await textOf(own)).split('---\n');
    const [, ...imported] = (await textOf(await clientWith(reading.text))).split('---\n');
    expect(imported).toEqual(objects);
  });

  it('says in numbers what it leaves out, and why', async () => {
    const reading = await importOf(
      await printed('json', LINES[0] ?? '', 'kubectl run odd --image=ghcr.io/shop/cart:3'),
    );
    const text = reading.leftOut.map(({ object, reason }) => `${object}: ${reason}`).join('\n');
    expect(text).toMatch(/^\d+ objects: in kube-system: the lab has a system of its own$/m);
    expect(text).toMatch(/^\d+ objects: a controller or a node makes them: the lab makes its own$/m);
    expect(text).toContain('Image ghcr.io/shop/cart:3: its program is not modelled');
    expect(reading.text).toContain('image: ghcr.io/shop/cart:3');
  });

  it('takes the networks from the nodes and Services', async () => {
    const service = (name: string, clusterIP: string) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'default', resourceVersion: '7' },
      spec: { clusterIP, clusterIPs: [clusterIP], ports: [{ port: 80 }] },
    });
    const control = { 'node-role.kubernetes.io/control-plane': 'true' };
    const reading = await importOf(
      list(
        node('k3s-1', '10.0.1.5', '10.42.0.0/24', control),
        node('k3s-2', '10.0.2.6', '10.42.1.0/24', { zone: 'b' }),
        service('kubernetes', '10.43.0.1'),
        service('web', '10.43.7.9'),
      ),
    );
    expect(reading.text).toContain('podSubnet: 10.42.0.0/16');
    expect(reading.text).toContain('serviceSubnet: 10.43.0.0/16');
    expect(reading.text).toContain('router: 10.0.0.1\n    subnet: 10.0.0.0/22');
    const lab = await clientWith(reading.text);
    expect(await lab.request({ method: 'GET', path: '/api/v1/nodes/k3s-2' })).toMatchObject({
      body: {
        metadata: { labels: { zone: 'b' } },
        spec: { podCIDR: '10.42.1.0/24' },
        status: { addresses: [{ address: '10.0.2.6' }, {}] },
      },
    });
    const answer = await lab.request({ method: 'GET', path: '/api/v1/namespaces/default/services/web' });
    expect(answer.body).toMatchObject({ spec: { clusterIP: '10.43.7.9' } });
  });

  it('gives nodes without usable addresses and networks its own, and says so', async () => {
    const reading = await importOf(list(node('a', 'fd00::1'), node('b', 'fd00::2')));
    expect(reading.nodes).toEqual(['a', 'b']);
    expect(reading.leftOut.map(({ object }) => object)).toEqual(['Node addresses', 'Pod networks of the nodes']);
    await clientWith(reading.text);
  });

  it('keeps names of Secrets and not their values, Pods off nodes that are not there, and names what it does not know', async () => {
    const meta = (name: string) => ({ name, namespace: 'shop', resourceVersion: '3', uid: 'u', finalizers: ['a.b/c'] });
    const reading = await importOf(
      list(
        { apiVersion: 'v1', kind: 'Secret', metadata: meta('key'), data: { password: 'aHVudGVyMg==' } },
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: meta('p'),
          spec: { nodeName: 'gone', containers: [{ name: 'a', image: 'web' }] },
        },
        { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: meta('rule'), spec: {} },
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: meta('odd'),
          spec: { clusterIP: '10.96.0.10', ports: [{ port: 80 }] },
        },
      ),
    );
    expect(reading.text).not.toMatch(/aHVudGVyMg|nodeName|finalizers/);
    expect(reading.objects).toEqual([
      { kind: 'Namespace', names: ['shop'] },
      { kind: 'Secret', names: ['shop/key'] },
      { kind: 'Pod', names: ['shop/p'] },
    ]);
    const left = reading.leftOut.map(({ object, reason }) => `${object}: ${reason}`);
    expect(left).toContain('CiliumNetworkPolicy shop/rule: the lab does not know this kind');
    expect(left).toContain('Pod shop/p: its node gone is not in the text: the scheduler chooses another');
    expect(left).toContain('1 Secret: without their values');
    expect(left.join('\n')).toMatch(/Service shop\/odd: .*provided IP is already allocated/);
    await clientWith(reading.text);
  });
});

describe('kinds that a real cluster defines itself', () => {
  it('come with their objects', async () => {
    const names = { kind: 'Widget', plural: 'widgets', singular: 'widget', listKind: 'WidgetList' };
    const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
    const items = [
      { apiVersion: 'acme.io/v1', kind: 'Widget', metadata: { name: 'w', namespace: 'default', resourceVersion: '5' } },
      {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: 'widgets.acme.io', resourceVersion: '4' },
        spec: {
          group: 'acme.io',
          names,
          scope: 'Namespaced',
          versions: [{ name: 'v1', served: true, storage: true, schema }],
        },
      },
    ];
    const reading = await createInProcessClient().readLab(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    expect(reading).toMatchObject({
      kind: 'lab',
      objects: [
        { kind: 'CustomResourceDefinition', names: ['widgets.acme.io'] },
        { kind: 'Widget', names: ['default/w'] },
      ],
    });
  });
});

describe('a lab for a real cluster', () => {
  async function filesOf(lines: readonly string[], ...made: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const client = await clientWith(SANDBOX_LAB);
    await run(client, ...made);
    return new Map((await client.realCluster(lines)).map(({ name, text }) => [name, text]));
  }

  it('is a config for kind without a network plugin, with as many nodes', async () => {
    const files = await filesOf([]);
    expect(files.get('kind.yaml')).toBe(`apiVersion: kind.x-k8s.io/v1alpha4
kind: Cluster
name: sandbox
networking:
  disableDefaultCNI: true
  kubeProxyMode: iptables
  podSubnet: 10.244.0.0/16
  serviceSubnet: 10.96.0.0/12
nodes:
- role: control-plane
- role: worker
- role: worker
`);
  });

  it('names nodes as kind does, and images that can be pulled', async () => {
    const files = await filesOf([], LINES[0] ?? '', LINES[13] ?? '', 'kubectl label node node-1 disk=ssd');
    const text = files.get('manifests.yaml') ?? '';
    expect(kindsOf(text)).toEqual(['Pod', 'Deployment']);
    expect(text).toContain('nodeName: sandbox-worker\n');
    expect(text).toContain('image: nicolaka/netshoot:latest');
    expect(text).toMatch(
      /- args:\n +- netexec\n +- --http-port=8080\n +image: registry.k8s.io\/e2e-test-images\/agnhost/,
    );
    expect(text).not.toMatch(/node-1|image: (web|tools)$/m);
  });

  it('says what to run, the last commands among it', async () => {
    const files = await filesOf(['kubectl exec client -- curl -s web', 'ssh node-2 ping -c 1 node-1'], LINES[0] ?? '');
    const text = files.get('README.md') ?? '';
    expect(text).toContain('kind create cluster --config kind.yaml');
    expect(text).toContain('kubectl exec client -- curl -s web\n');
    expect(text).toContain('docker exec sandbox-worker2 ping -c 1');
    expect(text).toContain('s#"Type": "vxlan"#"Type": "host-gw"#');
    expect(text).toContain('| node-1 | sandbox-worker |');
  });

  it('runs what ran outside of the cluster beside the nodes, in one shell, and names nodes inside of addresses', async () => {
    const lines = ["curl -s http://node-2:30080 | grep 'web'", 'ssh cp "ip route; ip addr"', 'kubectl cp client:/a b'];
    const text = (await filesOf(lines)).get('README.md') ?? '';
    expect(text).toContain(
      `docker run --rm --network kind nicolaka/netshoot:latest sh -c 'curl -s http://sandbox-worker2:30080 | grep '\\''web'\\'''\n`,
    );
    expect(text).toContain(`docker exec sandbox-control-plane sh -c 'ip route; ip addr'`);
    expect(text).toContain('kubectl cp client:/a b\n');
  });

  it('makes the nodes what they are in the lab', async () => {
    const files = await filesOf(
      [],
      'kubectl label node node-1 disk=ssd zone=a',
      'kubectl taint node node-2 a=b:NoSchedule c:NoExecute',
      'kubectl cordon node-2',
    );
    expect(files.get('README.md')).toContain(`\`\`\`sh
kubectl label node sandbox-worker disk=ssd zone=a
kubectl taint node sandbox-worker2 a=b:NoSchedule c:NoExecute
kubectl cordon sandbox-worker2
\`\`\``);
  });

  it('says what a cluster has to know before it takes objects of the Gateway API, and keeps the selector of a policy', async () => {
    const client = await clientWith(`${SANDBOX_LAB}---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: way}
spec: {rules: [{backendRefs: [{name: web, port: 80}]}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: none}
spec: {podSelector: {}}
`);
    const files = new Map((await client.realCluster([])).map(({ name, text }) => [name, text]));
    expect(files.get('README.md')).toMatch(
      /gateway-api\/releases\/latest\/download\/standard-install.yaml\n```\n\n```sh\nkubectl apply -f manifests.yaml/,
    );
    expect(files.get('manifests.yaml')).toContain('spec:\n  podSelector: {}\n');
  });
});

describe('the clock', () => {
  it('runs as fast as it is told, and goes on as fast after a pause', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const client = await clientWith(SANDBOX_LAB);
      let clock: ClockView = { now: 0, running: false };
      client.onUpdate(update => {
        clock = update.clock;
      });
      const passedIn = async (ms: number): Promise<number> => {
        const before = clock.now;
        await vi.advanceTimersByTimeAsync(ms);
        return clock.now - before;
      };
      await client.setClock(true);
      expect(await passedIn(1000)).toBe(1000);
      await client.setClock(true, 60);
      expect(await passedIn(1000)).toBe(60_000);
      await client.setClock(false);
      expect([await passedIn(1000), clock]).toMatchObject([0, { running: false, speed: 60 }]);
      await client.setClock(true);
      expect(await passedIn(1000)).toBe(60_000);
      client.close();
    } finally {
      vi.useRealTimers();
    }
  });
});
