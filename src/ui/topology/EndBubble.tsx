import type { Core } from 'cytoscape';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { Prose } from '../trace/Prose.tsx';
import { type Room, roomFor } from './bubblePlace.ts';
import type { Point } from './geometry.ts';
import styles from './Packet.module.css';
import { boxOf } from './PickBadges.tsx';
import { usePlaceInView } from './usePlaceInView.ts';
import type { Scene } from './useScene.ts';

/** Says what ended the packet, why, and what the client sees. It stands beside the end of the way, never on the way. */
export function EndBubble({ cy, scene }: { readonly cy: Core; readonly scene: Scene }) {
  const { layout, journey, overlay } = scene;
  if (layout.kind === 'objects') {
    if (journey === undefined || journey.exchange.lessonVerdict === 'ok') return null;
    const box = boxOf(layout, journey.exchange.fromElement);
    if (box === undefined) return null;
    const [verdict = '', why = ''] = journey.exchange.outcome.split(' · ');
    return (
      <Bubble
        cy={cy}
        at={{ x: box.x + 24, y: box.y + box.height }}
        scene={scene}
        title={`${verdict} · ${journey.exchange.to}`}
        text={why}
      />
    );
  }
  const end = overlay?.ends.find(mark => mark.bubble !== undefined);
  if (end?.bubble === undefined) return null;
  return <Bubble cy={cy} at={end.at} scene={scene} title={end.bubble.title} text={end.bubble.text} />;
}

function Bubble({
  cy,
  at,
  scene,
  title,
  text,
}: {
  readonly cy: Core;
  readonly at: Point;
  readonly scene: Scene;
  readonly title: string;
  readonly text: string;
}) {
  const bubble = useRef<HTMLDivElement>(null);
  const room = useRoom(cy, bubble, at, scene);
  usePlaceInView(cy, bubble, (view, size) => ({
    x: within(view.x + view.zoom * at.x + room.dx, 8, size.width - room.width - 8),
    y: within(view.y + view.zoom * at.y + room.dy, 4, size.height - room.height - 4),
  }));
  return (
    <div ref={bubble} className={styles.bubble} data-testid="end-bubble">
      <strong className={styles.bubbleTitle}>{title}</strong>
      <Prose text={text} />
    </div>
  );
}

/** The lower bound wins where there is no room. */
const within = (n: number, from: number, to: number): number => Math.max(from, Math.min(n, to));

/** Where the bubble stands beside its point; found again for another way and another size of the graph. */
function useRoom(cy: Core, bubble: RefObject<HTMLElement | null>, at: Point, { layout, overlay }: Scene): Room {
  const [room, setRoom] = useState<Room>({ dx: -24, dy: 20, width: 320, height: 96 });
  const { x, y } = at;
  useLayoutEffect(() => {
    const element = bubble.current;
    const view = element?.parentElement;
    if (element === null || view === null || view === undefined) return;
    const find = (): void => {
      const found = roomFor(
        { x, y },
        { width: element.offsetWidth, height: element.offsetHeight },
        { width: view.clientWidth, height: view.clientHeight },
        { zoom: cy.zoom(), ...cy.pan() },
        layout,
        overlay,
      );
      setRoom(before =>
        before.dx === found.dx && before.dy === found.dy && before.width === found.width ? before : found,
      );
    };
    find();
    // The graph is fitted after it was resized.
    let frame = 0;
    const observer = new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(find);
    });
    observer.observe(view);
    observer.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
    };
  }, [cy, bubble, x, y, layout, overlay]);
  return room;
}
