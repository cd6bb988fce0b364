// Service: one stable address for the Pods that a selector chooses.
//
// Models:  all four types, headless Services, traffic policies, session affinity, node ports; a cluster of one family, IPv4.
// Omits:   load balancers that answer (the address stays pending), ServiceCIDR and IPAddress objects.
// Read:    kubernetes pkg/registry/core/service/strategy.go; pkg/apis/core/v1/defaults.go;
//          pkg/printers/internalversion/printers.go, `printService`.

import type { VirtualMs } from '../../runtime/clock.ts';
import type { Draft } from '../draft.ts';
import type { ApiObject, Condition } from '../objects.ts';
import { formatLabels } from '../selectors.ts';
import { age } from '../timestamps.ts';
import { dns1035Label } from '../validation/formats.ts';
import { validateService, validateServiceStatus, validateServiceUpdate } from '../validation/service.ts';
import { type CellWidth, column, type Kind, nameColumn, wideColumn } from './kind.ts';
import { normalizeClusterIps, updateService } from './serviceUpdate.ts';

export interface ServicePortSpec {
  readonly name?: string;
  readonly protocol?: string;
  readonly appProtocol?: string;
  readonly port: number;
  /** A number, or the name of a container port. */
  readonly targetPort?: number | string;
  readonly nodePort?: number;
}

export interface ServiceSpec {
  readonly type?: string;
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly ServicePortSpec[];
  /** An address, `None` for a headless Service, absent for an ExternalName. */
  readonly clusterIP?: string;
  readonly clusterIPs?: readonly string[];
  readonly ipFamilies?: readonly string[];
  readonly ipFamilyPolicy?: string;
  readonly externalIPs?: readonly string[];
  readonly externalName?: string;
  readonly externalTrafficPolicy?: string;
  readonly internalTrafficPolicy?: string;
  readonly trafficDistribution?: string;
  readonly healthCheckNodePort?: number;
  readonly loadBalancerIP?: string;
  readonly loadBalancerClass?: string;
  readonly loadBalancerSourceRanges?: readonly string[];
  readonly allocateLoadBalancerNodePorts?: boolean;
  readonly publishNotReadyAddresses?: boolean;
  readonly sessionAffinity?: string;
  readonly sessionAffinityConfig?: { readonly clientIP?: { readonly timeoutSeconds?: number } };
}

export interface ServiceStatus {
  readonly loadBalancer?: {
    readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string; readonly ipMode?: string }[];
  };
  readonly conditions?: readonly Condition[];
}

export interface Service extends ApiObject {
  readonly spec: ServiceSpec;
  readonly status?: ServiceStatus;
}

/** How long a client stays with its endpoint, in seconds. Source: core/v1, `DefaultClientIPServiceAffinitySeconds`. */
const AFFINITY_S = 10_800;
const NONE = '<none>';

export const services: Kind<Service> = {
  apiVersion: 'v1',
  kind: 'Service',
  resource: 'services',
  singular: 'service',
  shortNames: ['svc'],
  categories: ['all'],
  namespaced: true,
  subresources: ['status'],
  nameRule: dns1035Label,
  countsGenerations: false,
  deletionAnswers: 'object',
  defaults: defaultService,
  prepareCreate: service => ({
    ...service,
    spec: normalizeClusterIps(service.spec ?? {}),
    status: { loadBalancer: {} },
  }),
  prepareUpdate(service, old) {
    return { ...updateService(service, old), ...(old.status !== undefined && { status: old.status }) };
  },
  validate: validateService,
  validateUpdate: validateServiceUpdate,
  validateStatus: validateServiceStatus,
  columns: [
    nameColumn(),
    column('Type', service => service.spec?.type ?? ''),
    column('Cluster-IP', service => service.spec?.clusterIPs?.[0] ?? (service.spec?.clusterIP || NONE)),
    column('External-IP', externalText),
    column('Port(s)', portsText),
    column('Age', (service, now) => age(service.metadata?.creationTimestamp, now)),
    wideColumn('Selector', service => formatLabels(service.spec?.selector)),
  ],
  indexes: service => [
    ...(service.spec.clusterIPs ?? []).filter(address => address !== 'None').map(address => `clusterIP=${address}`),
    ...(service.spec.ports ?? []).flatMap(({ protocol, nodePort }) =>
      nodePort === undefined || nodePort === 0 ? [] : [`nodePort=${protocol}/${nodePort}`],
    ),
  ],
  selectableFields: ['spec.clusterIP', 'spec.type'],
  selectableField: (service, field) =>
    field === 'spec.clusterIP'
      ? (service.spec.clusterIP ?? '')
      : field === 'spec.type'
        ? (service.spec.type ?? '')
        : undefined,
};

function defaultService(service: Draft<Service>): Draft<Service> {
  const spec = service.spec ?? {};
  const type = spec.type || 'ClusterIP';
  const isExternal = type === 'NodePort' || type === 'LoadBalancer';
  const sessionAffinity = spec.sessionAffinity || 'None';
  const { sessionAffinityConfig: given, ...rest } = spec;
  const seconds = given?.clientIP?.timeoutSeconds ?? AFFINITY_S;
  return {
    ...service,
    spec: {
      ...rest,
      type,
      ...(spec.ports !== undefined && {
        ports: spec.ports.map(port => ({
          ...port,
          protocol: port.protocol || 'TCP',
          targetPort: port.targetPort || port.port || 0,
        })),
      }),
      sessionAffinity,
      // Without affinity there is nothing to configure.
      ...(sessionAffinity === 'ClientIP'
        ? { sessionAffinityConfig: { clientIP: { timeoutSeconds: seconds } } }
        : sessionAffinity !== 'None' && given && { sessionAffinityConfig: given }),
      ...(type !== 'ExternalName' && { internalTrafficPolicy: spec.internalTrafficPolicy ?? 'Cluster' }),
      ...((isExternal || (type === 'ClusterIP' && (spec.externalIPs ?? []).length > 0)) && {
        externalTrafficPolicy: spec.externalTrafficPolicy || 'Cluster',
      }),
      ...(type === 'LoadBalancer' && { allocateLoadBalancerNodePorts: spec.allocateLoadBalancerNodePorts ?? true }),
    },
    ...(type === 'LoadBalancer' && service.status !== undefined && { status: defaultStatus(service.status) }),
  };
}

function defaultStatus(status: Draft<ServiceStatus>): Draft<ServiceStatus> {
  const ingress = status.loadBalancer?.ingress;
  if (ingress === undefined) return status;
  const modes = ingress.map(point => (point.ip && !point.ipMode ? { ...point, ipMode: 'VIP' } : point));
  return { ...status, loadBalancer: { ...status.loadBalancer, ingress: modes } };
}

/** So many characters of a load balancer's addresses are printed where there is little room. */
const NARROW = 16;

/** Cuts a text that is too long for a narrow table. Source: printers.go, `loadBalancerStatusStringer`. */
export function clipped(text: string, width: CellWidth): string {
  return width === 'narrow' && text.length > NARROW ? `${text.slice(0, NARROW - 3)}...` : text;
}

function externalText(service: Draft<Service>, _now: VirtualMs, width: CellWidth = 'wide'): string {
  const { type, externalIPs = [], externalName } = service.spec ?? {};
  if (type === 'ExternalName') return externalName ?? '';
  if (type === 'LoadBalancer') {
    const ingress = service.status?.loadBalancer?.ingress ?? [];
    const assigned = [...new Set(ingress.map(entry => entry?.ip || entry?.hostname || ''))].filter(Boolean).sort();
    const shown = clipped(assigned.join(','), width);
    return [...(shown === '' ? [] : [shown]), ...externalIPs].join(',') || '<pending>';
  }
  if (type !== 'ClusterIP' && type !== 'NodePort') return '<unknown>';
  return externalIPs.length === 0 ? NONE : externalIPs.join(',');
}

function portsText(service: Draft<Service>): string {
  const texts = (service.spec?.ports ?? []).map(port =>
    port.nodePort ? `${port.port}:${port.nodePort}/${port.protocol}` : `${port.port}/${port.protocol}`,
  );
  return texts.length === 0 ? NONE : texts.join(',');
}

/** A Service without an address of its own: its name stands for its endpoints. */
export function isHeadless(service: Draft<Service>): boolean {
  const { clusterIP, clusterIPs } = service.spec ?? {};
  return clusterIPs === undefined ? clusterIP === 'None' : clusterIPs.length === 1 && clusterIPs[0] === 'None';
}
