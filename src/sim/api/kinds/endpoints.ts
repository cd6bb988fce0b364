// Endpoints: the addresses behind a Service in one object, as clients older than EndpointSlices read them.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `validateEndpointSubsets`; pkg/apis/core/v1/defaults.go;
//          pkg/printers/internalversion/printers.go, `formatEndpoints`.

import type { Draft } from '../draft.ts';
import type { ApiObject } from '../objects.ts';
import { age } from '../timestamps.ts';
import { validateEndpoints } from '../validation/endpoints.ts';
import { dnsSubdomain } from '../validation/formats.ts';
import type { ObjectReference } from './event.ts';
import { column, type Kind, nameColumn } from './kind.ts';

export interface EndpointsAddress {
  readonly ip: string;
  readonly hostname?: string;
  readonly nodeName?: string;
  readonly targetRef?: ObjectReference;
}

export interface EndpointsPort {
  readonly name?: string;
  readonly port: number;
  readonly protocol?: string;
  readonly appProtocol?: string;
}

/** Addresses that all have the same ports. */
export interface EndpointSubset {
  readonly addresses?: readonly EndpointsAddress[];
  readonly notReadyAddresses?: readonly EndpointsAddress[];
  readonly ports?: readonly EndpointsPort[];
}

export interface Endpoints extends ApiObject {
  readonly subsets?: readonly EndpointSubset[];
}

/** So many addresses are printed; the rest is counted. */
const SHOWN = 3;

export const endpoints: Kind<Endpoints> = {
  apiVersion: 'v1',
  kind: 'Endpoints',
  resource: 'endpoints',
  singular: 'endpoints',
  shortNames: ['ep'],
  categories: [],
  namespaced: true,
  subresources: [],
  nameRule: dnsSubdomain,
  countsGenerations: false,
  deletionAnswers: 'status',
  deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  defaults(object) {
    if (object.subsets === undefined) return object;
    const subsets = object.subsets.map(subset => ({
      ...subset,
      ...(subset.ports !== undefined && {
        ports: subset.ports.map(port => ({ ...port, protocol: port.protocol || 'TCP' })),
      }),
    }));
    return { ...object, subsets };
  },
  validate: validateEndpoints,
  columns: [
    nameColumn(),
    column('Endpoints', endpointsText),
    column('Age', (object, now) => age(object.metadata?.creationTimestamp, now)),
  ],
};

/** `10.244.1.2:80,10.244.2.2:80 + 4 more...` */
function endpointsText({ subsets = [] }: Draft<Endpoints>): string {
  if (subsets.length === 0) return '<none>';
  const all = subsets.flatMap(({ addresses = [], ports = [] }) => {
    const addressTexts = addresses.map(({ ip = '' }) => ip);
    if (ports.length === 0) return addressTexts;
    return ports.flatMap(({ port = 0 }) => addressTexts.map(ip => `${ip.includes(':') ? `[${ip}]` : ip}:${port}`));
  });
  const text = all.slice(0, SHOWN).join(',');
  return all.length > SHOWN ? `${text} + ${all.length - SHOWN} more...` : text;
}
