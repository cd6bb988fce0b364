// The sockets that kube-proxy opens on a node: load balancers ask there whether to send to it.
//
// Read:    kubernetes pkg/proxy/healthcheck/service_health.go, `SyncServices`, `SyncEndpoints`; endpointschangetracker.go,
//          `LocalReadyEndpoints`.

import type { Listener } from '../linux/sockets.ts';
import { withListener } from '../linux/sockets.ts';
import { UNSPECIFIED } from '../net/address.ts';
import type { ServicePort } from './servicePorts.ts';

const PROCESS = 'kube-proxy';

/** The sockets of a node with those of kube-proxy as they should be; the same list if they are. */
export function withHealthChecks(
  listeners: readonly Listener[],
  ports: readonly ServicePort[],
  node: string,
): readonly Listener[] {
  const others = withoutHealthChecks(listeners);
  const wanted = healthChecks(ports, node);
  const own = listeners.filter(({ process }) => process === PROCESS);
  if (JSON.stringify(own) === JSON.stringify(wanted)) return listeners;
  return wanted.reduce<readonly Listener[]>((all, listener) => {
    // A port that somebody else has is left to them.
    const added = withListener(all, listener);
    return added.ok ? added.value : all;
  }, others);
}

export function withoutHealthChecks(listeners: readonly Listener[]): readonly Listener[] {
  return listeners.some(({ process }) => process === PROCESS)
    ? listeners.filter(({ process }) => process !== PROCESS)
    : listeners;
}

function healthChecks(ports: readonly ServicePort[], node: string): readonly Listener[] {
  const byPort = new Map<number, { readonly service: string; readonly addresses: Set<string> }>();
  for (const { healthCheckNodePort, name, endpoints } of ports) {
    if (healthCheckNodePort === undefined) continue;
    const service = name.replace(/:.*$/, '');
    const { addresses } = byPort.get(healthCheckNodePort) ?? { addresses: new Set() };
    for (const { nodeName, ready, address } of endpoints) if (nodeName === node && ready) addresses.add(address);
    byPort.set(healthCheckNodePort, { service, addresses });
  }
  return [...byPort].map(([port, { service, addresses }]) => {
    const [namespace = '', name = ''] = service.split('/');
    return {
      protocol: 'tcp',
      address: UNSPECIFIED,
      port,
      process: PROCESS,
      program: 'kube-proxy-health',
      settings: { namespace, name, localEndpoints: String(addresses.size) },
    };
  });
}
