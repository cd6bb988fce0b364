import type { ElementId } from '../../sim/index.ts';
import { classNames } from '../common/classNames.ts';
import { pathData } from './geometry.ts';
import type { ObjectLink } from './objectBands.ts';
import type { ObjectsLayout } from './objectsLayout.ts';
import styles from './Scene.module.css';
import { tallJourneyLine, tallLinkLine } from './tallObjects.ts';

const LOOKS: Readonly<Record<ObjectLink['kind'], string | undefined>> = {
  slice: undefined,
  endpoint: undefined,
  'unready-endpoint': styles.dashed,
  owner: styles.dotted,
};

/** The links of the Objects level on a phone, and the open journey over them. */
export function TallLinks({ layout, stops }: { readonly layout: ObjectsLayout; readonly stops: readonly ElementId[] }) {
  const { boxes, links } = layout;
  return (
    <g>
      {links.map(link => (
        <path
          key={link.id}
          d={pathData(tallLinkLine(link, boxes))}
          className={classNames(styles.wire, LOOKS[link.kind])}
        />
      ))}
      {stops.map((id, i) => {
        const [from, to] = [boxes.get(stops[i - 1] ?? ''), boxes.get(id)];
        if (from === undefined || to === undefined) return null;
        const line = tallJourneyLine(from, to);
        const end = line[line.length - 1] ?? to;
        return (
          <g key={id}>
            <path d={pathData(line)} className={styles.request} />
            <path
              d="M-6 -5.5L0 0L-6 5.5"
              transform={`translate(${end.x + 2} ${end.y}) rotate(180)`}
              className={styles.arrowRequest}
            />
          </g>
        );
      })}
    </g>
  );
}
