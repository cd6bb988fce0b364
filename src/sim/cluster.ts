// A cluster: kernels, API server, controllers and node agents, wired together. No behaviour of its own.

import type { ApiClient } from './api/client.ts';
import { ControllerRuntime } from './api/controller.ts';
import { ApiServer, type ApiServerState } from './api/server.ts';
import { bootObjects, clusterDnsAddress } from './bootObjects.ts';
import { bridgePlugin } from './cni/main/bridge.ts';
import { portmapPlugin } from './cni/meta/portmap.ts';
import { clusterControllers, NODE_LIFECYCLE, startControllers } from './controllers/index.ts';
import type { ExchangeWorld } from './datapath/exchange.ts';
import type { Programs } from './datapath/programs.ts';
import { CLUSTER_DOMAIN, clusterZone } from './dns/zone.ts';
import type { KubeletNode } from './kubelet/context.ts';
import { type KubeletState, type Kubelets, kubelets } from './kubelet/kubelet.ts';
import type { LabConfig } from './labConfig.ts';
import type { HostService } from './labHost.ts';
import type { OnProgress, SettleResult } from './labSystem.ts';
import type { Netns } from './linux/netns.ts';
import { World, type WorldState } from './linux/world.ts';
import { askFromNode } from './nodeQuestion.ts';
import { nodeRouteController } from './noderoute/agent.ts';
import { BACKENDS } from './noderoute/backend.ts';
import { hostGw } from './noderoute/hostGw.ts';
import { Proxier, type ProxierState } from './proxy/proxier.ts';
import { type Alarm, Clock, type ClockState, type VirtualMs } from './runtime/clock.ts';
import { EventLog } from './runtime/eventLog.ts';
import { NameSource } from './runtime/names.ts';
import { buildSurroundings } from './surroundings.ts';
import { programsFor } from './workload/registry.ts';

/** The whole cluster as a value. The event log is not part of it: what happened stays told after an undo. */
export interface ClusterState {
  readonly api: ApiServerState;
  /** Grows with every change of an object: tells whether two states differ there. */
  readonly apiRevision: number;
  readonly world: WorldState;
  readonly clock: ClockState;
  readonly names: number;
  readonly proxier: ProxierState;
  readonly kubelets: KubeletState;
}

/** Settling looks this far ahead in virtual time. */
export const SETTLE_LIMIT_MS: VirtualMs = 60_000;
/** Reconciliations after which controllers count as busy with each other. */
const DRAIN_LIMIT = 1_000_000;

export class Cluster {
  readonly config: LabConfig;
  readonly clock = new Clock();
  readonly log = new EventLog(() => this.clock.now);
  readonly world = new World();
  readonly names: NameSource;
  readonly api: ApiServer;
  readonly #client: ApiClient;
  readonly #nodeNames: ReadonlySet<string>;
  readonly #onProgress: () => void;
  readonly #runtime: ControllerRuntime;
  readonly #proxier: Proxier;
  readonly kubelets: Kubelets;
  readonly programs: Programs;

  /** @param startsAt what the clock says at first */
  constructor(config: LabConfig, startsAt: VirtualMs = 0, onProgress: OnProgress = () => undefined) {
    this.config = config;
    this.#onProgress = () => onProgress(this.world.namespaces.size);
    this.#nodeNames = new Set(config.nodes.map(node => node.name));
    this.clock.passTo(startsAt);
    this.names = new NameSource(config.seed);
    this.api = new ApiServer({
      clock: this.clock,
      names: this.names,
      events: this.log,
      serviceSubnet: config.serviceSubnet,
      containerLog: (pod, container, run) => this.kubelets.log(pod, container, run),
      onProgress: this.#onProgress,
    });
    this.#client = this.api.client('lab');
    this.#runtime = new ControllerRuntime(this.#client, this.#onProgress);
    this.#proxier = new Proxier(this.#client, {
      clusterCIDR: config.podSubnet,
      masqueradeAll: false,
      localhostNodePorts: true,
    });
    this.programs = programsFor(clusterZone(this.#client), config.outside);
    this.kubelets = kubelets({
      api: this.#client,
      clock: this.clock,
      nodeOf: name => this.#kubeletNode(name),
      dns: { servers: [clusterDnsAddress(config)], domain: CLUSTER_DOMAIN },
      ask: question => askFromNode(this.#exchangeWorld(), question),
    });
    buildSurroundings(this.world, config);
    this.#startAgents();
  }

  /** Makes the objects that every cluster has from its start. Without them it is only good for a state to be restored. */
  boot(): this {
    bootObjects(this.api, this.config);
    this.settle();
    return this;
  }

  get client(): ApiClient {
    return this.#client;
  }

  #startAgents(): void {
    const silentSince = (node: string) => this.kubelets.silentSince(node);
    const context = { clock: this.clock, podSubnet: this.config.podSubnet, silentSince };
    startControllers(this.#runtime, clusterControllers(context), context);
    this.#runtime.start(this.kubelets.controller);
    const backend = BACKENDS.get(this.config.network.backend) ?? hostGw;
    this.#runtime.start(
      nodeRouteController({
        api: this.#client,
        netnsOf: node => this.netnsOfNode(node),
        config: { backend, network: this.config.podSubnet, externalInterface: 'eth0' },
        clock: this.clock,
        log: this.log,
      }),
    );
    this.#runtime.start(this.#proxier.controller());
  }

  /** A program that systemd runs on a node and that can be stopped. */
  service(host: string, unit: string): HostService | undefined {
    const netns = this.netnsOfNode(host);
    if (netns === undefined) return undefined;
    const { kubelets, clock } = this;
    const proxier = this.#proxier;
    if (unit === 'kube-proxy')
      return {
        stoppedAt: () => proxier.stoppedSince(host),
        start: () => proxier.start(host, netns),
        stop: () => proxier.stop(host, netns, clock.now),
      };
    if (unit !== 'kubelet') return undefined;
    return {
      stoppedAt: () => kubelets.silentSince(host),
      start: () => kubelets.start(host),
      stop: () => {
        kubelets.stop(host);
        // The controller begins to count.
        this.#runtime.enqueue(NODE_LIFECYCLE, host);
      },
    };
  }

  #exchangeWorld(): ExchangeWorld {
    const { world, programs, clock, config } = this;
    return { world, programs, seed: config.seed, now: clock.now, prepare: netns => this.prepare(netns) };
  }

  #kubeletNode(name: string): KubeletNode | undefined {
    const node = this.config.nodes.find(other => other.name === name);
    if (node === undefined) return undefined;
    const plugin = bridgePlugin({
      network: 'cbr0',
      bridge: 'cni0',
      mtu: this.config.network.mtu,
      hairpinMode: true,
      subnet: node.podCIDR,
    });
    const host = { world: this.world, netns: name, files: this.world.filesOf(name), seed: this.config.seed };
    return { host, address: node.address, plugins: [plugin, portmapPlugin({ network: 'cbr0' })] };
  }

  netnsOfNode(name: string): Netns | undefined {
    return this.#nodeNames.has(name) ? this.world.find(name) : undefined;
  }

  /** Lets a node's lazy agents catch up before its kernel is read or written. */
  prepare(netns: string): void {
    const node = this.netnsOfNode(netns);
    if (node !== undefined) this.#proxier.sync(netns, node);
  }

  /** Lets controllers and agents work until nothing is left to do; virtual time passes as they need it. */
  settle(): SettleResult {
    const limit = this.clock.now + SETTLE_LIMIT_MS;
    for (;;) {
      const drained = this.#runtime.drain(DRAIN_LIMIT);
      if (drained.kind === 'busy') return { kind: 'not-settled', who: drained.who };
      const next = this.clock.next('once');
      if (next === undefined) return { kind: 'settled' };
      if (next.at > limit) return { kind: 'not-settled', who: [next.owner] };
      this.#ringAllOf(next, 'once');
    }
  }

  /** Rings an alarm and the others of its moment. What they changed is looked at once, not after each of them. */
  #ringAllOf(first: Alarm, kind?: Alarm['kind']): void {
    for (
      let alarm: Alarm | undefined = first;
      alarm !== undefined && alarm.at <= first.at;
      alarm = this.clock.next(kind)
    ) {
      this.clock.ring(alarm);
      this.#onProgress();
    }
  }

  /** Lets `ms` of virtual time pass: alarms of every kind ring when they are due. */
  advance(ms: VirtualMs): void {
    const end = this.clock.now + ms;
    for (;;) {
      this.#runtime.drain(DRAIN_LIMIT);
      const next = this.clock.next();
      if (next === undefined || next.at > end) break;
      this.#ringAllOf(next);
    }
    this.clock.passTo(Math.max(end, this.clock.now));
  }

  /** No controller has anything to do. */
  get isIdle(): boolean {
    return this.#runtime.isIdle;
  }

  snapshot(): ClusterState {
    return {
      api: this.api.snapshot(),
      apiRevision: this.api.revision,
      world: this.world.snapshot(),
      clock: this.clock.snapshot(),
      names: this.names.count,
      proxier: this.#proxier.snapshot(),
      kubelets: this.kubelets.snapshot(),
    };
  }

  restore(state: ClusterState): void {
    this.api.restore(state.api);
    this.world.restore(state.world);
    this.clock.restore(state.clock);
    this.names.restore(state.names);
    this.#runtime.clear();
    this.#proxier.restore(state.proxier);
    this.kubelets.restore(state.kubelets);
  }
}
