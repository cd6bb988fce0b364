// The objects that a cluster has before anybody applies anything: namespaces, its Nodes, and cluster DNS.

import { nodes } from './api/kinds/node.ts';
import type { Json } from './api/request.ts';
import { SERVER_VERSION } from './api/serve/serverVersion.ts';
import type { ApiServer } from './api/server.ts';
import { applyManifest } from './applyManifest.ts';
import type { LabConfig, LabNode } from './labConfig.ts';
import { type Ip, nthAddress } from './net/address.ts';
import { invariant } from './runtime/errors.ts';

export function bootObjects(api: ApiServer, config: LabConfig): void {
  for (const name of ['default', 'kube-node-lease', 'kube-public', 'kube-system']) {
    make(api, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  for (const node of config.nodes) registerNode(api, node);
  makeKubernetesService(api, config);
  makeDns(api, config);
}

function make(api: ApiServer, object: Json): void {
  const made = applyManifest(api, object);
  invariant(
    made.kind === 'applied',
    `the objects of a new cluster to be accepted, not: ${made.kind === 'refused' ? made.message : ''}`,
  );
}

/** What a kubelet reports when it joins: kubeadm's labels and taint, a Ready condition. */
function registerNode(api: ApiServer, node: LabNode): void {
  const isControlPlane = node.role === 'control-plane';
  make(api, {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: node.name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': node.name,
        'kubernetes.io/os': 'linux',
        ...(isControlPlane && {
          'node-role.kubernetes.io/control-plane': '',
          'node.kubernetes.io/exclude-from-external-load-balancers': '',
        }),
      },
    },
    spec: {
      podCIDR: node.podCIDR,
      podCIDRs: [node.podCIDR],
      ...(isControlPlane && { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] }),
    },
  });
  const ready = {
    type: 'Ready',
    status: 'True',
    reason: 'KubeletReady',
    message: 'kubelet is posting ready status',
  } as const;
  const quiet = (type: string, reason: string, message: string) =>
    ({ type, status: 'False', reason, message }) as const;
  const client = api.client('kubelet');
  const made = client.get(nodes, { name: node.name });
  invariant(made !== undefined, `the node ${node.name} that was just made`);
  const { creationTimestamp } = made.metadata;
  const time = { lastHeartbeatTime: creationTimestamp, lastTransitionTime: creationTimestamp };
  client.updateStatus(nodes, {
    ...made,
    status: {
      addresses: [
        { type: 'InternalIP', address: node.address },
        { type: 'Hostname', address: node.name },
      ],
      capacity: { cpu: '4', memory: '8Gi', pods: '110' },
      allocatable: { cpu: '4', memory: '8Gi', pods: '110' },
      conditions: [
        {
          ...quiet('MemoryPressure', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
          ...time,
        },
        { ...quiet('DiskPressure', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'), ...time },
        { ...quiet('PIDPressure', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'), ...time },
        { ...ready, ...time },
      ],
      nodeInfo: {
        kubeletVersion: SERVER_VERSION.gitVersion,
        osImage: 'Debian GNU/Linux 12 (bookworm)',
        kernelVersion: '6.18.0',
        containerRuntimeVersion: 'containerd://2.1.4',
        architecture: 'amd64',
        operatingSystem: 'linux',
      },
    },
  });
}

/** The API server publishes itself: a Service without selector and its endpoints. */
function makeKubernetesService(api: ApiServer, config: LabConfig): void {
  make(api, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'kubernetes', namespace: 'default', labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: {
      type: 'ClusterIP',
      clusterIP: nthAddress(config.serviceSubnet, 1),
      ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 6443 }],
    },
  });
  const addresses = config.nodes.filter(node => node.role === 'control-plane').map(node => node.address);
  make(api, {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      name: 'kubernetes',
      namespace: 'default',
      labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' },
    },
    ...(addresses.length > 0 && {
      subsets: [{ addresses: addresses.map(ip => ({ ip })), ports: [{ name: 'https', port: 6443, protocol: 'TCP' }] }],
    }),
  });
  make(api, {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: 'kubernetes', namespace: 'default', labels: { 'kubernetes.io/service-name': 'kubernetes' } },
    addressType: 'IPv4',
    endpoints: addresses.map(address => ({ addresses: [address], conditions: { ready: true } })),
    ports: [{ name: 'https', port: 6443, protocol: 'TCP' }],
  });
}

/** kubeadm gives cluster DNS the tenth address of the Service network. */
export function clusterDnsAddress(config: LabConfig): Ip {
  return nthAddress(config.serviceSubnet, 10);
}

/** CoreDNS on the control plane, behind the Service kube-dns. */
function makeDns(api: ApiServer, config: LabConfig): void {
  const labels = { 'k8s-app': 'kube-dns' };
  make(api, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'kube-dns',
      namespace: 'kube-system',
      labels: { ...labels, 'kubernetes.io/cluster-service': 'true', 'kubernetes.io/name': 'CoreDNS' },
      annotations: { 'prometheus.io/port': '9153', 'prometheus.io/scrape': 'true' },
    },
    spec: {
      type: 'ClusterIP',
      clusterIP: clusterDnsAddress(config),
      selector: labels,
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
        { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
        { name: 'metrics', port: 9153, protocol: 'TCP', targetPort: 9153 },
      ],
    },
  });
  const home = config.nodes.find(node => node.role === 'control-plane') ?? config.nodes[0];
  make(api, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'coredns', namespace: 'kube-system', labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          ...(home !== undefined && { nodeSelector: { 'kubernetes.io/hostname': home.name } }),
          tolerations: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }],
          dnsPolicy: 'Default',
          containers: [
            {
              name: 'coredns',
              image: 'registry.k8s.io/coredns/coredns:v1.12.1',
              ports: [
                { name: 'dns', containerPort: 53, protocol: 'UDP' },
                { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' },
              ],
            },
          ],
        },
      },
    },
  });
}
