// A small cluster of the lab, as plain Linux state with probes: what the lab's own agents wrote, to be asked of a kernel.

import { Lab } from '../../../src/sim/lab.ts';
import { exportSpec } from '../../../src/sim/linux/exportSpec.ts';
import type { Probe, RecordedSpec } from '../conformance/recording.ts';

const FIRST_PORT = 20_000;
const SERVICE = '10.96.40.10';
const NODE_PORT = 30_080;

const config = (backend: string): string => `
apiVersion: lab.hoplab.dev/v1alpha1
kind: Lab
metadata: {name: ${backend}}
spec: {network: {backend: ${backend}}}
---
apiVersion: v1
kind: Pod
metadata: {name: client}
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
  type: NodePort
  clusterIP: ${SERVICE}
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080, nodePort: ${NODE_PORT}}]
`;

/** @param backend how nodes reach each other's Pods: a word of the Lab config */
export function openCluster(backend: string): Lab {
  const opened = Lab.open(config(backend));
  if (opened.kind === 'refused') throw new Error(`a lab was expected: ${JSON.stringify(opened)}`);
  const { lab } = opened;
  // Until the kubelets have started the Pods.
  lab.advance(20_000);
  return lab;
}

export function clusterSpec(backend: string): RecordedSpec {
  const lab = openCluster(backend);
  const { world } = lab;
  // kube-proxy writes a node's rules when somebody looks.
  for (const name of world.namespaces.keys()) lab.read(name);
  return { ...exportSpec(world, `cluster-${backend}`), probes: probes() };
}

const CLIENT = 'pod:default:client';
const WEB = 'pod:default:web';
const WEB_ADDRESS = '10.244.2.2';

function probes(): readonly Probe[] {
  const asked: readonly (readonly [from: string, to: string, port: number | 'ping' | 'datagram'])[] = [
    [CLIENT, WEB_ADDRESS, 8080],
    [CLIENT, WEB_ADDRESS, 'ping'],
    [CLIENT, WEB_ADDRESS, 9999],
    [CLIENT, WEB_ADDRESS, 'datagram'],
    [CLIENT, SERVICE, 80],
    [CLIENT, SERVICE, 8080],
    [CLIENT, '192.168.10.12', NODE_PORT],
    [CLIENT, '192.168.10.11', NODE_PORT],
    [CLIENT, '10.244.2.77', 'ping'],
    [CLIENT, '203.0.113.80', 'ping'],
    [WEB, SERVICE, 80],
    ['node-1', WEB_ADDRESS, 8080],
    ['node-1', SERVICE, 80],
    ['node-2', SERVICE, 80],
    ['node-2', '127.0.0.1', NODE_PORT],
    ['cp', '10.244.1.2', 'ping'],
    ['laptop', '192.168.10.11', NODE_PORT],
    ['laptop', '192.168.10.12', NODE_PORT],
    ['laptop', WEB_ADDRESS, 8080],
  ];
  return asked.map(([from, to, port], i): Probe => {
    const head = { id: `${i}-${from}-${to}-${port}`, from, to, timeout: 4.5 };
    if (port === 'ping') return { ...head, id: `${i}-${from}-icmp-${to}`, proto: 'icmp' };
    const bind = `0.0.0.0:${FIRST_PORT + i}`;
    return port === 'datagram' ? { ...head, proto: 'udp', port: 8080, bind } : { ...head, proto: 'tcp', port, bind };
  });
}
