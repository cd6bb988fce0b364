import type { Core, EventObject } from 'cytoscape';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useHidden } from '../../find/useHidden.ts';
import type { ShownTheme } from '../../hooks/useMedia.ts';
import type { Size } from '../../hooks/useSize.ts';
import { useStores } from '../../StoresContext.ts';
import { usePlaceInView } from '../usePlaceInView.ts';
import type { Scene } from '../useScene.ts';
import styles from './CrowdLayer.module.css';
import { type CrowdCell, type Holder, hitTest } from './crowd.ts';
import { type CrowdCanvas, createCrowdCanvas } from './crowdCanvas.ts';
import { crowdPicture } from './drawnPart.ts';

export interface CrowdLayerProps {
  readonly cy: Core;
  readonly scene: Scene;
  readonly size: Size;
  readonly theme: ShownTheme;
}

/** The canvas of a crowd under the graph, and what the pointer finds on it. */
export function CrowdLayer({ cy, scene, size, theme }: CrowdLayerProps) {
  const { selection } = useStores();
  const { layout, elements, selected, picking, journey } = scene;
  const { crowd } = layout;
  const element = useRef<HTMLCanvasElement>(null);
  const painter = useRef<CrowdCanvas | undefined>(undefined);
  const [hovered, setHovered] = useState<CrowdCell | Holder | undefined>(undefined);
  const { width, height } = size;

  useEffect(() => {
    if (element.current === null) return;
    const made = createCrowdCanvas(element.current);
    painter.current = made;
    const follow = (): void => made.follow({ zoom: cy.zoom(), ...cy.pan() });
    follow();
    cy.on('viewport', follow);
    return () => {
      cy.off('viewport', follow);
      made.stop();
    };
  }, [cy]);

  const hidden = useHidden();
  const picture = useMemo(
    () => crowdPicture(layout, { elements, selected, picking, journey, hidden }, hovered?.box),
    [layout, elements, selected, picking, journey, hidden, hovered],
  );
  useEffect(() => painter.current?.resize(width, height), [width, height]);
  useEffect(() => {
    if (picture !== undefined) painter.current?.show(picture);
  }, [picture]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are those of the theme.
  useEffect(() => painter.current?.recolour(), [theme]);

  useEffect(() => {
    if (crowd === undefined) return;
    const container = cy.container();
    const found = (event: EventObject): CrowdCell | Holder | undefined =>
      event.target === cy ? hitTest(crowd, event.position.x, event.position.y) : undefined;
    const onTap = (event: EventObject): void => {
      const hit = found(event);
      if (hit !== undefined) selection.pick(hit.id);
    };
    const onMove = (event: EventObject): void => {
      const hit = found(event);
      setHovered(hit);
      if (container !== null && event.target === cy) container.style.cursor = hit === undefined ? '' : 'pointer';
    };
    const onOut = (): void => setHovered(undefined);
    cy.on('tap', onTap);
    cy.on('mousemove', onMove);
    container?.addEventListener('mouseleave', onOut);
    return () => {
      cy.off('tap', onTap);
      cy.off('mousemove', onMove);
      container?.removeEventListener('mouseleave', onOut);
    };
  }, [cy, crowd, selection]);

  return (
    <>
      <div className={styles.layer} aria-hidden="true">
        <canvas ref={element} className={styles.canvas} data-testid="crowd" />
      </div>
      {hovered !== undefined && <HoverLabel cy={cy} hit={hovered} />}
    </>
  );
}

/** The name of what the pointer is on, since most are painted without one. */
function HoverLabel({ cy, hit }: { readonly cy: Core; readonly hit: CrowdCell | Holder }) {
  const label = useRef<HTMLDivElement>(null);
  const { x, y, height } = hit.box;
  usePlaceInView(cy, label, view => ({ x: view.x + view.zoom * x, y: view.y + view.zoom * (y + height) + 6 }));
  const [name, fact] = 'title' in hit ? [hit.title, hit.note] : [hit.name, hit.detail];
  return (
    <div ref={label} className={styles.label} aria-hidden="true">
      <strong>{name}</strong> <span>{fact}</span>
    </div>
  );
}
