import { memo } from 'react';
import type { ElementId, LabElement } from '../../sim/index.ts';
import { classNames } from '../common/classNames.ts';
import { type Box, pathData, rightOf } from './geometry.ts';
import type { HostPlace, NetworkLayout, NodePlace, PodPlace } from './layout.ts';
import type { ElementOf } from './networkParts.ts';
import styles from './Scene.module.css';
import { Pin, SceneIcon, widthOf } from './sceneParts.tsx';
import { shortName } from './shortName.ts';
import * as SCENE_WORDS from './words.ts';

type Elements = ReadonlyMap<ElementId, LabElement>;
/** Who writes names into boxes: this scene, or the canvas under it. */
type Names = 'shown' | 'painted';

/** The inside of nodes, Pods and hosts at the Network level, without any journey. */
export const NetworkScene = memo(function NetworkScene({
  layout,
  elements,
  quietNodes,
}: {
  readonly layout: NetworkLayout;
  readonly elements: Elements;
  /** Nodes whose route count gives way to the text of a translation. */
  readonly quietNodes: readonly ElementId[];
}) {
  const { lan, router, outside } = layout;
  // A crowd's canvas has the names of nodes, Pods and Services.
  const names = layout.crowd === undefined ? 'shown' : 'painted';
  return (
    <g>
      {/* The way between nodes stays at every level of detail, the cables of Pods do not. */}
      <g>
        {[...layout.nodes.values()].map(node => (
          <path key={node.id} d={pathData(node.uplink)} className={styles.wire} />
        ))}
        {[...(outside?.hosts.values() ?? [])].map(host => (
          <path key={host.id} d={pathData(host.wire)} className={styles.wire} />
        ))}
        {router !== undefined && <path d={pathData(router.uplink)} className={styles.wire} />}
      </g>
      <g className={styles.fine}>
        {[...layout.pods.values()].map(pod => (
          <path key={pod.id} d={pathData(pod.wire)} className={styles.wire} />
        ))}
      </g>
      {[...layout.nodes.values()].map(node => (
        <NodeInside
          key={node.id}
          place={node}
          elements={elements}
          isQuiet={quietNodes.includes(node.id)}
          names={names}
        />
      ))}
      {[...layout.pods.values()].map(pod => (
        <PodInside key={pod.id} place={pod} elements={elements} facing={facingOf(layout, pod)} names={names} />
      ))}
      {lan !== undefined && <LanLabel layout={layout} elements={elements} />}
      {router !== undefined && (
        <g>
          <SceneIcon name="router" x={router.box.x + 10} y={router.box.y + 13} size={18} />
          <text x={router.box.x + 36} y={router.box.y + 19} className={classNames(styles.name, styles.coarse)}>
            {nameOf(elements, router.id)}
          </text>
          <text x={router.box.x + 36} y={router.box.y + 35} className={classNames(styles.address, styles.fine)}>
            {addressOf(elements, router.id)}
          </text>
        </g>
      )}
      {outside !== undefined && (
        <g>
          <text x={outside.frame.x + 14} y={outside.frame.y + 22} className={classNames(styles.text, styles.coarse)}>
            {SCENE_WORDS.outside}
          </text>
          {[...outside.hosts.values()].map(host => (
            <HostInside key={host.id} place={host} elements={elements} />
          ))}
        </g>
      )}
      {names === 'shown' &&
        [...layout.services].map(([id, box]) => <ServiceInside key={id} id={id} box={box} elements={elements} />)}
    </g>
  );
});

function facingOf(layout: NetworkLayout, pod: PodPlace): NodePlace['facing'] {
  return (pod.node === undefined ? undefined : layout.nodes.get(pod.node)?.facing) ?? 'down';
}

const nameOf = (elements: Elements, id: ElementId): string => elements.get(id)?.name ?? '';

function addressOf(elements: Elements, id: ElementId): string {
  const element = elements.get(id);
  return element !== undefined && 'address' in element ? (element.address ?? '') : '';
}

function NodeInside({
  place,
  elements,
  isQuiet,
  names,
}: {
  readonly place: NodePlace;
  readonly elements: Elements;
  readonly isQuiet: boolean;
  readonly names: Names;
}) {
  const element = elements.get(place.id);
  if (element?.kind !== 'node') return null;
  const { bridge, disc, uplink, facing, detail } = place;
  const pin = uplink[0];
  const isUp = facing === 'up';
  const hub = bridge === undefined ? disc : { x: disc.x, y: bridge.box.y + (isUp ? 0 : bridge.box.height) };
  const bridgeAddress = element.interfaces.find(device => device.name === bridge?.name)?.addresses[0];
  return (
    <g>
      {names === 'shown' && <NodeName place={place} element={element} />}
      {detail === 'full' && pin !== undefined && (
        <g className={styles.fine}>
          <path d={pathData([hub, pin])} className={styles.wire} />
          {bridge !== undefined && <BridgeLabel box={bridge.box} name={bridge.name} address={bridgeAddress} />}
          {bridge !== undefined && <rect x={hub.x - 1} y={hub.y - 1} width="2" height="2" className={styles.plate} />}
          <circle cx={disc.x} cy={disc.y} r="14" className={styles.disc} />
          <SceneIcon name="route" x={disc.x - 9} y={disc.y - 9} size={18} />
          {!isQuiet && (
            <text x={disc.x - 24} y={disc.y + 4} textAnchor="end" className={styles.text}>
              {SCENE_WORDS.routes(element.routeCount)}
            </text>
          )}
          <Pin at={pin} />
          <text x={pin.x + 10} y={pin.y + (isUp ? -8 : 17)} className={styles.pinName}>
            {`${place.uplinkDevice} ${element.address}`}
          </text>
        </g>
      )}
    </g>
  );
}

function NodeName({ place, element }: { readonly place: NodePlace; readonly element: ElementOf<'node'> }) {
  const { header } = place;
  return (
    <>
      <SceneIcon
        name="node"
        x={header.x + 12}
        y={header.y + 11}
        size={17}
        className={classNames(styles.icon, styles.strongIcon)}
      />
      <text x={header.x + 34} y={header.y + 24} className={classNames(styles.name, styles.coarse)}>
        {element.name}
      </text>
      {!element.ready && (
        <SceneIcon
          name="pending"
          x={header.x + 42 + widthOf(element.name, 'sans', 14)}
          y={header.y + 12}
          className={styles.pendingIcon}
        />
      )}
      {header.width > 240 && (
        <text
          x={rightOf(header) - 12}
          y={header.y + 24}
          textAnchor="end"
          className={classNames(styles.address, styles.fine)}
        >
          {nodeFact(place, element)}
        </text>
      )}
    </>
  );
}

function nodeFact(place: NodePlace, element: { readonly podCIDR?: string; readonly address: string }): string {
  if (place.detail === 'compact') return element.address;
  return element.podCIDR === undefined ? '' : `podCIDR ${element.podCIDR}`;
}

function BridgeLabel({
  box,
  name,
  address,
}: {
  readonly box: Box;
  readonly name: string;
  readonly address: string | undefined;
}) {
  const own = (address ?? '').split('/')[0] ?? '';
  const right = rightOf(box) - 8;
  const y = box.y + 17;
  const nameX = right - widthOf(`${own} `, 'mono');
  const iconX = nameX - widthOf(name, 'mono') - 22;
  return (
    <g>
      {box.width > 160 && <SceneIcon name="bridge" x={iconX} y={box.y + 5} />}
      <text x={nameX} y={y} textAnchor="end" className={styles.bridgeName}>
        {name}
      </text>
      <text x={right} y={y} textAnchor="end" className={styles.address}>
        {own}
      </text>
    </g>
  );
}

function PodInside({
  place,
  elements,
  facing,
  names,
}: {
  readonly place: PodPlace;
  readonly elements: Elements;
  readonly facing: NodePlace['facing'];
  readonly names: Names;
}) {
  const { wire, port } = place;
  const element = elements.get(place.pods[0] ?? place.id);
  if (element?.kind !== 'pod') return null;
  const isGroup = place.id.startsWith('group/');
  const [pin, end] = [wire[0], wire[wire.length - 1]];
  const down = facing === 'down';
  return (
    <g opacity={element.terminating ? 0.6 : 1}>
      {names === 'shown' && <PodName place={place} element={element} />}
      {!isGroup && pin !== undefined && end !== undefined && (
        <g className={styles.fine}>
          <Pin at={pin} />
          <Pin at={end} />
          {place.labels === 'shown' && (
            <>
              <text x={pin.x + 10} y={pin.y + (down ? 14 : -7)} className={styles.pinName}>
                eth0
              </text>
              <text x={end.x + 10} y={end.y + (down ? -6 : 13)} className={styles.pinName}>
                {port}
              </text>
            </>
          )}
        </g>
      )}
    </g>
  );
}

function PodName({ place, element }: { readonly place: PodPlace; readonly element: ElementOf<'pod'> }) {
  const { box } = place;
  const isGroup = place.id.startsWith('group/');
  const letters = Math.floor((box.width - 40) / 7.2);
  const second = isGroup
    ? SCENE_WORDS.pods(place.pods.length)
    : element.terminating || element.address === undefined
      ? element.status
      : element.address;
  return (
    <>
      <SceneIcon name={isGroup ? 'namespace' : 'pod'} x={box.x + 9} y={box.y + 8} />
      <text
        x={box.x + 31}
        y={box.y + 20}
        className={classNames(
          isGroup ? styles.quietName : styles.name,
          styles.coarse,
          element.terminating && styles.struck,
        )}
      >
        {shortName(isGroup ? element.namespace : element.name, letters)}
      </text>
      <text x={box.x + 31} y={box.y + 37} className={classNames(isGroup ? styles.text : styles.address, styles.fine)}>
        {second}
      </text>
      {!isGroup && !element.ready && !element.terminating && (
        <SceneIcon name="pending" x={rightOf(box) - 21} y={box.y + 26} size={15} className={styles.pendingIcon} />
      )}
    </>
  );
}

/** Under a LAN narrower than this, a phone's, the cable to the lower node takes the place of the MTU. */
const NARROW_LAN = 400;

function LanLabel({ layout, elements }: { readonly layout: NetworkLayout; readonly elements: Elements }) {
  const { lan } = layout;
  const element = lan === undefined ? undefined : elements.get(lan.id);
  if (lan === undefined || element === undefined || !('mtu' in element)) return null;
  return (
    <text x={lan.label.x} y={lan.label.y} className={styles.fine}>
      <tspan className={styles.strong}>{element.name}</tspan>
      <tspan dx="6" className={styles.address}>
        {lan.bar.width < NARROW_LAN ? element.address : SCENE_WORDS.lan(element.address, element.mtu)}
      </tspan>
    </text>
  );
}

function HostInside({ place, elements }: { readonly place: HostPlace; readonly elements: Elements }) {
  const { box } = place;
  const name = nameOf(elements, place.id);
  const pin = place.wire[0];
  return (
    <g>
      {pin !== undefined && (
        <g className={styles.fine}>
          <Pin at={pin} />
        </g>
      )}
      <SceneIcon name={name.includes('.') ? 'internet' : 'laptop'} x={box.x + 6} y={box.y + 7} size={18} />
      <text x={box.x + 32} y={box.y + 15} className={classNames(styles.name, styles.coarse)}>
        {shortName(name, 16)}
      </text>
      <text x={box.x + 32} y={box.y + 32} className={classNames(styles.address, styles.fine)}>
        {addressOf(elements, place.id)}
      </text>
    </g>
  );
}

function ServiceInside({
  id,
  box,
  elements,
}: {
  readonly id: ElementId;
  readonly box: Box;
  readonly elements: Elements;
}) {
  const element = elements.get(id);
  if (element?.kind !== 'service') return null;
  const [port] = element.ports;
  return (
    <g>
      <SceneIcon name="service" x={box.x + 9} y={box.y + 7} />
      <text x={box.x + 31} y={box.y + 19} className={classNames(styles.name, styles.coarse)}>
        {shortName(element.name, 12)}
      </text>
      <text x={rightOf(box) - 10} y={box.y + 19} textAnchor="end" className={classNames(styles.address, styles.fine)}>
        {element.clusterIP}
      </text>
      {port !== undefined && (
        <text x={box.x + 31} y={box.y + 36} className={classNames(styles.pinName, styles.fine)}>
          {SCENE_WORDS.port(port)}
          {element.ports.length > 1 && ` +${element.ports.length - 1}`}
        </text>
      )}
    </g>
  );
}
