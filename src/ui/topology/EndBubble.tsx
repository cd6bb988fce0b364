import { type CSSProperties, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { type Room, roomFor } from './bubblePlace.ts';
import type { Point } from './geometry.ts';
import styles from './Packet.module.css';
import { boxOf } from './PickBadges.tsx';
import type { Scene } from './useScene.ts';

/** Says what ended the packet, why, and what the client sees. It stands beside the end of the way, never on the way. */
export function EndBubble({ scene }: { readonly scene: Scene }) {
  const { layout, journey, overlay } = scene;
  if (layout.kind === 'objects') {
    if (journey === undefined || journey.exchange.lessonVerdict === 'ok') return null;
    const box = boxOf(layout, journey.exchange.fromElement);
    if (box === undefined) return null;
    const [verdict = '', why = ''] = journey.exchange.outcome.split(' · ');
    return (
      <Bubble
        at={{ x: box.x + 24, y: box.y + box.height }}
        scene={scene}
        title={`${verdict} · ${journey.exchange.to}`}
        text={why}
      />
    );
  }
  const end = overlay?.ends.find(mark => mark.bubble !== undefined);
  if (end?.bubble === undefined) return null;
  return <Bubble at={end.at} scene={scene} title={end.bubble.title} text={end.bubble.text} />;
}

function Bubble({
  at,
  scene,
  title,
  text,
}: {
  readonly at: Point;
  readonly scene: Scene;
  readonly title: string;
  readonly text: string;
}) {
  const bubble = useRef<HTMLDivElement>(null);
  const room = useRoom(bubble, at, scene);
  const place: CSSProperties = {
    left: `clamp(8px, calc(var(--pan-x) + var(--zoom) * ${at.x}px + ${room.dx}px), calc(100% - ${room.width + 8}px))`,
    top: `clamp(4px, calc(var(--pan-y) + var(--zoom) * ${at.y}px + ${room.dy}px), calc(100% - ${room.height + 4}px))`,
  };
  return (
    <div ref={bubble} className={styles.bubble} style={place} data-testid="end-bubble">
      <strong className={styles.bubbleTitle}>{title}</strong>
      {text}
    </div>
  );
}

/** Where the bubble stands beside its point; found again for another way and another size of the graph. */
function useRoom(bubble: RefObject<HTMLElement | null>, at: Point, { layout, overlay }: Scene): Room {
  const [room, setRoom] = useState<Room>({ dx: -24, dy: 20, width: 320, height: 96 });
  const { x, y } = at;
  useLayoutEffect(() => {
    const element = bubble.current;
    const view = element?.parentElement;
    if (element === null || view === null || view === undefined) return;
    const find = (): void => {
      const style = getComputedStyle(view);
      const read = (name: string): number => Number.parseFloat(style.getPropertyValue(name)) || 0;
      const found = roomFor(
        { x, y },
        { width: element.offsetWidth, height: element.offsetHeight },
        { width: view.clientWidth, height: view.clientHeight },
        { zoom: read('--zoom') || 1, x: read('--pan-x'), y: read('--pan-y') },
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
  }, [bubble, x, y, layout, overlay]);
  return room;
}
