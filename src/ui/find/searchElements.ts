// What a search finds: elements by their names, addresses, labels and kinds. Pure, and quick with 10,000 elements.

import type { ElementId, LabElement } from '../../sim/index.ts';

/** An element as the search reads it: all its words are in small letters. */
interface Entry {
  readonly element: LabElement;
  readonly name: string;
  readonly addresses: readonly string[];
  /** `app=web` */
  readonly labels: readonly string[];
  /** How the kind is written by people and by kubectl: `pod`, `pods`, `po`. */
  readonly kinds: readonly string[];
}

/** What is searched; made once for a state of the lab. */
export type SearchIndex = readonly Entry[];

export interface Found {
  readonly element: LabElement;
  /** What it was found by, if that is not its name: the address or the label. */
  readonly by: string | undefined;
}

export interface SearchAnswer {
  /** The best first. */
  readonly found: readonly Found[];
  /** How many there are, shown or not. */
  readonly count: number;
}

/** Results that are listed. */
const MOST_FOUND = 50;

/** Words for the kinds. Source: `kubectl api-resources` for names and short names. */
const KIND_WORDS: Readonly<Record<LabElement['kind'], readonly string[]>> = {
  pod: ['pod', 'pods', 'po'],
  node: ['node', 'nodes', 'no'],
  service: ['service', 'services', 'svc'],
  slice: ['endpointslice', 'endpointslices', 'slice'],
  deployment: ['deployment', 'deployments', 'deploy'],
  replicaset: ['replicaset', 'replicasets', 'rs'],
  namespace: ['namespace', 'namespaces', 'ns'],
  outside: ['host', 'hosts', 'outside'],
  router: ['router'],
  lan: ['lan'],
};

/** ReplicaSets are left out: no level of the graph draws them. */
export function searchIndex(elements: ReadonlyMap<ElementId, LabElement>): SearchIndex {
  const entries: Entry[] = [];
  for (const element of elements.values()) {
    if (element.kind === 'replicaset') continue;
    entries.push({
      element,
      name: element.name.toLowerCase(),
      addresses: addressesOf(element),
      labels: Object.entries(labelsOf(element)).map(([key, value]) => `${key}=${value}`.toLowerCase()),
      kinds: KIND_WORDS[element.kind],
    });
  }
  return entries;
}

function labelsOf(element: LabElement): Readonly<Record<string, string>> {
  return 'labels' in element ? (element.labels ?? {}) : {};
}

function addressesOf(element: LabElement): readonly string[] {
  const own = 'address' in element && element.address !== undefined ? [element.address] : [];
  const cluster = element.kind === 'service' && element.clusterIP !== 'None' ? [element.clusterIP] : [];
  const range = element.kind === 'node' && element.podCIDR !== undefined ? [element.podCIDR] : [];
  const devices =
    'interfaces' in element
      ? element.interfaces
          .filter(device => device.kind !== 'loopback')
          .flatMap(device => device.addresses.map(address => address.split('/')[0] ?? address))
      : [];
  return [...new Set([...own, ...cluster, ...devices, ...range])];
}

/** How well a word fits, the smaller the better; `by` as in {@link Found}. */
interface Fit {
  readonly rank: number;
  readonly by: string | undefined;
}

function fitOf(entry: Entry, word: string): Fit | undefined {
  const { name, addresses, labels, kinds } = entry;
  if (name === word) return { rank: 0, by: undefined };
  const address = addresses.find(own => own === word);
  if (address !== undefined) return { rank: 0, by: address };
  if (name.startsWith(word)) return { rank: 1, by: undefined };
  if (kinds.includes(word)) return { rank: 2, by: undefined };
  if (name.includes(word)) return { rank: 3, by: undefined };
  const begun = addresses.find(own => own.startsWith(word));
  if (begun !== undefined) return { rank: 4, by: begun };
  const label = labels.find(own => own === word) ?? labels.find(own => own.includes(word));
  if (label !== undefined) return { rank: label === word ? 2 : 5, by: label };
  const within = addresses.find(own => own.includes(word));
  return within === undefined ? undefined : { rank: 6, by: within };
}

/** Every word of the text must fit: `pod web`, `app=web 10.244.2`. An empty text finds nothing. */
export function searchElements(index: SearchIndex, text: string): SearchAnswer {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '');
  if (words.length === 0) return { found: [], count: 0 };
  const hits: { readonly entry: Entry; readonly rank: number; readonly by: string | undefined }[] = [];
  for (const entry of index) {
    let rank = 0;
    let by: string | undefined;
    for (const word of words) {
      const fit = fitOf(entry, word);
      rank += fit?.rank ?? Number.POSITIVE_INFINITY;
      if (fit === undefined) break;
      by ??= fit.by;
    }
    if (rank < Number.POSITIVE_INFINITY) hits.push({ entry, rank, by });
  }
  // Among equals the order of the lab, which a sort keeps.
  hits.sort((a, b) => a.rank - b.rank || a.entry.name.length - b.entry.name.length);
  return {
    found: hits.slice(0, MOST_FOUND).map(({ entry, by }) => ({ element: entry.element, by })),
    count: hits.length,
  };
}
