// Words of a crowd's picture.

export const CROWD_WORDS = {
  services: 'Services',
  unscheduled: 'On no node',
  loosePods: 'Other Pods',
  workload: (kind: string, ready: number, replicas: number) => `${kind} ${ready}/${replicas}`,
  zone: (first: string, last: string) => (first === last ? first : `${first} to ${last}`),
  numbers: (first: string, last: string) => `${first}–${last}`,
  zoneFacts: (nodes: number, pods: number) =>
    `${nodes === 1 ? '1 node' : `${nodes} nodes`}, ${pods === 1 ? '1 Pod' : `${pods} Pods`}`,
} as const;
