import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { classNames } from './classNames.ts';
import styles from './Splitter.module.css';

/** Pixels that an arrow key moves it by. */
const STEP = 16;

export interface SplitterProps {
  readonly label: string;
  /** `vertical`: a line from top to bottom that moves left and right. */
  readonly orientation: 'vertical' | 'horizontal';
  /** The size of the pane before it, in pixels. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
  /** Double click and Enter: back to the size that the page has by itself. */
  readonly onRestore: () => void;
  /** The id of the pane before it. */
  readonly controls: string;
}

/** A line between two panes that can be dragged, or moved by arrow keys. */
export function Splitter(props: SplitterProps) {
  const { label, orientation, value, min, max, onChange, onRestore, controls } = props;
  const start = useRef<{ readonly at: number; readonly value: number } | undefined>(undefined);
  const isVertical = orientation === 'vertical';
  const set = (wanted: number): void => onChange(Math.round(Math.max(min, Math.min(max, wanted))));
  const at = (event: PointerEvent): number => (isVertical ? event.clientX : event.clientY);
  const onKeyDown = (event: KeyboardEvent): void => {
    const wanted = {
      [isVertical ? 'ArrowLeft' : 'ArrowUp']: value - STEP,
      [isVertical ? 'ArrowRight' : 'ArrowDown']: value + STEP,
      Home: min,
      End: max,
    }[event.key];
    if (event.key === 'Enter') onRestore();
    else if (wanted !== undefined) set(wanted);
    else return;
    event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: <hr> cannot be focused and moved; this is the ARIA window splitter.
    <div
      role="separator"
      className={classNames(styles.splitter, isVertical ? styles.vertical : styles.horizontal)}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={Math.round(value)}
      aria-valuemin={Math.round(min)}
      aria-valuemax={Math.round(max)}
      aria-controls={controls}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onDoubleClick={onRestore}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: at(event), value };
      }}
      onPointerMove={event => {
        if (start.current !== undefined) set(start.current.value + at(event) - start.current.at);
      }}
      onPointerUp={() => {
        start.current = undefined;
      }}
      onPointerCancel={() => {
        start.current = undefined;
      }}
    />
  );
}
