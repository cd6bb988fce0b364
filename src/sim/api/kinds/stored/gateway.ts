// The Gateway API: kept, checked and shown. No controller answers yet.
//
// Read:    gateway-api.sigs.k8s.io/reference/spec, and the defaults of its custom resource definitions.

import { field, isJsonArray, isJsonObject, type JsonObject } from '../../json.ts';
import { listAt, objectAt, peek, textAt } from '../../peek.ts';
import type { Json } from '../../request.ts';
import { column, type Kind, wideColumn } from '../kind.ts';
import { ageColumn, type StoredDraft, type StoredKind, storedKind, withSpec } from './storedKind.ts';

const GROUP = 'gateway.networking.k8s.io';

/** Nobody has looked at the object yet. */
function pending(...types: readonly string[]): JsonObject {
  return {
    conditions: types.map(type => ({
      type,
      status: 'Unknown',
      reason: 'Pending',
      message: 'Waiting for controller',
      lastTransitionTime: '1970-01-01T00:00:00Z',
    })),
  };
}

function conditionOf(object: StoredDraft, type: string): string {
  const found = listAt(object, 'status', 'conditions').find(condition => textAt(condition, 'type') === type);
  return textAt(found, 'status');
}

function gatewayKind(stored: Omit<StoredKind, 'apiVersion' | 'generations'>, version = 'v1'): Kind {
  return storedKind({ apiVersion: `${GROUP}/${version}`, generations: 'counted', ...stored });
}

function route(kind: 'HTTPRoute' | 'GRPCRoute', everything: JsonObject): Kind {
  return gatewayKind({
    kind,
    resource: `${kind.toLowerCase()}s`,
    categories: ['gateway-api'],
    scope: 'Namespaced',
    initialStatus: {},
    defaults: object => withSpec(object, defaultRoute(objectAt(object, 'spec') ?? {}, everything)),
    columns: [
      column('Hostnames', object => {
        const names = listAt(object, 'spec', 'hostnames');
        return names.length === 0 ? '' : JSON.stringify(names);
      }),
      ageColumn,
    ],
  });
}

export const GATEWAY_KINDS: readonly Kind[] = [
  gatewayKind({
    kind: 'GatewayClass',
    resource: 'gatewayclasses',
    shortNames: ['gc'],
    categories: ['gateway-api'],
    scope: 'Cluster',
    initialStatus: pending('Accepted'),
    columns: [
      column('Controller', object => textAt(object, 'spec', 'controllerName')),
      column('Accepted', object => conditionOf(object, 'Accepted')),
      ageColumn,
      wideColumn('Description', object => textAt(object, 'spec', 'description')),
    ],
  }),
  gatewayKind({
    kind: 'Gateway',
    resource: 'gateways',
    shortNames: ['gtw'],
    categories: ['gateway-api'],
    scope: 'Namespaced',
    initialStatus: pending('Accepted', 'Programmed'),
    defaults: object =>
      withSpec(object, {
        ...objectAt(object, 'spec'),
        listeners: listAt(object, 'spec', 'listeners').map(listener =>
          isJsonObject(listener)
            ? { ...listener, allowedRoutes: listener.allowedRoutes ?? { namespaces: { from: 'Same' } } }
            : listener,
        ),
      }),
    columns: [
      column('Class', object => textAt(object, 'spec', 'gatewayClassName')),
      column('Address', object =>
        listAt(object, 'status', 'addresses')
          .map(address => textAt(address, 'value'))
          .join(','),
      ),
      column('Programmed', object => conditionOf(object, 'Programmed')),
      ageColumn,
    ],
  }),
  route('HTTPRoute', { matches: [{ path: { type: 'PathPrefix', value: '/' } }] }),
  route('GRPCRoute', {}),
  gatewayKind(
    {
      kind: 'ReferenceGrant',
      resource: 'referencegrants',
      shortNames: ['refgrant'],
      categories: ['gateway-api'],
      scope: 'Namespaced',
      columns: [ageColumn],
    },
    'v1beta1',
  ),
];

/** Parents are Gateways, backends are Services, and what is said of no request is said of all. */
function defaultRoute(spec: JsonObject, everything: JsonObject): JsonObject {
  const rules = peek(spec, 'rules');
  const each = (list: Json | undefined, more: JsonObject): Json[] =>
    isJsonArray(list) ? list.map(item => (isJsonObject(item) ? { ...more, ...item } : item)) : [];
  return {
    ...spec,
    ...(spec.parentRefs !== undefined && { parentRefs: each(spec.parentRefs, { group: GROUP, kind: 'Gateway' }) }),
    rules: each(isJsonArray(rules) ? rules : [{}], everything).map(rule => {
      const backends = isJsonObject(rule) ? field(rule, 'backendRefs') : undefined;
      if (!isJsonObject(rule) || backends === undefined) return rule;
      return { ...rule, backendRefs: each(backends, { group: '', kind: 'Service', weight: 1 }) };
    }),
  };
}
