import type { Core } from 'cytoscape';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { NotLoaded } from '../common/later.tsx';
import { laterPart, useLater } from '../common/laterPart.ts';
import { useShownTheme } from '../hooks/useMedia.ts';
import { type Size, useSize } from '../hooks/useSize.ts';
import { useLayout, useStores, useTrace } from '../StoresContext.ts';
import { type Detail, detailAt } from './detail.ts';
import { sceneElements } from './elements.ts';
import type { Box } from './geometry.ts';
import * as GRAPH_WORDS from './graphWords.ts';
import { NetworkScene } from './NetworkScene.tsx';
import sceneStyles from './Scene.module.css';
import { graphStyle, readPalette } from './style.ts';
import { syncElements } from './syncElements.ts';
import styles from './TopologyView.module.css';
import { useScene } from './useScene.ts';
import { fitted, publishViewport, SHOWN, showViewport } from './viewport.ts';

const graphMaker = laterPart(() => import('./createGraph/createGraph.ts'));
const pickBadges = laterPart(() => import('./PickBadges.tsx'));
const graphTools = laterPart(() => import('../sight/GraphTools.tsx'));

/** The graph: Cytoscape's boxes and lines, the scene over them, and packets over that, all in one transform. */
export function TopologyView({ fitRequest }: { /** Counts presses of Fit. */ readonly fitRequest: number }) {
  const { selection } = useStores();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  const form = size !== undefined && size.width < 600 ? 'tall' : 'wide';
  const scene = useScene(form);
  const { layout, drawn, elements, overlay, tracing, objects, crowd } = scene;
  const arrival = useTrace(state => state.arrival);
  const speed = Number(useTrace(state => state.speed));
  const theme = useShownTheme(useLayout(state => state.theme));
  const [cy, setCy] = useState<Core | undefined>(undefined);
  const [detail, setDetail] = useState<Detail>('network');
  const amount = useRef<'few' | 'crowd'>('few');
  amount.current = layout.crowd === undefined ? 'few' : 'crowd';
  const [isMoving, setMoving] = useState(false);
  const badges = useLater(pickBadges, scene.picking === undefined ? 'unwanted' : 'wanted');
  const toolsState = useLater(graphTools, 'awaited');
  const tools = toolsState.kind === 'ready' ? toolsState.part : undefined;
  const maker = useLater(graphMaker);
  const createGraph = maker.kind === 'ready' ? maker.part.createGraph : undefined;
  const growing = useRef<SVGPathElement>(null);
  const grow = useCallback((data: string) => growing.current?.setAttribute('d', data), []);

  useEffect(() => {
    const container = canvas.current;
    const view = frame.current;
    const over = layer.current;
    if (container === null || view === null || over === null || createGraph === undefined) return;
    const made = createGraph(container, id => selection.pick(id));
    made.on('viewport', () => {
      publishViewport(made, view, over);
      const zoom = made.zoom();
      setDetail(before => detailAt(zoom, amount.current, before));
    });
    setCy(made);
    return () => {
      made.destroy();
      setCy(undefined);
    };
  }, [selection, createGraph]);

  // The colours are read again whenever the theme changes, after the document has it.
  useEffect(() => {
    if (cy === undefined || frame.current === null) return;
    document.documentElement.dataset.shownTheme = theme;
    cy.style(graphStyle(readPalette(frame.current)));
  }, [cy, theme]);

  // A bar that has no room for its name is nothing to look at.
  const bars = detail === 'network' || detail === 'addresses' ? 'drawn' : 'hidden';
  const definitions = useMemo(() => sceneElements(scene, scene, bars), [scene, bars]);
  useEffect(() => {
    if (cy !== undefined) syncElements(cy, definitions);
  }, [cy, definitions]);

  const onFit = useCallback((zoom: number) => setDetail(detailAt(zoom, amount.current, undefined)), []);
  useFit(cy, frame.current, layer.current, layout.bounds, size, form, fitRequest, onFit);

  const quietNodes = useMemo(() => overlay?.translations.map(mark => mark.node) ?? [], [overlay]);
  if (maker.kind === 'failed')
    return (
      <div ref={frame} className={styles.view}>
        <NotLoaded />
      </div>
    );
  return (
    <div ref={frame} className={styles.view} data-testid="graph" data-detail={detail}>
      {crowd !== undefined && cy !== undefined && size !== undefined && (
        <crowd.CrowdLayer cy={cy} scene={scene} size={size} theme={theme} />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its keys move the view (sight/GraphTools.tsx). */}
      <div ref={canvas} className={styles.canvas} role="img" tabIndex={0} aria-label={GRAPH_WORDS.label} />
      <div ref={layer} className={styles.layer} aria-hidden="true">
        <svg className={`${sceneStyles.scene} ${sceneStyles[detail] ?? ''}`} width="1" height="1" aria-hidden="true">
          <g className={styles.world}>
            {drawn.kind === 'network' ? (
              <NetworkScene layout={drawn} elements={elements} quietNodes={quietNodes} services={scene.services} />
            ) : (
              objects !== undefined &&
              drawn.crowd === undefined && (
                <objects.ObjectsScene layout={drawn} elements={elements} journey={scene.journey} />
              )
            )}
            {tools !== undefined && <tools.Veil layout={layout} />}
            {tracing !== undefined && layout.kind === 'network' && overlay !== undefined && (
              <tracing.TraceScene layout={layout} overlay={overlay} growing={growing} isMoving={isMoving} />
            )}
            {badges.kind === 'ready' && scene.picking !== undefined && (
              <badges.part.PickBadges layout={layout} picking={scene.picking} />
            )}
          </g>
        </svg>
        <div className={styles.world} data-testid="packets">
          {tracing !== undefined && (
            <tracing.PacketLayer
              layout={layout}
              overlay={overlay}
              arrival={arrival}
              speed={speed}
              showsAddresses={scene.level === 'packets'}
              grow={grow}
              onMoving={setMoving}
            />
          )}
        </div>
      </div>
      {tracing !== undefined && cy !== undefined && <tracing.EndBubble cy={cy} scene={scene} />}
      {tools !== undefined && cy !== undefined && canvas.current !== null && (
        <tools.GraphTools cy={cy} canvas={canvas.current} scene={scene} />
      )}
      {cy === undefined && <p className={styles.loading}>{GRAPH_WORDS.loading}</p>}
    </div>
  );
}

/** A small graph cannot be made smaller than this. */
const LEAST_ZOOM = 0.1;

/** Keeps the whole graph in sight until the learner moves it; Fit takes it back. */
function useFit(
  cy: Core | undefined,
  view: HTMLElement | null,
  layer: HTMLElement | null,
  bounds: Box,
  size: Size | undefined,
  form: 'wide' | 'tall',
  fitRequest: number,
  onFit: (zoom: number) => void,
): void {
  const mover = useRef<'nobody' | 'page' | 'person'>('nobody');
  const shown = useRef(size);
  useEffect(() => {
    if (cy === undefined) return;
    const onMove = (): void => {
      mover.current = 'person';
    };
    const onShown = (): void => {
      if (mover.current === 'nobody') mover.current = 'page';
    };
    cy.on('dragpan scrollzoom pinchzoom', onMove);
    cy.on(SHOWN, onShown);
    return () => {
      cy.off('dragpan scrollzoom pinchzoom', onMove);
      cy.off(SHOWN, onShown);
    };
  }, [cy]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a press of Fit counts up, and that is what it is for.
  useEffect(() => {
    mover.current = 'nobody';
  }, [fitRequest, form]);
  const { x, y, width, height } = bounds;
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
  useEffect(() => {
    if (cy === undefined || view === null || layer === null || size === undefined || size.width === 0) return;
    cy.resize();
    const whole = fitted({ x, y, width, height }, size, form);
    cy.minZoom(Math.min(LEAST_ZOOM, whole.zoom / 2));
    // What the page itself went to was chosen for the size that the pane had.
    if (mover.current === 'page' && shown.current?.width !== size.width) mover.current = 'nobody';
    shown.current = size;
    if (mover.current === 'nobody') {
      showViewport(cy, whole);
      onFit(whole.zoom);
    }
    publishViewport(cy, view, layer);
  }, [cy, view, layer, x, y, width, height, size, form, fitRequest, onFit]);
}
