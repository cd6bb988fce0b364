import type { ElementId } from '../../sim/index.ts';
import type { Picking } from '../../store/selectionStore.ts';
import { classNames } from '../common/classNames.ts';
import { type Box, rightOf } from './geometry.ts';
import type { Layout } from './layout.ts';
import marks from './Trace.module.css';

/** The key of every candidate at its upper right corner. */
export function PickBadges({ layout, picking }: { readonly layout: Layout; readonly picking: Picking }) {
  return (
    <g>
      {picking.candidates.map(({ element }, i) => {
        const box = boxOf(layout, element);
        if (box === undefined || i > 8) return null;
        const isChosen = picking.chosen.includes(element);
        // Half over the corner, and never out of sight.
        const [x, y] = [rightOf(box) - 12, Math.max(layout.bounds.y + 1, box.y - 9)];
        return (
          <g key={element}>
            <rect x={x} y={y} width="22" height="18" rx="3" className={isChosen ? marks.badgeChosen : marks.badge} />
            <text x={x + 11} y={y + 13} className={classNames(marks.badgeText, isChosen && marks.badgeTextChosen)}>
              {i + 1}
            </text>
          </g>
        );
      })}
    </g>
  );
}

/** The box of an element, wherever the layout keeps it. */
export function boxOf(layout: Layout, id: ElementId): Box | undefined {
  if (layout.kind === 'objects') return layout.boxes.get(id);
  if (layout.router?.id === id) return layout.router.box;
  if (layout.lan?.id === id) return layout.lan.bar;
  return (
    layout.nodes.get(id)?.box ??
    layout.pods.get(id)?.box ??
    layout.services.get(id) ??
    layout.outside?.hosts.get(id)?.box ??
    [...layout.nodes.values()].find(node => node.bridge?.id === id)?.bridge?.box
  );
}
