import type { ReactNode } from 'react';
import type { ElementId } from '../../sim/index.ts';
import { VeilMarks } from '../sight/Veil.tsx';
import { sceneElements } from '../topology/elements.ts';
import { NetworkScene } from '../topology/NetworkScene.tsx';
import { widthOf } from '../topology/sceneParts.tsx';
import type { PacketMark, TraceOverlay } from '../topology/traceOverlay.ts';
import type { Scene } from '../topology/useScene.ts';
import { exchangeName } from '../trace/words.ts';
import { BoxMarks } from './BoxMarks.tsx';
import { CrowdMarks } from './CrowdMarks.tsx';
import { LegendMarks, legendSize } from './LegendMarks.tsx';

/** What a picture shows beside the scene. */
export interface PictureFrame {
  /** The cluster: `Sandbox`. */
  readonly title: string;
  /** The rules of the scene's classes, for the file to stand alone. */
  readonly css: string;
  readonly hidden: ReadonlySet<ElementId>;
}

const PAD = 24;
const LEAST_WIDTH = 672;
const CAPTION = { height: 44, line: 20 } as const;

/** Under a graph wider than this the words are larger, so that they can be read where the whole of it is seen. */
const READ_WIDTH = 1600;
const LARGEST = 8;

/** The size of the picture of a scene, in pixels at 100 %, and how much larger its words under the graph are. */
export function pictureSize({ layout, journey }: Scene): {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
} {
  const width = Math.max(LEAST_WIDTH, Math.ceil(layout.bounds.width) + 2 * PAD);
  const scale = Math.max(1, Math.min(LARGEST, width / READ_WIDTH));
  const foot = legendTop(journey) + legendSize((width - 2 * PAD) / scale).height;
  return { width, height: Math.ceil(layout.bounds.height + 2 * PAD + foot * scale), scale };
}

/** Under the graph first stands what it is. */
const legendTop = (journey: Scene['journey']): number =>
  CAPTION.height + (journey === undefined ? 0 : 2 * CAPTION.line);

/** The whole graph as one SVG document: what is drawn now, what it is, and what its forms mean. */
export function Picture({ scene, frame }: { readonly scene: Scene; readonly frame: PictureFrame }) {
  const { layout, drawn, elements, overlay, tracing, objects, journey } = scene;
  const { width, height, scale } = pictureSize(scene);
  const foot = (width - 2 * PAD) / scale;
  const { bounds } = layout;
  const top = bounds.height + PAD;
  return (
    <svg xmlns="http://www.w3.org/2000/svg" width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img">
      <title>{frame.title}</title>
      <style>{frame.css}</style>
      <rect width={width} height={height} fill="var(--canvas)" />
      <g transform={`translate(${(width - bounds.width) / 2 - bounds.x} ${PAD / 2 - bounds.y})`}>
        {layout.crowd !== undefined && <CrowdMarks crowd={layout.crowd} />}
        <BoxMarks definitions={sceneElements(scene, scene)} />
        <g className="scene" fill="none" fontFamily="var(--sans)">
          {drawn.kind === 'network' ? (
            <NetworkScene
              layout={drawn}
              elements={elements}
              services={scene.services}
              quietNodes={overlay?.translations.map(mark => mark.node) ?? []}
            />
          ) : (
            objects !== undefined &&
            drawn.crowd === undefined && <objects.ObjectsScene layout={drawn} elements={elements} journey={journey} />
          )}
          <VeilMarks layout={layout} hidden={frame.hidden} />
          {tracing !== undefined && layout.kind === 'network' && overlay !== undefined && (
            <>
              <tracing.TraceScene layout={layout} overlay={overlay} growing={NOWHERE} isMoving={false} />
              <PacketChip packet={overlay.packet} form={overlay.form} />
            </>
          )}
        </g>
      </g>
      <g transform={`translate(${PAD} ${top}) scale(${scale})`}>
        <path d={`M0 0H${foot}`} stroke="var(--line)" />
        <Line y={24} weight={600}>
          {frame.title}
        </Line>
        {journey !== undefined && (
          <>
            <Line y={44}>{journeyLine(journey.exchange)}</Line>
            <Line y={64}>{journey.exchange.summary}</Line>
          </>
        )}
        <LegendMarks y={legendTop(journey)} width={foot} />
      </g>
    </svg>
  );
}

/** Nothing grows in a picture. */
const NOWHERE = { current: null };

function Line({
  y,
  weight = 400,
  children,
}: {
  readonly y: number;
  readonly weight?: number;
  readonly children: ReactNode;
}) {
  return (
    <text y={y} fontFamily="var(--sans)" fontSize="13" fontWeight={weight} fill="var(--ink)">
      {children}
    </text>
  );
}

function journeyLine(exchange: NonNullable<Scene['journey']>['exchange']): string {
  return `${exchangeName(exchange)} · ${exchange.outcome}`;
}

/** The packet where it rests, with the one thing that matters now beside it. */
function PacketChip({
  packet: { at, rest, label, frame, note, direction },
  form,
}: {
  readonly packet: PacketMark;
  readonly form: TraceOverlay['form'];
}) {
  const colour = form === 'dns' ? 'var(--dns)' : `var(--${direction})`;
  const width = widthOf(label, 'mono') + 16;
  const isReply = direction === 'reply';
  // Away from the way, as on the page.
  const room = widthOf(note ?? '', 'mono') + 4;
  const noteX = rest.x < at.x ? rest.x - width / 2 - 6 - room : rest.x + width / 2 + 6;
  return (
    <g fontFamily="var(--mono)" fontSize="11.5">
      {frame !== undefined && (
        <>
          <rect
            x={rest.x - width / 2 - 4}
            y={rest.y - 14}
            width={width + 8}
            height="28"
            rx="5"
            fill="var(--encap-wash)"
            stroke="var(--encap)"
            strokeWidth="2"
          />
          <text x={rest.x} y={rest.y + 29} textAnchor="middle" fontWeight="600" fill="var(--encap)">
            {frame}
          </text>
        </>
      )}
      <rect
        x={rest.x - width / 2}
        y={rest.y - 10}
        width={width}
        height="20"
        rx="3"
        fill={isReply ? 'var(--surface)' : colour}
        stroke={isReply ? colour : 'var(--surface)'}
        strokeWidth="2"
      />
      <text
        x={rest.x}
        y={rest.y + 4}
        textAnchor="middle"
        fontWeight="600"
        fill={isReply ? colour : 'var(--on-meaning)'}
      >
        {label}
      </text>
      {note !== undefined && (
        <g transform={`translate(${noteX} ${rest.y})`}>
          <rect y="-8" width={widthOf(note, 'mono') + 4} height="16" rx="3" fill="var(--surface)" />
          <text x="2" y="4" fill="var(--ink)">
            {note}
          </text>
        </g>
      )}
    </g>
  );
}
