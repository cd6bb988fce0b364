// Why a journey failed, in a sentence or two for somebody who has just read the tool's own message.

import { explain } from '../datapath/explain.ts';
import type { Exchange, Hop, Step, Trace } from '../datapath/trace.ts';
import { firstOfRole } from '../datapath/trace.ts';
import { commentOf } from '../linux/netfilter/ruleTable.ts';
import type { Ip } from '../net/address.ts';
import type { Directory } from './exchangeView.ts';

export interface Failure {
  /** "Nothing answered." */
  readonly lead: string;
  readonly rest: string;
  /** A command that shows the cause. */
  readonly tryThis?: string;
}

/** What the Services of the lab say about an address. */
export interface ServiceFacts {
  /** The Service with this ClusterIP. */
  at(address: Ip): KnownService | undefined;
  /** Whether a Service has endpoints that are not ready. */
  waiting(namespace: string, name: string): 'some' | 'none';
  /** Of a machine: whether kube-proxy keeps its rules up to date. */
  proxyOf(netns: string): 'runs' | 'is stopped' | 'none';
}

interface KnownService {
  readonly name: string;
  readonly namespace: string;
  readonly ports: readonly { readonly protocol: 'tcp' | 'udp' | 'sctp'; readonly port: number }[];
}

/** Undefined when the exchange did not fail. */
export function explainFailure(exchange: Exchange, directory: Directory, services: ServiceFacts): Failure | undefined {
  const failure = failureOf(exchange, directory, services);
  const stale = services.at(exchange.question.to) === undefined ? undefined : staleProxy(exchange, services);
  if (failure === undefined || stale === undefined || exchange.verdict === 'ok') return failure;
  const rest = `${failure.rest} kube-proxy is stopped on ${directory.host(stale)}: its rules are the last that it wrote.`;
  return { lead: failure.lead, rest };
}

/** The first machine on the packet's way whose kube-proxy is stopped. */
function staleProxy(exchange: Exchange, services: ServiceFacts): string | undefined {
  const hops = firstOfRole(exchange, 'request')?.hops ?? [];
  return hops.find(({ netns }) => services.proxyOf(netns) === 'is stopped')?.netns;
}

function failureOf(exchange: Exchange, directory: Directory, services: ServiceFacts): Failure | undefined {
  switch (exchange.verdict) {
    case 'ok':
      return noSuchName(exchange);
    case 'dns-fail':
      return noSuchName(exchange) ?? { lead: 'The name was not resolved.', rest: 'No DNS server answered.' };
    case 'http':
      return undefined;
    case 'rejected':
      return firstOfRole(exchange, 'request')?.dropReason === 'NO_SOCKET'
        ? refused(exchange, directory)
        : rejected(exchange, directory, services);
    case 'refused':
      return refused(exchange, directory);
    case 'eperm':
      return notPermitted(exchange, directory);
    case 'unreachable-local':
      return {
        lead: 'No packet left.',
        rest: `${directory.host(exchange.question.from)} has no route to ${exchange.question.to}.`,
        tryThis: 'ip route',
      };
    case 'timeout':
      return timedOut(exchange, directory, services);
    case 'unreachable':
    case 'ttl-exceeded':
      return unreachable(exchange, directory);
    case 'stalled':
      return stalled(exchange, directory);
    case 'reset':
      return { lead: 'The connection was cut.', rest: 'A reset came in the middle of it.' };
    default:
      return undefined;
  }
}

/** A DNS server's answer is an answer, even when it says that there is no such name. */
function noSuchName({ question, response }: Exchange): Failure | undefined {
  if (response?.kind !== 'dns-answer' || response.rcode === 'NOERROR') return undefined;
  return {
    lead: `There is no name ${response.name}.`,
    rest: `The DNS server ${question.to} answered ${response.rcode}.`,
    ...(response.authoritative && { tryThis: 'kubectl get services -A' }),
  };
}

/** The last step of the packet's journey, with the namespace it happened in. */
function lastStep(trace: Trace | undefined): { readonly hop: Hop; readonly step: Step } | undefined {
  const hop = trace?.hops[trace.hops.length - 1];
  const step = hop?.steps[hop.steps.length - 1];
  return hop === undefined || step === undefined ? undefined : { hop, step };
}

function commentOfStep({ detail }: Step): string | undefined {
  return detail.kind === 'rules' && detail.verdict.kind === 'target' ? commentOf(detail.verdict.by.rule) : undefined;
}

function rejected(exchange: Exchange, directory: Directory, services: ServiceFacts): Failure {
  const last = lastStep(firstOfRole(exchange, 'request'));
  const who = last === undefined ? 'The node' : directory.host(last.hop.netns);
  const comment = last === undefined ? undefined : commentOfStep(last.step);
  const empty = /^(\S+?)\/(\S+?)(?::\S+)? has no endpoints$/.exec(comment ?? '');
  if (empty !== null) {
    const [, namespace = '', name = ''] = empty;
    return {
      lead: `Service ${name} has no endpoints, so ${who} refuses at once.`,
      rest:
        services.waiting(namespace, name) === 'some'
          ? 'Pods fit its selector, and none of them is Ready.'
          : "Compare its selector with the Pods' labels.",
      tryThis: `kubectl get endpointslices -n ${namespace} -l kubernetes.io/service-name=${name}`,
    };
  }
  return {
    lead: `${who} rejects the packet.`,
    rest: comment === undefined ? 'A netfilter rule says so.' : `A rule says so: ${comment}.`,
  };
}

/** Its own kernel told the program so: the words of sendto(2) are "Operation not permitted". */
function notPermitted(exchange: Exchange, directory: Directory): Failure {
  const last = lastStep(firstOfRole(exchange, 'request'));
  const comment = last === undefined ? undefined : commentOfStep(last.step);
  const where = last?.step.detail.kind === 'rules' ? ` in ${last.step.detail.hook}` : '';
  return {
    lead: 'No packet left.',
    rest: `${directory.host(exchange.question.from)}'s own rules end it${where}${comment === undefined ? '' : `: ${comment}`}.`,
    tryThis: 'iptables-save',
  };
}

function refused(exchange: Exchange, directory: Directory): Failure {
  const last = lastStep(firstOfRole(exchange, 'request'));
  const who = last === undefined ? 'The host' : directory.host(last.hop.netns);
  const port = last?.step.detail.kind === 'socket-receive' ? last.step.detail.flow.dstPort : exchange.question.port;
  return { lead: `${who} answered "no".`, rest: `Nothing listens on port ${port} there.` };
}

function timedOut(exchange: Exchange, directory: Directory, services: ServiceFacts): Failure {
  const request = firstOfRole(exchange, 'request');
  const reply = firstOfRole(exchange, 'reply');
  if (request?.disposition === 'ACCEPTED' && reply !== undefined) {
    const lost = lastStep(reply);
    const where = lost === undefined ? '' : ` at ${directory.host(lost.hop.netns)}`;
    return {
      lead: 'Nothing answered.',
      rest: `The request reached ${directory.host(reply.hops[0]?.netns ?? '')}; the reply was lost${where}.`,
    };
  }
  const last = lastStep(request);
  const where = last === undefined ? 'on the way' : `at ${directory.host(last.hop.netns)}`;
  const service = services.at(exchange.question.to);
  const { protocol, port, to } = exchange.question;
  if (service !== undefined && !service.ports.some(served => served.protocol === protocol && served.port === port)) {
    return {
      lead: 'Nothing answered.',
      rest: `${servedBy(service, protocol)} No rule translated the packet, so it kept the address ${to} and stopped ${where}.`,
    };
  }
  if (request?.dropReason === 'NETFILTER_DROP' && last !== undefined) {
    const comment = commentOfStep(last.step);
    return {
      lead: 'Nothing answered.',
      rest: `A rule of ${directory.host(last.hop.netns)} drops the packet${comment === undefined ? '' : `: ${comment}`}.`,
    };
  }
  if (request?.dropReason === 'LAB_BLACKHOLE') {
    return {
      lead: 'Nothing answered.',
      rest: `The packet stopped ${where}, which has no route for ${exchange.question.to} and, in this lab, drops it silently.`,
    };
  }
  return { lead: 'Nothing answered.', rest: `The packet stopped ${where}.` };
}

/** `Service web serves port 80 only.` */
function servedBy({ name, ports }: KnownService, asked: 'tcp' | 'udp' | 'icmp'): string {
  const isPlain = ports.every(({ protocol }) => protocol === asked);
  const numbers = ports.map(({ port }) => port).join(', ');
  const served = isPlain
    ? `port${ports.length === 1 ? '' : 's'} ${numbers}`
    : ports.map(({ protocol, port }) => `${protocol.toUpperCase()} port ${port}`).join(', ');
  const only = ports.length === 1 ? ' only' : '';
  return asked === 'icmp'
    ? `A ping has no port, and Service ${name} serves ${served}${only}.`
    : `Service ${name} serves ${served}${only}.`;
}

/** Either a packet was lost once the connection stood, or the server just said nothing. */
function stalled({ traces, connectedUs = 0, backend }: Exchange, directory: Directory): Failure {
  const lead = 'It connected, then nothing came.';
  const lost = traces.find(({ disposition, endedUs }) => disposition !== 'ACCEPTED' && endedUs > connectedUs);
  if (lost !== undefined) return { lead, rest: 'The handshake went through; a later packet was lost.' };
  const who = backend === undefined ? 'The server' : directory.host(backend.netns);
  return { lead, rest: `${who} took the request and did not answer it. No packet was lost.` };
}

function unreachable(exchange: Exchange, directory: Directory): Failure {
  const last = lastStep(firstOfRole(exchange, 'request'));
  const where = last === undefined ? 'on the way' : `at ${directory.host(last.hop.netns)}`;
  return { lead: `The packet came back: it could not go on ${where}.`, rest: whyNotOn(exchange, last, directory) };
}

function whyNotOn({ verdict }: Exchange, last: ReturnType<typeof lastStep>, directory: Directory): string {
  if (verdict === 'ttl-exceeded') return 'Its time to live ran out there.';
  if (last?.step.detail.kind === 'neighbor') return `Nobody on the link answers for ${last.step.detail.nextHop}.`;
  if (last?.step.detail.kind !== 'route') return 'There is no way on from there.';
  const { lead, rest } = explain(last.step, last.hop.netns, directory);
  return `${lead} ${rest}`;
}
