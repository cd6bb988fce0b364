import type { Core } from 'cytoscape';
import { type PointerEvent, useEffect, useMemo, useRef } from 'react';
import { classNames } from '../common/classNames.ts';
import { useShownTheme } from '../hooks/useMedia.ts';
import { useLayout } from '../StoresContext.ts';
import { boxOf } from '../topology/PickBadges.tsx';
import { type Palette, readPalette } from '../topology/style.ts';
import type { Scene } from '../topology/useScene.ts';
import places from './corners.module.css';
import type { Corner } from './freeCorner.ts';
import styles from './Minimap.module.css';
import { inMiniature, type Miniature, miniatureBoxes, miniatureOf, seenBox, viewAt, within } from './miniature.ts';
import { moveView, sizeOf, viewOf } from './moveView.ts';

/**
 * The whole graph in small, with a frame around the part that shows, while that is not all of it. For the pointer only:
 * the list, the keys of the graph and Fit do the same.
 */
export function Minimap({
  cy,
  scene,
  corner,
}: {
  readonly cy: Core;
  readonly scene: Scene;
  readonly corner: Corner | undefined;
}) {
  const { layout, selected, overlay } = scene;
  const { bounds } = layout;
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const isNeeded = corner !== undefined;
  const theme = useShownTheme(useLayout(state => state.theme));
  const small = useMemo(() => miniatureOf(bounds), [bounds]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours, and its zoom and pan are no part of it.
  useEffect(() => {
    const element = canvas.current;
    if (!isNeeded || element === null) return;
    const colour = readPalette(element);
    const sharp = devicePixelRatio;
    element.width = small.width * sharp;
    element.height = small.height * sharp;
    const context = element.getContext('2d');
    if (context === null) return;
    context.scale(sharp, sharp);
    paintGround(context, scene, small, colour);
  }, [layout, selected, overlay, small, isNeeded, theme]);

  // The frame is an element: to move it paints nothing.
  useEffect(() => {
    if (!isNeeded) return;
    const place = (): void => {
      const seen = within(inMiniature(seenBox(viewOf(cy), sizeOf(cy)), bounds, small), small);
      if (frame.current === null) return;
      const { style } = frame.current;
      style.width = `${seen.width}px`;
      style.height = `${seen.height}px`;
      style.transform = `translate(${seen.x}px, ${seen.y}px)`;
    };
    let planned = 0;
    const onMove = (): void => {
      cancelAnimationFrame(planned);
      planned = requestAnimationFrame(place);
    };
    place();
    cy.on('viewport resize', onMove);
    return () => {
      cancelAnimationFrame(planned);
      cy.off('viewport resize', onMove);
    };
  }, [cy, bounds, small, isNeeded]);

  const go = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (event.buttons !== 1) return;
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const pressed = { x: event.clientX - left, y: event.clientY - top };
    moveView(cy, viewAt(pressed, bounds, small, cy.zoom(), sizeOf(cy)), 'cut');
  };
  if (corner === undefined) return null;
  return (
    <div className={classNames(styles.map, places[corner])} aria-hidden="true">
      <canvas
        ref={canvas}
        className={styles.canvas}
        style={{ width: small.width, height: small.height }}
        data-testid="minimap"
        onPointerDown={go}
        onPointerMove={go}
      />
      <div ref={frame} className={styles.frame} />
    </div>
  );
}

/** The least side of an end of the journey, and the radius of the packet, in pixels. */
const END = 5;
const PACKET = 3.5;

/** Everything but the frame of the view. All boxes of a kind are one path: there may be thousands. */
function paintGround(
  context: CanvasRenderingContext2D,
  { layout, selected, overlay, journey }: Scene,
  small: Miniature,
  colour: Palette,
): void {
  const { frames, things } = miniatureBoxes(layout);
  context.beginPath();
  for (const box of frames) {
    const { x, y, width, height } = inMiniature(box, layout.bounds, small);
    context.rect(x, y, width, height);
  }
  context.fillStyle = colour.surface;
  context.strokeStyle = colour.edge;
  context.lineWidth = 0.75;
  context.fill();
  context.stroke();
  context.beginPath();
  for (const [, box] of things) {
    const { x, y, width, height } = inMiniature(box, layout.bounds, small);
    context.rect(x, y, width, height);
  }
  context.globalAlpha = 0.5;
  context.fillStyle = colour.edge;
  context.fill();
  context.globalAlpha = 1;
  for (const { direction, line } of overlay?.travelled ?? []) {
    context.beginPath();
    for (const point of line) {
      const { x, y } = inMiniature({ ...point, width: 0, height: 0 }, layout.bounds, small);
      context.lineTo(x, y);
    }
    context.strokeStyle = colour[direction];
    context.lineWidth = 1.5;
    context.setLineDash(direction === 'reply' ? [3, 2] : []);
    context.stroke();
  }
  context.setLineDash([]);
  paintEnds(context, { layout, overlay, journey }, small, colour);
  const own = things.find(([id]) => id === selected)?.[1];
  if (own === undefined) return;
  const { x, y, width, height } = inMiniature(own, layout.bounds, small);
  context.fillStyle = colour.marker;
  context.strokeStyle = colour.ink;
  context.lineWidth = 1;
  context.fillRect(x, y, width, height);
  context.strokeRect(x - 1, y - 1, width + 2, height + 2);
}

/** Where the journey begins and ends, and its packet: however small the graph is, they are found. */
function paintEnds(
  context: CanvasRenderingContext2D,
  { layout, overlay, journey }: Pick<Scene, 'layout' | 'overlay' | 'journey'>,
  small: Miniature,
  colour: Palette,
): void {
  if (overlay === undefined || journey === undefined) return;
  const { fromElement, endedAt } = journey.exchange;
  context.strokeStyle = colour.surface;
  context.lineWidth = 1;
  for (const id of [fromElement, endedAt]) {
    const box = id === undefined ? undefined : boxOf(layout, id);
    if (box === undefined) continue;
    const { x, y, width, height } = inMiniature(box, layout.bounds, small);
    const side = Math.max(END, height);
    context.fillStyle = colour.ink;
    context.fillRect(x + (width - side) / 2, y + (height - side) / 2, side, side);
    context.strokeRect(x + (width - side) / 2, y + (height - side) / 2, side, side);
  }
  const { direction, at } = overlay.packet;
  const { x, y } = inMiniature({ ...at, width: 0, height: 0 }, layout.bounds, small);
  context.beginPath();
  context.arc(x, y, PACKET, 0, 2 * Math.PI);
  context.fillStyle = colour[direction];
  context.fill();
  context.stroke();
}
