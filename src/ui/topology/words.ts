// Words of the graph and its list.

export const SCENE_WORDS = {
  outside: 'Outside the cluster',
  routes: (count: number) => (count === 1 ? '1 route' : `${count} routes`),
  pods: (count: number) => (count === 1 ? '1 Pod' : `${count} Pods`),
  port: (port: {
    readonly port: number;
    readonly targetPort: string;
    readonly protocol: string;
    readonly nodePort?: number;
  }) => `${port.port}${port.nodePort === undefined ? '' : `:${port.nodePort}`} → ${port.targetPort}/${port.protocol}`,
  ready: 'Ready',
  namespace: 'Namespace',
  readyOf: (ready: number, all: number) => `${ready} of ${all} ready`,
  notReady: 'not ready',
  more: (count: number) => `and ${count} more`,
  noEndpoints: 'no endpoints',
  emptyNamespace: 'Nothing here yet. Apply a manifest, or run kubectl create.',
} as const;

export const GRAPH_WORDS = {
  title: 'Graph',
  label: 'The cluster as a graph. The list beside it has the same content and can be used with the keyboard.',
  level: 'What the graph draws',
  levels: { objects: 'Objects', network: 'Network', packets: 'Packets' },
  namespace: 'Namespace',
  allNamespaces: 'all namespaces',
  list: 'List',
  listOn: 'List: on',
  fit: 'Fit',
  legend: 'Legend',
  find: 'Find',
  filter: 'Filter',
  picture: 'Picture',
  closeLegend: 'Close the legend',
  loading: 'The graph is loading.',
  inspect: (name: string) => `Inspect ${name}`,
} as const;
