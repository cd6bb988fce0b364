// What the page shows of a lab: a flat list of elements, each small enough to be sent again when it changes.
//
// Element ids are written one way everywhere (graph, list, lessons, traces):
//   node/NAME  pod/NAMESPACE/NAME  svc/NAMESPACE/NAME  slice/NAMESPACE/NAME  deploy/NAMESPACE/NAME  rs/NAMESPACE/NAME
//   ns/NAME  outside/NAME  router/NAME  lan/NAME, and an interface of one of them: node/node-1#cni0

/** See the header of this file for its forms. */
export type ElementId = string;

export interface InterfaceElement {
  readonly name: string;
  readonly kind: 'loopback' | 'veth' | 'bridge' | 'vxlan' | 'ipip' | 'macvlan' | 'dummy';
  readonly mac: string;
  readonly mtu: number;
  /** `10.244.1.1/24` */
  readonly addresses: readonly string[];
  readonly up: boolean;
  /** Up here and, for a cable, at the other end. */
  readonly carrier: boolean;
  /** The bridge that it is a port of. */
  readonly master?: string;
  /** The interface at the other end of the cable. */
  readonly peer?: ElementId;
}

export interface NodeElement {
  readonly kind: 'node';
  readonly id: ElementId;
  readonly name: string;
  readonly role: 'control-plane' | 'worker';
  readonly address: string;
  readonly podCIDR?: string;
  readonly ready: boolean;
  readonly notReadyReason?: string;
  readonly interfaces: readonly InterfaceElement[];
  readonly routeCount: number;
  /** Absent: none. */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface PodElement {
  readonly kind: 'pod';
  readonly id: ElementId;
  readonly namespace: string;
  readonly name: string;
  /** The node's name; absent until the Pod is scheduled. */
  readonly node?: string;
  readonly address?: string;
  /** As in the STATUS column: `Running`, `Pending`, `Init:0/1`, `Terminating` ... */
  readonly status: string;
  readonly ready: boolean;
  readonly terminating: boolean;
  readonly notReadyReason?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly containers: readonly { readonly name: string; readonly image: string }[];
  /** Absent: none. */
  readonly initContainers?: readonly { readonly name: string; readonly image: string }[];
  /** The ReplicaSet, Deployment ... that made it. */
  readonly owner?: ElementId;
  /** It lives in its node's network namespace. */
  readonly hostNetwork: boolean;
  readonly interfaces: readonly InterfaceElement[];
}

export interface ServiceElement {
  readonly kind: 'service';
  readonly id: ElementId;
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  /** An address, or `None`. */
  readonly clusterIP: string;
  /** `80 → 8080/TCP` */
  readonly ports: readonly {
    readonly name?: string;
    readonly port: number;
    readonly targetPort: string;
    readonly protocol: string;
    readonly nodePort?: number;
  }[];
  readonly selector?: Readonly<Record<string, string>>;
  /** Absent: none. */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface SliceElement {
  readonly kind: 'slice';
  readonly id: ElementId;
  readonly namespace: string;
  readonly name: string;
  readonly service?: ElementId;
  readonly ports: readonly string[];
  readonly endpoints: readonly { readonly address: string; readonly pod?: ElementId; readonly ready: boolean }[];
  /** Absent: none. */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface WorkloadElement {
  readonly kind: 'deployment' | 'replicaset';
  readonly id: ElementId;
  readonly namespace: string;
  readonly name: string;
  readonly replicas: number;
  readonly ready: number;
  readonly owner?: ElementId;
  /** Absent: none. */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface NamespaceElement {
  readonly kind: 'namespace';
  readonly id: ElementId;
  readonly name: string;
}

/** A host outside the cluster, the router between outside and the LAN, or the LAN itself. */
export interface SurroundingElement {
  readonly kind: 'outside' | 'router' | 'lan';
  readonly id: ElementId;
  readonly name: string;
  /** The host's address; for the LAN its subnet. */
  readonly address: string;
  readonly mtu: number;
  readonly interfaces: readonly InterfaceElement[];
}

export type LabElement =
  | NodeElement
  | PodElement
  | ServiceElement
  | SliceElement
  | WorkloadElement
  | NamespaceElement
  | SurroundingElement;
