import { type CSSProperties, memo } from 'react';
import type { ElementId, LabElement } from '../../sim/index.ts';
import { classNames } from '../common/classNames.ts';
import { type Box, type Point, pathData, rightOf } from './geometry.ts';
import type { HostPlace, NetworkLayout, NodePlace, PodPlace } from './layout.ts';
import type { ElementOf } from './networkParts.ts';
import { PIN_NAME_GAP } from './networkPlaces.ts';
import styles from './Scene.module.css';
import { Pin, roomFor, SceneIcon, toMiddle, widthOf } from './sceneParts.tsx';
import { shortHost, shortName } from './shortName.ts';
import { TwoLines } from './TwoLines.tsx';
import * as SCENE_WORDS from './words.ts';

type Elements = ReadonlyMap<ElementId, LabElement>;
/** Who writes names into boxes: this scene, or the canvas under it. */
type Names = 'shown' | 'painted';

/** The inside of nodes, Pods and hosts at the Network level, without any journey. */
export const NetworkScene = memo(function NetworkScene({
  layout,
  elements,
  quietNodes,
  services,
}: {
  readonly layout: NetworkLayout;
  readonly elements: Elements;
  /** What draws Services, when it is there. */
  readonly services: Pick<typeof import('./servicesParts.ts'), 'ServiceInside'> | undefined;
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
      {router !== undefined && names === 'shown' && (
        <g>
          <SceneIcon name="router" x={router.box.x + 10} y={router.box.y + 13} size={18} />
          <TwoLines
            box={router.box}
            x={36}
            lines={[19, 35]}
            words={[nameOf(elements, router.id), addressOf(elements, router.id)]}
          />
        </g>
      )}
      {outside !== undefined && names === 'shown' && (
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
        services !== undefined &&
        [...layout.services].map(([id, box]) => (
          <services.ServiceInside key={id} id={id} box={box} elements={elements} />
        ))}
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
          <circle cx={disc.x} cy={disc.y} r="14" className={styles.disc} />
          <SceneIcon name="route" x={disc.x - 9} y={disc.y - 9} size={18} />
          {!isQuiet && (
            <text x={disc.x - 24} y={disc.y + 4} textAnchor="end" className={classNames(styles.text, styles.secondary)}>
              {SCENE_WORDS.routes(element.routeCount)}
            </text>
          )}
          <Pin at={pin} />
          <UplinkName pin={pin} place={place} address={element.address} />
        </g>
      )}
    </g>
  );
}

/** Beside the uplink, in two lines where one would reach beyond the node. */
function UplinkName({
  pin,
  place,
  address,
}: {
  readonly pin: Point;
  readonly place: NodePlace;
  readonly address: string;
}) {
  const whole = `${place.uplinkDevice} ${address}`;
  const isOne = pin.x + PIN_NAME_GAP + widthOf(whole, 'mono', 11) <= rightOf(place.box);
  const x = pin.x + PIN_NAME_GAP;
  const first = pin.y + (place.facing === 'up' ? -8 - (isOne ? 0 : UPLINK_LINE) : 17);
  return (
    <text
      x={x}
      y={first}
      className={classNames(styles.pinName, styles.onGround)}
      style={roomFor(address, 'mono', rightOf(place.box) + 20 - pin.x)}
    >
      <tspan className={styles.secondary}>{isOne ? `${place.uplinkDevice} ` : place.uplinkDevice}</tspan>
      {isOne ? (
        address
      ) : (
        <tspan x={x} y={first + UPLINK_LINE}>
          {address}
        </tspan>
      )}
    </text>
  );
}

const UPLINK_LINE = 13;

function NodeName({ place, element }: { readonly place: NodePlace; readonly element: ElementOf<'node'> }) {
  const { header } = place;
  const fact = header.width > 240 ? nodeFact(place, element) : '';
  const room = header.width - 46 - (fact === '' ? 0 : widthOf(fact, 'mono', 11.5) + 8) - (element.ready ? 0 : 24);
  const name = shortHost(element.name, room, 14);
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
        {name}
      </text>
      {!element.ready && (
        <SceneIcon
          name="pending"
          x={header.x + 42 + widthOf(name, 'sans', 14)}
          y={header.y + 12}
          className={styles.pendingIcon}
        />
      )}
      {fact !== '' && (
        <text
          x={rightOf(header) - 12}
          y={header.y + 24}
          textAnchor="end"
          className={classNames(styles.address, place.detail === 'compact' ? styles.fine : styles.secondary)}
          style={roomFor(fact, 'mono', header.width - 54 - widthOf(name, 'sans', 15))}
        >
          {fact}
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
  const words = `${name} ${own}`;
  return (
    <g>
      {box.width > 160 && (
        <g
          className={classNames(styles.secondary, styles.beside)}
          style={{ '--letters': words.length } as CSSProperties}
        >
          <SceneIcon name="bridge" x={right - widthOf(words, 'mono') - 22} y={box.y + 5} />
        </g>
      )}
      <text x={right} y={y} textAnchor="end" style={roomFor(words, 'mono', box.width - 16)}>
        <tspan className={styles.bridgeName}>{name}</tspan>
        <tspan className={styles.address}>{` ${own}`}</tspan>
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
          {place.labels !== 'none' && (
            <g className={styles.secondary}>
              <text x={pin.x + PIN_NAME_GAP} y={pin.y + (down ? 14 : -7)} className={styles.pinName}>
                eth0
              </text>
              {place.labels === 'both' && (
                <text x={end.x + PIN_NAME_GAP} y={end.y + (down ? -6 : 13)} className={styles.pinName}>
                  {port}
                </text>
              )}
            </g>
          )}
        </g>
      )}
    </g>
  );
}

function PodName({ place, element }: { readonly place: PodPlace; readonly element: ElementOf<'pod'> }) {
  const { box } = place;
  const isGroup = place.id.startsWith('group/');
  const isWaiting = !isGroup && !element.ready && !element.terminating;
  const letters = Math.floor((box.width - 40) / 7.2);
  const second = isGroup
    ? SCENE_WORDS.pods(place.pods.length)
    : element.terminating || element.address === undefined
      ? element.status
      : element.address;
  return (
    <>
      <g className={styles.centred} style={toMiddle(box, 16)}>
        <SceneIcon name={isGroup ? 'namespace' : 'pod'} x={box.x + 9} y={box.y + 8} />
      </g>
      <TwoLines
        box={box}
        x={31}
        lines={[20, 37]}
        words={[shortName(isGroup ? element.namespace : element.name, letters), second]}
        look={isGroup ? 'group' : element.terminating ? 'struck' : 'plain'}
        room={isWaiting ? box.width - 56 : box.width - 35}
      />
      {isWaiting && (
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
    <text x={lan.label.x} y={lan.label.y} className={classNames(styles.coarse, styles.onGround)}>
      <tspan className={styles.strong}>{element.name}</tspan>
      <tspan dx="6" className={classNames(styles.address, styles.fine)}>
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
        <g className={styles.coarse}>
          <Pin at={pin} />
        </g>
      )}
      <SceneIcon name={name.includes('.') ? 'internet' : 'laptop'} x={box.x + 9} y={box.y + 6} size={17} />
      <TwoLines
        box={box}
        x={33}
        lines={[18, 35]}
        words={[shortName(name, 16), addressOf(elements, place.id)]}
        room={box.width - 38}
      />
    </g>
  );
}
