// A question to the network as lessons, the matrix and the served lab write it: who asks whom, in words.
//
//   pod/NAMESPACE/NAME[:CONTAINER]  node/NAME  outside/NAME  svc/NAMESPACE/NAME  an address, a name, a URL

import type { ApiClient } from './api/client.ts';
import { pods } from './api/kinds/pod.ts';
import { services } from './api/kinds/service.ts';
import type { Exchange, Question } from './datapath/trace.ts';
import { findContainer } from './findContainer.ts';
import type { LabConfig } from './labConfig.ts';
import type { NameLookup, NameOrigin } from './nameLookup.ts';
import { type Ip, ip, isIp } from './net/address.ts';
import type { AppMessage } from './net/packet.ts';

export interface WrittenQuestion {
  readonly from: string;
  readonly to: string;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly port?: number;
  /** Bytes of an echo request's data. */
  readonly size?: number;
}

export type ReadQuestion =
  | { readonly kind: 'question'; readonly question: Question; readonly target: string }
  /** The name has no address: what the last DNS question about it came to. */
  | { readonly kind: 'no-address'; readonly lookup: Exchange; readonly target: string }
  /** It cannot be sent, and why: `Pod client is not running`. */
  | { readonly kind: 'not-sent'; readonly because: string };

/** How long a probe waits for an answer. */
export const PROBE_TIMEOUT_MS = 5000;
const URL_FORM = /^http:\/\/([^/:?#\s]+)(?::(\d{1,5}))?(\/[^\s]*)?$/;

/** @param lookUp resolves a host name from where the question is asked */
export function readQuestion(
  api: ApiClient,
  config: LabConfig,
  written: WrittenQuestion,
  lookUp: (origin: NameOrigin, name: string) => NameLookup,
): ReadQuestion {
  const from = netnsOfOrigin(api, config, written.from);
  if (from.kind === 'not-sent') return from;
  const url = URL_FORM.exec(written.to);
  const host = url?.[1] ?? written.to;
  const [name = '', inlinePort] = host.includes('/') ? [host] : host.split(':');
  const port = Number(url?.[2] ?? inlinePort ?? written.port ?? 80);
  const target = written.protocol === 'icmp' ? name : `${name}:${port}`;
  const address = addressOf(api, config, name, hostname => lookUp(from, hostname));
  if (address.kind === 'not-sent') return address;
  if (address.kind === 'no-address') return { ...address, target };
  const path = url?.[3] ?? '/';
  const message = written.protocol === 'tcp' ? httpGet(name, port, path) : undefined;
  return {
    kind: 'question',
    target,
    question: {
      from: from.netns,
      to: address.address,
      protocol: written.protocol,
      port: written.protocol === 'icmp' ? 0 : port,
      requestBytes: message?.bytes ?? written.size ?? (written.protocol === 'icmp' ? 56 : 9),
      ...(message !== undefined && { message: message.message }),
      timeoutMs: PROBE_TIMEOUT_MS,
    },
  };
}

/** A request like curl's. */
export function httpGet(
  host: string,
  port: number,
  path: string,
): { readonly message: AppMessage; readonly bytes: number } {
  const headers = { Host: port === 80 ? host : `${host}:${port}`, 'User-Agent': 'curl/7.88.1', Accept: '*/*' };
  let bytes = `GET ${path} HTTP/1.1\r\n\r\n`.length;
  for (const [name, value] of Object.entries(headers)) bytes += name.length + value.length + ': \r\n'.length;
  return { message: { kind: 'http-request', method: 'GET', path, headers }, bytes };
}

type Origin = ({ readonly kind: 'found' } & NameOrigin) | { readonly kind: 'not-sent'; readonly because: string };

function netnsOfOrigin(api: ApiClient, config: LabConfig, written: string): Origin {
  const [reference = '', container] = written.split(':');
  const [kind, first = '', second] = reference.split('/');
  if (kind === 'pod') {
    const [namespace, name] = second === undefined ? ['default', first] : [first, second];
    const found = findContainer(api, namespace, name, container);
    return found.kind === 'found'
      ? {
          kind: 'found',
          netns: found.ref.netns,
          ...(found.ref.mounts !== undefined && { mounts: found.ref.mounts }),
        }
      : { kind: 'not-sent', because: `Pod ${name} is not running` };
  }
  const isKnown =
    kind === 'node'
      ? config.nodes.some(node => node.name === first)
      : kind === 'outside' && config.outside.some(other => other.name === first);
  return isKnown ? { kind: 'found', netns: first } : { kind: 'not-sent', because: `there is no ${reference}` };
}

type Destination =
  | { readonly kind: 'found'; readonly address: Ip }
  | { readonly kind: 'no-address'; readonly lookup: Exchange }
  | { readonly kind: 'not-sent'; readonly because: string };

function addressOf(
  api: ApiClient,
  config: LabConfig,
  written: string,
  lookUp: (name: string) => NameLookup,
): Destination {
  if (isIp(written)) return { kind: 'found', address: ip(written) };
  const [kind, first = '', second] = written.split('/');
  const [namespace, name] = second === undefined ? ['default', first] : [first, second];
  const found = (address: string | undefined, missing: string): Destination =>
    address !== undefined && isIp(address)
      ? { kind: 'found', address: ip(address) }
      : { kind: 'not-sent', because: missing };
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
        ? { kind: 'not-sent', because: `the name ${written} cannot be resolved here` }
        : { kind: 'no-address', lookup: lookup.last };
    }
  }
}
