// How lessons write elements of the graph, short, and the ids that they stand for (sim/view/elements.ts).
//
//   pod/web  svc/web  deploy/web     an object in default: pod/default/web
//   pod/shop/web                     an object in another namespace
//   node/node-1  outside/laptop      an element that has no namespace
//   router  lan                      the router and the LAN: router/router, lan/lan
//   node-1/cni0  pod/web#eth0        an interface: of a node, and of anything: node/node-1#cni0, pod/default/web#eth0

import type { ElementId } from '../sim/index.ts';
import { parsed, type Schema } from './schema.ts';

const IN_NAMESPACE = ['pod', 'svc', 'slice', 'deploy', 'rs'];
const OF_THE_CLUSTER = ['node', 'ns', 'outside', 'router', 'lan'];
const NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
const DEVICE = /^[^\s/#]{1,15}$/;

const EXPECTED = 'an element such as pod/client, node/node-1, node-1/cni0 or router';

/** The id that a reference stands for; undefined when it is not one. */
export function resolveElement(reference: string): ElementId | undefined {
  const [owner = '', device, ...more] = reference.split('#');
  if (more.length > 0) return undefined;
  if (device !== undefined) {
    const id = resolveOwner(owner);
    return id === undefined || !DEVICE.test(device) ? undefined : `${id}#${device}`;
  }
  const [first = '', second, ...rest] = reference.split('/');
  const isShortDevice = second !== undefined && rest.length === 0 && !isKind(first);
  if (isShortDevice) return NAME.test(first) && DEVICE.test(second) ? `node/${first}#${second}` : undefined;
  return resolveOwner(reference);
}

function isKind(word: string): boolean {
  return IN_NAMESPACE.includes(word) || OF_THE_CLUSTER.includes(word);
}

function resolveOwner(reference: string): ElementId | undefined {
  if (reference === 'router' || reference === 'lan') return `${reference}/${reference}`;
  const [kind = '', ...names] = reference.split('/');
  if (!names.every(name => NAME.test(name))) return undefined;
  if (OF_THE_CLUSTER.includes(kind)) return names.length === 1 ? reference : undefined;
  if (!IN_NAMESPACE.includes(kind)) return undefined;
  if (names.length === 1) return `${kind}/default/${names[0]}`;
  return names.length === 2 ? reference : undefined;
}

/** The element that an interface belongs to; an element that is none belongs to itself. */
export function ownerOf(id: ElementId): ElementId {
  const hash = id.indexOf('#');
  return hash < 0 ? id : id.slice(0, hash);
}

/** How an element is called in a sentence: `client`, `web in shop`, `cni0 of node-1`, `Service web`. */
export function nameOfElement(id: ElementId): string {
  const hash = id.indexOf('#');
  if (hash >= 0) return `${id.slice(hash + 1)} of ${nameOfElement(id.slice(0, hash))}`;
  const [kind = '', first = '', second] = id.split('/');
  if (kind === 'lan') return 'the LAN';
  const name = second === undefined ? first : first === 'default' ? second : `${second} in ${first}`;
  const kindWord = { svc: 'Service ', slice: 'EndpointSlice ', deploy: 'Deployment ', rs: 'ReplicaSet ' }[kind] ?? '';
  return `${kindWord}${name}`;
}

/** An element of the graph, read as its id. */
export function elementRef(): Schema<ElementId> {
  return parsed(EXPECTED, resolveElement);
}
