// Words of a crowd's picture.

export const CROWD_WORDS = {
  services: 'Services',
  outside: 'Outside',
  unscheduled: 'On no node',
  loosePods: 'Other Pods',
  service: 'svc',
  manyServices: (count: number) => `${count} Services`,
  slice: 'slice',
  manySlices: (count: number) => `${count} slices`,
  deployment: 'deploy',
  manyDeployments: (count: number) => `${count} Deployments`,
  replicas: (ready: number, replicas: number) => `${ready}/${replicas}`,
  zone: (first: string, last: string) => (first === last ? first : `${first} to ${last}`),
  numbers: (first: string, last: string) => `${first}–${last}`,
  zoneFacts: (nodes: number, pods: number) =>
    `${nodes === 1 ? '1 node' : `${nodes} nodes`}, ${pods === 1 ? '1 Pod' : `${pods.toLocaleString('en')} Pods`}`,
} as const;
