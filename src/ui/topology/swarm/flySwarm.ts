// Moves many packets at once. Each is an element with an animation of place and opacity alone: the compositor runs all of
// them, and the main thread sleeps meanwhile.

import { classNames } from '../../common/classNames.ts';
import { EASING, framesAlong } from '../packets.ts';
import type { Flight } from './flights.ts';
import styles from './Swarm.module.css';

/** Lets packets fly in a layer that has the graph's transform, each seen while it moves. Returns how to take them away. */
export function flySwarm(layer: HTMLElement, flights: readonly Flight[], speed: number, onEnd: () => void): () => void {
  const packets = flights.map(({ direction, line, startsAt, takes }) => {
    const packet = document.createElement('div');
    packet.className = classNames(styles.packet, styles[direction]);
    layer.append(packet);
    const frames = framesAlong(line).map(frame => ({ ...frame, opacity: 1 }));
    const animation = packet.animate(frames, { delay: startsAt / speed, duration: takes / speed, easing: EASING });
    return { packet, animation };
  });
  const land = (): void => {
    for (const { packet, animation } of packets) {
      animation.cancel();
      packet.remove();
    }
  };
  let state: 'flying' | 'landed' = 'flying';
  // The one that arrives last says so for all: nothing is at work for each of them.
  const ends = flights.map(({ startsAt, takes }) => startsAt + takes);
  const last = packets[ends.indexOf(Math.max(...ends))];
  const finish = (): void => {
    if (state === 'landed') return;
    state = 'landed';
    land();
    onEnd();
  };
  if (last === undefined) queueMicrotask(finish);
  else last.animation.onfinish = finish;
  return () => {
    state = 'landed';
    land();
  };
}
