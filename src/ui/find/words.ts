// Words of the search and the filter over the graph.

export const FIND_WORDS = {
  title: 'Find',
  field: 'Find a name, an address, a label or a kind',
  example: 'web, 10.244.2.2, app=web, svc',
  results: 'What was found',
  none: 'Nothing here has this name, address, label or kind.',
  count: (count: number) => (count === 1 ? '1 result' : `${count} results`),
  first: (shown: number, count: number) => `the first ${shown} of ${count} results`,
  kind: {
    pod: 'Pod',
    service: 'Service',
    slice: 'EndpointSlice',
    deployment: 'Deployment',
    replicaset: 'ReplicaSet',
    namespace: 'Namespace',
    node: 'Node',
    outside: 'Host outside',
    router: 'Router',
    lan: 'LAN',
  },
} as const;

export const FILTER_WORDS = {
  title: 'Filter',
  labels: 'Labels',
  example: 'app=web,tier in (front,back)',
  kinds: 'Kinds',
  kind: {
    pod: 'Pods',
    service: 'Services',
    slice: 'EndpointSlices',
    deployment: 'Deployments',
    node: 'Nodes',
    outside: 'Hosts outside',
  },
  lastHolds: 'Until this can be read, the last selector holds.',
  noneHolds: 'Until this can be read, no label is looked for.',
  hidden: (count: number) => (count === 1 ? 'The filter hides 1 element.' : `The filter hides ${count} elements.`),
  nothing: 'The filter hides nothing here.',
  clear: 'Clear the filter',
} as const;
