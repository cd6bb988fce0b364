import type { Core } from 'cytoscape';
import { useEffect, useRef, useState } from 'react';
import { afterRelease } from '../menu/afterRelease.ts';
import { ElementMenu, type OpenMenu } from '../menu/ElementMenu.tsx';
import { elementAt } from '../menu/elementAt.ts';
import { PicturePanel } from '../picture/PicturePanel.tsx';
import { useLayout, useSelection, useStores, useTrace } from '../StoresContext.ts';
import { type Box, centerOf, type Point } from '../topology/geometry.ts';
import type { Layout } from '../topology/layout.ts';
import { boxOf } from '../topology/PickBadges.tsx';
import type { Scene } from '../topology/useScene.ts';
import { FollowButton } from './FollowButton.tsx';
import { Minimap } from './Minimap.tsx';
import { moveView, sizeOf, viewOf, zoomRange } from './moveView.ts';
import { useOutOfSight } from './useOutOfSight.ts';
import { centredOn, filledWith, following, isInSight, viewAfterKey } from './viewMoves.ts';

export { Veil } from './Veil.tsx';

export interface GraphToolsProps {
  readonly cy: Core;
  /** What has the focus of the graph. */
  readonly canvas: HTMLElement;
  readonly scene: Scene;
}

/** What moves the graph's view beside the pointer: keys, a search, the packet. */
export function GraphTools({ cy, canvas, scene }: GraphToolsProps) {
  useKeys(cy, canvas);
  useSight(cy, canvas, scene.layout);
  useFollow(cy, scene);
  const [menu, setMenu] = useState<OpenMenu | undefined>(undefined);
  useMenu(cy, canvas, scene.layout, setMenu);
  const tool = useLayout(state => state.tool);
  const isOut = useOutOfSight(cy, scene.layout.bounds);
  return (
    <>
      {menu !== undefined && <ElementMenu key={menu.element} open={menu} onClose={() => setMenu(undefined)} />}
      <Minimap cy={cy} scene={scene} />
      {isOut && scene.overlay !== undefined && <FollowButton />}
      {tool === 'picture' && <PicturePanel scene={scene} />}
    </>
  );
}

/** Keys while the graph has the focus: `+`, `-`, `0` and the arrows. */
function useKeys(cy: Core, canvas: HTMLElement): void {
  const { layout } = useStores();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const to = viewAfterKey(event.key, viewOf(cy), sizeOf(cy), zoomRange(cy));
      if (to !== undefined) moveView(cy, to, 'cut');
      else if (event.key === '0') layout.set({ fitRequest: layout.getState().fitRequest + 1 });
      else return;
      event.preventDefault();
    };
    canvas.addEventListener('keydown', onKey);
    return () => canvas.removeEventListener('keydown', onKey);
  }, [cy, canvas, layout]);
}

/** Goes to what was asked to be shown, as soon as the graph has a place for it. */
function useSight(cy: Core, canvas: HTMLElement, layout: Layout): void {
  const sight = useSelection(state => state.sight);
  const shown = useRef(sight);
  useEffect(() => {
    if (sight === undefined || sight === shown.current) return;
    const box = placeOf(layout, sight.element);
    if (box === undefined) return;
    shown.current = sight;
    const to =
      sight.how === 'filled' ? filledWith(box, sizeOf(cy), zoomRange(cy)) : centredOn(box, viewOf(cy), sizeOf(cy));
    canvas.focus();
    // Another level is fitted first.
    const frame = requestAnimationFrame(() => moveView(cy, to, 'travel'));
    return () => cancelAnimationFrame(frame);
  }, [cy, canvas, layout, sight]);
}

/** The menu of what is under a right click or a long touch; by the context-menu key, of what is selected. */
function useMenu(cy: Core, canvas: HTMLElement, layout: Layout, open: (menu: OpenMenu) => void): void {
  const { selection } = useStores();
  useEffect(() => {
    const inWindow = (box: Box): Point => {
      const { x, y, zoom } = viewOf(cy);
      const frame = canvas.getBoundingClientRect();
      const middle = centerOf(box);
      return { x: frame.left + x + middle.x * zoom, y: frame.top + y + middle.y * zoom };
    };
    const onMenu = (event: MouseEvent): void => {
      event.preventDefault();
      const { x, y, zoom } = viewOf(cy);
      const frame = canvas.getBoundingClientRect();
      const { clientX, clientY } = event;
      const isPointer = event.button === 2 || (event instanceof PointerEvent && event.pointerType === 'touch');
      if (isPointer) {
        const found = elementAt(layout, { x: (clientX - frame.left - x) / zoom, y: (clientY - frame.top - y) / zoom });
        if (found === undefined) return;
        selection.select(found);
        afterRelease(event, () => open({ element: found, at: { x: clientX, y: clientY } }));
        return;
      }
      const { selected } = selection.getState();
      const box = selected === undefined ? undefined : placeOf(layout, selected);
      if (selected !== undefined && box !== undefined)
        open({ element: selected.split('#')[0] ?? selected, at: inWindow(box) });
    };
    canvas.addEventListener('contextmenu', onMenu);
    return () => canvas.removeEventListener('contextmenu', onMenu);
  }, [cy, canvas, layout, open, selection]);
}

function placeOf(layout: Layout, element: string): Box | undefined {
  const owner = element.split('#')[0] ?? element;
  const frame = layout.kind === 'objects' ? layout.namespaces.get(element) : undefined;
  return boxOf(layout, element) ?? frame ?? boxOf(layout, owner);
}

/** While the journey is stepped or played, the packet stays in sight. */
function useFollow(cy: Core, { overlay, layout }: Scene): void {
  const follow = useLayout(state => state.follow);
  const cursor = useTrace(state => state.cursor);
  const rest = overlay?.packet.rest;
  const { x, y } = rest ?? {};
  // biome-ignore lint/correctness/useExhaustiveDependencies: a step that ends where it began is followed too.
  useEffect(() => {
    if (follow === 'off' || x === undefined || y === undefined) return;
    const frame = requestAnimationFrame(() => {
      if (isInSight(layout.bounds, viewOf(cy), sizeOf(cy))) return;
      const to = following({ x, y }, viewOf(cy), sizeOf(cy));
      if (to !== undefined) moveView(cy, to, 'travel');
    });
    return () => cancelAnimationFrame(frame);
  }, [cy, follow, layout, cursor, x, y]);
}
