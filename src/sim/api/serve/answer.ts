// Answers: objects, lists, tables and refusals, in the form that the client asked for.
//
// Omits:   descriptions of table columns (kubectl does not print them).
// Read:    k8s.io/apiserver pkg/endpoints/handlers/response.go.

import type { VirtualMs } from '../../runtime/clock.ts';
import { statusOf } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import { asJson } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import type { ApiObject, ObjectMeta } from '../objects.ts';
import type { ApiResponse, Json } from '../request.ts';
import type { Shape } from './negotiate.ts';

const JSON_HEADERS = { 'content-type': 'application/json' } as const;

export function answer(status: number, body: Json, warnings: readonly string[] = []): ApiResponse {
  return withWarnings({ status, headers: JSON_HEADERS, body }, warnings);
}

/** The answer with warnings after those that it has. */
export function withWarnings(response: ApiResponse, warnings: readonly string[]): ApiResponse {
  if (warnings.length === 0) return response;
  const added = warnings.map(text => `299 - ${JSON.stringify(text)}`);
  const warning = [...(response.headers.warning ? [response.headers.warning] : []), ...added].join(', ');
  return { ...response, headers: { ...response.headers, warning } };
}

export function refusal(error: ApiError): ApiResponse {
  return answer(error.code, statusOf(error));
}

/** What stands beside the items of a list. */
export interface ListMeta {
  readonly resourceVersion: string;
  readonly continue?: string;
  readonly remainingItemCount?: number;
}

export function showObject(kind: Kind, object: ApiObject, shape: Shape, now: VirtualMs): Json {
  switch (shape.kind) {
    case 'object':
      return asBody(object);
    case 'metadata':
      return partial(object);
    case 'table':
      return table(kind, [object], shape.include, { resourceVersion: object.metadata.resourceVersion }, now, true);
  }
}

export function showList(
  kind: Kind,
  objects: readonly ApiObject[],
  shape: Shape,
  metadata: ListMeta,
  now: VirtualMs,
): Json {
  switch (shape.kind) {
    case 'object':
      return {
        kind: `${kind.kind}List`,
        apiVersion: kind.apiVersion,
        metadata: { ...metadata },
        items: objects.map(asBody),
      };
    case 'metadata':
      return {
        kind: 'PartialObjectMetadataList',
        apiVersion: 'meta.k8s.io/v1',
        metadata: { ...metadata },
        items: objects.map(partial),
      };
    case 'table':
      return table(kind, objects, shape.include, metadata, now, true);
  }
}

/** Stored objects are JSON and never change: they go out as they are. */
export function asBody(object: ApiObject | ObjectMeta): Json {
  return object as unknown as Json;
}

function partial(object: ApiObject): Json {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: asBody(object.metadata) };
}

/** @param withColumns a watch names the columns only once */
export function table(
  kind: Kind,
  objects: readonly ApiObject[],
  include: 'Object' | 'Metadata' | 'None',
  metadata: ListMeta,
  now: VirtualMs,
  withColumns: boolean,
): Json {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { ...metadata },
    columnDefinitions: withColumns
      ? kind.columns.map(({ name, type, format = '', priority }) => ({ name, type, format, description: '', priority }))
      : null,
    rows: objects.map(object => ({
      cells: kind.columns.map(column => column.cell(object, now)),
      ...rowConditions(object),
      object: include === 'None' ? null : include === 'Object' ? asBody(object) : partial(object),
    })),
  };
}

/** kubectl greys out (or leaves out) the rows of Pods that are through. Source: printers.go, `podSuccessConditions`. */
function rowConditions(object: ApiObject): { readonly conditions?: Json } {
  if (object.kind !== 'Pod' || !('status' in object)) return {};
  const status = asJson(object.status);
  const phase = typeof status === 'object' && status !== null && 'phase' in status ? status.phase : undefined;
  if (phase !== 'Succeeded' && phase !== 'Failed') return {};
  const message = phase === 'Succeeded' ? 'The pod has completed successfully.' : 'The pod failed.';
  return { conditions: [{ type: 'Completed', status: 'True', reason: phase, message }] };
}

/** The answer to a deletion that left nothing behind. */
export function deletedStatus(kind: Kind, group: string, object: ApiObject): Json {
  const { name, uid } = object.metadata;
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { name, ...(group !== '' && { group }), kind: kind.resource, uid },
  };
}
