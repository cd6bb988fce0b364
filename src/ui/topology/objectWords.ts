// Words of the graph at the level of objects, and of their list.

export const OBJECT_WORDS = {
  namespaceOn: (node: string) => `Namespace on ${node}`,
  readyOf: (ready: number, all: number) => `${ready.toLocaleString('en')} of ${all.toLocaleString('en')} ready`,
  more: (count: number) => `and ${count} more`,
  noEndpoints: 'no endpoints',
  emptyNamespace: 'Nothing here yet. Apply a manifest, or run kubectl create.',
  pod: 'Pod',
  slice: 'EndpointSlice',
  deployment: 'Deployment',
  replicaset: 'ReplicaSet',
} as const;
