// The moving packet: one HTML element in a layer that has the graph's transform, moved by the Web Animations API. The
// path grows behind it, read off the same animation. With reduced motion nothing travels: every step is a cut.

import { type Point, type Polyline, pathData } from './geometry.ts';
import { distance, lengthOf, slice } from './polylines.ts';

/** Milliseconds that a packet takes for a step at 1x: inside of a namespace, and on a wire between two. */
export const TRAVEL_MS = { inside: 450, wire: 700 } as const;
/** How long it halts at each step before the next. */
export const HALT_MS = 200;
/** With reduced motion, play goes on by one step in this time. */
export const CUT_MS = 1500;

export const EASING = 'cubic-bezier(.4,0,.2,1)';

/** How long a step is shown while playing at 1x, travel included. */
export function stepDuration(crosses: boolean): number {
  return crosses ? TRAVEL_MS.wire : TRAVEL_MS.inside;
}

export function prefersReducedMotion(): boolean {
  return typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches;
}

export interface Travel {
  /** Where it rested, the way, and where it rests next. */
  readonly from: Point;
  readonly motion: Polyline;
  readonly to: Point;
  readonly duration: number;
}

const transformAt = ({ x, y }: Point): string => `translate(${x}px, ${y}px) translate(-50%, -50%)`;

/** Puts a packet at a place at once. */
export function placePacket(element: HTMLElement, at: Point): void {
  element.style.transform = transformAt(at);
}

/** Moves a packet along its way and leaves it at its end; nothing of the page is at work meanwhile. */
function startTravel(element: HTMLElement, { from, motion, to, duration }: Travel): Animation {
  placePacket(element, to);
  return element.animate(framesAlong([from, ...motion, to]), { duration, easing: EASING });
}

/** Key frames along a line, at an even pace. */
export function framesAlong(line: Polyline): { transform: string; offset: number }[] {
  const whole = lengthOf(line) || 1;
  let passed = 0;
  return line.map((point, i) => {
    const before = line[i - 1];
    if (before !== undefined) passed += distance(before, point);
    return { transform: transformAt(point), offset: Math.min(1, passed / whole) };
  });
}

/**
 * Moves a packet along its way; `grow` is given the part of the path behind it. Returns how to stop, which puts it at
 * its end.
 */
export function movePacket(
  element: HTMLElement,
  travel: Travel,
  grow: (data: string) => void,
  onEnd: () => void,
): () => void {
  const { from, motion, to } = travel;
  const animation = startTravel(element, travel);
  const whole = lengthOf([from, ...motion, to]) || 1;
  const start = distance(from, motion[0] ?? from);
  const length = lengthOf(motion);
  let frame = 0;
  const follow = (): void => {
    const progress = animation.effect?.getComputedTiming().progress ?? 1;
    const along = Math.max(0, Math.min(length, progress * whole - start));
    grow(pathData(slice(motion, 0, along)));
    if (animation.playState === 'running') frame = requestAnimationFrame(follow);
  };
  frame = requestAnimationFrame(follow);
  const finish = (): void => {
    cancelAnimationFrame(frame);
    grow('');
    onEnd();
  };
  animation.onfinish = finish;
  return () => {
    animation.onfinish = null;
    animation.cancel();
    finish();
  };
}
