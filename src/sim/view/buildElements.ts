// The elements of the page from a cluster's objects and kernels.

import type { ApiClient } from '../api/client.ts';
import { type Deployment, deployments } from '../api/kinds/deployment.ts';
import { type EndpointSlice, endpointSlices } from '../api/kinds/endpointSlice.ts';
import { type Namespace, namespaces } from '../api/kinds/namespace.ts';
import { type Node, nodes } from '../api/kinds/node.ts';
import { type Pod, pods } from '../api/kinds/pod.ts';
import { podStatusText } from '../api/kinds/podTable.ts';
import { type ReplicaSet, replicaSets } from '../api/kinds/replicaSet.ts';
import { type Service, services } from '../api/kinds/service.ts';
import type { ApiObject } from '../api/objects.ts';
import { netnsNameOf, sandboxName } from '../kubelet/sandbox.ts';
import type { LabConfig } from '../labConfig.ts';
import type { Netns } from '../linux/netns.ts';
import type { World } from '../linux/world.ts';
import { internalIP } from '../noderoute/agent.ts';
import { LAN, ROUTER } from '../surroundings.ts';
import { type AddElement, ElementMemory } from './elementMemory.ts';
import type { ElementId, InterfaceElement, LabElement } from './elements.ts';
import { interfaceElements, peerStates } from './interfaceElements.ts';

/** The element that a namespace belongs to. */
export function elementOfNetns(netns: string, config: LabConfig): ElementId {
  if (netns.startsWith('pod:')) {
    const [, namespace = '', name = ''] = netns.split(':');
    return `pod/${namespace}/${name}`;
  }
  if (netns === LAN) return `lan/${LAN}`;
  if (netns === ROUTER) return `router/${ROUTER}`;
  return config.nodes.some(node => node.name === netns) ? `node/${netns}` : `outside/${netns}`;
}

export class ElementBuilder {
  readonly #memory = new ElementMemory();
  readonly #api: ApiClient;
  readonly #world: World;
  readonly #config: LabConfig;

  constructor(api: ApiClient, world: World, config: LabConfig) {
    this.#api = api;
    this.#world = world;
    this.#config = config;
  }

  /** Every element, in the order in which the list shows them. Unchanged ones are the same objects as before. */
  build(): ReadonlyMap<ElementId, LabElement> {
    return this.#memory.collect(add => this.#fill(add));
  }

  #fill(add: AddElement): void {
    for (const object of this.#api.list(namespaces))
      add(`ns/${object.metadata.name}`, [object], () => namespaceElement(object));
    for (const object of this.#api.list(nodes)) {
      const netns = this.#world.find(object.metadata.name);
      add(`node/${object.metadata.name}`, [object, netns?.config, ...this.#peerStates(netns)], () =>
        this.#node(object, netns),
      );
    }
    for (const object of this.#api.list(pods)) {
      const netns = this.#world.find(sandboxName(object));
      add(idOf('pod', object), [object, netns?.config, ...this.#peerStates(netns)], () => this.#pod(object, netns));
    }
    for (const object of this.#api.list(services)) add(idOf('svc', object), [object], () => serviceElement(object));
    for (const object of this.#api.list(endpointSlices))
      add(idOf('slice', object), [object], () => sliceElement(object));
    for (const object of this.#api.list(deployments))
      add(idOf('deploy', object), [object], () => workloadElement('deployment', 'deploy', object));
    for (const object of this.#api.list(replicaSets))
      add(idOf('rs', object), [object], () => workloadElement('replicaset', 'rs', object));
    for (const [name, kind] of [
      [LAN, 'lan'],
      [ROUTER, 'router'],
      ...this.#config.outside.map(host => [host.name, 'outside'] as const),
    ] as const) {
      const netns = this.#world.find(name);
      add(`${kind}/${name}`, [netns?.config, ...this.#peerStates(netns)], () => this.#surrounding(kind, name, netns));
    }
  }

  #peerStates(netns: Netns | undefined): readonly boolean[] {
    return peerStates(this.#world, netns);
  }

  #interfaces(netns: Netns | undefined): readonly InterfaceElement[] {
    return interfaceElements(this.#world, netns, name => elementOfNetns(name, this.#config));
  }

  #node(node: Node, netns: Netns | undefined): LabElement {
    const ready = node.status?.conditions?.find(condition => condition.type === 'Ready');
    const isControlPlane = node.metadata.labels?.['node-role.kubernetes.io/control-plane'] !== undefined;
    return {
      kind: 'node',
      id: `node/${node.metadata.name}`,
      name: node.metadata.name,
      role: isControlPlane ? 'control-plane' : 'worker',
      address: internalIP(node) ?? '',
      ...(node.spec?.podCIDR !== undefined && { podCIDR: node.spec.podCIDR }),
      ready: ready?.status === 'True',
      ...(ready?.status !== 'True' && ready?.message !== undefined && { notReadyReason: ready.message }),
      interfaces: this.#interfaces(netns),
      routeCount: netns?.config.routes.length ?? 0,
      ...labelsOf(node),
    };
  }

  #pod(pod: Pod, netns: Netns | undefined): LabElement {
    const ready = pod.status?.conditions?.find(condition => condition.type === 'Ready');
    const owner = pod.metadata.ownerReferences?.find(reference => reference.controller === true);
    return {
      kind: 'pod',
      id: idOf('pod', pod),
      namespace: pod.metadata.namespace ?? 'default',
      name: pod.metadata.name,
      ...(pod.spec.nodeName !== undefined && { node: pod.spec.nodeName }),
      ...(pod.status?.podIP !== undefined && { address: pod.status.podIP }),
      status: podStatusText(pod),
      ready: ready?.status === 'True',
      terminating: pod.metadata.deletionTimestamp !== undefined,
      ...(ready?.status !== 'True' && { notReadyReason: notReadyReason(pod) }),
      labels: pod.metadata.labels ?? {},
      containers: pod.spec.containers.map(({ name, image }) => ({ name, image: image ?? '' })),
      ...(pod.spec.initContainers !== undefined && {
        initContainers: pod.spec.initContainers.map(({ name, image }) => ({ name, image: image ?? '' })),
      }),
      ...(owner !== undefined && {
        owner: `${owner.kind === 'ReplicaSet' ? 'rs' : owner.kind.toLowerCase()}/${pod.metadata.namespace}/${owner.name}`,
      }),
      hostNetwork: pod.spec.hostNetwork === true,
      interfaces: pod.spec.hostNetwork === true ? [] : this.#interfaces(netns),
    };
  }

  #surrounding(kind: 'lan' | 'router' | 'outside', name: string, netns: Netns | undefined): LabElement {
    const interfaces = this.#interfaces(netns);
    const own =
      kind === 'router'
        ? this.#config.lan.router
        : interfaces.find(device => device.kind === 'veth')?.addresses[0]?.split('/')[0];
    return {
      kind,
      id: `${kind}/${name}`,
      name: kind === 'lan' ? 'LAN' : name,
      address: kind === 'lan' ? this.#config.lan.subnet : (own ?? ''),
      mtu: interfaces.find(device => device.kind !== 'loopback')?.mtu ?? 1500,
      interfaces,
    };
  }
}

function idOf(kind: string, object: ApiObject): ElementId {
  return `${kind}/${object.metadata.namespace}/${object.metadata.name}`;
}

function labelsOf({ metadata: { labels } }: ApiObject): { readonly labels?: Readonly<Record<string, string>> } {
  return labels === undefined ? {} : { labels };
}

function namespaceElement(object: Namespace): LabElement {
  return { kind: 'namespace', id: `ns/${object.metadata.name}`, name: object.metadata.name };
}

/** The words of the scheduler, of the first container that waits, or of its condition Ready; else its status. */
function notReadyReason(pod: Pod): string {
  const { conditions = [], initContainerStatuses = [], containerStatuses = [] } = pod.status ?? {};
  const scheduled = conditions.find(({ type }) => type === 'PodScheduled');
  if (pod.spec.nodeName === undefined && scheduled?.message !== undefined) return scheduled.message;
  const waiting = [...initContainerStatuses, ...containerStatuses]
    .map(({ state }) => state?.waiting)
    .find(state => state !== undefined && state.reason !== 'PodInitializing');
  const status = podStatusText(pod);
  const said = status === 'Running' ? conditions.find(({ type }) => type === 'Ready')?.message : undefined;
  return waiting?.message ?? waiting?.reason ?? said ?? status;
}

function serviceElement(service: Service): LabElement {
  return {
    kind: 'service',
    id: idOf('svc', service),
    namespace: service.metadata.namespace ?? 'default',
    name: service.metadata.name,
    type: service.spec.type ?? 'ClusterIP',
    clusterIP: service.spec.clusterIP ?? 'None',
    ports: (service.spec.ports ?? []).map(port => ({
      ...(port.name !== undefined && { name: port.name }),
      port: port.port,
      targetPort: String(port.targetPort ?? port.port),
      protocol: port.protocol ?? 'TCP',
      ...(port.nodePort !== undefined && { nodePort: port.nodePort }),
    })),
    ...(service.spec.selector !== undefined && { selector: service.spec.selector }),
    ...labelsOf(service),
  };
}

function sliceElement(slice: EndpointSlice): LabElement {
  const owner = slice.metadata.labels?.['kubernetes.io/service-name'];
  return {
    kind: 'slice',
    id: idOf('slice', slice),
    namespace: slice.metadata.namespace ?? 'default',
    name: slice.metadata.name,
    ...(owner !== undefined && { service: `svc/${slice.metadata.namespace}/${owner}` }),
    ports: (slice.ports ?? []).map(port => String(port.port ?? '')),
    endpoints: (slice.endpoints ?? []).flatMap(endpoint =>
      endpoint.addresses.map(address => ({
        address,
        ...(endpoint.targetRef?.kind === 'Pod' && {
          pod: `pod/${endpoint.targetRef.namespace ?? slice.metadata.namespace}/${endpoint.targetRef.name}`,
        }),
        ready: endpoint.conditions?.ready ?? true,
      })),
    ),
    ...labelsOf(slice),
  };
}

function workloadElement(
  kind: 'deployment' | 'replicaset',
  prefix: string,
  object: Deployment | ReplicaSet,
): LabElement {
  const owner = object.metadata.ownerReferences?.find(reference => reference.controller === true);
  return {
    kind,
    id: idOf(prefix, object),
    namespace: object.metadata.namespace ?? 'default',
    name: object.metadata.name,
    replicas: object.spec.replicas ?? 1,
    ready: object.status?.readyReplicas ?? 0,
    ...(owner !== undefined && { owner: `deploy/${object.metadata.namespace}/${owner.name}` }),
    ...labelsOf(object),
  };
}

/** The namespace that an element's processes run in; undefined for elements that are only objects. */
export function netnsOfElement(id: ElementId, api: ApiClient): string | undefined {
  const [kind, first = '', second = ''] = id.split('/');
  if (kind === 'pod') {
    const pod = api.get(pods, { namespace: first, name: second });
    return pod === undefined ? undefined : netnsNameOf(pod);
  }
  return kind === 'node' || kind === 'outside' || kind === 'router' || kind === 'lan' ? first : undefined;
}
