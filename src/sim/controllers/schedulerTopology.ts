// Which nodes a Pod may run on by the Pods that run elsewhere: affinity and anti-affinity between Pods, topology spread.
//
// Models:  required terms with selectors, namespaces and matchLabelKeys, in both directions; DoNotSchedule constraints with
//          minDomains.
// Omits:   mismatchLabelKeys; nodeTaintsPolicy Honor.
// Read:    kubernetes pkg/scheduler/framework/plugins/interpodaffinity/filtering.go, podtopologyspread/filtering.go.

import type { ApiClient } from '../api/client.ts';
import { namespaces } from '../api/kinds/namespace.ts';
import type { Node } from '../api/kinds/node.ts';
import {
  isPodTerminal,
  type Pod,
  type PodAffinityTerm,
  pods,
  type TopologySpreadConstraint,
} from '../api/kinds/pod.ts';
import type { LabelSelector } from '../api/objects.ts';
import { matchesNode } from '../api/placement.ts';
import { matchesLabels } from '../api/selectors.ts';
import { final, fixable, type NodeView, type Objection } from './schedulerFilters.ts';

/** A filter that has looked at all Pods once. */
export type PreparedFilter = (node: Node) => Objection | undefined;

/** The filters that a Pod needs; none for most. */
export function topologyFilters(pod: Pod, views: readonly NodeView[], api: ApiClient): readonly PreparedFilter[] {
  const all = views.map(({ node }) => node);
  const hard = (pod.spec.topologySpreadConstraints ?? []).filter(one => one.whenUnsatisfiable === 'DoNotSchedule');
  return [
    ...(hard.length > 0 ? [spread(pod, hard, all, api)] : []),
    ...affinity(pod, all, api),
    ...antiAffinity(pod, all, api),
    ...othersAntiAffinity(pod, views, api),
  ];
}

/** The value of a topology key at a node: its zone, its hostname. */
export function domainOf(node: Node | undefined, key: string): string | undefined {
  return node?.metadata.labels?.[key];
}

function withLabelKeys(
  selector: LabelSelector | undefined,
  pod: Pod,
  keys: readonly string[],
): LabelSelector | undefined {
  if (selector === undefined || keys.length === 0) return selector;
  const labels = pod.metadata.labels ?? {};
  const own = keys.flatMap(key => (labels[key] === undefined ? [] : [[key, labels[key]] as const]));
  return { ...selector, matchLabels: { ...selector.matchLabels, ...Object.fromEntries(own) } };
}

/** How many Pods that a constraint means are in each domain of the nodes that count. */
export function spreadCounts(
  pod: Pod,
  { topologyKey, labelSelector, matchLabelKeys = [] }: TopologySpreadConstraint,
  all: readonly Node[],
  api: ApiClient,
): { readonly counts: ReadonlyMap<string, number>; readonly matchesSelf: boolean } {
  const selector = withLabelKeys(labelSelector, pod, matchLabelKeys);
  const counts = new Map<string, number>();
  const domains = new Map<string, string>();
  for (const node of all) {
    const domain = domainOf(node, topologyKey);
    if (domain === undefined || !matchesNode(pod.spec, node)) continue;
    counts.set(domain, 0);
    domains.set(node.metadata.name, domain);
  }
  // No selector chooses nothing.
  const { namespace = '' } = pod.metadata;
  for (const other of selector === undefined ? [] : api.list(pods, { namespace, selector })) {
    const domain = domains.get(other.spec.nodeName ?? '');
    if (domain === undefined || other.metadata.deletionTimestamp !== undefined || isPodTerminal(other)) continue;
    counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  return { counts, matchesSelf: selector !== undefined && matchesLabels(selector, pod.metadata.labels) };
}

function spread(
  pod: Pod,
  constraints: readonly TopologySpreadConstraint[],
  all: readonly Node[],
  api: ApiClient,
): PreparedFilter {
  const prepared = constraints.map(constraint => {
    const { counts, matchesSelf } = spreadCounts(pod, constraint, all, api);
    const isShort = counts.size < (constraint.minDomains ?? 1);
    const fewest = isShort ? 0 : Math.min(...counts.values());
    return { constraint, counts, own: matchesSelf ? 1 : 0, fewest };
  });
  return node => {
    for (const { constraint, counts, own, fewest } of prepared) {
      const domain = domainOf(node, constraint.topologyKey);
      if (domain === undefined)
        return final("node(s) didn't match pod topology spread constraints (missing required label)");
      if ((counts.get(domain) ?? 0) + own - fewest > constraint.maxSkew)
        return fixable("node(s) didn't match pod topology spread constraints");
    }
    return undefined;
  };
}

const requiredTerms = (pod: Pod, which: 'podAffinity' | 'podAntiAffinity'): readonly PodAffinityTerm[] =>
  pod.spec.affinity?.[which]?.requiredDuringSchedulingIgnoredDuringExecution ?? [];

/** Does a term that `owner` has mean the other Pod? */
export function termMeans(term: PodAffinityTerm, owner: Pod, other: Pod, api: ApiClient): boolean {
  const selector = withLabelKeys(term.labelSelector, owner, term.matchLabelKeys ?? []);
  if (selector === undefined || !matchesLabels(selector, other.metadata.labels)) return false;
  const { namespace = '' } = other.metadata;
  const { namespaceSelector, namespaces: named = [] } = term;
  if (named.length === 0 && namespaceSelector === undefined) return namespace === owner.metadata.namespace;
  if (named.includes(namespace)) return true;
  if (namespaceSelector === undefined) return false;
  return matchesLabels(namespaceSelector, api.get(namespaces, { name: namespace })?.metadata.labels);
}

/** All Pods that run on a node or are about to. */
export function placedPods(api: ApiClient): readonly Pod[] {
  return api.list(pods).filter(pod => (pod.spec.nodeName ?? '') !== '' && !isPodTerminal(pod));
}

/** The domains where Pods are of which `means` holds, for each term. */
function domainsOf(
  terms: readonly PodAffinityTerm[],
  all: readonly Node[],
  others: readonly Pod[],
): readonly ReadonlySet<string>[] {
  const byName = new Map(all.map(node => [node.metadata.name, node]));
  return terms.map(({ topologyKey }) => {
    const domains = others.map(other => domainOf(byName.get(other.spec.nodeName ?? ''), topologyKey));
    return new Set(domains.filter(domain => domain !== undefined));
  });
}

function affinity(pod: Pod, all: readonly Node[], api: ApiClient): readonly PreparedFilter[] {
  const terms = requiredTerms(pod, 'podAffinity');
  if (terms.length === 0) return [];
  const friends = placedPods(api).filter(other => terms.every(term => termMeans(term, pod, other, api)));
  const domains = domainsOf(terms, all, friends);
  // The first of a group that wants to be together may go anywhere.
  const isFirst = friends.length === 0 && terms.every(term => termMeans(term, pod, pod, api));
  return [
    node => {
      const isThere = terms.every(({ topologyKey }, i) => {
        const domain = domainOf(node, topologyKey);
        return domain !== undefined && (isFirst || domains[i]?.has(domain) === true);
      });
      return isThere ? undefined : final("node(s) didn't match pod affinity rules");
    },
  ];
}

function antiAffinity(pod: Pod, all: readonly Node[], api: ApiClient): readonly PreparedFilter[] {
  const terms = requiredTerms(pod, 'podAntiAffinity');
  if (terms.length === 0) return [];
  const placed = placedPods(api);
  const domains = terms.map(term => {
    const foes = placed.filter(other => termMeans(term, pod, other, api));
    return domainsOf([term], all, foes)[0];
  });
  return [
    node => {
      const isTaken = terms.some(({ topologyKey }, i) => domains[i]?.has(domainOf(node, topologyKey) ?? '') === true);
      return isTaken ? fixable("node(s) didn't match pod anti-affinity rules") : undefined;
    },
  ];
}

function othersAntiAffinity(pod: Pod, all: readonly NodeView[], api: ApiClient): readonly PreparedFilter[] {
  const taken = new Set<string>();
  for (const { node: home, load } of all) {
    if ((load.get('exclusive') ?? 0) === 0) continue;
    for (const other of api.list(pods, { node: home.metadata.name }))
      for (const term of isPodTerminal(other) ? [] : requiredTerms(other, 'podAntiAffinity'))
        if (termMeans(term, other, pod, api))
          taken.add(`${term.topologyKey} ${domainOf(home, term.topologyKey) ?? ''}`);
  }
  if (taken.size === 0) return [];
  return [
    node =>
      Object.entries(node.metadata.labels ?? {}).some(([key, value]) => taken.has(`${key} ${value}`))
        ? fixable("node(s) didn't satisfy existing pods anti-affinity rules")
        : undefined,
  ];
}
