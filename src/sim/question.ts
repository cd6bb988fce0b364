// A question to the network as lessons, the matrix and the served lab write it: who asks whom, in words.
//
//   pod/NAMESPACE/NAME[:CONTAINER]  node/NAME  outside/NAME  svc/NAMESPACE/NAME  an address, a name, a URL

import type { ApiClient } from './api/client.ts';
import { pods } from './api/kinds/pod.ts';
import { services } from './api/kinds/service.ts';
import type { Exchange, Question } from './datapath/trace.ts';
import { asksServer, type DnsTransport } from './dns/message.ts';
import { dnsQuery } from './dns/resolver.ts';
import { findContainer } from './findContainer.ts';
import type { LabConfig } from './labConfig.ts';
import type { NameLookup, NameOrigin, NameQuery } from './nameLookup.ts';
import { asIp, type Ip } from './net/address.ts';
import type { AppMessage } from './net/packet.ts';
import { remembered } from './runtime/remembered.ts';

export interface WrittenQuestion {
  readonly from: string;
  readonly to: string;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly port?: number;
  /** Of an HTTP request, when `to` is no URL: `/`. */
  readonly path?: string;
  /** Of an HTTP request, beside or in place of curl's. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes that are sent: the data of an echo request or a datagram, the whole of an HTTP request if that is more. */
  readonly size?: number;
  /** What the client asks of its kernel about fragments. */
  readonly fragmentation?: Question['fragmentation'];
  /** Over UDP or TCP: the name whose address a DNS question asks for, in place of plain bytes or an HTTP request. */
  readonly asks?: string;
  /** Tells repeated questions apart where chance decides. */
  readonly attempt?: number;
}

export type ReadQuestion =
  /** `queries`: the DNS questions that found the address of a name. */
  | {
      readonly kind: 'question';
      readonly question: Question;
      readonly target: string;
      readonly queries?: readonly NameQuery[];
    }
  /** The name has no address: what the last DNS question about it came to. */
  | {
      readonly kind: 'no-address';
      readonly lookup: Exchange;
      readonly target: string;
      readonly queries: readonly NameQuery[];
    }
  | NotSent;

/** It cannot be sent, and why: `Pod client is not running`. */
export interface NotSent {
  readonly kind: 'not-sent';
  readonly because: string;
  /** Which part of the question is at fault. */
  readonly about: 'from' | 'to';
}

/** How long a probe waits for an answer. */
export const PROBE_TIMEOUT_MS = 5000;
/** Most targets are no URLs. */
const URL_START = 'http://';
const URL_FORM = /^http:\/\/([^/:?#\s]+)(?::(\d{1,5}))?(\/[^\s]*)?$/;

/** @param lookUp resolves a host name from where the question is asked */
export function readQuestion(
  api: ApiClient,
  config: LabConfig,
  written: WrittenQuestion,
  lookUp: (origin: NameOrigin, name: string) => NameLookup,
): ReadQuestion {
  const from = originOf(api, config, written.from);
  if ('kind' in from) return from;
  const url = written.to.startsWith(URL_START) ? URL_FORM.exec(written.to) : null;
  const host = url?.[1] ?? written.to;
  const [name = '', inlinePort] = host.includes('/') ? [host] : host.split(':');
  const port = Number(url?.[2] ?? inlinePort ?? written.port ?? 80);
  const target = written.protocol === 'icmp' ? name : `${name}:${port}`;
  const address = addressOf(api, config, name, hostname => lookUp(from, hostname));
  if (address.kind === 'not-sent') return address;
  if (address.kind === 'no-address') return { ...address, target };
  const { queries } = address;
  const asked: Asked = {
    from: from.netns,
    to: address.address,
    port,
    host: name,
    path: url?.[3] ?? written.path ?? '/',
  };
  return { kind: 'question', target, question: questionOf(written, asked), ...(queries !== undefined && { queries }) };
}

/** Who is asked, where, and what for. */
export interface Asked {
  readonly from: string;
  readonly to: Ip;
  readonly port: number;
  /** As the client wrote it, for the request. */
  readonly host: string;
  readonly path: string;
}

/** The question of a client program: a DNS question if one is meant, else over TCP an HTTP request, over UDP plain bytes. */
export function questionOf(written: WrittenQuestion, { from, to, port, host, path }: Asked): Question {
  const { protocol, size, headers, fragmentation, attempt, asks } = written;
  const request: Request | undefined =
    asks !== undefined && protocol !== 'icmp'
      ? dnsQuestion(asks, protocol, attempt)
      : protocol === 'tcp'
        ? httpGet(host, port, path, headers)
        : undefined;
  const plainBytes = size ?? (protocol === 'icmp' ? 56 : 9);
  return {
    from,
    to,
    protocol,
    port: protocol === 'icmp' ? 0 : port,
    requestBytes: request === undefined ? plainBytes : Math.max(request.bytes, size ?? 0),
    message: request?.message,
    afterAnswer: request?.afterAnswer,
    timeoutMs: PROBE_TIMEOUT_MS,
    fragmentation,
    attempt,
  };
}

function dnsQuestion(name: string, transport: DnsTransport, attempt = 0): Request {
  const { message, requestBytes, afterAnswer } = asksServer(dnsQuery(name, 'A', 0, attempt), transport);
  return { message, bytes: requestBytes, ...(afterAnswer !== undefined && { afterAnswer }) };
}

/** What a client program says first. */
interface Request extends Pick<Question, 'afterAnswer'> {
  readonly message: AppMessage;
  readonly bytes: number;
}

/** A request like curl's. */
export function httpGet(host: string, port: number, path: string, more?: Readonly<Record<string, string>>): Request {
  const usual = { Host: port === 80 ? host : `${host}:${port}`, 'User-Agent': 'curl/7.88.1', Accept: '*/*' };
  const headers: Readonly<Record<string, string>> = more === undefined ? usual : { ...usual, ...more };
  let bytes = `GET ${path} HTTP/1.1\r\n\r\n`.length;
  for (const name in headers) bytes += name.length + (headers[name]?.length ?? 0) + ': \r\n'.length;
  return { message: { kind: 'http-request', method: 'GET', path, headers }, bytes };
}

/** Who asks: `pod/[NAMESPACE/]NAME[:CONTAINER]`, `node/NAME`, `outside/NAME`. */
export function originOf(api: ApiClient, config: LabConfig, written: string): NameOrigin | NotSent {
  const { reference, kind, first, second, container } = originParts(written);
  const notSent = (because: string): NotSent => ({ kind: 'not-sent', about: 'from', because });
  if (kind === 'pod') {
    const [namespace, name] = second === undefined ? ['default', first] : [first, second];
    const found = findContainer(api, namespace, name, container);
    if (found.kind !== 'found') return notSent(`Pod ${name} is not running`);
    const { netns, mounts } = found.ref;
    return { netns, ...(mounts !== undefined && { mounts }) };
  }
  const isKnown =
    kind === 'node'
      ? config.nodes.some(node => node.name === first)
      : kind === 'outside' && config.outside.some(other => other.name === first);
  return isKnown ? { netns: first } : notSent(`there is no ${reference}`);
}

const originParts = remembered((written: string) => {
  const [reference = '', container] = written.split(':');
  const [kind, first = '', second] = reference.split('/');
  return { reference, kind, first, second, container };
});

type Destination =
  | { readonly kind: 'found'; readonly address: Ip; readonly queries?: readonly NameQuery[] }
  | { readonly kind: 'no-address'; readonly lookup: Exchange; readonly queries: readonly NameQuery[] }
  | NotSent;

function addressOf(
  api: ApiClient,
  config: LabConfig,
  written: string,
  lookUp: (name: string) => NameLookup,
): Destination {
  const plain = asIp(written);
  if (plain !== undefined) return { kind: 'found', address: plain };
  const { kind, first, second } = targetParts(written);
  const [namespace, name] = second === undefined ? ['default', first] : [first, second];
  const found = (text: string | undefined, missing: string): Destination => {
    const address = text === undefined ? undefined : asIp(text);
    return address === undefined ? { kind: 'not-sent', about: 'to', because: missing } : { kind: 'found', address };
  };
  switch (kind) {
    case 'pod':
      return found(api.get(pods, { namespace, name })?.status?.podIP, `Pod ${name} has no address`);
    case 'svc':
      return found(api.get(services, { namespace, name })?.spec.clusterIP, `Service ${name} has no ClusterIP`);
    case 'node':
      return found(config.nodes.find(node => node.name === first)?.address, `there is no node ${first}`);
    case 'outside':
      return found(config.outside.find(host => host.name === first)?.address, `there is no host ${first}`);
    default: {
      const lookup = lookUp(written);
      if (lookup.kind === 'found') return lookup;
      return lookup.last === undefined
        ? { kind: 'not-sent', about: 'to', because: `the name ${written} cannot be resolved here` }
        : { kind: 'no-address', lookup: lookup.last, queries: lookup.queries };
    }
  }
}

/** An address is the Pod's, whichever container is meant. */
const targetParts = remembered((written: string) => {
  const [kind, first = '', second] = written.replace(/^(pod\/[^:]*):.*$/, '$1').split('/');
  return { kind, first, second };
});
