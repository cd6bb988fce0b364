import { type CSSProperties, memo } from 'react';
import type { ElementId, LabElement } from '../../sim/index.ts';
import type { Journey } from '../../store/journey.ts';
import { classNames } from '../common/classNames.ts';
import type { IconName } from '../common/iconDrawings.tsx';
import { type Box, centerOf, rightOf } from './geometry.ts';
import { type ElementOf, isSystem } from './networkParts.ts';
import { ObjectLinks } from './ObjectLinks.tsx';
import marks from './Objects.module.css';
import { SLICE_LINES } from './objectBands.ts';
import { journeyStops } from './objectElements.ts';
import type { ObjectsLayout } from './objectsLayout.ts';
import { OBJECT_WORDS } from './objectWords.ts';
import styles from './Scene.module.css';
import { roomFor, SceneIcon, toMiddle, widthOf } from './sceneParts.tsx';
import { shortName } from './shortName.ts';
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
    <g style={ONLY_WITH_ROOM}>
      <ObjectLinks layout={layout} stops={journeyStops(layout, { journey, elements })} />
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

/** A card's words keep their size but for those that are known to have room. */
const ONLY_WITH_ROOM = roomFor('-', 'mono', 0);

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
        <tspan className={styles.name} style={roomFor(name, 'sans', 200)}>
          {name}
        </tspan>
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
  const stateWidth = widthOf(state, 'sans');
  return (
    <g opacity={pod.terminating ? 0.6 : 1}>
      <CardHead
        box={box}
        icon="pod"
        kind={OBJECT_WORDS.pod}
        name={pod.name}
        most={roomFor(OBJECT_WORDS.pod, 'sans', 60)}
        isStruck={pod.terminating}
      />
      <g className={styles.centred} style={toMiddle(box, 16, stateWidth + 9)}>
        <SceneIcon
          name={isWell ? 'delivered' : 'pending'}
          x={rightOf(box) - 30 - stateWidth}
          y={box.y + 8}
          size={15}
          className={isWell ? marks.okIcon : styles.pendingIcon}
        />
      </g>
      <text
        x={rightOf(box) - 11}
        y={box.y + ROWS.kind}
        textAnchor="end"
        className={classNames(isWell ? marks.okText : marks.pendingText, styles.fine)}
      >
        {state}
      </text>
      <text
        x={box.x + LEFT}
        y={box.y + ROWS.fact}
        className={classNames(styles.address, styles.fine)}
        style={roomFor(place, 'mono', box.width - LEFT - 8)}
      >
        {place}
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
  const kind = SCENE_WORDS.service(service.type);
  const most = roomBeside(box, kind, service.clusterIP);
  const chip = roomFor(text, 'mono', box.width - LEFT - 27);
  return (
    <g>
      <CardHead box={box} icon="service" kind={kind} name={service.name} most={most} />
      <g className={styles.fine}>
        <text x={rightOf(box) - 11} y={box.y + ROWS.kind} textAnchor="end" className={styles.bridgeName} style={most}>
          {service.clusterIP}
        </text>
        {text !== '' && (
          <>
            <rect
              x={box.x + LEFT}
              y={box.y + ROWS.fact - 14}
              height="20"
              rx="3"
              className={marks.chip}
              style={{ ...chip, '--letters': text.length } as CSSProperties}
            />
            <text x={box.x + LEFT + 8} y={box.y + ROWS.fact} className={styles.pinName} style={chip}>
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
  const count = OBJECT_WORDS.readyOf(ready, slice.endpoints.length);
  const most = roomBeside(box, OBJECT_WORDS.slice, count);
  return (
    <g>
      <CardHead box={box} icon="endpointSlice" kind={OBJECT_WORDS.slice} name={slice.name} most={most} />
      <g className={styles.fine}>
        <text x={rightOf(box) - 11} y={box.y + ROWS.kind} textAnchor="end" className={styles.strong} style={most}>
          {count}
        </text>
        {shown.map((endpoint, i) => (
          <text
            key={endpoint.address}
            x={box.x + LEFT}
            y={box.y + ROWS.fact + i * 18}
            className={styles.address}
            style={roomFor(endpoint.address, 'mono', endpoint.ready ? box.width - LEFT - 12 : 100)}
          >
            {endpoint.address}
            {!endpoint.ready && (
              <tspan dx="10" className={styles.strong}>
                {SCENE_WORDS.notReady}
              </tspan>
            )}
          </text>
        ))}
        {isLong && (
          <text
            x={box.x + LEFT}
            y={box.y + ROWS.fact + shown.length * 18}
            className={styles.text}
            style={roomFor('and 100 more', 'sans', box.width - LEFT)}
          >
            {OBJECT_WORDS.more(slice.endpoints.length - shown.length)}
          </text>
        )}
        {slice.endpoints.length === 0 && (
          <text x={box.x + LEFT} y={box.y + ROWS.fact} className={styles.text}>
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
  const kind = OBJECT_WORDS[workload.kind];
  return (
    <g textAnchor="middle">
      <g className={styles.centred} style={toMiddle(box, 26)}>
        <SceneIcon name="deployment" x={middle - 8} y={box.y + 8} />
      </g>
      <text x={middle} y={box.y + 39} className={classNames(styles.text, styles.fine)} style={{ fontSize: 11 }}>
        {kind}
      </text>
      <text
        x={middle}
        y={box.y + 55}
        className={classNames(styles.name, styles.coarse, styles.centred)}
        style={toMiddle(box, 41)}
      >
        {shortName(workload.name, lettersIn(box.width - 8))}
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
  readonly kind: string;
  readonly name: string;
  /** How large the kind may be; as large as it is at 100 % where nothing is said. */
  readonly most?: CSSProperties;
  readonly isStruck?: boolean;
}

/** How large a kind and what stands right of it may be, so that they do not meet. */
const roomBeside = (box: Box, kind: string, right: string): CSSProperties =>
  roomFor(`${kind}${right}`, 'mono', box.width - LEFT - 24);

/** The left edge of all that a card says, and its base lines: the kind with what matters most, the name, what it has. */
const LEFT = 35;
const ROWS = { kind: 20, name: 39, fact: 59 } as const;

/** Icon, kind and name of a card. Seen from far away icon and name are all that it says, in its middle. */
function CardHead({ box, icon, kind, name, most, isStruck = false }: CardHeadProps) {
  const room = box.width - LEFT - 11 - STATE_ROOM;
  const shown = shortName(name, lettersIn(room));
  return (
    <>
      <g className={styles.centred} style={toMiddle(box, 18)}>
        <SceneIcon name={icon} x={box.x + 11} y={box.y + 8} />
      </g>
      <text x={box.x + LEFT} y={box.y + ROWS.kind} className={classNames(styles.text, styles.fine)} style={most}>
        {kind}
      </text>
      <text
        x={box.x + LEFT}
        y={box.y + ROWS.name}
        className={classNames(styles.name, styles.coarse, styles.centred, styles.grown, isStruck && styles.struck)}
        style={{ ...toMiddle(box, ROWS.name - 5), ...roomFor(shown, 'sans', room + 14) }}
      >
        {shown}
      </text>
    </>
  );
}

/** What a name leaves free: seen from far away the mark of a Pod's state stands beside it. */
const STATE_ROOM = 24;

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
  const text = `kubernetes.io/service-name=${shortName(from.split('/')[2] ?? '', 12)}`;
  const { x } = centerOf(above);
  const y = (above.y + above.height + below.y) / 2;
  if (below.y - above.y - above.height > 60) return null;
  return (
    <g className={styles.fine}>
      <text
        x={x}
        y={y + 4}
        textAnchor="middle"
        className={classNames(styles.text, styles.onGround)}
        style={roomFor(text, 'sans', above.width)}
      >
        {text}
      </text>
    </g>
  );
}
