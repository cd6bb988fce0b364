import type { ElementId } from '../../sim/index.ts';
import { classNames } from '../common/classNames.ts';
import { type Polyline, pathData } from './geometry.ts';
import type { ObjectLink } from './objectBands.ts';
import { mergedRuns, wideJourneyLine, wideLinkLine } from './objectLanes.ts';
import type { ObjectsLayout } from './objectsLayout.ts';
import styles from './Scene.module.css';
import { tallJourneyLine, tallLinkLine } from './tallObjects.ts';

/** Kinds of links, those that may lie on others last. */
const LOOKS: readonly (readonly [ObjectLink['kind'], string | undefined])[] = [
  ['slice', undefined],
  ['owner', styles.dotted],
  ['unready-endpoint', styles.dashed],
  ['endpoint', undefined],
];

/** The links of the Objects level, and the open journey over them. */
export function ObjectLinks({
  layout,
  stops,
}: {
  readonly layout: ObjectsLayout;
  readonly stops: readonly ElementId[];
}) {
  const { links, form } = layout;
  const lineOf = (link: ObjectLink): Polyline =>
    form === 'tall' ? tallLinkLine(link, layout.boxes) : wideLinkLine(link, layout);
  return (
    <g>
      {LOOKS.map(([kind, look]) => (
        <path
          key={kind}
          d={mergedRuns(links.filter(link => link.kind === kind).map(lineOf))
            .map(pathData)
            .join('')}
          className={classNames(styles.wire, styles.link, look)}
        />
      ))}
      {stops.map((id, i) => {
        const before = stops[i - 1];
        if (before === undefined) return null;
        return <JourneyLine key={id} line={journeyLine(layout, before, id)} />;
      })}
    </g>
  );
}

function journeyLine(layout: ObjectsLayout, fromId: ElementId, toId: ElementId): Polyline {
  if (layout.form === 'wide') return wideJourneyLine(fromId, toId, layout);
  const [from, to] = [layout.boxes.get(fromId), layout.boxes.get(toId)];
  return from === undefined || to === undefined ? [] : tallJourneyLine(from, to);
}

function JourneyLine({ line }: { readonly line: Polyline }) {
  const [end, before] = [line.at(-1), line.at(-2)];
  if (end === undefined || before === undefined) return null;
  const isBack = before.x > end.x;
  return (
    <g>
      <path d={pathData(line)} className={styles.casing} />
      <path d={pathData(line)} className={styles.request} />
      <path
        d="M-6 -5.5L0 0L-6 5.5"
        transform={`translate(${end.x + (isBack ? 2 : -2)} ${end.y})${isBack ? ' rotate(180)' : ''}`}
        className={styles.arrowRequest}
      />
    </g>
  );
}
