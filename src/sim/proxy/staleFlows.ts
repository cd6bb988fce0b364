// UDP flows that connection tracking still translates to endpoints which are gone: kube-proxy forgets them.
//
// Read:    kubernetes pkg/proxy/conntrack/cleanup.go, `CleanStaleEntries`.

import { allEntries, type CtTable, removeEntry } from '../linux/conntrack.ts';
import type { Ip } from '../net/address.ts';
import type { ServicePort } from './servicePorts.ts';

/** A Service without endpoints that serve loses no flows: nobody could take them over. */
export function forgetStaleFlows(conntrack: CtTable, ports: readonly ServicePort[]): void {
  const flows = allEntries(conntrack.values()).filter(({ original }) => original.protocol === 'udp');
  if (flows.length === 0) return;
  const byAddress = new Map<string, ReadonlySet<Ip>>();
  const byNodePort = new Map<number, ReadonlySet<Ip>>();
  for (const port of ports) {
    if (port.protocol !== 'udp') continue;
    const serving = new Set(port.endpoints.filter(endpoint => endpoint.serving).map(({ address }) => address));
    if (serving.size === 0) continue;
    for (const address of [port.clusterIP, ...port.loadBalancerIPs, ...port.externalIPs])
      byAddress.set(`${address}:${port.port}`, serving);
    if (port.nodePort !== undefined) byNodePort.set(port.nodePort, serving);
  }
  for (const flow of flows) {
    const { dst, dstPort } = flow.original;
    const isStale = [byAddress.get(`${dst}:${dstPort}`), byNodePort.get(dstPort)].some(
      serving => serving?.has(flow.reply.src) === false,
    );
    if (isStale) removeEntry(conntrack, flow);
  }
}
