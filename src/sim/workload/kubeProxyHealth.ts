// kube-proxy's answer on a healthCheckNodePort: whether the node has endpoints of its own for a Service.
//
// Omits:   the Date header, connections that stay open.
// Read:    kubernetes pkg/proxy/healthcheck/service_health.go, `ServeHTTP`.

import type { Program } from '../datapath/programs.ts';
import { httpResponse } from './web.ts';

/** The listener's settings: `namespace`, `name`, and how many endpoints are here (`localEndpoints`). */
export const kubeProxyHealth: Program = request => {
  if (request.payload.message?.kind !== 'http-request') return httpResponse(400, 'Bad Request\n');
  const { namespace = '', name = '', localEndpoints = '0' } = request.listener.settings;
  const body = `{
\t"service": {
\t\t"namespace": "${namespace}",
\t\t"name": "${name}"
\t},
\t"localEndpoints": ${localEndpoints},
\t"serviceProxyHealthy": true
}`;
  return httpResponse(localEndpoints === '0' ? 503 : 200, body, 'application/json', {
    'X-Content-Type-Options': 'nosniff',
    'X-Load-Balancing-Endpoint-Weight': localEndpoints,
  });
};
