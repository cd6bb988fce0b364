// Where everything of the graph stands, as the packings of its levels say it (networkLayout.ts, objectsLayout.ts): the same
// for the same elements, nothing overlaps, and nothing that stays moves when a Pod is added.

import type { ElementId } from '../../sim/index.ts';
import type { Crowd } from './crowd/crowd.ts';
import type { Box, Point, Polyline } from './geometry.ts';
import type { ObjectsLayout } from './objectsLayout.ts';
import type { SlotMemory } from './slots.ts';

/** The inside of a node, as packets see it. */
export interface NodePlace {
  readonly id: ElementId;
  readonly box: Box;
  /** `up`: the node hangs head down, its Pods are at its bottom. */
  readonly facing: 'down' | 'up';
  /** Too little room for its inside: Pods only. */
  readonly detail: 'full' | 'compact';
  /** Where the name stands: the top of the box, or its bottom when it hangs. */
  readonly header: Box;
  /** The bar of its bridge, when it has one. */
  readonly bridge: { readonly id: ElementId; readonly name: string; readonly box: Box } | undefined;
  /** Where it routes. */
  readonly disc: Point;
  /** From its interface on the border to the LAN. */
  readonly uplink: Polyline;
  readonly uplinkDevice: string;
}

/** A Pod, or a few of them drawn as one. */
export interface PodPlace {
  readonly id: ElementId;
  /** The Pods that it stands for. */
  readonly pods: readonly ElementId[];
  readonly node: ElementId | undefined;
  readonly box: Box;
  /** From its interface to the port of the bridge, or to where the node routes; empty where there is no cable. */
  readonly wire: Polyline;
  /** The host's end of the cable: `veth4f1c09d2`. */
  readonly port: string | undefined;
  /** Which ends of the wire have their name beside them: of both, of the Pod's own alone, of none. */
  readonly labels: 'both' | 'own' | 'none';
}

export interface HostPlace {
  readonly id: ElementId;
  readonly box: Box;
  /** What it is plugged into. */
  readonly to: 'router' | 'lan';
  /** From the host to there. */
  readonly wire: Polyline;
}

/** The Network level. */
export interface NetworkLayout {
  readonly kind: 'network';
  readonly bounds: Box;
  readonly nodes: ReadonlyMap<ElementId, NodePlace>;
  readonly pods: ReadonlyMap<ElementId, PodPlace>;
  readonly services: ReadonlyMap<ElementId, Box>;
  readonly lan: { readonly id: ElementId; readonly bar: Box; readonly label: Point } | undefined;
  readonly router: { readonly id: ElementId; readonly box: Box; readonly uplink: Polyline } | undefined;
  readonly outside: { readonly frame: Box; readonly hosts: ReadonlyMap<ElementId, HostPlace> } | undefined;
  readonly slots: SlotMemory;
  /** There when the graph's canvas paints it; the maps above still have the place of everything. */
  readonly crowd?: Crowd;
}

export type Layout = NetworkLayout | ObjectsLayout;

/** What the packing depends on beside the elements. */
export interface LayoutWish {
  /** `wide`: nodes side by side over the LAN. `tall`: for a phone, the two ends of a journey above and below it. */
  readonly form: 'wide' | 'tall';
  /** The nodes at the ends of the journey that is shown, for the tall form. */
  readonly ends: readonly ElementId[];
  /** Elements that are drawn although they belong to the system: selected or traced ones. */
  readonly drawn: ReadonlySet<ElementId>;
  /** The namespace that the Objects level shows; undefined: all. */
  readonly namespace: string | undefined;
  /** How many Pods the node boxes of a crowd had room for; 0: there was none. */
  readonly capacity: number;
}
