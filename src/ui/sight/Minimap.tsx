import type { Core } from 'cytoscape';
import { type PointerEvent, useEffect, useMemo, useRef } from 'react';
import { useShownTheme } from '../hooks/useMedia.ts';
import { useLayout } from '../StoresContext.ts';
import { type Palette, readPalette } from '../topology/style.ts';
import type { Scene } from '../topology/useScene.ts';
import styles from './Minimap.module.css';
import { inMiniature, type Miniature, miniatureBoxes, miniatureOf, seenBox, viewAt } from './miniature.ts';
import { moveView, sizeOf, viewOf } from './moveView.ts';
import { useOutOfSight } from './useOutOfSight.ts';

/** Views narrower than this have no room for it, in pixels. */
const LEAST_VIEW = 600;

/**
 * The whole graph in small, with a frame around the part that shows, while that is not all of it. For the pointer only:
 * the list, the keys of the graph and Fit do the same.
 */
export function Minimap({ cy, scene }: { readonly cy: Core; readonly scene: Scene }) {
  const { layout, selected, overlay } = scene;
  const { bounds } = layout;
  const canvas = useRef<HTMLCanvasElement>(null);
  const isOut = useOutOfSight(cy, bounds);
  const isNeeded = isOut && sizeOf(cy).width >= LEAST_VIEW;
  const theme = useShownTheme(useLayout(state => state.theme));
  const small = useMemo(() => miniatureOf(bounds), [bounds]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours.
  useEffect(() => {
    const element = canvas.current;
    if (!isNeeded || element === null) return;
    const ground = document.createElement('canvas');
    const colour = readPalette(element);
    const sharp = devicePixelRatio;
    for (const one of [ground, element]) {
      one.width = small.width * sharp;
      one.height = small.height * sharp;
    }
    const context = ground.getContext('2d');
    if (context !== null) {
      context.scale(sharp, sharp);
      paintGround(context, scene, small, colour);
    }
    const draw = (): void => {
      const target = element.getContext('2d');
      if (target === null) return;
      target.setTransform(1, 0, 0, 1, 0, 0);
      target.clearRect(0, 0, element.width, element.height);
      target.drawImage(ground, 0, 0);
      target.scale(sharp, sharp);
      const seen = inMiniature(seenBox(viewOf(cy), sizeOf(cy)), bounds, small);
      target.strokeStyle = colour.ink;
      target.lineWidth = 1.5;
      target.strokeRect(seen.x, seen.y, seen.width, seen.height);
    };
    let frame = 0;
    const onMove = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(draw);
    };
    draw();
    cy.on('viewport resize', onMove);
    return () => {
      cancelAnimationFrame(frame);
      cy.off('viewport resize', onMove);
    };
  }, [cy, layout, selected, overlay, small, isNeeded, theme]);

  const go = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (event.buttons !== 1) return;
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const pressed = { x: event.clientX - left, y: event.clientY - top };
    moveView(cy, viewAt(pressed, bounds, small, cy.zoom(), sizeOf(cy)), 'cut');
  };
  if (!isNeeded) return null;
  return (
    <div className={styles.map} aria-hidden="true">
      <canvas
        ref={canvas}
        className={styles.canvas}
        style={{ width: small.width, height: small.height }}
        data-testid="minimap"
        onPointerDown={go}
        onPointerMove={go}
      />
    </div>
  );
}

/** Everything but the frame of the view. All boxes of a kind are one path: there may be thousands. */
function paintGround(
  context: CanvasRenderingContext2D,
  { layout, selected, overlay }: Scene,
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
  const own = things.find(([id]) => id === selected)?.[1];
  if (own === undefined) return;
  const { x, y, width, height } = inMiniature(own, layout.bounds, small);
  context.fillStyle = colour.marker;
  context.strokeStyle = colour.ink;
  context.lineWidth = 1;
  context.fillRect(x, y, width, height);
  context.strokeRect(x - 1, y - 1, width + 2, height + 2);
}
