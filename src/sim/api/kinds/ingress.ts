// Ingress and IngressClass: HTTP from outside, by host and path. Kept and checked; no controller answers yet.
//
// Read:    kubernetes pkg/apis/networking/validation/validation.go; pkg/printers/internalversion/printers.go, `printIngress`.

import type { VirtualMs } from '../../runtime/clock.ts';
import type { Draft } from '../draft.ts';
import type { ApiObject } from '../objects.ts';
import { age } from '../timestamps.ts';
import { dnsSubdomain } from '../validation/formats.ts';
import {
  validateIngress,
  validateIngressClass,
  validateIngressClassUpdate,
  validateIngressCreate,
} from '../validation/ingress.ts';
import { type CellWidth, column, type Kind, nameColumn } from './kind.ts';
import { clipped } from './service.ts';

export interface TypedReference {
  readonly apiGroup?: string;
  readonly kind: string;
  readonly name: string;
}

export interface IngressBackend {
  readonly service?: { readonly name: string; readonly port?: { readonly name?: string; readonly number?: number } };
  readonly resource?: TypedReference;
}

export interface HttpIngressPath {
  readonly path?: string;
  readonly pathType: string;
  readonly backend: IngressBackend;
}

export interface IngressRule {
  readonly host?: string;
  readonly http?: { readonly paths: readonly HttpIngressPath[] };
}

export interface Ingress extends ApiObject {
  readonly spec: {
    readonly ingressClassName?: string;
    readonly defaultBackend?: IngressBackend;
    readonly rules?: readonly IngressRule[];
    readonly tls?: readonly { readonly hosts?: readonly string[]; readonly secretName?: string }[];
  };
  readonly status?: {
    readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string; readonly hostname?: string }[] };
  };
}

/** So many hosts are printed; the rest is counted. */
const SHOWN = 3;

export const ingresses: Kind<Ingress> = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  resource: 'ingresses',
  singular: 'ingress',
  shortNames: ['ing'],
  categories: [],
  namespaced: true,
  subresources: ['status'],
  nameRule: dnsSubdomain,
  countsGenerations: true,
  deletionAnswers: 'status',
  effect: 'none',
  defaults: ingress => ingress,
  prepareCreate: ingress => ({ ...ingress, status: { loadBalancer: {} } }),
  prepareUpdate: (ingress, old) => ({ ...ingress, ...(old.status !== undefined && { status: old.status }) }),
  validate: validateIngress,
  validateCreate: validateIngressCreate,
  columns: [
    nameColumn(),
    column('Class', ingress => ingress.spec?.ingressClassName ?? '<none>'),
    column('Hosts', hostsText),
    column('Address', addressText),
    column('Ports', ingress => ((ingress.spec?.tls ?? []).length > 0 ? '80, 443' : '80')),
    column('Age', (ingress, now) => age(ingress.metadata?.creationTimestamp, now)),
  ],
};

function hostsText(ingress: Draft<Ingress>): string {
  const rules = ingress.spec?.rules ?? [];
  const hosts: string[] = [];
  let hasMore = false;
  for (const { host = '' } of rules) {
    if (hosts.length === SHOWN) hasMore = true;
    else if (host !== '') hosts.push(host);
  }
  if (hosts.length === 0) return '*';
  return hasMore ? `${hosts.join(',')} + ${rules.length - SHOWN} more...` : hosts.join(',');
}

function addressText(ingress: Draft<Ingress>, _now: VirtualMs, width: CellWidth = 'wide'): string {
  const points = ingress.status?.loadBalancer?.ingress ?? [];
  const all = [...new Set(points.map(({ ip = '', hostname = '' }) => ip || hostname))].filter(Boolean).sort();
  return clipped(all.join(','), width);
}

export interface IngressClass extends ApiObject {
  readonly spec: {
    readonly controller?: string;
    readonly parameters?: TypedReference & { readonly scope?: string; readonly namespace?: string };
  };
}

export const ingressClasses: Kind<IngressClass> = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  resource: 'ingressclasses',
  singular: 'ingressclass',
  shortNames: [],
  categories: [],
  namespaced: false,
  subresources: [],
  nameRule: dnsSubdomain,
  countsGenerations: true,
  deletionAnswers: 'status',
  effect: 'none',
  defaults(ingressClass) {
    const parameters = ingressClass.spec?.parameters;
    if (parameters === undefined) return ingressClass;
    return {
      ...ingressClass,
      spec: { ...ingressClass.spec, parameters: { ...parameters, scope: parameters.scope ?? 'Cluster' } },
    };
  },
  validate: validateIngressClass,
  validateUpdate: validateIngressClassUpdate,
  columns: [
    nameColumn(),
    column('Controller', ({ spec }) => spec?.controller ?? ''),
    column('Parameters', ({ spec }) => {
      const { apiGroup, kind = '', name = '' } = spec?.parameters ?? {};
      if (spec?.parameters === undefined) return '<none>';
      return apiGroup === undefined ? `${kind}/${name}` : `${kind}.${apiGroup}/${name}`;
    }),
    column('Age', (ingressClass, now) => age(ingressClass.metadata?.creationTimestamp, now)),
  ],
};
