import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef } from 'react';
import type { TraceAction } from '../../store/traceStore.ts';
import { classNames } from '../common/classNames.ts';
import { Icon } from '../common/Icon.tsx';
import { useStores } from '../StoresContext.ts';
import { shortName } from '../topology/shortName.ts';
import { Beyond } from './Beyond.tsx';
import { type Loop, type LoopRow, type LoopStop, loopOf } from './loop.ts';
import { PacketPicker } from './Pickers.tsx';
import styles from './Timeline.module.css';
import { useMoment } from './useMoment.ts';
import { HOP_ICONS, stepName, TRACE_WORDS } from './words.ts';

const share = (part: number): string => `${(part * 100).toFixed(3)}%`;

/** The journey as a loop: the request above, its answer back under it. A slider over its steps. */
export function Timeline() {
  const { trace } = useStores();
  const shown = useMoment();
  const frame = useRef<HTMLDivElement>(null);
  const cursor = shown?.cursor;
  useLayoutEffect(() => {
    if (cursor !== undefined && frame.current !== null) showCurrent(frame.current);
  }, [cursor]);
  if (shown === undefined) return null;
  const { journey, moment } = shown;
  const loop = loopOf(journey, shown.cursor);
  const goTo = (target: EventTarget | null): void => {
    const index = target instanceof Element ? target.closest<HTMLElement>('[data-step]')?.dataset.step : undefined;
    if (index !== undefined && Number(index) !== shown.cursor) trace.dispatch({ kind: 'go', to: Number(index) });
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse' && event.buttons === 1)
      goTo(document.elementFromPoint(event.clientX, event.clientY));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const action = actionOf(event);
    if (action === undefined) return;
    event.preventDefault();
    trace.dispatch(action);
  };
  return (
    <div className={classNames(styles.timeline, journey.exchange.asked !== undefined && styles.dns)}>
      <div className={styles.gutter}>
        <div className={styles.packets}>
          <PacketPicker />
        </div>
        {loop.rows.map(row => (
          <div key={row.direction} className={classNames(styles.leg, styles[row.direction])}>
            <span>{TRACE_WORDS.legs[row.direction]}</span>
            <span className={styles.packetName} title={row.label}>
              {row.label}
            </span>
          </div>
        ))}
      </div>
      <div className={styles.window}>
        <div ref={frame} className={styles.frame}>
          <div
            className={styles.loop}
            style={{ minWidth: `${loop.widthRem.toFixed(2)}rem` }}
            role="slider"
            tabIndex={0}
            aria-label={TRACE_WORDS.timeline}
            aria-valuemin={1}
            aria-valuemax={journey.steps.length}
            aria-valuenow={shown.cursor + 1}
            aria-valuetext={TRACE_WORDS.at(
              shown.cursor + 1,
              journey.steps.length,
              moment.hop.name,
              stepName(moment.step),
            )}
            onKeyDown={onKeyDown}
            onPointerDown={event => goTo(event.target)}
            onPointerMove={onPointerMove}
          >
            <Columns loop={loop} />
            {loop.rows.map(row => (
              <Row key={row.direction} row={row} cursor={shown.cursor} />
            ))}
            {loop.rows.length === 2 && loop.rows[0]?.end === 'arrives' && <Turn loop={loop} />}
          </div>
        </div>
        <Beyond frame={frame} of={shown.journey} words={TRACE_WORDS.moreHops} />
      </div>
    </div>
  );
}

/** Arrow keys one step, with Ctrl one hop. */
function actionOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): TraceAction | undefined {
  if (metaKey || altKey) return undefined;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return { kind: ctrlKey ? 'hop' : 'step', by: 1 };
    case 'ArrowLeft':
    case 'ArrowDown':
      return { kind: ctrlKey ? 'hop' : 'step', by: -1 };
    case 'Home':
      return { kind: 'start' };
    case 'End':
      return { kind: 'end' };
    default:
      return undefined;
  }
}

/** Moves the current stop into sight, and nothing but the timeline. */
function showCurrent(frame: HTMLElement): void {
  const stop = frame.querySelector<HTMLElement>('[data-current]');
  if (stop === null) return;
  const outer = frame.getBoundingClientRect();
  const inner = stop.getBoundingClientRect();
  const margin = 56;
  if (inner.left < outer.left + margin) frame.scrollLeft -= outer.left + margin - inner.left;
  else if (inner.right > outer.right - margin) frame.scrollLeft += inner.right - outer.right + margin;
}

function Columns({ loop }: { readonly loop: Loop }) {
  return (
    <div className={styles.columns}>
      {loop.columns.map(column => (
        <div
          key={column.key}
          className={classNames(styles.column, column.isCurrent && styles.currentColumn)}
          style={{ width: share(column.width) }}
        >
          <span className={styles.head} title={column.name}>
            <Icon name={HOP_ICONS[column.kind]} size={16} />
            <span className={styles.name}>{shortName(column.name, 14)}</span>
          </span>
        </div>
      ))}
    </div>
  );
}

function Row({ row, cursor }: { readonly row: LoopRow; readonly cursor: number }) {
  const first = row.stops[0];
  const last = row.stops[row.stops.length - 1];
  if (first === undefined || last === undefined) return null;
  const reached = [...row.stops].reverse().find(stop => stop.index <= cursor);
  return (
    <div className={classNames(styles.row, styles[row.direction])}>
      <span className={styles.rail} style={span(first.x, last.x)} />
      {reached !== undefined && <span className={styles.passed} style={span(first.x, reached.x)} />}
      {row.stops.map(stop => (
        <Stop key={stop.index} stop={stop} cursor={cursor} isLost={stop === last && row.end === 'lost'} />
      ))}
    </div>
  );
}

const span = (a: number, b: number) => ({ left: share(Math.min(a, b)), width: share(Math.abs(b - a)) });

function Stop({
  stop,
  cursor,
  isLost,
}: {
  readonly stop: LoopStop;
  readonly cursor: number;
  readonly isLost: boolean;
}) {
  const isCurrent = cursor >= stop.index && cursor < stop.index + stop.count;
  const form = isLost || stop.meaning === 'drop' ? 'drop' : stop.meaning;
  return (
    <span
      className={classNames(
        styles.stop,
        styles[`${form}Stop`],
        stop.index < cursor && styles.passedStop,
        stop.decides && styles.deciding,
        isCurrent && styles.currentStop,
      )}
      style={{ left: share(stop.x - stop.width / 2), width: share(stop.width) }}
      data-step={stop.index}
      data-current={isCurrent ? '' : undefined}
    >
      <span className={styles.label}>{stop.label}</span>
      <span className={styles.dot}>
        {form === 'drop' && <Icon name="dropped" size={14} />}
        {form === 'ok' && <Icon name="delivered" size={14} />}
        {form === 'pending' && <Icon name="pending" size={14} />}
        {form === 'nat' && <Icon name="translated" size={12} />}
      </span>
    </span>
  );
}

/** Where the request becomes the reply. */
function Turn({ loop }: { readonly loop: Loop }) {
  const [request, reply] = loop.rows;
  const last = request?.stops[request.stops.length - 1];
  const first = reply?.stops[0];
  if (last === undefined || first === undefined) return null;
  return <span className={styles.turn} style={{ left: share(Math.max(last.x, first.x)) }} />;
}
