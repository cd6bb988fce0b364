// Secrets, accounts, limits and the like: kept, checked and shown.
//
// Read:    kubernetes pkg/apis/core/v1/defaults.go; pkg/printers/internalversion/printers.go.

import { base64 } from '../../base64.ts';
import { isJsonObject, type JsonObject, jsonObject } from '../../json.ts';
import { keysAt, listAt, numberAt, peek, textAt } from '../../peek.ts';
import type { Json } from '../../request.ts';
import { validateSecret, validateSecretUpdate } from '../../validation/secret.ts';
import { column, type Kind } from '../kind.ts';
import { ageColumn, createdAtColumn, type StoredDraft, storedKind, withSpec } from './storedKind.ts';

export const CONFIG_KINDS: readonly Kind[] = [
  storedKind({
    apiVersion: 'v1',
    kind: 'Secret',
    resource: 'secrets',
    scope: 'Namespaced',
    defaults: secret => withData({ ...secret, ...{ type: textAt(secret, 'type') || 'Opaque' } }),
    validate: validateSecret,
    validateUpdate: validateSecretUpdate,
    columns: [
      column('Type', secret => textAt(secret, 'type')),
      column('Data', secret => keysAt(secret, 'data').length),
      ageColumn,
    ],
  }),
  storedKind({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    resource: 'serviceaccounts',
    shortNames: ['sa'],
    scope: 'Namespaced',
    deletionAnswers: 'object',
    columns: [column('Secrets', account => listAt(account, 'secrets').length), ageColumn],
  }),
  storedKind({
    apiVersion: 'v1',
    kind: 'LimitRange',
    resource: 'limitranges',
    shortNames: ['limits'],
    scope: 'Namespaced',
    defaults: range => withSpec(range, { limits: listAt(range, 'spec', 'limits').map(withContainerLimits) }),
    columns: [createdAtColumn],
  }),
  storedKind({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    resource: 'resourcequotas',
    shortNames: ['quota'],
    scope: 'Namespaced',
    initialStatus: {},
    deletionAnswers: 'object',
    columns: [
      column('Request', quota => quotaText(quota, 'requests')),
      column('Limit', quota => quotaText(quota, 'limits')),
      ageColumn,
    ],
  }),
  storedKind({
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    resource: 'priorityclasses',
    shortNames: ['pc'],
    scope: 'Cluster',
    generations: 'counted',
    defaults: priority => ({
      ...priority,
      ...{
        value: numberAt(priority, 'value'),
        preemptionPolicy: textAt(priority, 'preemptionPolicy') || 'PreemptLowerPriority',
      },
    }),
    columns: [
      column('Value', priority => numberAt(priority, 'value'), 'integer'),
      column('Global-Default', priority => peek(priority, 'globalDefault') === true, 'boolean'),
      ageColumn,
      // The column is always there; upstream's printer leaves the cell out of narrow rows, which servers never make.
      column('PreemptionPolicy', (priority, _, width) =>
        width === 'wide' ? textAt(priority, 'preemptionPolicy') : '',
      ),
    ],
  }),
  storedKind({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    resource: 'leases',
    scope: 'Namespaced',
    columns: [column('Holder', lease => textAt(lease, 'spec', 'holderIdentity')), ageColumn],
  }),
];

/** What is written as text is kept in base64 with the rest, and the text itself is not kept. */
function withData(secret: StoredDraft): StoredDraft {
  const { stringData, ...rest } = secret as StoredDraft & { readonly stringData?: Json };
  if (!isJsonObject(stringData)) return rest;
  const data = peek(secret, 'data');
  const added = Object.entries(stringData).map(([key, value]): [string, Json] => [key, base64(String(value))]);
  return { ...rest, ...{ data: { ...(isJsonObject(data) ? data : {}), ...jsonObject(added) } } };
}

/** A limit follows the most that is allowed, a request follows the limit, else the least. */
function withContainerLimits(item: Json): Json {
  if (!isJsonObject(item) || item.type !== 'Container') return item;
  const words = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {});
  const limits = { ...words(item.max), ...words(item.default) };
  const requests = { ...words(item.min), ...limits, ...words(item.defaultRequest) };
  return {
    ...item,
    ...(Object.keys(limits).length > 0 && { default: limits }),
    ...(Object.keys(requests).length > 0 && { defaultRequest: requests }),
  };
}

/** `requests.cpu: 0/1, pods: 0/10` */
function quotaText(quota: StoredDraft, part: 'requests' | 'limits'): string {
  const hard = keysAt(quota, 'status', 'hard').filter(name => name.startsWith('limits.') === (part === 'limits'));
  return [...hard]
    .sort()
    .map(name => `${name}: ${textAt(quota, 'status', 'used', name) || '0'}/${textAt(quota, 'status', 'hard', name)}`)
    .join(', ');
}
