// coredns: the cluster's DNS server, with kubeadm's Corefile: the cluster's zone, and the LAN's resolver for the rest.
//
// Simplified: what it forwards is answered without packets of its own.
// Omits:   the errors, health, ready and cache plugins; ports 8080 and 8181.
// Read:    coredns plugin/kubernetes, plugin/loadbalance; kubernetes cmd/kubeadm/app/phases/addons/dns/manifests.go.

import type { Program } from '../datapath/programs.ts';
import { type DnsAnswer, replyTo } from '../dns/message.ts';
import type { Upstream } from '../dns/upstream.ts';
import { answerCluster, type ZoneSource } from '../dns/zone.ts';
import { success } from '../runtime/errors.ts';
import type { Image } from './image.ts';
import { httpResponse } from './web.ts';

export const coredns: Image = {
  name: 'coredns',
  aliases: ['registry.k8s.io/coredns/coredns'],
  process: 'coredns',
  endsOnTerm: true,
  listens: () =>
    success([
      { protocol: 'udp', address: '0.0.0.0', port: 53 },
      { protocol: 'tcp', address: '0.0.0.0', port: 53 },
      { protocol: 'tcp', address: '0.0.0.0', port: 9153 },
    ]),
  // It needs to know the cluster: see programsFor in registry.ts.
  program: undefined,
};

export function corednsProgram(zone: ZoneSource, upstream: Upstream): Program {
  return request => {
    const { message } = request.payload;
    if (message?.kind === 'http-request' && request.local.port === 9153)
      return message.path === '/metrics'
        ? httpResponse(200, 'coredns_build_info{goversion="go1.24.3",version="1.12.1"} 1\n')
        : httpResponse(404, '404 page not found\n');
    if (message?.kind !== 'dns-query') return undefined;
    const answer = answerCluster(zone, upstream, message.name, message.type);
    return replyTo(message, balanced(answer, message.id), request.listener.protocol);
  };
}

/** Several addresses come in another order each time, behind the aliases that lead to them. */
function balanced(answer: DnsAnswer, id: number): DnsAnswer {
  const addresses = answer.records.filter(record => record.type === 'A');
  if (addresses.length < 2) return answer;
  const start = id % addresses.length;
  const others = answer.records.filter(record => record.type !== 'A');
  return { ...answer, records: [...others, ...addresses.slice(start), ...addresses.slice(0, start)] };
}
