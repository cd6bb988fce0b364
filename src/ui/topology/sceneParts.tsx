// The small things of the scene: texts, icons, pins.

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
