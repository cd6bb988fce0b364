import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/sim/index.ts';
import { type SmallCluster, smallCluster, textAt } from '../../support/smallCluster.ts';

type Fields = { readonly [key: string]: Json };

/** A Pod with one container `web` on node-1. */
const pod = (container: Fields, spec: Fields = {}): Json => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { nodeName: 'node-1', containers: [{ name: 'web', image: 'web', ...container }], ...spec },
});

function withPod(container: Fields, spec: Fields = {}): SmallCluster {
  const cluster = smallCluster();
  expect(cluster.create('pods', pod(container, spec))).toBe(201);
  return cluster;
}

const row = (cluster: SmallCluster): string => cluster.table('pods').join('; ');
const status = (cluster: SmallCluster, ...path: readonly string[]): string =>
  textAt(cluster.get('pods/web'), 'status', ...path);
const messages = (cluster: SmallCluster): readonly string[] => cluster.events('Pod', 'web');
const conditions = (cluster: SmallCluster): string =>
  (JSON.parse(status(cluster, 'conditions')) as { type: string; status: string; reason?: string }[])
    .map(({ type, status: value, reason }) => `${type}=${value}${reason === undefined ? '' : ` (${reason})`}`)
    .join(', ');
const uid = (cluster: SmallCluster): string => textAt(cluster.get('pods/web'), 'metadata', 'uid');

describe('a Pod whose program runs', () => {
  it('becomes Ready, with its Events and conditions in their order', () => {
    const cluster = withPod({});
    expect(row(cluster)).toBe('web 1/1 Running 0');
    expect(messages(cluster)).toEqual([
      'Normal Pulled Container image "web" already present on machine',
      'Normal Created Created container: web',
      'Normal Started Started container web',
    ]);
    expect(conditions(cluster)).toBe(
      'PodReadyToStartContainers=True, Initialized=True, Ready=True, ContainersReady=True, PodScheduled=True',
    );
    expect(status(cluster, 'qosClass')).toBe('BestEffort');
  });

  it('is told to end, and is gone after half a second', () => {
    const cluster = withPod({});
    expect(cluster.delete('pods/web')).toBe(200);
    expect(row(cluster)).toBe('');
    expect(messages(cluster).at(-1)).toBe('Normal Killing Stopping container web');
  });
});

describe('an image that cannot be had', () => {
  const denied =
    'failed to pull and unpack image "docker.io/library/nope:1": failed to resolve reference "docker.io/library/nope:1": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed';

  it('is ErrImagePull, then ImagePullBackOff, then tried again after 10 s and 20 s more', () => {
    const cluster = withPod({ image: 'nope:1' });
    expect(row(cluster)).toBe('web 0/1 ErrImagePull 0');
    expect(status(cluster, 'phase')).toBe('Pending');
    expect(messages(cluster)).toEqual([
      'Normal Pulling Pulling image "nope:1"',
      `Warning Failed Failed to pull image "nope:1": ${denied}`,
      'Warning Failed Error: ErrImagePull',
    ]);
    cluster.seconds(2);
    expect(row(cluster)).toBe('web 0/1 ImagePullBackOff 0');
    expect(status(cluster, 'containerStatuses')).toContain(
      JSON.stringify(`Back-off pulling image "nope:1": ErrImagePull: ${denied}`),
    );
    cluster.seconds(30);
    expect(messages(cluster)).toContain('Normal Pulling Pulling image "nope:1" (x3)');
    expect(messages(cluster)).toContain('Normal BackOff Back-off pulling image "nope:1" (x2)');
  });

  it.each([
    [
      'nginx:no-such-tag',
      'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:no-such-tag": failed to resolve reference "docker.io/library/nginx:no-such-tag": docker.io/library/nginx:no-such-tag: not found',
    ],
    [
      'example.com/team/app',
      'rpc error: code = NotFound desc = failed to pull and unpack image "example.com/team/app:latest": failed to resolve reference "example.com/team/app:latest": example.com/team/app:latest: not found',
    ],
  ])('%s fails with what containerd says', (image, message) => {
    const cluster = withPod({ image });
    expect(messages(cluster)).toContain(`Warning Failed Failed to pull image "${image}": ${message}`);
  });

  it('with capitals in its name is InvalidImageName', () => {
    const cluster = withPod({ image: 'NGINX' });
    expect(row(cluster)).toBe('web 0/1 InvalidImageName 0');
    expect(messages(cluster).at(-1)).toBe('Warning Failed Error: InvalidImageName');
  });

  it('comes when it is corrected', () => {
    const cluster = withPod({ image: 'nope:1' });
    const [container] = JSON.parse(textAt(cluster.get('pods/web'), 'spec', 'containers')) as Fields[];
    expect(cluster.patch('pods/web', { spec: { containers: [{ ...container, image: 'web' }] } })).toBe(200);
    cluster.seconds(15);
    expect(row(cluster)).toBe('web 1/1 Running 0');
  });
});

describe('a ConfigMap or Secret that is missing', () => {
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { color: 'red' } };
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login' }, stringData: { user: 'x' } };

  it.each<readonly [string, Fields, string]>([
    ['all keys', { envFrom: [{ configMapRef: { name: 'settings' } }] }, 'configmap "settings" not found'],
    [
      'one key',
      { env: [{ name: 'COLOR', valueFrom: { configMapKeyRef: { name: 'settings', key: 'color' } } }] },
      'configmap "settings" not found',
    ],
    [
      'of a Secret',
      { env: [{ name: 'USER', valueFrom: { secretKeyRef: { name: 'login', key: 'user' } } }] },
      'secret "login" not found',
    ],
  ])('keeps a container from starting (%s)', (_what, container, message) => {
    const cluster = withPod(container);
    expect(row(cluster)).toBe('web 0/1 CreateContainerConfigError 0');
    expect(messages(cluster).at(-1)).toBe(`Warning Failed Error: ${message}`);
    expect(status(cluster, 'containerStatuses')).toContain(JSON.stringify(message));
    cluster.create('configmaps', configMap);
    cluster.create('secrets', secret);
    cluster.seconds(11);
    expect(row(cluster)).toBe('web 1/1 Running 0');
  });

  it('is named with its key, and does not matter where it is optional', () => {
    const valueFrom = (key: string, optional: boolean) => ({ configMapKeyRef: { name: 'settings', key, optional } });
    const cluster = smallCluster();
    cluster.create('configmaps', configMap);
    cluster.create('pods', pod({ env: [{ name: 'SIZE', valueFrom: valueFrom('size', false) }] }));
    expect(messages(cluster).at(-1)).toBe("Warning Failed Error: couldn't find key size in ConfigMap default/settings");
    const other = withPod({ env: [{ name: 'SIZE', valueFrom: valueFrom('size', true) }] });
    expect(row(other)).toBe('web 1/1 Running 0');
  });

  it('keeps a volume from being set up', () => {
    const cluster = withPod({}, { volumes: [{ name: 'etc', configMap: { name: 'settings' } }] });
    expect(row(cluster)).toBe('web 0/1 ContainerCreating 0');
    expect(messages(cluster)).toEqual([
      'Warning FailedMount MountVolume.SetUp failed for volume "etc" : configmap "settings" not found',
    ]);
    cluster.create('configmaps', configMap);
    cluster.seconds(11);
    expect(row(cluster)).toBe('web 1/1 Running 0');
  });
});

describe('a program that ends', () => {
  it('is started again at once, then after 10 s, 20 s, ... 5 min', () => {
    const cluster = withPod({ args: ['--nonsense'] });
    expect(row(cluster)).toBe('web 0/1 CrashLoopBackOff 1 (0s ago)');
    const waiting = (wait: string) =>
      JSON.stringify(`back-off ${wait} restarting failed container=web pod=web_default(${uid(cluster)})`);
    expect(status(cluster, 'containerStatuses')).toContain(waiting('10s'));
    expect(messages(cluster).at(-1)).toBe(
      `Warning BackOff Back-off restarting failed container web in pod web_default(${uid(cluster)})`,
    );
    for (const [seconds, wait] of [
      [11, '20s'],
      [21, '40s'],
      [41, '1m20s'],
      [81, '2m40s'],
      [161, '5m0s'],
      [301, '5m0s'],
    ] as const) {
      cluster.seconds(seconds);
      expect(status(cluster, 'containerStatuses')).toContain(waiting(wait));
    }
    expect(status(cluster, 'phase')).toBe('Running');
  });

  it.each([
    ['Never', 0, 'web 0/1 Completed 0', 'Succeeded'],
    ['Never', 3, 'web 0/1 Error 0', 'Failed'],
    ['OnFailure', 0, 'web 0/1 Completed 0', 'Succeeded'],
    ['Always', 0, 'web 0/1 CrashLoopBackOff 1 (2s ago)', 'Running'],
  ])('with restartPolicy %s and code %d', (restartPolicy, code, expected, phase) => {
    const command = ['sh', '-c', `echo begun; sleep 2; exit ${code}`];
    const cluster = withPod({ image: 'busybox', command }, { restartPolicy });
    expect(row(cluster).replace(/\(\d+s ago\)/, '(2s ago)')).toBe(expected);
    expect(status(cluster, 'phase')).toBe(phase);
  });

  it('has its output in the status where the Pod asks for it', () => {
    const command = ['sh', '-c', 'echo out of luck; exit 3'];
    const cluster = withPod(
      { image: 'busybox', command, terminationMessagePolicy: 'FallbackToLogsOnError' },
      { restartPolicy: 'Never' },
    );
    expect(status(cluster, 'containerStatuses')).toContain('"message":"out of luck\\n"');
    expect(conditions(cluster)).toBe(
      'PodReadyToStartContainers=False, Initialized=True, Ready=False (PodFailed), ContainersReady=False (PodFailed), PodScheduled=True',
    );
  });
});

describe('init containers', () => {
  const init = (name: string, script: string, more: Fields = {}): Json => ({
    name,
    image: 'busybox',
    command: ['sh', '-c', script],
    ...more,
  });

  it('run one after the other before the others', () => {
    const cluster = withPod({}, { initContainers: [init('one', 'sleep 1'), init('two', 'sleep 1')] });
    expect(row(cluster)).toBe('web 1/1 Running 0');
    expect(messages(cluster).filter(text => text.includes('Started'))).toEqual([
      'Normal Started Started container one',
      'Normal Started Started container two',
      'Normal Started Started container web',
    ]);
  });

  it('that fail are started again, and hold the Pod up', () => {
    const cluster = withPod({}, { initContainers: [init('one', 'exit 1')] });
    expect(row(cluster)).toBe('web 0/1 Init:CrashLoopBackOff 1 (0s ago)');
    expect(conditions(cluster)).toContain('Initialized=False (ContainersNotInitialized)');
    expect(status(cluster, 'containerStatuses')).toContain('"reason":"PodInitializing"');
  });

  it('that fail end a Pod which is never to be started again', () => {
    const cluster = withPod({}, { restartPolicy: 'Never', initContainers: [init('one', 'exit 1')] });
    expect(row(cluster)).toBe('web 0/1 Init:Error 0');
    expect(status(cluster, 'phase')).toBe('Failed');
  });

  it('that take long are waited for', () => {
    const cluster = withPod({}, { initContainers: [init('one', 'sleep 100')] });
    expect(row(cluster)).toBe('web 0/1 Init:0/1 0');
    cluster.seconds(102);
    expect(row(cluster)).toBe('web 1/1 Running 0');
  });

  it('with restartPolicy Always are sidecars: they count as ready and do not keep the Pod from completing', () => {
    const sidecar = { name: 'proxy', image: 'web', args: ['--port=9000'], restartPolicy: 'Always' };
    const running = withPod({}, { initContainers: [sidecar] });
    expect(row(running)).toBe('web 2/2 Running 0');
    const done = withPod(
      { image: 'busybox', command: ['sh', '-c', 'sleep 1'] },
      { restartPolicy: 'Never', initContainers: [sidecar] },
    );
    expect(status(done, 'phase')).toBe('Succeeded');
    expect(messages(done).at(-1)).toBe('Normal Killing Stopping container proxy');
  });
});

describe('probes', () => {
  const httpGet = { port: 8080 };

  it('make a Pod ready when the first answer comes, after the first tick behind the delay', () => {
    const cluster = withPod({ readinessProbe: { httpGet, initialDelaySeconds: 5, periodSeconds: 3 } });
    expect(row(cluster)).toBe('web 1/1 Running 0');
    expect(cluster.lab.now % 1000).toBe(0);
    const [started, ready] = [
      JSON.parse(status(cluster, 'containerStatuses'))[0].state.running.startedAt,
      JSON.parse(status(cluster, 'conditions')).find((c: { type: string }) => c.type === 'Ready').lastTransitionTime,
    ];
    expect(Date.parse(ready) - Date.parse(started)).toBe(6000);
  });

  it.each([
    [
      'a closed port',
      { httpGet: { port: 81 } },
      /^Warning Unhealthy Readiness probe failed: Get "http:\/\/10\.244\.1\.\d+:81\/": dial tcp 10\.244\.1\.\d+:81: connect: connection refused/,
    ],
    [
      'a closed port, by TCP',
      { tcpSocket: { port: 81 } },
      /^Warning Unhealthy Readiness probe failed: dial tcp 10\.244\.1\.\d+:81: connect: connection refused/,
    ],
    [
      'a command that fails',
      { exec: { command: ['cat', '/tmp/healthy'] } },
      /^Warning Unhealthy Readiness probe failed: cat: can't open '\/tmp\/healthy': No such file or directory/,
    ],
  ])('keep a Pod from being ready that has %s', (_what, action, message) => {
    const cluster = withPod({ readinessProbe: { ...action, periodSeconds: 1 } });
    expect(row(cluster)).toBe('web 0/1 Running 0');
    expect(messages(cluster).at(-1)).toMatch(message);
    expect(conditions(cluster)).toContain('Ready=False (ContainersNotReady)');
  });

  it('take the status code of the answer', () => {
    const cluster = withPod({ image: 'nginx', readinessProbe: { httpGet: { port: 80, path: '/nothing' } } });
    expect(messages(cluster).at(-1)).toMatch(
      /^Warning Unhealthy Readiness probe failed: HTTP probe failed with statuscode: 404/,
    );
  });

  it('restart a container that is no longer alive', () => {
    const command = ['sh', '-c', 'touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600'];
    const livenessProbe = { exec: { command: ['cat', '/tmp/healthy'] }, initialDelaySeconds: 5, periodSeconds: 5 };
    const cluster = withPod({ image: 'busybox', command, livenessProbe }, { terminationGracePeriodSeconds: 1 });
    expect(row(cluster)).toBe('web 1/1 Running 0');
    cluster.seconds(60);
    expect(messages(cluster).slice(3, 5)).toEqual([
      "Warning Unhealthy Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory\n (x3)",
      'Normal Killing Container web failed liveness probe, will be restarted',
    ]);
    expect(row(cluster)).toMatch(/^web 1\/1 Running 1 \(\d+s ago\)$/);
    expect(status(cluster, 'containerStatuses')).toContain('"exitCode":137,"reason":"Error"');
  });

  it('wait for the startup probe', () => {
    const command = ['sh', '-c', 'sleep 12; touch /tmp/up; sleep 600'];
    const exec = { command: ['test', '-f', '/tmp/up'] };
    const cluster = withPod({
      image: 'busybox',
      command,
      startupProbe: { exec, periodSeconds: 5, failureThreshold: 30 },
      readinessProbe: { exec: { command: ['true'] } },
    });
    expect(row(cluster)).toBe('web 1/1 Running 0');
    expect(messages(cluster)).toContain('Warning Unhealthy Startup probe failed:  (x3)');
  });
});

describe('readiness gates', () => {
  it('hold Ready back until somebody sets their condition', () => {
    const cluster = withPod({}, { readinessGates: [{ conditionType: 'example.com/lb' }] });
    expect(conditions(cluster)).toContain('Ready=False (ReadinessGatesNotReady), ContainersReady=True');
    expect(status(cluster, 'conditions')).toContain(
      JSON.stringify('corresponding condition of pod readiness gate "example.com/lb" does not exist.'),
    );
    const current = JSON.parse(status(cluster, 'conditions')) as Json[];
    cluster.patch('pods/web/status', {
      status: { conditions: [...current, { type: 'example.com/lb', status: 'True' }] },
    });
    expect(conditions(cluster)).toMatch(/^example\.com\/lb=True, .* Ready=True, /);
  });
});

describe('a Pod that is deleted', () => {
  it('whose program does not listen is killed at the end of its grace period', () => {
    const cluster = withPod({ image: 'busybox', command: ['sleep', '3600'] }, { terminationGracePeriodSeconds: 7 });
    const before = cluster.lab.now;
    cluster.delete('pods/web');
    expect(cluster.lab.now - before).toBe(7000);
    expect(row(cluster)).toBe('');
  });

  it('goes through its preStop hook first', () => {
    const cluster = withPod({ lifecycle: { preStop: { sleep: { seconds: 4 } } } });
    const before = cluster.lab.now;
    cluster.delete('pods/web');
    expect(cluster.lab.now - before).toBe(4500);
  });

  it('with no grace is gone at once', () => {
    const cluster = withPod({ image: 'busybox', command: ['sleep', '3600'] });
    const before = cluster.lab.now;
    cluster.delete('pods/web', { gracePeriodSeconds: 0 });
    expect(cluster.lab.now).toBe(before);
    expect(row(cluster)).toBe('');
  });
});

it('a Pod that may run for 20 seconds only is ended then', () => {
  const cluster = withPod({}, { activeDeadlineSeconds: 20 });
  cluster.seconds(21);
  expect([status(cluster, 'phase'), status(cluster, 'reason')]).toEqual(['Failed', 'DeadlineExceeded']);
  expect(status(cluster, 'message')).toBe('Pod was active on the node longer than the specified deadline');
});

it("a Pod on the node's own network has the node's address, and a port is taken once", () => {
  const cluster = withPod({}, { hostNetwork: true });
  expect(status(cluster, 'podIP')).toBe('192.168.10.11');
  cluster.create('pods', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'other' },
    spec: { nodeName: 'node-1', hostNetwork: true, containers: [{ name: 'web', image: 'web' }] },
  });
  expect(cluster.table('pods')[0]).toMatch(/^other 0\/1 CrashLoopBackOff 1/);
});

describe('a Pod that was put on a node by nodeName', () => {
  it.each<readonly [string, Fields, Fields, string, string]>([
    [
      'too much CPU',
      { resources: { requests: { cpu: '5' } } },
      {},
      'OutOfcpu',
      "Node didn't have enough resource: cpu, requested: 5000, used: 0, capacity: 4000",
    ],
    [
      'another node',
      {},
      { nodeSelector: { disk: 'ssd' } },
      'NodeAffinity',
      "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
    ],
  ])('is rejected where it asks for %s', (_what, container, spec, reason, message) => {
    const cluster = withPod(container, spec);
    expect(row(cluster)).toBe(`web 0/1 ${reason} 0`);
    expect(messages(cluster)).toEqual([`Warning ${reason} ${message}`]);
    expect(status(cluster, 'message')).toBe(`Pod was rejected: ${message}`);
  });

  it('is rejected where its port is taken, and runs in spite of a NoSchedule taint', () => {
    const cluster = withPod({ ports: [{ containerPort: 8080, hostPort: 80 }] }, { nodeName: 'cp' });
    expect(row(cluster)).toBe('web 1/1 Running 0');
    const second = { ...(pod({ ports: [{ containerPort: 8080, hostPort: 80 }] }, { nodeName: 'cp' }) as Fields) };
    cluster.create('pods', { ...second, metadata: { name: 'web2' } });
    expect(cluster.table('pods')[1]).toBe('web2 0/1 NodePorts 0');
  });
});
