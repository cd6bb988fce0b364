// The Linux tools in a real lab, through the shell. The words are those of the recordings of iproute2 6.1, iputils
// 20221126 and curl 7.88.1; addresses, MACs and times are the lab's.

import { beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/shell/commands.ts';
import { Lab } from '../../src/sim/index.ts';
import { type TestShell, testShell } from './shellAt.ts';

const TEXT = `
apiVersion: lab.hoplab.dev/v1alpha1
kind: Lab
metadata: {name: tools}
spec: {nodes: [{name: cp, role: control-plane}, {name: node-1, role: worker}, {name: node-2, role: worker}]}
---
apiVersion: v1
kind: Pod
metadata: {name: client, labels: {app: client}}
spec: {nodeName: node-1, containers: [{name: client, image: tools}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {nodeName: node-2, containers: [{name: web, image: web}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  clusterIP: 10.96.40.10
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
`;

let lab: Lab;
let terminal: TestShell;

beforeEach(() => {
  const opened = Lab.open(TEXT);
  if (opened.kind === 'refused') throw new Error(JSON.stringify(opened.problems));
  lab = opened.lab;
  terminal = testShell({ commands: COMMANDS, lab });
});

/** What a line prints, on both streams, and its exit code. */
async function on(machine: string, line: string): Promise<{ readonly text: string; readonly code: number }> {
  if (machine === 'client') await terminal.run('kubectl exec -it client -- sh');
  else if (machine !== 'laptop') await terminal.run(`ssh ${machine}`);
  const { out, err, code } = await terminal.run(line);
  return { text: err + out, code };
}

describe('ip', () => {
  it.each([
    [
      'laptop',
      'ip route',
      `default via 198.51.100.1 dev eth0 
198.51.100.0/24 dev eth0 proto kernel scope link src 198.51.100.79 
`,
    ],
    [
      'node-1',
      'ip route',
      `default via 192.168.10.1 dev eth0 
10.244.0.0/24 via 192.168.10.10 dev eth0 
10.244.1.0/24 dev cni0 proto kernel scope link src 10.244.1.1 
10.244.2.0/24 via 192.168.10.12 dev eth0 
192.168.10.0/24 dev eth0 proto kernel scope link src 192.168.10.11 
`,
    ],
    [
      'client',
      'ip route',
      `default via 10.244.1.1 dev eth0 
10.244.1.0/24 dev eth0 proto kernel scope link src 10.244.1.2 
`,
    ],
    [
      'node-1',
      'ip route get 10.244.2.2',
      `10.244.2.2 via 192.168.10.12 dev eth0 src 192.168.10.11 uid 0 
    cache 
`,
    ],
    [
      'laptop',
      'ip addr',
      `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
2: eth0@if3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000
    link/ether 02:42:c6:33:64:4f brd ff:ff:ff:ff:ff:ff link-netnsid 0
    inet 198.51.100.79/24 scope global eth0
       valid_lft forever preferred_lft forever
`,
    ],
  ])('on %s: %s', async (machine, line, text) => {
    expect(await on(machine, line)).toEqual({ text, code: 0 });
  });

  it('through a pipe: the addresses of a node', async () => {
    expect(await on('node-1', "ip -br addr | grep -v '^lo' | awk '{print $1, $3}' | head -2")).toEqual({
      text: 'eth0@if5 192.168.10.11/24\ncni0 10.244.1.1/24\n',
      code: 0,
    });
  });
});

describe('ping', () => {
  it('counts answers and their times', async () => {
    expect(await on('node-1', 'ping -c 2 10.244.2.2')).toEqual({
      text: `PING 10.244.2.2 (10.244.2.2) 56(84) bytes of data.
64 bytes from 10.244.2.2: icmp_seq=1 ttl=63 time=0.420 ms
64 bytes from 10.244.2.2: icmp_seq=2 ttl=63 time=0.210 ms

--- 10.244.2.2 ping statistics ---
2 packets transmitted, 2 received, 0% packet loss, time 1000ms
rtt min/avg/max/mdev = 0.210/0.315/0.420/0.105 ms
`,
      code: 0,
    });
  });

  it('counts silence', async () => {
    expect(await on('client', 'ping -c 2 -W 1 10.96.40.10')).toEqual({
      text: `PING 10.96.40.10 (10.96.40.10) 56(84) bytes of data.

--- 10.96.40.10 ping statistics ---
2 packets transmitted, 0 received, 100% packet loss, time 1000ms

`,
      code: 1,
    });
  });

  it('does not know every name', async () => {
    expect(await on('laptop', 'ping foo')).toEqual({ text: 'ping: foo: Name or service not known\n', code: 2 });
  });
});

describe('curl', () => {
  it.each([
    ['client', 'curl -s 10.244.2.2:8080', 'pod=web client=10.244.1.2\n', 0],
    ['client', 'curl -s 10.96.40.10', 'pod=web client=10.244.1.2\n', 0],
    ['node-1', 'curl -s 10.244.2.2:8080', 'pod=web client=192.168.10.11\n', 0],
    ['client', 'curl -s 10.96.40.10 | wc -l', '1\n', 0],
    ['client', 'curl -s -o /dev/null -w "%{http_code}\\n" 10.96.40.10', '200\n', 0],
    [
      'client',
      'curl 10.244.2.2:9',
      "curl: (7) Failed to connect to 10.244.2.2 port 9 after 0 ms: Couldn't connect to server\n",
      7,
    ],
    ['client', 'curl -s 10.244.2.2:9 || echo failed', 'failed\n', 0],
    ['laptop', 'curl foo', 'curl: (6) Could not resolve host: foo\n', 6],
    ['laptop', 'kubectl exec client -- curl -s 10.96.40.10', 'pod=web client=10.244.1.2\n', 0],
    ['laptop', "kubectl exec client -- sh -c 'curl -s 10.96.40.10 | cut -d = -f 2'", 'web client\n', 0],
    ['laptop', 'kubectl exec client -- false', 'command terminated with exit code 1\n', 1],
    ['laptop', "ssh node-1 'curl -s 10.96.40.10; hostname'", 'pod=web client=192.168.10.11\nnode-1\n', 0],
    ['laptop', 'kubectl get pods -o name | grep web | wc -l', '1\n', 0],
  ])('on %s: %s', async (machine, line, text, code) => {
    expect(await on(machine, line)).toEqual({ text, code });
  });
});

describe('files of a machine', () => {
  it('are those that its agents write', async () => {
    expect(await on('node-1', 'ls /var/lib/cni/networks/cbr0 | grep -c 10.244; cat /etc/none')).toEqual({
      text: 'cat: /etc/none: No such file or directory\n1\n',
      code: 1,
    });
  });
});

describe('a session in a Pod', () => {
  it('ends when the Pod is deleted', async () => {
    const { shell, run } = terminal;
    await run('kubectl exec -it client -- sh');
    expect(shell.prompt()).toBe('/ #');
    expect((await run('hostname')).out).toBe('client\n');
    lab.request({
      method: 'DELETE',
      path: '/api/v1/namespaces/default/pods/client',
      query: {},
      body: { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0 },
    });
    lab.advance(60_000);
    expect(shell.prompt()).toBe('laptop$');
    expect(await run('hostname')).toEqual({ code: 137, out: '', err: 'command terminated with exit code 137\n' });
    expect((await run('hostname')).out).toBe('laptop\n');
    expect((await run('kubectl exec client -- hostname')).err).toBe(
      'Error from server (NotFound): pods "client" not found\n',
    );
  });
});
