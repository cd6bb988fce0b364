// The version of the cluster: the server says it, and so do the nodes' kubelets.

/** What `kubectl version` asks. */
export const SERVER_VERSION = {
  major: '1',
  minor: '34',
  gitVersion: 'v1.34.0',
  gitCommit: '',
  gitTreeState: '',
  buildDate: '2025-08-27T10:17:56Z',
  goVersion: 'go1.24.6',
  compiler: 'gc',
  platform: 'linux/amd64',
} as const;
