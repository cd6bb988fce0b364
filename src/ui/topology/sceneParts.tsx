// The small things of the scene: texts, icons, pins.

import type { CSSProperties } from 'react';
import { classNames } from '../common/classNames.ts';
import { Drawing } from '../common/Icon.tsx';
import type { IconName } from '../common/iconDrawings.tsx';
import type { Box, Point } from './geometry.ts';
import styles from './Scene.module.css';

export interface SceneIconProps extends Point {
  readonly name: IconName;
  readonly size?: number;
  readonly className?: string | undefined;
}

/** An icon with its top left corner at a point. */
export function SceneIcon({ name, x, y, size = 16, className = styles.icon }: SceneIconProps) {
  return (
    <g transform={`translate(${x} ${y}) scale(${size / 20})`} className={className}>
      <Drawing name={name} />
    </g>
  );
}

/** An interface: a square of 10 px on a border. */
export function Pin({ at, className }: { readonly at: Point; readonly className?: string | undefined }) {
  return (
    <rect x={at.x - 5} y={at.y - 5} width="10" height="10" rx="1.5" className={classNames(styles.pin, className)} />
  );
}

/** A small text block behind which nothing shows. */
export function Plate({ box }: { readonly box: Box }) {
  return <rect {...box} rx="3" className={styles.plate} />;
}

/** Roughly how wide a text is, in pixels; SVG cannot lay out texts beside each other. */
export function widthOf(text: string, kind: 'mono' | 'sans', size = 12): number {
  return text.length * size * (kind === 'mono' ? 0.6 : 0.55);
}

/** No text of the scene grows beyond this, in pixels at 100 %. */
const LARGEST = 16;

/** How large a text may be in a room of so many pixels, where the graph is small: for its style (Scene.module.css). */
export const roomFor = (text: string, kind: 'mono' | 'sans', room: number): CSSProperties =>
  ({ '--most': `${Math.min(LARGEST, room / widthOf(text, kind, kind === 'sans' ? 1.15 : 1))}px` }) as CSSProperties;

/** For what stands in the middle of its card when that is small: how far it is from there, and how far it moves aside. */
export const toMiddle = (box: Box, y: number, across = 0): CSSProperties =>
  ({ '--down': `${box.height / 2 - y}px`, '--across': `${across}px` }) as CSSProperties;
