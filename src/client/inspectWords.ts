// Words of the inspector that come with its facts. What a tool prints stays in the tool's own words.

import type { LabElement } from '../sim/index.ts';

type Named<Kind extends LabElement['kind']> = Extract<LabElement, { readonly kind: Kind }>;

/** What an element is, under its name. */
export const SUBTITLES: { readonly [Kind in LabElement['kind']]: (element: Named<Kind>) => string } = {
  node: ({ role }) => `Node, ${role}`,
  pod: ({ namespace, status }) => `Pod in ${namespace}, ${status}`,
  service: ({ namespace, type }) => `Service in ${namespace}, ${type}`,
  slice: ({ namespace }) => `EndpointSlice in ${namespace}`,
  deployment: ({ namespace }) => `Deployment in ${namespace}`,
  replicaset: ({ namespace }) => `ReplicaSet in ${namespace}`,
  namespace: () => 'Namespace',
  outside: () => 'Host outside the cluster',
  router: () => 'Router',
  lan: () => 'Network between the nodes',
};

/** In a recorded cluster all are machines. */
export const RECORDED = {
  node: 'Node, recorded',
  pod: (node: string) => `Pod on ${node}, recorded`,
  noNode: 'no node',
} as const;

export const INTERFACE = {
  subtitle: (kind: string, owner: string) => `${kind} on ${owner}`,
  up: 'up',
  noCarrier: 'up, no carrier',
  down: 'down',
} as const;

/** Titles of sections. */
export const SECTIONS = {
  summary: 'Summary',
  why: 'Why',
  reach: 'Reach',
  interface: 'Interface',
  addresses: 'Addresses',
  routes: 'Routes',
  neighbours: 'Neighbours',
  listeners: 'Listeners',
  rules: 'Rules',
  fdb: 'FDB',
  conntrack: 'conntrack',
  nft: 'nft',
  endpoints: 'Endpoints',
  pods: 'Pods',
  policies: 'Policies',
  object: 'Object',
  yaml: 'YAML',
} as const;

/** Names of facts. */
export const FACTS = {
  address: 'Address',
  podAddresses: 'Pod addresses',
  ready: 'Ready',
  node: 'Node',
  status: 'Status',
  labels: 'Labels',
  container: 'Container',
  initContainer: 'Init container',
  network: 'Network',
  namespace: 'Namespace',
  madeBy: 'Made by',
  clusterIP: 'Cluster IP',
  port: 'Port',
  ports: 'Ports',
  selector: 'Selector',
  service: 'Service',
  deployment: 'Deployment',
  replicaSet: 'ReplicaSet',
  statefulSet: 'StatefulSet',
  daemonSet: 'DaemonSet',
  job: 'Job',
  replicationController: 'ReplicationController',
  slice: 'EndpointSlice',
  pod: 'Pod',
  endpoint: 'Endpoint',
  endpointNotReady: 'Endpoint, not ready',
  endpointOf: 'Endpoint of',
  listensOn: 'Listens on',
  kind: 'Kind',
  mac: 'MAC',
  mtu: 'MTU',
  state: 'State',
  portOf: 'Port of',
  otherEnd: 'Other end',
  on: 'On',
} as const;

/** Values that no tool prints. */
export const VALUES = {
  /** `veth to web-0` */
  cableTo: (kind: string, other: string) => `${kind} to ${other}`,
  yes: 'yes',
  no: (why: string) => `no: ${why}`,
  unknown: 'unknown',
  notYet: 'not yet',
  none: 'none',
  of: (ready: number, all: number) => `${ready} of ${all}`,
  hostNetwork: (node: string) => `that of ${node} (hostNetwork)`,
  headless: 'None: headless, DNS answers with its Pods',
  nodePort: (port: number) => `, node port ${port}`,
  more: (count: number) => `and ${count} more`,
} as const;
