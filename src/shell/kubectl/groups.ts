// The groups in which `kubectl --help` lists the verbs, and their order.
//
// Read:    kubectl pkg/cmd/cmd.go, `NewKubectlCommand`.

export const GROUPS: readonly { readonly title: string; readonly verbs: readonly string[] }[] = [
  { title: 'Basic Commands (Beginner):', verbs: ['create', 'expose', 'run', 'set'] },
  { title: 'Basic Commands (Intermediate):', verbs: ['explain', 'get', 'edit', 'delete'] },
  { title: 'Deploy Commands:', verbs: ['rollout', 'scale', 'autoscale'] },
  {
    title: 'Cluster Management Commands:',
    verbs: ['certificate', 'cluster-info', 'top', 'cordon', 'uncordon', 'drain', 'taint'],
  },
  {
    title: 'Troubleshooting and Debugging Commands:',
    verbs: ['describe', 'logs', 'attach', 'exec', 'port-forward', 'proxy', 'cp', 'auth', 'debug', 'events'],
  },
  { title: 'Advanced Commands:', verbs: ['diff', 'apply', 'patch', 'replace', 'wait', 'kustomize'] },
  { title: 'Settings Commands:', verbs: ['label', 'annotate', 'completion'] },
  { title: 'Other Commands:', verbs: ['api-resources', 'api-versions', 'config', 'plugin', 'version', 'options'] },
];
