// Paths: what a request is about.
//
// Read:    kubernetes.io/docs/reference/using-api/api-concepts, "Resource URIs".

import type { Kind } from '../kinds/kind.ts';
import { findResource, SCHEME } from '../scheme.ts';
import { findReview, type Review } from './reviews.ts';
import { type ServedKind, servedKinds } from './served.ts';

/** What a path names. */
export type Route =
  /** `/api`, `/apis`: which groups and versions there are. */
  | { readonly kind: 'versions' }
  | { readonly kind: 'groups' }
  | { readonly kind: 'group'; readonly group: string }
  /** `/api/v1`, `/apis/apps/v1`: which resources a version has. */
  | { readonly kind: 'resources'; readonly apiVersion: string }
  | { readonly kind: 'version' }
  /** `/openapi/v2`, `/openapi/v3`, `/openapi/v3/apis/apps/v1` */
  | { readonly kind: 'openapi'; readonly document: 'v2' | 'v3-index' }
  | { readonly kind: 'openapi'; readonly document: 'v3'; readonly apiVersion: string }
  /** `/healthz`, `/livez`, `/readyz` */
  | { readonly kind: 'health' }
  /** `/api/v1/namespaces/default/pods`, or `/api/v1/pods` for all namespaces (then without a namespace). */
  | { readonly kind: 'collection'; readonly of: Kind; readonly namespace: string | undefined }
  /** `/api/v1/namespaces/default/pods/web`, with `/status` and the like below it. */
  | {
      readonly kind: 'object';
      readonly of: Kind;
      readonly namespace: string | undefined;
      readonly name: string;
      readonly subresource: string | undefined;
    }
  /** `/apis/authorization.k8s.io/v1/selfsubjectaccessreviews` */
  | { readonly kind: 'review'; readonly review: Review }
  | { readonly kind: 'unknown' };

const UNKNOWN: Route = { kind: 'unknown' };

/** @param custom kinds that the server has beside those of the scheme */
export function parsePath(path: string, custom: readonly Kind[] = []): Route {
  const served = servedKinds(custom);
  const segments = decodeSegments(path);
  const [first, second, third, ...rest] = segments ?? [''];
  if (segments === undefined) return UNKNOWN;
  switch (first) {
    case 'api':
      if (second === undefined) return { kind: 'versions' };
      return second === 'v1' ? inVersion('v1', segments.slice(2), served, custom) : UNKNOWN;
    case 'apis':
      if (second === undefined) return { kind: 'groups' };
      if (third === undefined)
        return served.some(kind => kind.apiVersion.startsWith(`${second}/`))
          ? { kind: 'group', group: second }
          : UNKNOWN;
      return inVersion(`${second}/${third}`, rest, served, custom);
    case 'version':
      return second === undefined ? { kind: 'version' } : UNKNOWN;
    case 'openapi':
      return openApiRoute(segments.slice(1));
    case 'healthz':
    case 'livez':
    case 'readyz':
      return { kind: 'health' };
    default:
      return UNKNOWN;
  }
}

/** `undefined` when the path is not well-formed. */
function decodeSegments(path: string): readonly string[] | undefined {
  try {
    return path
      .split('/')
      .filter(segment => segment !== '')
      .map(decodeURIComponent);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

function openApiRoute([dialect, root, ...version]: readonly string[]): Route {
  if (root === undefined) {
    if (dialect === 'v2') return { kind: 'openapi', document: 'v2' };
    return dialect === 'v3' ? { kind: 'openapi', document: 'v3-index' } : UNKNOWN;
  }
  const apiVersion = version.join('/');
  const isKnown = SCHEME.some(kind => kind.apiVersion === apiVersion) && (root === 'api') === (version.length === 1);
  return dialect === 'v3' && isKnown ? { kind: 'openapi', document: 'v3', apiVersion } : UNKNOWN;
}

function inVersion(
  apiVersion: string,
  segments: readonly string[],
  served: readonly ServedKind[],
  custom: readonly Kind[],
): Route {
  const find = (resource: string) =>
    findResource(apiVersion, resource) ??
    custom.find(kind => kind.resource === resource && kind.apiVersion === apiVersion);
  if (!served.some(kind => kind.apiVersion === apiVersion)) return UNKNOWN;
  const [first, second, third, ...rest] = segments;
  if (first === undefined) return { kind: 'resources', apiVersion };
  // Below a namespace stand its objects, unless what stands there is a part of the namespace itself.
  if (first === 'namespaces' && second !== undefined && third !== undefined) {
    const of = find(third);
    if (of?.namespaced === true) return below(of, second, rest);
  }
  const of = find(first);
  if (of === undefined) {
    const review = second === undefined ? findReview(apiVersion, first) : undefined;
    return review === undefined ? UNKNOWN : { kind: 'review', review };
  }
  if (!of.namespaced) return below(of, undefined, segments.slice(1));
  return second === undefined ? { kind: 'collection', of, namespace: undefined } : UNKNOWN;
}

function below(of: Kind, namespace: string | undefined, segments: readonly string[]): Route {
  const [name, subresource, ...rest] = segments;
  if (name === undefined) return { kind: 'collection', of, namespace };
  if (rest.length > 0) return UNKNOWN;
  if (subresource !== undefined && !of.subresources.some(known => known === subresource)) return UNKNOWN;
  return { kind: 'object', of, namespace, name, subresource };
}
