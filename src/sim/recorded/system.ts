// A recorded cluster as a lab stands on it: kernels, servers and probes. No API server, no agents: nothing happens in it
// unless somebody sends a packet or changes a kernel.

import type { ApiResponse } from '../api/request.ts';
import type { Exchange, Question } from '../datapath/trace.ts';
import type { LabSystem } from '../labSystem.ts';
import { buildWorld } from '../linux/kernelSpec.ts';
import { reviveWorld } from '../linux/reviveWorld.ts';
import type { World, WorldState } from '../linux/world.ts';
import { lookUpName } from '../nameLookup.ts';
import { type Ip, ip, isIp } from '../net/address.ts';
import { type Asked, questionOf, type ReadQuestion, type WrittenQuestion } from '../question.ts';
import { Clock, type ClockState } from '../runtime/clock.ts';
import { ParseError } from '../runtime/errors.ts';
import { EventLog } from '../runtime/eventLog.ts';
import { PROGRAMS } from '../workload/registry.ts';
import { elementSource, recordedDirectory } from './elements.ts';
import { type HostPlace, placesOf } from './places.ts';
import { placeOfProblem } from './problemPlace.ts';
import type { RecordedCluster, SpecProblem } from './readCluster.ts';
import { RECORDED_SERVER, recordedServer } from './server.ts';

/** Kernels and time; the event log is not part of it: what happened stays told after an undo. */
interface RecordedState {
  readonly world: WorldState;
  readonly clock: ClockState;
}

export type MadeSystem =
  | { readonly kind: 'made'; readonly system: LabSystem<RecordedState> }
  | { readonly kind: 'refused'; readonly problem: SpecProblem };

/** What every machine knows without being told. */
const HOSTS = '127.0.0.1\tlocalhost\n';

/** Chance in a recorded cluster falls as it does where the model is held to recordings. */
const SEED = 1;

export function recordedSystem(cluster: RecordedCluster): MadeSystem {
  try {
    const world = buildWorld(cluster.spec, () => ({ process: 'server', program: RECORDED_SERVER }));
    for (const netns of world.namespaces.values()) world.filesOf(netns.machine).set('/etc/hosts', HOSTS);
    return { kind: 'made', system: systemOf(cluster, world) };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { kind: 'refused', problem: { message: error.message, span: placeOfProblem(cluster, error.message) } };
  }
}

function systemOf(cluster: RecordedCluster, world: World): LabSystem<RecordedState> {
  const { spec, probes } = cluster;
  const clock = new Clock();
  const places = placesOf(spec);
  const hostOf = new Map([...places.values()].map(place => [place.id, place.host]));
  const hostNames = terminalOrder(places);
  const nameIn = (written: string): string | undefined => (places.has(written) ? written : hostOf.get(written));
  return {
    kind: 'recorded',
    name: spec.name,
    source: { kind: 'recorded', cluster },
    seed: SEED,
    world,
    clock,
    log: new EventLog(() => clock.now),
    programs: new Map([...PROGRAMS, [RECORDED_SERVER, recordedServer]]),
    probes,
    request: () => NO_API,
    prepare: () => undefined,
    settle: () => ({ kind: 'settled' }),
    advance: ms => clock.passTo(clock.now + ms),
    snapshot: () => ({ world: world.snapshot(), clock: clock.snapshot() }),
    restore(state) {
      world.restore(state.world);
      clock.restore(state.clock);
    },
    isIdle: true,
    revive: state => reviveWorld(state.world),
    isChange: (before, after) =>
      before.world.namespaces.length !== after.world.namespaces.length ||
      before.world.namespaces.some((state, i) => state.config !== after.world.namespaces[i]?.config),
    elements: elementSource(world, places),
    directory: () => recordedDirectory(world, places),
    services: { at: () => undefined, waiting: () => 'none', proxyOf: () => 'none' },
    why: () => [],
    readQuestion: (written, put) => readQuestion(world, written, nameIn, put),
    originOf(written) {
      const netns = nameIn(written);
      return netns === undefined ? { kind: 'not-sent', about: 'from', because: `there is no ${written}` } : { netns };
    },
    netnsOf: element => hostOf.get(element),
    host(name) {
      const place = places.get(name);
      return place === undefined ? undefined : { netns: name, hostname: name, element: place.id, login: 'ssh' };
    },
    hostNames: () => hostNames,
    service: () => undefined,
    container: (_, pod) => ({
      kind: 'refused',
      message: `Error: this cluster is Linux only: there is no Pod "${pod}"`,
    }),
  };
}

const NO_API: ApiResponse = {
  status: 503,
  headers: {},
  body: {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    reason: 'ServiceUnavailable',
    message: 'a recorded cluster is Linux only: it has no API server',
    code: 503,
  },
};

/** The terminal begins on the last host: one outside the cluster where there is one. */
function terminalOrder(places: ReadonlyMap<string, HostPlace>): readonly string[] {
  const all = [...places.values()];
  const outside = all.filter(place => place.kind === 'outside');
  return [...all.filter(place => place.kind !== 'outside'), ...outside].map(place => place.host);
}

/** A question in words: hosts by their names or elements. */
function readQuestion(
  world: World,
  written: WrittenQuestion,
  nameIn: (written: string) => string | undefined,
  put: (question: Question) => Exchange,
): ReadQuestion {
  const from = nameIn(written.from);
  if (from === undefined) return { kind: 'not-sent', about: 'from', because: `there is no ${written.from}` };
  const { protocol, port = 80 } = written;
  const target = protocol === 'icmp' ? written.to : `${written.to}:${port}`;
  const to = nameIn(written.to);
  let address: Ip | undefined = isIp(written.to) ? ip(written.to) : to === undefined ? undefined : addressOf(world, to);
  if (address === undefined) {
    const lookup = lookUpName(world, { netns: from }, written.to, put);
    if (lookup.kind === 'found') address = lookup.address;
    else if (lookup.last !== undefined)
      return { kind: 'no-address', lookup: lookup.last, queries: lookup.queries, target };
    else return { kind: 'not-sent', about: 'to', because: `the name ${written.to} cannot be resolved here` };
  }
  const asked: Asked = { from, to: address, port, host: address, path: written.path ?? '/' };
  return { kind: 'question', target, question: questionOf(written, asked) };
}

function addressOf(world: World, host: string): Ip | undefined {
  const devices = world.find(host)?.config.interfaces.filter(device => device.kind !== 'loopback') ?? [];
  return devices.flatMap(device => device.addresses)[0]?.address;
}
