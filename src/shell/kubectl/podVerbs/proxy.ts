// kubectl proxy: the page opens no ports.

import { KubectlError } from '../session.ts';
import type { Verb } from '../verb.ts';

export const proxy: Verb = {
  summary: 'Run a proxy to the Kubernetes API server',
  usage: 'kubectl proxy [--port=PORT] [--www=static-dir] [--www-prefix=prefix] [--api-prefix=prefix]',
  flags: {
    'accept-hosts': { kind: 'value' },
    'accept-paths': { kind: 'value' },
    address: { kind: 'value', initial: "'127.0.0.1'" },
    'api-prefix': { kind: 'value', initial: "'/'" },
    'disable-filter': { kind: 'flag' },
    port: { short: 'p', kind: 'number', initial: '8001' },
    'reject-methods': { kind: 'value' },
    'reject-paths': { kind: 'value' },
    www: { short: 'w', kind: 'value' },
    'www-prefix': { short: 'P', kind: 'value', initial: "'/static/'" },
  },
  run: () => {
    throw new KubectlError(
      'error: the lab opens no ports from here: kubectl get --raw /api/v1/pods asks its API, and npm run apiserver serves it to other programs',
    );
  },
};
