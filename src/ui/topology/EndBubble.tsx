import type { CSSProperties } from 'react';
import type { Point } from './geometry.ts';
import styles from './Packet.module.css';
import { boxOf } from './PickBadges.tsx';
import type { TraceOverlay } from './traceOverlay.ts';
import type { Scene } from './useScene.ts';

/** Says what ended the packet, why, and what the client sees. It stands beyond the end of the way, never on it. */
export function EndBubble({ scene }: { readonly scene: Scene }) {
  const { layout, journey, overlay } = scene;
  if (layout.kind === 'objects') {
    if (journey === undefined || journey.exchange.lessonVerdict === 'ok') return null;
    const box = boxOf(layout, journey.exchange.fromElement);
    if (box === undefined) return null;
    const [verdict = '', why = ''] = journey.exchange.outcome.split(' · ');
    return (
      <Bubble at={{ x: box.x, y: box.y + box.height + 12 }} side="below" title={`${verdict} · ${journey.exchange.to}`}>
        {why}
      </Bubble>
    );
  }
  const end = overlay?.ends.find(mark => mark.bubble !== undefined);
  if (overlay === undefined || end?.bubble === undefined) return null;
  return (
    <Bubble at={end.at} side={sideOf(overlay)} title={end.bubble.title}>
      {end.bubble.text}
    </Bubble>
  );
}

/** Away from where the packet came from. */
function sideOf(overlay: TraceOverlay): 'below' | 'right' {
  const line = overlay.travelled[overlay.travelled.length - 1]?.line ?? [];
  const [before, last] = [line[line.length - 2], line[line.length - 1]];
  return before !== undefined && last !== undefined && last.y < before.y ? 'right' : 'below';
}

function Bubble({
  at,
  side,
  title,
  children,
}: {
  readonly at: Point;
  readonly side: 'below' | 'right';
  readonly title: string;
  readonly children: string;
}) {
  const x = side === 'below' ? at.x - 24 : at.x + 22;
  const y = side === 'below' ? at.y + 20 : at.y - 18;
  const place: CSSProperties = {
    left: `clamp(8px, calc(var(--pan-x) + var(--zoom) * ${x}px), calc(100% - 21rem))`,
    top: `min(calc(var(--pan-y) + var(--zoom) * ${y}px), calc(100% - 6rem))`,
  };
  return (
    <div className={styles.bubble} style={place} data-testid="end-bubble">
      <strong className={styles.bubbleTitle}>{title}</strong>
      {children}
    </div>
  );
}
