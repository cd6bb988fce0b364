// dnsmasq: the resolver of the LAN, on the router. It knows the hosts outside by name and nothing of the cluster.

import type { Program } from '../datapath/programs.ts';
import { replyTo } from '../dns/message.ts';
import { answerUpstream, type Upstream } from '../dns/upstream.ts';

export function dnsmasqProgram(upstream: Upstream): Program {
  return request => {
    const { message } = request.payload;
    if (message?.kind !== 'dns-query') return undefined;
    return replyTo(message, answerUpstream(upstream, message.name, message.type), request.listener.protocol);
  };
}
