// Which of the nodes that fit a Pod likes best, where it or a node says anything of that kind.
//
// Models:  PreferNoSchedule taints, preferred node affinity, preferred affinity between Pods, ScheduleAnyway constraints, with
//          the weights of the default profile.
// Simplified: without any of these the node with the fewest Pods is taken; the real one scores resources as well.
// Read:    kubernetes pkg/scheduler/apis/config/v1/default_plugins.go; the plugins' scoring.go.

import type { ApiClient } from '../api/client.ts';
import type { Node } from '../api/kinds/node.ts';
import type { Pod } from '../api/kinds/pod.ts';
import { matchesTerm, tolerates } from '../api/placement.ts';
import { domainOf, placedPods, spreadCounts, termMeans } from './schedulerTopology.ts';

/** A like or dislike: raw points by node, brought to 0 .. 100 and then weighed. */
interface Wish {
  readonly weight: number;
  readonly points: (node: Node) => number;
}

/** How much each node is liked; undefined when there is nothing to go by. */
export function preferenceOf(pod: Pod, nodes: readonly Node[], api: ApiClient): ((node: Node) => number) | undefined {
  const wishes = [
    ...taintWishes(pod, nodes),
    ...nodeWishes(pod),
    ...podWishes(pod, nodes, api),
    ...spreadWishes(pod, nodes, api),
  ];
  if (wishes.length === 0) return undefined;
  const scored = wishes.map(({ weight, points }) => {
    const raw = new Map(nodes.map(node => [node, points(node)]));
    const [least, most] = [Math.min(...raw.values()), Math.max(...raw.values())];
    return (node: Node) => (most === least ? 0 : (weight * 100 * ((raw.get(node) ?? 0) - least)) / (most - least));
  });
  return node => scored.reduce((sum, score) => sum + score(node), 0);
}

function taintWishes({ spec }: Pod, nodes: readonly Node[]): readonly Wish[] {
  const disliked = (node: Node) =>
    node.spec.taints?.filter(
      taint => taint.effect === 'PreferNoSchedule' && !spec.tolerations?.some(other => tolerates(other, taint)),
    ).length ?? 0;
  return nodes.some(node => disliked(node) > 0) ? [{ weight: 3, points: node => -disliked(node) }] : [];
}

function nodeWishes({ spec }: Pod): readonly Wish[] {
  const terms = spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  if (terms.length === 0) return [];
  const points = (node: Node) =>
    terms.reduce((sum, { weight, preference }) => sum + (matchesTerm(preference, node) ? weight : 0), 0);
  return [{ weight: 2, points }];
}

function podWishes(pod: Pod, nodes: readonly Node[], api: ApiClient): readonly Wish[] {
  const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
  const terms = [
    ...(podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(term => ({ ...term, sign: 1 })),
    ...(podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(term => ({ ...term, sign: -1 })),
  ];
  if (terms.length === 0) return [];
  const byName = new Map(nodes.map(node => [node.metadata.name, node]));
  const sums = new Map<string, number>();
  for (const other of placedPods(api))
    for (const { weight, sign, podAffinityTerm: term } of terms) {
      const domain = domainOf(byName.get(other.spec.nodeName ?? ''), term.topologyKey);
      if (domain === undefined || !termMeans(term, pod, other, api)) continue;
      const key = `${term.topologyKey} ${domain}`;
      sums.set(key, (sums.get(key) ?? 0) + sign * weight);
    }
  const keys = [...new Set(terms.map(({ podAffinityTerm }) => podAffinityTerm.topologyKey))];
  const points = (node: Node) =>
    keys.reduce((sum, key) => sum + (sums.get(`${key} ${domainOf(node, key) ?? ''}`) ?? 0), 0);
  return [{ weight: 2, points }];
}

function spreadWishes(pod: Pod, nodes: readonly Node[], api: ApiClient): readonly Wish[] {
  const soft = (pod.spec.topologySpreadConstraints ?? []).filter(one => one.whenUnsatisfiable === 'ScheduleAnyway');
  return soft.map(constraint => {
    const { counts } = spreadCounts(pod, constraint, nodes, api);
    // A node without the label is the last choice.
    const points = (node: Node) => -(counts.get(domainOf(node, constraint.topologyKey) ?? '') ?? nodes.length * 1000);
    return { weight: 2, points };
  });
}
