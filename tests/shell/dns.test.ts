// Names in the terminal: what programs in Pods and on machines make of them, and the packets that they send for it.
// The words are those of curl 7.88.1, iputils 20221126, BIND 9.18 and glibc 2.36.

import { beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/shell/commands.ts';
import { Lab } from '../../src/sim/index.ts';
import { type TestShell, testShell } from './shellAt.ts';

const TEXT = `
apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {nodeName: node-1, containers: [{name: client, image: nicolaka/netshoot}]}
---
apiVersion: v1
kind: Pod
metadata: {name: on-host}
spec: {nodeName: node-1, hostNetwork: true, containers: [{name: c, image: tools}]}
---
apiVersion: v1
kind: Pod
metadata: {name: plain}
spec:
  nodeName: node-1
  dnsPolicy: Default
  hostname: other
  subdomain: sub
  hostAliases: [{ip: 10.0.0.9, hostnames: [foo, foo.example.org]}]
  containers: [{name: c, image: tools}]
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {nodeName: node-2, containers: [{name: web, image: web}]}
---
apiVersion: v1
kind: Service
metadata: {name: my-service}
spec: {clusterIP: 10.96.40.10, selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: headless}
spec: {clusterIP: None, selector: {app: web}, ports: [{port: 8080}]}
`;
const SERVER = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\n';
const IN = 'kubectl exec client --';

let lab: Lab;
let terminal: TestShell;

beforeEach(() => {
  const opened = Lab.open(TEXT);
  if (opened.kind === 'refused') throw new Error(JSON.stringify(opened.problems));
  lab = opened.lab;
  terminal = testShell({ commands: COMMANDS, lab });
});

/** What a line prints, its exit code, and the names that were asked for on the way. */
async function run(line: string): Promise<{ readonly text: string; readonly code: number; readonly asked: string }> {
  const before = lab.exchangeCount;
  const { out, err, code } = await terminal.run(line);
  const lookups = lab
    .exchangesSince(before)
    .map(record => lab.summarize(record))
    .filter(({ asked }) => asked !== undefined);
  return { text: out + err, code, asked: lookups.map(({ asked, outcome }) => `${asked}: ${outcome}`).join(', ') };
}

describe('curl by name', () => {
  it.each([
    [
      `${IN} curl -s http://my-service`,
      'pod=web client=10.244.1.2\n',
      'my-service.default.svc.cluster.local: 10.96.40.10',
    ],
    [
      `${IN} curl -s my-service.default`,
      'pod=web client=10.244.1.2\n',
      'my-service.default.default.svc.cluster.local: NXDOMAIN, my-service.default.svc.cluster.local: 10.96.40.10',
    ],
    [
      `${IN} curl -s http://headless:8080/`,
      'pod=web client=10.244.1.2\n',
      'headless.default.svc.cluster.local: 10.244.2.2',
    ],
    [
      `${IN} curl -sS nope`,
      'curl: (6) Could not resolve host: nope\ncommand terminated with exit code 6\n',
      'nope.default.svc.cluster.local: NXDOMAIN, nope.svc.cluster.local: NXDOMAIN, nope.cluster.local: NXDOMAIN, nope: NXDOMAIN',
    ],
    ['ssh node-1 curl -sS my-service', 'curl: (6) Could not resolve host: my-service\n', 'my-service: NXDOMAIN'],
    ['curl -sS my-service', 'curl: (6) Could not resolve host: my-service\n', 'my-service: NXDOMAIN'],
    [
      'kubectl exec plain -- curl -sS my-service',
      'curl: (6) Could not resolve host: my-service\ncommand terminated with exit code 6\n',
      'my-service: NXDOMAIN',
    ],
  ])('%s', async (line, text, asked) => {
    expect(await run(line)).toMatchObject({ text, asked });
  });

  it('asks with packets: UDP to the ClusterIP, translated to the Pod of CoreDNS', async () => {
    await run(`${IN} curl -s http://my-service`);
    const [lookup] = lab.exchangesSince(lab.exchangeCount - 2);
    if (lookup === undefined) throw new Error('a lookup was expected');
    expect(lookup.target).toBe('10.96.0.10:53');
    const view = lab.viewRecord(lookup);
    const labels = view.traces.map(({ role, label }) => `${role} ${label}`);
    expect(labels).toContain('request A? my-service.default.svc.cluster.local');
    expect(labels).toContain('reply A 10.96.40.10');
    const request = view.traces.find(({ role }) => role === 'request');
    const nat = request?.hops.flatMap(hop => hop.steps).find(step => step.action === 'TRANSLATED');
    const destination = nat?.headers.find(row => row.layer === 'IP' && row.field === 'destination');
    expect(destination).toMatchObject({ before: '10.96.0.10', after: expect.stringMatching(/^10\.244\.0\./) });
    expect(request?.hops.at(-1)?.element).toMatch(/^pod\/kube-system\/coredns-/);
  });

  it('explains a name that does not exist', async () => {
    await run(`${IN} curl -s nope.default.svc.cluster.local.`);
    const [lookup] = lab.exchangesSince(lab.exchangeCount - 1);
    if (lookup === undefined) throw new Error('a lookup was expected');
    expect(lab.explainFailure(lookup.exchange)).toEqual({
      lead: 'There is no name nope.default.svc.cluster.local.',
      rest: 'The DNS server 10.96.0.10 answered NXDOMAIN.',
      tryThis: 'kubectl get services -A',
    });
  });

  it('fails at once when nobody is behind kube-dns, and waits when nobody answers', async () => {
    await run('kubectl scale -n kube-system deployment coredns --replicas=0');
    expect(await run(`${IN} curl -sS my-service`)).toMatchObject({
      text: 'curl: (6) Could not resolve host: my-service\ncommand terminated with exit code 6\n',
      asked:
        'my-service.default.svc.cluster.local: refused · node-1 rejected it, my-service.default.svc.cluster.local: refused · node-1 rejected it',
    });
    await run('kubectl delete service -n kube-system kube-dns');
    const before = lab.now;
    expect(await run(`${IN} curl -sS -m 7 my-service`)).toMatchObject({
      text: 'curl: (28) Resolving timed out after 7000 milliseconds\ncommand terminated with exit code 28\n',
    });
    expect(Math.round(lab.now - before)).toBe(7000);
    expect((await run(`${IN} ping -c 1 my-service`)).text).toMatch(
      /^ping: my-service: Temporary failure in name resolution\n/,
    );
  });
});

describe('nslookup', () => {
  it.each([
    [`${IN} nslookup my-service`, `${SERVER}Name:\tmy-service.default.svc.cluster.local\nAddress: 10.96.40.10\n\n`, 0],
    [`${IN} nslookup nope`, `${SERVER}** server can't find nope: NXDOMAIN\n\ncommand terminated with exit code 1\n`, 1],
    [
      `${IN} nslookup nope.default.svc.cluster.local.`,
      `${SERVER}** server can't find nope.default.svc.cluster.local: NXDOMAIN\n\ncommand terminated with exit code 1\n`,
      1,
    ],
    [
      `${IN} nslookup api.example.com`,
      `${SERVER}Non-authoritative answer:\nName:\tapi.example.com\nAddress: 203.0.113.80\n\n`,
      0,
    ],
    [`${IN} nslookup 10.96.40.10`, '10.40.96.10.in-addr.arpa\tname = my-service.default.svc.cluster.local.\n\n', 0],
    [
      `${IN} nslookup -type=srv _http._tcp.my-service.default.svc.cluster.local`,
      `${SERVER}_http._tcp.my-service.default.svc.cluster.local\tservice = 0 100 80 my-service.default.svc.cluster.local.\n\n`,
      0,
    ],
    [`${IN} nslookup -type=aaaa my-service`, `${SERVER}*** Can't find my-service: No answer\n\n`, 0],
    [
      'ssh node-1 nslookup my-service.default.svc.cluster.local 10.96.0.10',
      `${SERVER}Name:\tmy-service.default.svc.cluster.local\nAddress: 10.96.40.10\n\n`,
      0,
    ],
    [
      'ssh node-1 nslookup my-service',
      "Server:\t\t192.168.10.1\nAddress:\t192.168.10.1#53\n\n** server can't find my-service: NXDOMAIN\n\n",
      1,
    ],
    [
      `${IN} nslookup -timeout=2 my-service 192.168.10.99`,
      `${';; communications error to 192.168.10.99#53: timed out\n'.repeat(3)};; no servers could be reached\n\ncommand terminated with exit code 1\n`,
      1,
    ],
    [
      `${IN} nslookup -retry=1 my-service 10.244.2.2`,
      ';; communications error to 10.244.2.2#53: connection refused\n;; no servers could be reached\n\ncommand terminated with exit code 1\n',
      1,
    ],
    ['nslookup a nowhere', "nslookup: couldn't get address for 'nowhere': not found\n", 1],
  ])('%s', async (line, text, code) => {
    expect(await run(line)).toMatchObject({ text, code });
  });
});

describe('ping and getent', () => {
  it('ping names the whole name', async () => {
    const { text } = await run(`${IN} ping -c 1 headless`);
    expect(text.split('\n')[0]).toBe('PING headless.default.svc.cluster.local (10.244.2.2) 56(84) bytes of data.');
  });

  it.each([
    [`${IN} getent hosts my-service`, '10.96.40.10     my-service.default.svc.cluster.local\n', 0],
    [`${IN} getent hosts client`, '10.244.1.2      client\n', 0],
    [`${IN} getent hosts 10.96.0.1`, '10.96.0.1       kubernetes.default.svc.cluster.local\n', 0],
    ['ssh node-1 getent hosts node-2', '192.168.10.12   node-2\n', 0],
    ['ssh node-1 getent hosts localhost', '::1             localhost ip6-localhost ip6-loopback\n', 0],
    ['getent hosts nope', '', 2],
    ['getent hosts 192.168.10.12', '192.168.10.12   node-2\n', 0],
  ])('%s', async (line, text, code) => {
    expect(await run(line)).toMatchObject({ text, code });
  });
});

const MANAGED = `# Kubernetes-managed hosts file.
127.0.0.1\tlocalhost
::1\tlocalhost ip6-localhost ip6-loopback
fe00::0\tip6-localnet
fe00::0\tip6-mcastprefix
fe00::1\tip6-allnodes
fe00::2\tip6-allrouters
`;
const MACHINES = `127.0.0.1\tlocalhost
::1\tlocalhost ip6-localhost ip6-loopback
192.168.10.10\tcp
192.168.10.11\tnode-1
192.168.10.12\tnode-2
192.168.10.1\trouter
198.51.100.79\tlaptop
`;

describe('files', () => {
  it.each([
    [
      `${IN} cat /etc/resolv.conf`,
      'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
    ],
    [`${IN} cat /etc/hosts`, `${MANAGED}10.244.1.2\tclient\n`],
    [`${IN} ls /etc`, 'hostname\nhosts\nresolv.conf\n'],
    ['kubectl exec on-host -- cat /etc/resolv.conf', 'nameserver 192.168.10.1\n'],
    ['kubectl exec on-host -- cat /etc/hosts', `# Kubernetes-managed hosts file (host network).\n${MACHINES}`],
    ['kubectl exec plain -- cat /etc/resolv.conf', 'nameserver 192.168.10.1\n'],
    [
      'kubectl exec plain -- cat /etc/hosts',
      `${MANAGED}10.244.1.3\tother.sub.default.svc.cluster.local\tother\n\n# Entries added by HostAliases.\n10.0.0.9\tfoo\tfoo.example.org\n`,
    ],
    ['ssh node-1 cat /etc/hosts', MACHINES],
    ['ssh node-1 cat /etc/resolv.conf', 'nameserver 192.168.10.1\n'],
    ['cat /etc/resolv.conf', 'nameserver 198.51.100.1\n'],
  ])('%s', async (line, text) => {
    expect(await run(line)).toEqual({ text, code: 0, asked: '' });
  });

  it('go with their Pod', async () => {
    const kept = (): readonly string[] =>
      [...lab.world.filesOf('node-1').view().keys()].filter(path => path.endsWith('/etc-hosts'));
    expect(kept()).toHaveLength(3);
    await run('kubectl delete pod client plain --force --grace-period=0');
    lab.advance(60_000);
    expect(kept()).toHaveLength(1);
  });
});

describe('questions in words', () => {
  it('resolve names where they are asked', () => {
    const ask = (from: string, to: string) => {
      const asked = lab.ask({ from, to, protocol: 'tcp' });
      return asked.kind === 'asked' ? lab.summarize(asked.record).lessonVerdict : asked.because;
    };
    expect(ask('pod/default/client', 'http://my-service')).toBe('ok');
    expect(ask('pod/default/client', 'http://nope')).toBe('dns-fail');
    expect(ask('node/node-1', 'http://my-service')).toBe('dns-fail');
    expect(lab.exchangeCount).toBe(0);
  });
});
