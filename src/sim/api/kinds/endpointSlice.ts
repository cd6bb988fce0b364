// EndpointSlice: up to a thousand addresses behind a Service (controllers put at most a hundred into one).
//
// Read:    kubernetes pkg/registry/discovery/endpointslice/strategy.go; pkg/apis/discovery/validation/validation.go;
//          pkg/printers/internalversion/printers.go, `printEndpointSlice`.

import type { Draft } from '../draft.ts';
import type { ApiObject } from '../objects.ts';
import { age } from '../timestamps.ts';
import { validateEndpointSlice, validateEndpointSliceUpdate } from '../validation/endpointSlice.ts';
import { dnsSubdomain } from '../validation/formats.ts';
import type { ObjectReference } from './event.ts';
import { column, type Kind, nameColumn } from './kind.ts';

export interface EndpointPort {
  readonly name?: string;
  readonly protocol?: string;
  readonly port?: number;
  readonly appProtocol?: string;
}

export interface EndpointConditions {
  /** May get traffic. */
  readonly ready?: boolean;
  /** Could answer, even while it terminates. */
  readonly serving?: boolean;
  readonly terminating?: boolean;
}

export interface Endpoint {
  readonly addresses: readonly string[];
  readonly conditions?: EndpointConditions;
  readonly hostname?: string;
  readonly targetRef?: ObjectReference;
  readonly nodeName?: string;
  readonly zone?: string;
  /** For whom it is meant, where traffic should stay near. */
  readonly hints?: {
    readonly forZones?: readonly { readonly name: string }[];
    readonly forNodes?: readonly { readonly name: string }[];
  };
}

export interface EndpointSlice extends ApiObject {
  readonly addressType: string;
  readonly endpoints?: readonly Endpoint[];
  readonly ports?: readonly EndpointPort[];
}

/** The label that ties a slice to its Service. */
export const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';
export const MANAGED_BY_LABEL = 'endpointslice.kubernetes.io/managed-by';

/** So many entries of a list are printed; the rest is counted. */
const SHOWN = 3;

export const endpointSlices: Kind<EndpointSlice> = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  resource: 'endpointslices',
  singular: 'endpointslice',
  shortNames: [],
  categories: [],
  namespaced: true,
  subresources: [],
  nameRule: dnsSubdomain,
  countsGenerations: true,
  deletionAnswers: 'status',
  defaults(slice) {
    return {
      ...slice,
      ...(slice.ports !== undefined && {
        ports: slice.ports.map(port => ({ ...port, name: port.name ?? '', protocol: port.protocol ?? 'TCP' })),
      }),
    };
  },
  validate: validateEndpointSlice,
  validateUpdate: validateEndpointSliceUpdate,
  columns: [
    nameColumn(),
    column('AddressType', slice => slice.addressType ?? ''),
    column('Ports', slice => listText((slice.ports ?? []).map(portText))),
    column('Endpoints', slice => listText((slice.endpoints ?? []).flatMap(addressesOf))),
    column('Age', (slice, now) => age(slice.metadata?.creationTimestamp, now)),
  ],
};

function portText(port: Draft<EndpointPort> | undefined): string {
  return port?.port === undefined ? (port?.name ?? '*') : String(port.port);
}

function addressesOf(endpoint: Draft<Endpoint> | undefined): readonly string[] {
  return (endpoint?.addresses ?? []).map(address => address ?? '');
}

/** `10.244.1.2,10.244.2.2 + 4 more...`; `<unset>` for an empty list. */
function listText(all: readonly string[]): string {
  const text = all.slice(0, SHOWN).join(',');
  if (all.length > SHOWN) return `${text} + ${all.length - SHOWN} more...`;
  return text === '' ? '<unset>' : text;
}
