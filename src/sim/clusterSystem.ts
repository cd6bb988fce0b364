// A Kubernetes cluster as a lab stands on it.

import { endpointSlices, SERVICE_NAME_LABEL } from './api/kinds/endpointSlice.ts';
import { services } from './api/kinds/service.ts';
import type { Cluster, ClusterState } from './cluster.ts';
import { findContainer } from './findContainer.ts';
import type { LabSystem } from './labSystem.ts';
import type { NetnsConfig } from './linux/netns.ts';
import { reviveWorld } from './linux/reviveWorld.ts';
import type { Listener } from './linux/sockets.ts';
import { lookUpName } from './nameLookup.ts';
import { withoutHealthChecks } from './proxy/healthChecks.ts';
import { originOf, readQuestion } from './question.ts';
import { ROUTER } from './surroundings.ts';
import { ElementBuilder, elementOfNetns, netnsOfElement } from './view/buildElements.ts';
import { labDirectory } from './view/directory.ts';
import { why } from './view/why/why.ts';

export interface ClusterSystem extends LabSystem<ClusterState> {
  readonly cluster: Cluster;
}

/** @param cluster one that was booted, or whose state is restored next */
export function clusterSystem(cluster: Cluster): ClusterSystem {
  const { config } = cluster;
  const { client, world } = cluster;
  const builder = new ElementBuilder(client, world, config);
  const hostNames = [...config.nodes.map(node => node.name), ROUTER, ...config.outside.map(host => host.name)];
  return {
    kind: 'cluster',
    name: config.name,
    source: { kind: 'cluster', config },
    seed: config.seed,
    cluster,
    world,
    clock: cluster.clock,
    log: cluster.log,
    programs: cluster.programs,
    probes: [],
    request: request => cluster.api.request(request),
    prepare: netns => cluster.prepare(netns),
    settle: () => cluster.settle(),
    advance: ms => cluster.advance(ms),
    snapshot: () => cluster.snapshot(),
    restore: state => cluster.restore(state),
    get isIdle() {
      return cluster.isIdle;
    },
    revive: state => reviveWorld(state.world),
    isChange,
    elements: () => builder.build(),
    directory: () => labDirectory(client, world, config),
    services: {
      at(address) {
        const service = client.list(services).find(other => other.spec.clusterIP === address);
        if (service === undefined) return undefined;
        const ports = (service.spec.ports ?? []).map(({ port, protocol }) => ({
          port,
          protocol: protocolOf(protocol),
        }));
        return { name: service.metadata.name, namespace: service.metadata.namespace ?? 'default', ports };
      },
      waiting(namespace, name) {
        const slices = client.list(endpointSlices, {
          namespace,
          selector: { matchLabels: { [SERVICE_NAME_LABEL]: name } },
        });
        return slices.some(({ endpoints = [] }) => endpoints.length > 0) ? 'some' : 'none';
      },
      proxyOf(netns) {
        const proxy = cluster.service(netns, 'kube-proxy');
        return proxy === undefined ? 'none' : proxy.stoppedAt() === undefined ? 'runs' : 'is stopped';
      },
    },
    why: element => why({ api: client, world, prepare: netns => cluster.prepare(netns) }, element),
    readQuestion: (written, put) =>
      readQuestion(client, config, written, (origin, name) => lookUpName(world, origin, name, put)),
    originOf: written => originOf(client, config, written),
    netnsOf: element => netnsOfElement(element, client),
    host(name) {
      if (!hostNames.includes(name)) return undefined;
      const element = elementOfNetns(name, config);
      // The hosts outside answer nobody's ssh: they are only there to send and to receive.
      return { netns: name, hostname: name, element, ...(!element.startsWith('outside/') && { login: 'ssh' }) };
    },
    hostNames: () => hostNames,
    service: (name, unit) => cluster.service(name, unit),
    container: (namespace, pod, container) => findContainer(client, namespace, pod, container),
  };
}

function protocolOf(name: string | undefined): 'tcp' | 'udp' | 'sctp' {
  return name === 'UDP' ? 'udp' : name === 'SCTP' ? 'sctp' : 'tcp';
}

/** Objects or a kernel's configuration changed, not only what packets and lazy agents write. */
function isChange(before: ClusterState, after: ClusterState): boolean {
  if (before.apiRevision !== after.apiRevision) return true;
  if (before.kubelets.stopped !== after.kubelets.stopped || before.proxier.stopped !== after.proxier.stopped)
    return true;
  if (before.world.namespaces.length !== after.world.namespaces.length) return true;
  return before.world.namespaces.some((state, i) => {
    const now = after.world.namespaces[i];
    if (now === undefined || state.config === now.config) return false;
    const wasSynced = before.proxier.synced.get(state.name) !== after.proxier.synced.get(state.name);
    return !(wasSynced && sameButRules(state.config, now.config));
  });
}

function sameButHealthChecks(a: readonly Listener[], b: readonly Listener[]): boolean {
  if (a === b) return true;
  const [before, after] = [withoutHealthChecks(a), withoutHealthChecks(b)];
  return before.length === after.length && before.every((listener, i) => listener === after[i]);
}

/** Two configurations that differ in what kube-proxy writes at most: netfilter rules, and sockets of its own. */
function sameButRules(a: NetnsConfig, b: NetnsConfig): boolean {
  return (
    a.interfaces === b.interfaces &&
    a.routes === b.routes &&
    a.policyRules === b.policyRules &&
    a.sysctls === b.sysctls &&
    sameButHealthChecks(a.listeners, b.listeners)
  );
}
