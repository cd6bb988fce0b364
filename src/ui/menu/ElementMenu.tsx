import type { ElementId } from '../../sim/index.ts';
import { useLab } from '../StoresContext.ts';
import type { Point } from '../topology/geometry.ts';
import { PointMenu } from './PointMenu.tsx';
import { useElementActions } from './useElementActions.ts';
import { ACTION_WORDS } from './words.ts';

/** An element, and where in the window its menu opens. */
export interface OpenMenu {
  readonly element: ElementId;
  readonly at: Point;
}

/** What can be done with an element, at a point; nothing for what is no element. */
export function ElementMenu({ open, onClose }: { readonly open: OpenMenu; readonly onClose: () => void }) {
  const actions = useElementActions(open.element);
  const name = useLab(state => state.elements.get(open.element)?.name ?? '');
  if (actions.length === 0) return null;
  return <PointMenu label={ACTION_WORDS.menu(name)} at={open.at} actions={actions} onClose={onClose} />;
}
