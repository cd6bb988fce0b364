import { type CSSProperties, memo } from 'react';
import type { ElementId, LabElement } from '../../sim/index.ts';
import type { Journey } from '../../store/journey.ts';
import { classNames } from '../common/classNames.ts';
import type { IconName } from '../common/iconDrawings.tsx';
import { type Box, centerOf, rightOf } from './geometry.ts';
import { type ElementOf, isSystem } from './networkParts.ts';
import { SLICE_LINES } from './objectBands.ts';
import { journeyStops } from './objectElements.ts';
import type { ObjectsLayout } from './objectsLayout.ts';
import { OBJECT_WORDS } from './objectWords.ts';
import styles from './Scene.module.css';
import { Plate, SceneIcon, widthOf } from './sceneParts.tsx';
import { shortName } from './shortName.ts';
import { TallLinks } from './TallLinks.tsx';
import * as SCENE_WORDS from './words.ts';

/** The inside of the boxes at the Objects level. */
export const ObjectsScene = memo(function ObjectsScene({
  layout,
  elements,
  journey,
}: {
  readonly layout: ObjectsLayout;
  readonly elements: ReadonlyMap<ElementId, LabElement>;
  readonly journey: Journey | undefined;
}) {
  return (
    <g>
      {layout.form === 'tall' && <TallLinks layout={layout} stops={journeyStops(layout, { journey, elements })} />}
      {[...layout.namespaces].map(([id, box]) => (
        <NamespaceInside
          key={id}
          box={box}
          name={elements.get(id)?.name ?? ''}
          isEmpty={layout.boxes.size === 0 && isBare(elements, id)}
        />
      ))}
      {[...layout.boxes].map(([id, box]) => {
        const element = elements.get(id);
        return element === undefined ? null : <ObjectInside key={id} box={box} element={element} />;
      })}
      {layout.links
        .filter(link => link.kind === 'slice')
        .map(link => (
          <SliceLinkLabel key={link.id} layout={layout} from={link.from} to={link.to} />
        ))}
    </g>
  );
});

/** Whether a namespace has nothing that this level draws, hidden by a filter or not. */
function isBare(elements: ReadonlyMap<ElementId, LabElement>, id: ElementId): boolean {
  const kinds: readonly LabElement['kind'][] = ['pod', 'service', 'deployment'];
  return ![...elements.values()].some(
    element =>
      'namespace' in element && `ns/${element.namespace}` === id && kinds.includes(element.kind) && !isSystem(element),
  );
}

function NamespaceInside({
  box,
  name,
  isEmpty,
}: {
  readonly box: Box;
  readonly name: string;
  readonly isEmpty: boolean;
}) {
  return (
    <g>
      <SceneIcon name="namespace" x={box.x + 12} y={box.y + 10} />
      <text x={box.x + 34} y={box.y + 23} className={styles.coarse}>
        <tspan className={styles.name}>{name}</tspan>
        <tspan dx="8" className={styles.text}>
          {SCENE_WORDS.namespace}
        </tspan>
      </text>
      {isEmpty && (
        <text x={box.x + 34} y={box.y + 64} className={classNames(styles.text, styles.coarse)}>
          {OBJECT_WORDS.emptyNamespace}
        </text>
      )}
    </g>
  );
}

function ObjectInside({ box, element }: { readonly box: Box; readonly element: LabElement }) {
  switch (element.kind) {
    case 'pod':
      return <PodCard box={box} pod={element} />;
    case 'service':
      return <ServiceCard box={box} service={element} />;
    case 'slice':
      return <SliceCard box={box} slice={element} />;
    case 'deployment':
    case 'replicaset':
      return <WorkloadCard box={box} workload={element} />;
    default:
      return null;
  }
}

function PodCard({ box, pod }: { readonly box: Box; readonly pod: ElementOf<'pod'> }) {
  const place = [pod.address, pod.node].filter(part => part !== undefined).join(' · ');
  const isWell = pod.ready && !pod.terminating;
  const state = isWell ? SCENE_WORDS.ready : pod.status === 'Running' ? SCENE_WORDS.notReady : pod.status;
  return (
    <g opacity={pod.terminating ? 0.6 : 1}>
      <CardHead box={box} icon="pod" name={pod.name} room={box.width - 70} y={9} isStruck={pod.terminating} />
      <text x={box.x + 35} y={box.y + 41} className={classNames(styles.address, styles.fine)}>
        {place}
      </text>
      <g className={styles.centred} style={toMiddle(box, 57, box.width - 56)}>
        <SceneIcon
          name={isWell ? 'delivered' : 'pending'}
          x={box.x + 35}
          y={box.y + 50}
          size={15}
          className={isWell ? styles.okIcon : styles.pendingIcon}
        />
      </g>
      <text
        x={box.x + 56}
        y={box.y + 62}
        className={classNames(isWell ? styles.okText : styles.pendingText, styles.fine)}
      >
        {state}
      </text>
    </g>
  );
}

function ServiceCard({ box, service }: { readonly box: Box; readonly service: ElementOf<'service'> }) {
  const [port] = service.ports;
  const text =
    port === undefined
      ? ''
      : `${SCENE_WORDS.port(port)}${service.ports.length > 1 ? ` +${service.ports.length - 1}` : ''}`;
  const width = widthOf(text, 'mono', 11) + 16;
  return (
    <g>
      <text x={box.x + 35} y={box.y + 20} className={classNames(styles.text, styles.fine)}>
        {OBJECT_WORDS.service(service.type)}
      </text>
      <CardHead box={box} icon="service" name={service.name} room={box.width - 58 - width} y={10} under={15} />
      <g className={styles.fine}>
        <text x={rightOf(box) - 11} y={box.y + 20} textAnchor="end" className={styles.bridgeName}>
          {service.clusterIP}
        </text>
        {text !== '' && (
          <>
            <rect
              x={rightOf(box) - width - 11}
              y={box.y + 31}
              width={width}
              height="21"
              rx="3"
              className={styles.chip}
            />
            <text x={rightOf(box) - 19} y={box.y + 46} textAnchor="end" className={styles.pinName}>
              {text}
            </text>
          </>
        )}
      </g>
    </g>
  );
}

function SliceCard({ box, slice }: { readonly box: Box; readonly slice: ElementOf<'slice'> }) {
  const ready = slice.endpoints.filter(endpoint => endpoint.ready).length;
  const isLong = slice.endpoints.length > SLICE_LINES;
  const shown = slice.endpoints.slice(0, isLong ? SLICE_LINES - 1 : SLICE_LINES);
  return (
    <g>
      <text x={box.x + 35} y={box.y + 20} className={classNames(styles.text, styles.fine)}>
        EndpointSlice
      </text>
      <CardHead box={box} icon="endpointSlice" name={slice.name} room={box.width - 70} y={10} under={14} />
      <g className={styles.fine}>
        <text x={rightOf(box) - 11} y={box.y + 20} textAnchor="end" className={styles.strong}>
          {OBJECT_WORDS.readyOf(ready, slice.endpoints.length)}
        </text>
        {shown.map((endpoint, i) => (
          <text key={endpoint.address} x={box.x + 12} y={box.y + 60 + i * 18} className={styles.address}>
            {endpoint.address}
            {!endpoint.ready && (
              <tspan dx="10" className={styles.strong}>
                {SCENE_WORDS.notReady}
              </tspan>
            )}
          </text>
        ))}
        {isLong && (
          <text x={box.x + 12} y={box.y + 60 + shown.length * 18} className={styles.text}>
            {OBJECT_WORDS.more(slice.endpoints.length - shown.length)}
          </text>
        )}
        {slice.endpoints.length === 0 && (
          <text x={box.x + 12} y={box.y + 60} className={styles.text}>
            {OBJECT_WORDS.noEndpoints}
          </text>
        )}
      </g>
    </g>
  );
}

function WorkloadCard({
  box,
  workload,
}: {
  readonly box: Box;
  readonly workload: ElementOf<'deployment'> | ElementOf<'replicaset'>;
}) {
  const middle = box.x + box.width / 2;
  const kind = workload.kind === 'deployment' ? 'Deployment' : 'ReplicaSet';
  return (
    <g textAnchor="middle">
      <g className={styles.centred} style={toMiddle(box, 28)}>
        <SceneIcon name="deployment" x={middle - 8} y={box.y + 9} />
        <text x={middle} y={box.y + 43} className={classNames(styles.name, styles.coarse)}>
          {shortName(workload.name, lettersIn(box.width - 8))}
        </text>
      </g>
      <text x={middle} y={box.y + 57} className={classNames(styles.text, styles.fine)} style={{ fontSize: 11 }}>
        {kind}
      </text>
      <text x={middle} y={box.y + 72} className={classNames(styles.strong, styles.fine)}>
        {`${workload.ready}/${workload.replicas}`}
      </text>
    </g>
  );
}

interface CardHeadProps {
  readonly box: Box;
  readonly icon: IconName;
  readonly name: string;
  /** How wide the name may be, in pixels. */
  readonly room: number;
  /** Where the icon begins, from the top of the card. */
  readonly y: number;
  /** How much lower than the icon the name stands, under what says the kind. */
  readonly under?: number;
  readonly isStruck?: boolean;
}

/** Icon and name of a card. Seen from far away they are all that it says, in its middle. */
function CardHead({ box, icon, name, room, y, under = 0, isStruck = false }: CardHeadProps) {
  return (
    <>
      <g className={styles.centred} style={toMiddle(box, y + 8)}>
        <SceneIcon name={icon} x={box.x + 11} y={box.y + y} />
      </g>
      <text
        x={box.x + 35}
        y={box.y + y + 13 + under}
        className={classNames(styles.name, styles.coarse, styles.centred, styles.grown, isStruck && styles.struck)}
        style={toMiddle(box, y + 8 + under)}
      >
        {shortName(name, lettersIn(room))}
      </text>
    </>
  );
}

/** For what stands in the middle of its card when that is small: how far it is from there, and how far it moves aside. */
const toMiddle = (box: Box, y: number, across = 0): CSSProperties =>
  ({ '--down': `${box.height / 2 - y}px`, '--across': `${across}px` }) as CSSProperties;

/** How many letters of a name fit into a width. */
const lettersIn = (width: number): number => Math.max(6, Math.floor(width / 7.2));

/** What joins a Service and its slice is a label. */
function SliceLinkLabel({
  layout,
  from,
  to,
}: {
  readonly layout: ObjectsLayout;
  readonly from: ElementId;
  readonly to: ElementId;
}) {
  const [above, below] = [layout.boxes.get(from), layout.boxes.get(to)];
  if (above === undefined || below === undefined) return null;
  const text = `kubernetes.io/service-name=${shortName(from.split('/')[2] ?? '', 18)}`;
  const { x } = centerOf(above);
  const y = (above.y + above.height + below.y) / 2;
  const width = widthOf(text, 'sans');
  if (below.y - above.y - above.height > 60) return null;
  return (
    <g className={styles.fine}>
      <g style={{ opacity: 1 }}>
        <Plate box={{ x: x - width / 2, y: y - 8, width, height: 16 }} />
      </g>
      <text x={x} y={y + 4} textAnchor="middle" className={styles.text}>
        {text}
      </text>
    </g>
  );
}
