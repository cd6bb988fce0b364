import type { ElementId, LabElement } from '../../sim/index.ts';
import { classNames } from '../common/classNames.ts';
import { type Box, rightOf } from './geometry.ts';
import styles from './Scene.module.css';
import { roomFor, SceneIcon, toMiddle, widthOf } from './sceneParts.tsx';
import { shortName } from './shortName.ts';
import * as SCENE_WORDS from './words.ts';

/** The inside of a Service at the Network level: its name and address, its port, and what it is. */
export function ServiceInside({
  id,
  box,
  elements,
}: {
  readonly id: ElementId;
  readonly box: Box;
  readonly elements: ReadonlyMap<ElementId, LabElement>;
}) {
  const element = elements.get(id);
  if (element?.kind !== 'service') return null;
  const [port] = element.ports;
  const more = element.ports.length > 1 ? ` +${element.ports.length - 1}` : '';
  const ports = port === undefined ? '' : `${SCENE_WORDS.port(port)}${more}`;
  // What it is, so that it is taken for no host: its type too where the ports leave room.
  const room = box.width - 31 - widthOf(ports, 'mono', 11) - 22;
  const kind = [SCENE_WORDS.service(element.type), SCENE_WORDS.serviceAlone].find(
    words => widthOf(words, 'sans', 11) <= room,
  );
  const name = shortName(element.name, 12);
  return (
    <g>
      <g className={styles.centred} style={toMiddle(box, 15)}>
        <SceneIcon name="service" x={box.x + 9} y={box.y + 7} />
      </g>
      <text
        x={box.x + 31}
        y={box.y + 19}
        className={classNames(styles.name, styles.coarse, styles.centred)}
        style={{ ...toMiddle(box, 15), ...roomFor(`${name} ${element.clusterIP}`, 'mono', box.width - 41) }}
      >
        {name}
      </text>
      <text
        x={rightOf(box) - 10}
        y={box.y + 19}
        textAnchor="end"
        className={classNames(styles.address, styles.fine)}
        style={roomFor(`${name} ${element.clusterIP}`, 'mono', box.width - 41)}
      >
        {element.clusterIP}
      </text>
      {port !== undefined && (
        <text
          x={box.x + 31}
          y={box.y + 36}
          className={classNames(styles.pinName, styles.fine)}
          style={roomFor(ports, 'mono', room)}
        >
          {ports}
        </text>
      )}
      {kind !== undefined && (
        <text
          x={rightOf(box) - 10}
          y={box.y + 36}
          textAnchor="end"
          className={classNames(styles.kind, styles.fine, styles.secondary)}
        >
          {kind}
        </text>
      )}
    </g>
  );
}
