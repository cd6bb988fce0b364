import { memo, useMemo } from 'react';
import type { ElementId } from '../../sim/index.ts';
import { useHidden } from '../find/useHidden.ts';
import { useEnds } from '../menu/useEnds.ts';
import type { Box } from '../topology/geometry.ts';
import type { Layout, NetworkLayout } from '../topology/layout.ts';

/**
 * Lies over what the filter hides at the Network level, and over what a trace cannot end at, so that it is still there,
 * but pale. One path for all boxes:
 * nothing of the drawing below has to know of it.
 */
export const Veil = memo(function Veil({ layout }: { readonly layout: Layout }) {
  const hidden = useHidden();
  const isEnd = useEnds();
  return useMemo(() => {
    const pale = isEnd === undefined ? hidden : new Set([...hidden, ...thingsOf(layout).filter(id => !isEnd(id))]);
    return <VeilMarks layout={layout} hidden={pale} />;
  }, [layout, hidden, isEnd]);
});

/** What may be pale. A group of Pods is as long as all of them are. */
function thingsOf(layout: Layout): readonly ElementId[] {
  if (layout.kind === 'objects') return [];
  const { nodes, pods, services, outside } = layout;
  return [
    ...nodes.keys(),
    ...[...pods.values()].flatMap(pod => pod.pods),
    ...services.keys(),
    ...(outside?.hosts.keys() ?? []),
  ];
}

/** The same without the stores. */
export function VeilMarks({ layout, hidden }: { readonly layout: Layout; readonly hidden: ReadonlySet<ElementId> }) {
  if (layout.kind === 'objects' || hidden.size === 0) return null;
  const { inside, outside } = veilPaths(layout, hidden);
  return (
    <g fillOpacity="0.72" data-testid="veil">
      <path d={inside} fill="var(--surface)" />
      <path d={outside} fill="var(--canvas)" fillRule="evenodd" />
    </g>
  );
}

/** Over Pods, inside of nodes; and over what stands on the graph's ground. A node's Pods are left out of its own veil. */
function veilPaths(
  layout: NetworkLayout,
  hidden: ReadonlySet<ElementId>,
): { readonly inside: string; readonly outside: string } {
  const inside: string[] = [];
  const outside: string[] = [];
  for (const pod of layout.pods.values()) {
    const isHidden = pod.pods.every(id => hidden.has(id));
    const home = pod.node;
    if (isHidden) inside.push(rect(pod.box));
    // A hole in the veil over its node: by the rule of evenodd, a box in a box.
    if (home !== undefined && hidden.has(home)) outside.push(rect(pod.box));
  }
  for (const node of layout.nodes.values()) if (hidden.has(node.id)) outside.push(rect(node.box));
  for (const [id, box] of layout.services) if (hidden.has(id)) outside.push(rect(box));
  for (const host of layout.outside?.hosts.values() ?? []) if (hidden.has(host.id)) outside.push(rect(host.box));
  return { inside: inside.join(''), outside: outside.join('') };
}

/** A little more than the box, whose outline is drawn on it. */
function rect({ x, y, width, height }: Box): string {
  return `M${x - 1} ${y - 1}h${width + 2}v${height + 2}h${-width - 2}z`;
}
