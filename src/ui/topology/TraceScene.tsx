import type { RefObject } from 'react';
import { classNames } from '../common/classNames.ts';
import { ICONS } from '../common/iconDrawings.tsx';
import { type Point, type Polyline, pathData } from './geometry.ts';
import type { NetworkLayout } from './layout.ts';
import { distance, moved } from './polylines.ts';
import styles from './Scene.module.css';
import { Pin, Plate, SceneIcon, widthOf } from './sceneParts.tsx';
import marks from './Trace.module.css';
import { type Direction, type EndMark, REPLY_OFFSET, type TraceOverlay, type TranslationMark } from './traceOverlay.ts';
import { TRANSLATION_ROWS, translationText } from './translationPlace.ts';

/** Parts shorter than this get no arrow head. */
const ARROW_FROM = 40;

export interface TraceSceneProps {
  readonly layout: NetworkLayout;
  readonly overlay: TraceOverlay;
  /** While the packet moves, the path grows with it: this element's `d` is written by packets.ts. */
  readonly growing: RefObject<SVGPathElement | null>;
  /** Whether the packet is on its way to the step: its last part of the path is then drawn by `growing`. */
  readonly isMoving: boolean;
}

/** What an open journey adds: the way travelled, pins, translations, the step that is lit, and where packets ended. */
export function TraceScene({ layout, overlay, growing, isMoving }: TraceSceneProps) {
  const last = overlay.travelled.length - 1;
  return (
    <g className={overlay.form === 'dns' ? styles.dns : undefined}>
      {overlay.tunnels.map(({ line, settled }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the tunnels of a way stay in their order.
        <Pipe key={i} line={isMoving ? settled : line} direction={overlay.packet.direction} />
      ))}
      {overlay.travelled.map(({ direction, line }, i) => (
        <Travelled
          // biome-ignore lint/suspicious/noArrayIndexKey: the legs of a journey stay in their order.
          key={i}
          direction={direction}
          line={i === last && isMoving ? without(line, overlay.motion) : line}
          isPast={i < last}
        />
      ))}
      <path
        ref={growing}
        className={styles[overlay.packet.direction]}
        transform={overlay.packet.direction === 'reply' ? `translate(${REPLY_OFFSET} ${REPLY_OFFSET})` : undefined}
      />
      {[...layout.nodes.values()].map(node =>
        node.detail === 'full' && overlay.travelled.some(({ line }) => isOn(line, node.disc)) ? (
          <g key={node.id} className={styles.fine}>
            <circle cx={node.disc.x} cy={node.disc.y} r="14" className={styles.disc} />
            <SceneIcon name="route" x={node.disc.x - 9} y={node.disc.y - 9} size={18} />
          </g>
        ) : null,
      )}
      {overlay.pins.map(({ point, direction }) => (
        <Pin
          key={`${point.x},${point.y},${direction}`}
          at={point}
          className={direction === 'request' ? styles.pinRequest : styles.pinReply}
        />
      ))}
      {overlay.translations.map(mark => (
        <Translation key={`${mark.node}${mark.kind}${mark.at.x}${mark.at.y}`} mark={mark} layout={layout} />
      ))}
      <LitMark layout={layout} overlay={overlay} />
      {overlay.packet.leader !== undefined && !isMoving && (
        <path d={pathData(overlay.packet.leader)} className={classNames(styles.fine, marks.chipLeader)} />
      )}
      {overlay.ends.map(end => (
        <g key={`${end.kind}${end.at.x},${end.at.y}`} className={styles.end}>
          <End end={end} />
        </g>
      ))}
    </g>
  );
}

/** Whether a line leads through a point. */
function isOn(line: Polyline, { x, y }: Point): boolean {
  return line.some((point, i) => {
    const before = line[i - 1] ?? point;
    const isBetween = (own: number, a: number, b: number): boolean => own >= Math.min(a, b) && own <= Math.max(a, b);
    return isBetween(x, before.x, point.x) && isBetween(y, before.y, point.y);
  });
}

/** The line without its last part. */
function without(line: Polyline, motion: Polyline): Polyline {
  const start = motion[0];
  if (start === undefined || motion.length < 2) return line;
  const kept: Point[] = [];
  const inner = motion.length - 1;
  for (const point of line.slice(0, Math.max(1, line.length - inner))) kept.push(point);
  return [...kept, start];
}

/** The line of the packet runs inside it. */
function Pipe({ line, direction }: { readonly line: Polyline; readonly direction: Direction }) {
  const data = pathData(direction === 'reply' ? moved(line, REPLY_OFFSET, REPLY_OFFSET) : line);
  return (
    <g>
      <path d={data} className={marks.pipe} />
      <path d={data} className={marks.pipeInside} />
    </g>
  );
}

function Travelled({
  direction,
  line,
  isPast,
}: {
  readonly direction: Direction;
  readonly line: Polyline;
  readonly isPast: boolean;
}) {
  const own = direction === 'reply' ? moved(line, REPLY_OFFSET, REPLY_OFFSET) : line;
  const data = pathData(own);
  return (
    <g>
      {!isPast && <path d={data} className={styles.casing} />}
      <path d={data} className={classNames(styles[direction], isPast && styles.past)} />
      {!isPast && <Arrows line={own} direction={direction} />}
    </g>
  );
}

/** An arrow head in the middle of every long part. */
function Arrows({ line, direction }: { readonly line: Polyline; readonly direction: Direction }) {
  const heads = line.flatMap((point, i) => {
    const before = line[i - 1];
    if (before === undefined || distance(before, point) < ARROW_FROM) return [];
    const turn = (Math.atan2(point.y - before.y, point.x - before.x) * 180) / Math.PI;
    return [
      {
        x: (before.x + point.x) / 2 + 3 * Math.sign(point.x - before.x),
        y: (before.y + point.y) / 2 + 3 * Math.sign(point.y - before.y),
        turn,
      },
    ];
  });
  return heads.map(({ x, y, turn }) => (
    <path
      key={`${x},${y}`}
      d="M-6 -5.5L0 0L-6 5.5"
      transform={`translate(${x} ${y}) rotate(${turn})`}
      className={direction === 'request' ? styles.arrowRequest : styles.arrowReply}
    />
  ));
}

/** The square with two arrows where an address was rewritten, and both addresses beside it. */
function Translation({ mark, layout }: { readonly mark: TranslationMark; readonly layout: NetworkLayout }) {
  const { at } = mark;
  const { box, before, after } = translationText(mark, layout);
  const { x, y: top, width, height } = box;
  const isUp = layout.nodes.get(mark.node)?.facing === 'up';
  return (
    <g>
      <g className={styles.secondary}>
        <Plate box={{ x: x - 3, y: top - 2, width: width + 3, height }} />
        <path
          d={`M${at.x} ${at.y + (isUp ? -12 : 12)}V${top + 7}H${x + widthOf(mark.kind, 'sans', 12.5) + 10}`}
          className={marks.leader}
        />
        <text x={x} y={top + TRANSLATION_ROWS.name} className={marks.translationName}>
          {mark.kind}
        </text>
        {[...before, ...after].map((text, i) => (
          <text
            key={text}
            x={x}
            y={top + TRANSLATION_ROWS.first + TRANSLATION_ROWS.next * i}
            className={i < before.length ? marks.translationOld : marks.translationNew}
          >
            {text}
          </text>
        ))}
      </g>
      <rect x={at.x - 11} y={at.y - 11} width="22" height="22" rx="3" className={marks.translation} />
      <SceneIcon name="translated" x={at.x - 7.5} y={at.y - 7.5} size={15} className={marks.translationIcon} />
    </g>
  );
}

/** The marker on what the step happens at; boxes are marked by the graph itself. */
function LitMark({ layout, overlay }: { readonly layout: NetworkLayout; readonly overlay: TraceOverlay }) {
  const { lit } = overlay;
  if (lit.kind === 'disc') {
    const disc = layout.nodes.get(lit.id)?.disc;
    if (disc === undefined) return null;
    return (
      <g>
        <circle cx={disc.x} cy={disc.y} r="19" className={styles.litDisc} />
        <circle cx={disc.x} cy={disc.y} r="14" className={styles.litDiscRing} />
        <g
          transform={`translate(${disc.x - 9} ${disc.y - 9}) scale(0.9)`}
          className={classNames(styles.icon, styles.onMarker)}
        >
          {ICONS.route}
        </g>
        <path
          d={`M${disc.x + 19} ${disc.y}H${overlay.packet.rest.x}`}
          className={styles[overlay.packet.direction]}
          style={{ strokeWidth: 2, strokeDasharray: 'none' }}
        />
      </g>
    );
  }
  if (lit.kind === 'pin') {
    const { x, y } = lit.point;
    return <rect x={x - 7} y={y - 7} width="14" height="14" rx="2" className={styles.litPin} />;
  }
  if (
    lit.kind === 'spot' &&
    !overlay.translations.some(mark => mark.at.x === lit.point.x && mark.at.y === lit.point.y)
  ) {
    return <circle cx={lit.point.x} cy={lit.point.y} r="7" className={styles.litPin} />;
  }
  return null;
}

function End({ end }: { readonly end: EndMark }) {
  const { x, y } = end.at;
  switch (end.kind) {
    case 'dropped':
      return (
        <g transform={`translate(${x - 11} ${y - 11}) scale(1.1)`}>
          <path d="M6.3 1h7.4L19 6.3v7.4L13.7 19H6.3L1 13.7V6.3z" className={marks.octagon} />
          <path d="M7 7l6 6M13 7l-6 6" className={marks.octagonCross} />
        </g>
      );
    case 'refused':
      return (
        <g transform={`translate(${x} ${y})`}>
          <circle r="9" className={marks.refused} />
          <path d="M-3.5 -3.5l7 7M3.5 -3.5l-7 7" className={marks.refusedCross} />
        </g>
      );
    case 'delivered':
      return (
        <g transform={`translate(${x} ${y})`}>
          <circle r="9" className={marks.delivered} />
          <path d="M-4 0.3l2.8 2.8 5.2-5.8" className={marks.deliveredTick} />
        </g>
      );
  }
}
