// Subresources of Pods that open a connection into a container: exec, attach, portforward. The lab's own terminal has them;
// over HTTP they are refused, once everything else is right.
//
// Read:    kubernetes pkg/registry/core/pod/rest/subresources.go; pkg/registry/core/pod/strategy.go, `streamLocation`.

import { badRequest, methodNotAllowed } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import type { Pod } from '../kinds/pod.ts';
import type { ApiRequest } from '../request.ts';
import { containerOf } from './podLog.ts';

export type Connection = 'exec' | 'attach' | 'portforward';

const TERMINAL: Readonly<Record<Connection, string>> = {
  exec: "kubectl exec works in the lab's own terminal, not over HTTP",
  attach: 'kubectl attach does not work in this lab: kubectl logs -f shows what the container prints',
  portforward: "this lab forwards no ports: kubectl exec and curl in the lab's own terminal reach the Pod",
};

export function refuseConnection(request: ApiRequest, pod: Pod, what: Connection): ApiError {
  if (request.method !== 'GET' && request.method !== 'POST') return methodNotAllowed();
  if (what !== 'portforward') {
    const container = containerOf(pod, request.query?.container ?? '');
    if (!container.ok) return container.error;
  }
  if (!pod.spec.nodeName) return badRequest(`pod ${pod.metadata.name} does not have a host assigned`);
  return badRequest(TERMINAL[what]);
}
