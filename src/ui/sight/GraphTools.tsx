import type { Core, EventObject } from 'cytoscape';
import { useEffect, useMemo, useRef, useState } from 'react';
import { afterRelease } from '../menu/afterRelease.ts';
import { ElementMenu, type OpenMenu } from '../menu/ElementMenu.tsx';
import { elementAt } from '../menu/elementAt.ts';
import { PicturePanel } from '../picture/PicturePanel.tsx';
import { useLayout, useSelection, useStores, useTrace } from '../StoresContext.ts';
import { type Box, centerOf, type Point } from '../topology/geometry.ts';
import type { Layout } from '../topology/layout.ts';
import { boxOf } from '../topology/PickBadges.tsx';
import type { Scene } from '../topology/useScene.ts';
import { fitted } from '../topology/viewport.ts';
import { FollowButton } from './FollowButton.tsx';
import type { Corner } from './freeCorner.ts';
import { Minimap } from './Minimap.tsx';
import { freeSize, LEAST_VIEW, miniatureOf } from './miniature.ts';
import { moveView, sizeOf, viewOf, zoomRange } from './moveView.ts';
import { useFreeCorner } from './useFreeCorner.ts';
import { useOutOfSight } from './useOutOfSight.ts';
import {
  centredOn,
  filledWith,
  following,
  isInSight,
  type ViewSize,
  viewAfterKey,
  type ZoomMarks,
} from './viewMoves.ts';

export { Veil } from './Veil.tsx';

export interface GraphToolsProps {
  readonly cy: Core;
  /** What has the focus of the graph. */
  readonly canvas: HTMLElement;
  readonly scene: Scene;
}

/** The least zoom at which addresses are written, and can be read (topology/detail.ts): in a crowd that is later. */
const READABLE = { few: 0.55, crowd: 0.85 } as const;

/** When so much of the graph shows, it in small says nothing more. */
const NEARLY_ALL = 0.85;
const MAP_CORNERS: readonly Corner[] = ['bottomRight', 'bottomLeft', 'topRight', 'topLeft'];
const FOLLOW_CORNERS: readonly Corner[] = ['bottomLeft', 'bottomRight', 'topLeft', 'topRight'];
/** With its words, in pixels. */
const FOLLOW_SIZE = { width: 168, height: 24 } as const;

/** What moves the graph's view beside the pointer: keys, a search, the packet. */
export function GraphTools({ cy, canvas, scene }: GraphToolsProps) {
  useMiddle(cy);
  useKeys(cy, canvas);
  useSight(cy, canvas, scene.layout);
  useFollow(cy, scene);
  const [menu, setMenu] = useState<OpenMenu | undefined>(undefined);
  useMenu(cy, canvas, scene.layout, setMenu);
  const tool = useLayout(state => state.tool);
  const { layout, overlay } = scene;
  const isOut = useOutOfSight(cy, layout.bounds);
  const isFar = useOutOfSight(cy, layout.bounds, NEARLY_ALL) && sizeOf(cy).width >= LEAST_VIEW;
  const small = useMemo(() => miniatureOf(layout.bounds), [layout.bounds]);
  const mapCorner = useFreeCorner(cy, layout, isFar ? 'wanted' : 'unwanted', small, MAP_CORNERS);
  const followCorners = FOLLOW_CORNERS.filter(corner => corner !== mapCorner);
  const isFollowed = isOut && overlay !== undefined;
  const followCorner = useFreeCorner(cy, layout, isFollowed ? 'wanted' : 'unwanted', FOLLOW_SIZE, followCorners);
  return (
    <>
      {menu !== undefined && <ElementMenu key={menu.element} open={menu} onClose={() => setMenu(undefined)} />}
      <Minimap cy={cy} scene={scene} corner={mapCorner} />
      {followCorner !== undefined && <FollowButton corner={followCorner} />}
      {tool === 'picture' && <PicturePanel scene={scene} />}
    </>
  );
}

/** What is in the middle stays there when the pane gets another size; a graph that nobody moved is fitted after it. */
function useMiddle(cy: Core): void {
  useEffect(() => {
    let before = sizeOf(cy);
    const onResize = (): void => {
      const now = sizeOf(cy);
      cy.panBy({ x: (now.width - before.width) / 2, y: (now.height - before.height) / 2 });
      before = now;
    };
    cy.on('resize', onResize);
    return () => {
      cy.off('resize', onResize);
    };
  }, [cy]);
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
    canvas.focus();
    // Another level is fitted first.
    const frame = requestAnimationFrame(() => {
      const [view, size] = [viewOf(cy), sizeOf(cy)];
      const to =
        sight.how === 'filled'
          ? filledWith(box, size, zoomRange(cy))
          : centredOn(box, view, size, marksOf(layout, size));
      if (to !== view) moveView(cy, to, 'travel');
    });
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

function marksOf({ bounds, crowd }: Layout, size: ViewSize): ZoomMarks {
  const form = size.width < 600 ? 'tall' : 'wide';
  return { readable: READABLE[crowd === undefined ? 'few' : 'crowd'], whole: fitted(bounds, size, form).zoom };
}

function placeOf(layout: Layout, element: string): Box | undefined {
  const owner = element.split('#')[0] ?? element;
  const frame = layout.kind === 'objects' ? layout.namespaces.get(element) : undefined;
  return boxOf(layout, element) ?? frame ?? boxOf(layout, owner);
}

/** While the journey is stepped or played, the packet stays in sight. Who drags the graph while it plays looks elsewhere. */
function useFollow(cy: Core, { overlay, layout }: Scene): void {
  const stores = useStores();
  const follow = useLayout(state => state.follow);
  useEffect(() => {
    const onDrag = (event: EventObject): void => {
      // What the page itself moves has no event of a pointer.
      if (event.originalEvent !== undefined && stores.trace.getState().play === 'playing')
        stores.layout.set({ follow: 'off' });
    };
    cy.on('dragpan', onDrag);
    return () => {
      cy.off('dragpan', onDrag);
    };
  }, [cy, stores]);
  const cursor = useTrace(state => state.cursor);
  const rest = overlay?.packet.rest;
  const { x, y } = rest ?? {};
  // biome-ignore lint/correctness/useExhaustiveDependencies: a step that ends where it began is followed too.
  useEffect(() => {
    if (follow === 'off' || x === undefined || y === undefined) return;
    const frame = requestAnimationFrame(() => {
      if (isInSight(layout.bounds, viewOf(cy), sizeOf(cy))) return;
      const free = freeSize(sizeOf(cy), miniatureOf(layout.bounds));
      const to = following({ x, y }, viewOf(cy), free);
      if (to !== undefined) moveView(cy, to, 'travel');
    });
    return () => cancelAnimationFrame(frame);
  }, [cy, follow, layout, cursor, x, y]);
}
