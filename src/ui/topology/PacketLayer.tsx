import { useLayoutEffect, useRef } from 'react';
import { classNames } from '../common/classNames.ts';
import type { Point } from './geometry.ts';
import type { Layout } from './layout.ts';
import styles from './Packet.module.css';
import { movePacket, placePacket, prefersReducedMotion, stepDuration } from './packets.ts';
import { distance, lengthOf } from './polylines.ts';
import { SwarmLayer } from './swarm/SwarmLayer.tsx';
import type { TraceOverlay } from './traceOverlay.ts';

export interface PacketLayerProps {
  readonly layout: Layout;
  readonly overlay: TraceOverlay | undefined;
  /** `moved`: the packet travels from the step before. */
  readonly arrival: 'moved' | 'cut';
  readonly speed: number;
  readonly showsAddresses: boolean;
  readonly grow: (data: string) => void;
  readonly onMoving: (isMoving: boolean) => void;
}

/** Packets as HTML in one layer that follows the viewport. */
export function PacketLayer({ layout, overlay, arrival, speed, showsAddresses, grow, onMoving }: PacketLayerProps) {
  const chip = useRef<HTMLDivElement>(null);
  const rested = useRef<Point | undefined>(undefined);
  useLayoutEffect(() => {
    const element = chip.current;
    if (element === null || overlay === undefined) {
      rested.current = undefined;
      return;
    }
    const { rest } = overlay.packet;
    const from = rested.current;
    rested.current = rest;
    const isTravel = arrival === 'moved' && from !== undefined && distance(from, rest) > 0 && !prefersReducedMotion();
    if (!isTravel) {
      placePacket(element, rest);
      return;
    }
    const duration = stepDuration(lengthOf(overlay.motion) > 60) / speed;
    onMoving(true);
    return movePacket(element, { from, motion: overlay.motion, to: rest, duration }, grow, () => onMoving(false));
  }, [overlay, arrival, speed, grow, onMoving]);
  const addresses = overlay?.packet.addresses;
  return (
    <div className={styles.layer} aria-hidden="true">
      {overlay !== undefined && (
        <div
          ref={chip}
          className={classNames(styles.packet, overlay.form === 'dns' && styles.dns)}
          data-testid="packet"
        >
          <span
            className={classNames(
              styles.chip,
              styles[overlay.packet.direction],
              overlay.packet.frame !== undefined && styles.framed,
            )}
          >
            {overlay.packet.label}
          </span>
          {overlay.packet.frame !== undefined && <span className={styles.frame}>{overlay.packet.frame}</span>}
          {overlay.packet.note !== undefined && (
            <span className={classNames(styles.note, overlay.packet.rest.x < overlay.packet.at.x && styles.before)}>
              {overlay.packet.note}
            </span>
          )}
          {showsAddresses && addresses !== undefined && addresses.side !== 'nowhere' && (
            <span className={classNames(styles.addresses, styles[addresses.side])}>
              {addresses.lines.map(line => (
                <span key={line}>{line}</span>
              ))}
            </span>
          )}
        </div>
      )}
      {layout.kind === 'network' && <SwarmLayer layout={layout} speed={speed} />}
    </div>
  );
}
