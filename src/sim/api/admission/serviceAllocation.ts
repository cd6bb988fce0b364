// What a Service is given when it is created or changes its type: families, addresses, node ports.
//
// Models:  a cluster with one family, IPv4.
// Read:    kubernetes pkg/registry/core/service/storage/alloc.go.

import { type Ip, isIp, type Prefix } from '../../net/address.ts';
import { failure, type Result, success } from '../../runtime/errors.ts';
import { invalidObject } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import type { Draft } from '../draft.ts';
import { type FieldError, invalid } from '../fieldError.ts';
import { child, path } from '../fieldPath.ts';
import { asJson } from '../json.ts';
import { isHeadless, type Service, type ServicePortSpec, type ServiceSpec, services } from '../kinds/service.ts';
import { needsClusterIp, needsHealthCheck, needsNodePort } from '../kinds/serviceUpdate.ts';
import type { ObjectStore } from '../store.ts';
import { validateClusterIps } from '../validation/serviceAddresses.ts';
import { nextServiceIp, pinServiceIp } from './clusterIps.ts';
import { nextNodePort, pinNodePort } from './nodePorts.ts';

/** What was given out last. */
export interface AllocationState {
  readonly clusterIP: Ip | undefined;
  readonly nodePort: number | undefined;
}

export const NOTHING_ALLOCATED: AllocationState = { clusterIP: undefined, nodePort: undefined };

export interface Allocation {
  readonly service: Draft<Service>;
  readonly state: AllocationState;
}

interface Context {
  readonly store: ObjectStore;
  readonly network: Prefix;
}

const SPEC = path('spec');

/** Gives the Service all that it needs and does not have. `old` is absent for a new one. */
export function allocateService(
  service: Draft<Service>,
  old: Service | undefined,
  context: Context,
  state: AllocationState,
): Result<Allocation, ApiError> {
  const refuse = (errors: readonly FieldError[]) =>
    failure(invalidObject('Service', '', service.metadata?.name ?? '', errors));
  const spec = service.spec ?? {};
  if (!needsClusterIp(spec)) return success({ service, state });
  const malformed = validateClusterIps(service);
  if (malformed.length > 0) return refuse(malformed);
  const families = allocateFamilies(service);
  if (!families.ok) return refuse([families.error]);
  const addresses = allocateAddresses(families.value, old, context, state);
  if (!addresses.ok) return refuse([addresses.error]);
  const ports = allocateNodePorts(addresses.value.spec, old, context, state);
  if (!ports.ok) return refuse([ports.error]);
  return success({
    service: { ...service, spec: ports.value.spec },
    state: { clusterIP: addresses.value.last, nodePort: ports.value.last },
  });
}

/** Families follow the addresses and what the cluster has. */
function allocateFamilies(service: Draft<Service>): Result<Draft<ServiceSpec>, FieldError> {
  const spec = service.spec ?? {};
  if (isHeadless(service) && Object.keys(spec.selector ?? {}).length === 0) {
    // Endpoints kept by hand may be of any family, whatever the cluster has.
    const ipFamilies = spec.ipFamilies ?? (spec.ipFamilyPolicy === 'SingleStack' ? ['IPv4'] : ['IPv4', 'IPv6']);
    const ipFamilyPolicy = spec.ipFamilyPolicy ?? (ipFamilies.length === 1 ? 'SingleStack' : 'RequireDualStack');
    return success({ ...spec, ipFamilies, ipFamilyPolicy });
  }
  if (spec.ipFamilyPolicy === 'RequireDualStack') {
    const detail = 'this cluster is not configured for dual-stack services';
    return failure(invalid(child(SPEC, 'ipFamilyPolicy'), spec.ipFamilyPolicy, detail));
  }
  for (const [i, family] of (spec.ipFamilies ?? []).entries()) {
    if (family !== 'IPv4')
      return failure(invalid(child(SPEC, 'ipFamilies', i), family, 'not configured on this cluster'));
  }
  for (const [i, address] of (spec.clusterIPs ?? []).entries()) {
    if (address !== 'None' && isIp(address) && address.includes(':')) {
      const detail = 'IPv6 is not configured on this cluster';
      return failure(invalid(child(SPEC, 'clusterIPs', i), asJson(spec.clusterIPs), detail));
    }
  }
  return success({ ...spec, ipFamilies: ['IPv4'], ipFamilyPolicy: spec.ipFamilyPolicy ?? 'SingleStack' });
}

interface Given<T> {
  readonly spec: Draft<ServiceSpec>;
  readonly last: T | undefined;
}

function allocateAddresses(
  spec: Draft<ServiceSpec>,
  old: Service | undefined,
  { store, network }: Context,
  state: AllocationState,
): Result<Given<Ip>, FieldError> {
  const keep = { spec, last: state.clusterIP };
  // An address that a Service has already cannot change; validation says so.
  const hasAddresses = old !== undefined && needsClusterIp(old.spec) && (old.spec.clusterIPs ?? []).length > 0;
  if (hasAddresses || spec.clusterIP === 'None') return success(keep);
  const table = store.table(services);
  const isTaken = (address: string) => table.countUnder(`clusterIP=${address}`) > 0;
  const wanted = spec.clusterIP ?? '';
  if (wanted === '') {
    const address = nextServiceIp(network, state.clusterIP, isTaken);
    if (address === undefined)
      return failure(
        invalid(
          child(SPEC, 'clusterIPs'),
          asJson(spec.clusterIPs ?? null),
          'failed to allocate a serviceIP: range is full',
        ),
      );
    return success({ spec: { ...spec, clusterIP: address, clusterIPs: [address] }, last: address });
  }
  const pinned = pinServiceIp(network, wanted, isTaken);
  if (pinned.ok) return success(keep);
  const detail = `failed to allocate IP ${wanted}: ${pinned.error}`;
  return failure(invalid(child(SPEC, 'clusterIPs'), asJson(spec.clusterIPs ?? null), detail));
}

function allocateNodePorts(
  spec: Draft<ServiceSpec>,
  old: Service | undefined,
  { store }: Context,
  state: AllocationState,
): Result<Given<number>, FieldError> {
  let last = state.nodePort;
  const wantsPorts = needsNodePort(spec);
  const wantsHealth = needsHealthCheck(spec) && !spec.healthCheckNodePort;
  if (!wantsPorts && !wantsHealth) return success({ spec, last });
  const table = store.table(services);
  const own = new Set((old?.spec.ports ?? []).map(port => `${port.protocol}/${port.nodePort ?? 0}`));
  // Ports pinned in this very Service are not free for its other ports.
  const here = new Set((spec.ports ?? []).map(port => port.nodePort ?? 0));
  const isTaken = (protocol: string | undefined) => (port: number) =>
    table.countUnder(`nodePort=${protocol}/${port}`) > 0 && !own.has(`${protocol}/${port}`);
  const ports: Draft<ServicePortSpec>[] = [];
  for (const [i, port] of (spec.ports ?? []).entries()) {
    if (!wantsPorts) {
      ports.push(port);
      continue;
    }
    if (port.nodePort) {
      const pinned = pinNodePort(port.nodePort, isTaken(port.protocol));
      if (!pinned.ok) return failure(invalid(child(SPEC, 'ports', i, 'nodePort'), port.nodePort, pinned.error));
      ports.push(port);
      continue;
    }
    const shared = sharedNodePort(port, ports);
    const next = shared ?? nextNodePort(last, candidate => here.has(candidate) || isTaken(port.protocol)(candidate));
    if (next === undefined)
      return failure(invalid(child(SPEC, 'ports', i, 'nodePort'), 0, 'failed to allocate a nodePort: range is full'));
    if (shared === undefined) last = next;
    here.add(next);
    ports.push({ ...port, nodePort: next });
  }
  let result: Draft<ServiceSpec> = spec.ports === undefined ? spec : { ...spec, ports };
  if (wantsHealth) {
    const next = nextNodePort(last, candidate => here.has(candidate) || isTaken('TCP')(candidate));
    if (next !== undefined) {
      last = next;
      result = { ...result, healthCheckNodePort: next };
    }
  }
  return success({ spec: result, last });
}

/** One port over TCP and UDP, as DNS has it, gets one node port. */
function sharedNodePort(port: Draft<ServicePortSpec>, given: readonly Draft<ServicePortSpec>[]): number | undefined {
  return given.find(other => other.port === port.port && other.protocol !== port.protocol)?.nodePort;
}
