// The two ends of a question to the network, as lessons write them (architecture.md, section 6):
//
//   pod/[NAMESPACE/]NAME[:CONTAINER]  node/NAME  outside/NAME  svc/[NAMESPACE/]NAME  an address, a name, a URL
//
// Addresses and names may carry a port: "10.244.2.2:8080", "web:80".

import type { ElementId } from '../sim/index.ts';
import { nameOfElement, resolveElement } from './elementRef.ts';
import { parsed, type Schema } from './schema.ts';

/** Who asks: a Pod (in one of its containers), a node, or a host outside. */
export interface Origin {
  readonly element: ElementId;
  readonly container?: string;
}

/** Who is asked. */
export type Target =
  /** The Pod, Service, node or host itself, at its address. */
  | { readonly kind: 'element'; readonly element: ElementId }
  | { readonly kind: 'address'; readonly address: string; readonly port?: number }
  | { readonly kind: 'name'; readonly name: string; readonly port?: number }
  | { readonly kind: 'url'; readonly url: string; readonly host: string; readonly port: number };

const ORIGIN_KINDS = /^(pod|node|outside)\//;
const TARGET_KINDS = /^(pod|node|outside|svc)\//;
const ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$/;
const HOST_NAME = /^[a-zA-Z0-9]([a-zA-Z0-9.-]{0,251}[a-zA-Z0-9])?\.?$/;
const URL_FORM = /^(https?):\/\/([^/:?#\s]+)(?::(\d{1,5}))?([/?][^\s]*)?$/;
const CONTAINER = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Reads who asks; undefined when the text names nobody who can. */
export function parseOrigin(written: string): Origin | undefined {
  if (!ORIGIN_KINDS.test(written) || written.includes('#')) return undefined;
  const [reference = '', container, ...more] = written.split(':');
  const element = resolveElement(reference);
  if (element === undefined || more.length > 0) return undefined;
  if (container === undefined) return { element };
  return element.startsWith('pod/') && CONTAINER.test(container) ? { element, container } : undefined;
}

/** Reads who is asked; undefined when the text is none of the forms above. */
export function parseTarget(written: string): Target | undefined {
  if (TARGET_KINDS.test(written)) {
    const element = written.includes('#') ? undefined : resolveElement(written);
    return element === undefined ? undefined : { kind: 'element', element };
  }
  const url = URL_FORM.exec(written);
  if (url !== null) {
    const [, scheme, host = '', port] = url;
    return {
      kind: 'url',
      url: written,
      host,
      port: port === undefined ? (scheme === 'https' ? 443 : 80) : Number(port),
    };
  }
  const [host = '', portText, ...more] = written.split(':');
  if (more.length > 0 || (portText !== undefined && !isPort(portText))) return undefined;
  const port = portText === undefined ? {} : { port: Number(portText) };
  if (ADDRESS.test(host)) return isAddress(host) ? { kind: 'address', address: host, ...port } : undefined;
  return HOST_NAME.test(host) ? { kind: 'name', name: host, ...port } : undefined;
}

function isPort(written: string): boolean {
  return /^\d{1,5}$/.test(written) && Number(written) >= 1 && Number(written) <= 65535;
}

/** An IPv4 address in its usual form, without leading zeros. */
export function isAddress(written: string): boolean {
  const octets = written.split('.');
  return octets.length === 4 && octets.every(octet => /^(0|[1-9]\d{0,2})$/.test(octet) && Number(octet) <= 255);
}

/** The endpoint as the lab takes it: `pod/default/client:app`. */
export function formatOrigin(origin: Origin): string {
  return origin.container === undefined ? origin.element : `${origin.element}:${origin.container}`;
}

/** The host part as the lab takes it: an element, an address, a name or a URL. */
export function formatTarget(target: Target): string {
  switch (target.kind) {
    case 'element':
      return target.element;
    case 'address':
      return target.address;
    case 'name':
      return target.name;
    case 'url':
      return target.url;
  }
}

/** The target in a sentence, with its port: `10.244.2.2:8080`, `Service web, port 80`. */
export function nameOfTarget(target: Target, port: number | undefined): string {
  switch (target.kind) {
    case 'element':
      return `${nameOfElement(target.element)}${port === undefined ? '' : `, port ${port}`}`;
    case 'url':
      return target.url;
    default:
      return `${formatTarget(target)}${port === undefined ? '' : `:${port}`}`;
  }
}

/** The port that is meant: written with the target, or beside it. */
export function portOf(target: Target, beside: number | undefined): number | undefined {
  return target.kind === 'element' ? beside : (target.port ?? beside);
}

/** Who asks. */
export function origin(): Schema<Origin> {
  return parsed('who asks: pod/NAME, node/NAME or outside/NAME', parseOrigin);
}

/** Who is asked. */
export function target(): Schema<Target> {
  return parsed('who is asked: "ADDRESS:PORT", pod/NAME, svc/NAME, node/NAME, a name or a URL', parseTarget);
}
