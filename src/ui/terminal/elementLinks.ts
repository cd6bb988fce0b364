// Names and addresses of the lab's elements in the text that tools print. The text stays as it is; what names exactly
// one thing becomes a link to it. Where it is not clear what a word means, there is no link.

import type { ElementId, LabElement } from '../../sim/index.ts';
import { BLOCK_WORDS } from './blockWords.ts';

export type NamedKind = LabElement['kind'] | 'interface';

interface Named {
  readonly id: ElementId;
  readonly kind: NamedKind;
  readonly namespace?: string;
}

/** All names and addresses of a lab. */
export interface LinkIndex {
  readonly addresses: ReadonlyMap<string, Named>;
  readonly names: ReadonlyMap<string, readonly Named[]>;
  /** Equal for labs with the same names and addresses. */
  readonly key: string;
}

/** What a command line says about the names in its output. */
export interface LinkContext {
  /** The kind that it asks for. */
  readonly kind?: NamedKind | undefined;
  readonly namespace?: string | undefined;
}

/** A piece of text; with an element it is a link. */
export interface TextPart {
  /** Where it begins in the text. */
  readonly at: number;
  readonly text: string;
  readonly element?: ElementId;
  /** What the link selects, in words: `Pod web`. */
  readonly title?: string;
}

/** When a name stands for several kinds and nothing else decides, the first of these wins. */
const KIND_ORDER: readonly NamedKind[] = [
  'pod',
  'service',
  'node',
  'router',
  'outside',
  'deployment',
  'replicaset',
  'slice',
  'interface',
];

const KIND_TITLES: Readonly<Record<NamedKind, string>> = {
  pod: 'Pod',
  service: 'Service',
  node: 'Node',
  router: 'Router',
  outside: 'Host',
  deployment: 'Deployment',
  replicaset: 'ReplicaSet',
  slice: 'EndpointSlice',
  namespace: 'Namespace',
  lan: 'LAN',
  interface: 'Interface',
};

const KIND_WORDS: ReadonlyMap<string, NamedKind> = new Map(
  Object.entries({
    pod: ['pod', 'pods', 'po'],
    service: ['service', 'services', 'svc', 'kubernetes.io/service-name', 'service-name'],
    node: ['node', 'nodes', 'no'],
    slice: ['endpointslice', 'endpointslices', 'endpointslice.discovery.k8s.io', 'endpointslices.discovery.k8s.io'],
    deployment: ['deployment', 'deployments', 'deploy', 'deployment.apps', 'deployments.apps'],
    replicaset: ['replicaset', 'replicasets', 'rs', 'replicaset.apps', 'replicasets.apps'],
    namespace: ['namespace', 'namespaces', 'ns'],
  } satisfies Partial<Record<NamedKind, readonly string[]>>).flatMap(([kind, words]) =>
    words.map(word => [word, kind as NamedKind] as const),
  ),
);

const NO_MAC = '00:00:00:00:00:00';
/** Commands that take names of Services as hosts. */
const NAME_TOOLS = new Set(['curl', 'wget', 'nslookup', 'dig', 'getent', 'host']);

export function buildLinkIndex(elements: Iterable<LabElement>): LinkIndex {
  const addresses = new Map<string, Named>();
  const names = new Map<string, Named[]>();
  const interfaces = new Map<string, Named[]>();
  const list = [...elements];
  const addAddress = (address: string | undefined, named: Named): void => {
    if (address !== undefined && address !== '' && !addresses.has(address)) addresses.set(address, named);
  };
  for (const element of list) {
    const named = namedOf(element);
    if (element.kind !== 'lan') push(names, element.name, named);
    addAddress(ownAddress(element), named);
  }
  // After all elements: an element's own address leads to the element and not to the interface that carries it.
  for (const element of list) {
    if (!('interfaces' in element)) continue;
    for (const device of element.interfaces) {
      if (device.kind === 'loopback') continue;
      const named: Named = { id: `${element.id}#${device.name}`, kind: 'interface' };
      push(interfaces, device.name, named);
      for (const address of device.addresses) addAddress(address.split('/')[0], named);
      if (device.mac !== NO_MAC) addAddress(device.mac, named);
    }
  }
  for (const [name, owners] of interfaces) if (owners.length === 1 && owners[0]) push(names, name, owners[0]);
  return { addresses, names, key: keyOf(addresses, names) };
}

function namedOf(element: LabElement): Named {
  return {
    id: element.id,
    kind: element.kind,
    ...('namespace' in element && { namespace: element.namespace }),
  };
}

function ownAddress(element: LabElement): string | undefined {
  switch (element.kind) {
    case 'pod':
      return element.hostNetwork ? undefined : element.address;
    case 'service':
      return element.clusterIP === 'None' ? undefined : element.clusterIP;
    case 'node':
    case 'router':
    case 'outside':
      return element.address;
    default:
      return undefined;
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

function keyOf(addresses: ReadonlyMap<string, Named>, names: ReadonlyMap<string, readonly Named[]>): string {
  const pairs = [...addresses].map(([address, { id }]) => `${address} ${id}`);
  return [...pairs, ...[...names.values()].map(owners => owners.map(({ id }) => id).join(' '))].join('\n');
}

/** What a command line asks for: `kubectl get svc` prints names of Services. */
export function linkContext(command: string): LinkContext {
  const [before = '', after = ''] = command.split(/\s--\s(.*)/s);
  const tool = /\S+/.exec(after === '' ? before : after)?.[0] ?? '';
  const kind = NAME_TOOLS.has(tool)
    ? 'service'
    : before
        .split(/[\s/,]+/)
        .map(word => KIND_WORDS.get(word.toLowerCase()))
        .find(found => found !== undefined);
  const namespace = /\s(?:-n|--namespace)[\s=]*(\S+)/.exec(before)?.[1];
  return { kind, namespace };
}

const TOKEN = /[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?/g;

/** A line of text, cut into plain pieces and links. */
export function linkedParts(text: string, index: LinkIndex, context: LinkContext = {}): readonly TextPart[] {
  const parts: TextPart[] = [];
  let start = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    const named = addressIn(text, token, match.index, index) ?? nameIn(text, token, match.index, index, context);
    if (named === undefined) continue;
    if (match.index > start) parts.push({ at: start, text: text.slice(start, match.index) });
    const title = `${KIND_TITLES[named.kind]} ${shortId(named.id)}`;
    parts.push({ at: match.index, text: token, element: named.id, title });
    start = match.index + token.length;
  }
  if (start < text.length) parts.push({ at: start, text: text.slice(start) });
  return parts;
}

/** `web` of `pod/default/web`, `cni0 of node-1` of `node/node-1#cni0`. */
function shortId(id: ElementId): string {
  const [owner = id, device] = id.split('#');
  const name = owner.slice(owner.lastIndexOf('/') + 1);
  return device === undefined ? name : BLOCK_WORDS.deviceOf(device, name);
}

function addressIn(text: string, token: string, at: number, index: LinkIndex): Named | undefined {
  const named = index.addresses.get(token);
  if (named === undefined) return undefined;
  const length = /^\/(\d{1,2})(?!\d)/.exec(text.slice(at + token.length, at + token.length + 4))?.[1];
  return length !== undefined && isNetwork(token, Number(length)) ? undefined : named;
}

/** Whether `address/length` names a network: all bits after the prefix are 0. */
function isNetwork(address: string, length: number): boolean {
  const bits = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return length < 32 && bits % 2 ** (32 - length) === 0;
}

/** Inside of the quotes that iptables-save and nft put around what an author wrote about a rule. */
const IN_REMARK = /\bcomment "[^"]*$/;

function nameIn(text: string, token: string, at: number, index: LinkIndex, context: LinkContext): Named | undefined {
  const dns = /^([^.]+)\.([^.]+)\.svc(?:\.|$)/.exec(token);
  const owners = index.names.get(dns?.[1] ?? token);
  if (owners === undefined) return undefined;
  if (dns !== null) return owners.find(({ kind, namespace }) => kind === 'service' && namespace === dns[2]);
  const after = text.slice(at + token.length, at + token.length + 2);
  // `client=10.244.1.2` and `curl: (28)`: the word is a label there, not the element.
  if (after.startsWith('=') || (at === 0 && /^:(?:\s|$)/.test(after))) return undefined;

  // The remark of a rule is prose ("kubernetes service portals"); what it is about stands there as `default/web`.
  if (IN_REMARK.test(text.slice(0, at))) {
    const namespace = /([\w-]+)\/$/.exec(text.slice(0, at))?.[1];
    return owners.find(owner => owner.kind === 'service' && owner.namespace === namespace);
  }
  const before = text.slice(Math.max(0, at - 80), at);
  const inNamespace = context.namespace ?? 'default';
  const asked = /(\S+)=$/.exec(before)?.[1] ?? /([\w.-]+)\/$/.exec(before)?.[1];
  if (asked !== undefined) {
    const kind = KIND_WORDS.get(asked.replace(/^.*[,{"']/, '').toLowerCase());
    if (kind !== undefined)
      return choose(
        owners.filter(owner => owner.kind === kind),
        text,
        inNamespace,
      );
    // `default/web` is a Pod or Service of that namespace; `app=web` is a label and `/web` a path.
    return before.endsWith('/') ? ranked(owners, context.kind).find(owner => owner.namespace === asked) : undefined;
  }
  if (before.endsWith('/') && !before.endsWith('//')) return undefined;

  const wordBefore = /([A-Za-z]+)\s+$/.exec(before)?.[1]?.toLowerCase();
  // Containers have names like their Pods', and are no elements.
  if (wordBefore === 'container') return undefined;
  const kind = (wordBefore === undefined ? undefined : KIND_WORDS.get(wordBefore)) ?? context.kind;
  // Words like `default` are namespaces only where namespaces are asked for.
  const meant = ranked(owners, kind).filter(owner => owner.kind !== 'namespace' || kind === 'namespace');
  return choose(
    meant.filter(owner => owner.kind === meant[0]?.kind),
    text,
    inNamespace,
  );
}

function ranked(owners: readonly Named[], first: NamedKind | undefined): readonly Named[] {
  const rank = ({ kind }: Named): number => (kind === first ? -1 : KIND_ORDER.indexOf(kind));
  return [...owners].sort((a, b) => rank(a) - rank(b));
}

/** Of elements with one name and kind: that whose namespace stands in the line, else that of the command. */
function choose(owners: readonly Named[], text: string, namespace: string): Named | undefined {
  if (owners.length < 2) return owners[0];
  const words = new Set(text.split(/[\s/]+/));
  return (
    owners.find(owner => owner.namespace !== undefined && words.has(owner.namespace)) ??
    owners.find(owner => owner.namespace === namespace) ??
    owners[0]
  );
}
