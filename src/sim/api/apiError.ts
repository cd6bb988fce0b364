// The API server's refusals: `metav1.Status` with its code, reason, words and causes.
//
// Read:    k8s.io/apimachinery pkg/api/errors/errors.go; k8s.io/apiserver pkg/endpoints/handlers/negotiation/errors.go.

import type { ApiError, StatusCause, StatusDetails } from './client.ts';
import { type FieldError, fieldErrorBody, joinFieldErrors } from './fieldError.ts';
import type { Json } from './request.ts';

/** What an error is about: `deployments.apps`, in the words of the errors. */
export interface GroupResource {
  /** `apps`; empty for the core group. */
  readonly group: string;
  readonly resource: string;
}

function qualified(name: string, group: string): string {
  return group === '' ? name : `${name}.${group}`;
}

function detailsOf({ group, resource }: GroupResource, name: string): StatusDetails {
  return { ...(name !== '' && { name }), ...(group !== '' && { group }), kind: resource };
}

/** `pods "web" not found` */
export function notFound(about: GroupResource, name: string): ApiError {
  const message = `${qualified(about.resource, about.group)} ${JSON.stringify(name)} not found`;
  return { code: 404, reason: 'NotFound', message, details: detailsOf(about, name) };
}

/** `pods "web" already exists` */
export function alreadyExists(about: GroupResource, name: string): ApiError {
  const message = `${qualified(about.resource, about.group)} ${JSON.stringify(name)} already exists`;
  return { code: 409, reason: 'AlreadyExists', message, details: detailsOf(about, name) };
}

/** All generated names were taken already. */
export function nameNotGenerated(about: GroupResource, name: string): ApiError {
  const { message, ...error } = alreadyExists(about, name);
  return {
    ...error,
    message: `${message}, the server was not able to generate a unique name for the object`,
    details: { ...detailsOf(about, name), retryAfterSeconds: 1 },
  };
}

/** `Operation cannot be fulfilled on pods "web": WHY` */
export function conflict(about: GroupResource, name: string, why: string): ApiError {
  const resource = qualified(about.resource, about.group);
  const message = `Operation cannot be fulfilled on ${resource} ${JSON.stringify(name)}: ${why}`;
  return { code: 409, reason: 'Conflict', message, details: detailsOf(about, name) };
}

/** Why an update with an old resourceVersion fails. */
export const MODIFIED_MEANWHILE =
  'the object has been modified; please apply your changes to the latest version and try again';

/** Resources whose place in etcd has another name. Source: kubernetes pkg/kubeapiserver, `SpecialDefaultResourcePrefixes`. */
const STORED_AS: Readonly<Record<string, string>> = {
  endpoints: 'services/endpoints',
  ingresses: 'ingress',
  nodes: 'minions',
  replicationcontrollers: 'controllers',
  services: 'services/specs',
};

/** Why an update of another object of the same name fails, in the words of the storage. */
export function uidMismatch(about: GroupResource, key: string, wanted: string, found: string): ApiError {
  const place = `/registry/${STORED_AS[about.resource] ?? about.resource}/${key}`;
  const why = `Precondition failed: UID in precondition: ${wanted}, UID in object meta: ${found}`;
  const name = key.slice(key.indexOf('/') + 1);
  return conflict(
    about,
    name,
    `StorageError: invalid object, Code: 4, Key: ${place}, ResourceVersion: 0, AdditionalErrorMsg: ${why}`,
  );
}

/** `pods "web" is forbidden: WHY` */
export function forbiddenRequest(
  about: GroupResource,
  name: string,
  why: string,
  causes?: readonly StatusCause[],
): ApiError {
  const resource = qualified(about.resource, about.group);
  const message =
    name === '' ? `${resource} is forbidden: ${why}` : `${resource} ${JSON.stringify(name)} is forbidden: ${why}`;
  const details = { ...detailsOf(about, name), ...(causes !== undefined && { causes }) };
  return { code: 403, reason: 'Forbidden', message, details };
}

/** `Service "web" is invalid: spec.ports: Required value`, each field error a cause. */
export function invalidObject(kind: string, group: string, name: string, errors: readonly FieldError[]): ApiError {
  const message = `${qualified(kind, group)} ${JSON.stringify(name)} is invalid: ${joinFieldErrors(errors)}`;
  const causes = errors.map(error => ({
    reason: error.type,
    message: fieldErrorBody(error),
    field: error.path.text,
  }));
  const details = { ...(name !== '' && { name }), ...(group !== '' && { group }), kind, causes };
  return { code: 422, reason: 'Invalid', message, details, fieldErrors: errors };
}

export function badRequest(message: string): ApiError {
  return { code: 400, reason: 'BadRequest', message };
}

/** No such path. The real server answers with plain text; clients make this of it. */
export function noSuchPath(): ApiError {
  return {
    code: 404,
    reason: 'NotFound',
    message: 'the server could not find the requested resource',
    details: {},
  };
}

export function methodNotAllowed(): ApiError {
  return {
    code: 405,
    reason: 'MethodNotAllowed',
    message: 'the server does not allow this method on the requested resource',
    details: {},
  };
}

export function unsupportedMediaType(accepted: readonly string[]): ApiError {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`;
  return { code: 415, reason: 'UnsupportedMediaType', message };
}

/** The client wants a form that the server does not have. */
export function notAcceptable(accepted: readonly string[]): ApiError {
  const message = `only the following media types are accepted: ${accepted.join(', ')}`;
  return { code: 406, reason: 'NotAcceptable', message };
}

/** @param why `limit is 3145728` */
export function requestTooLarge(why: string): ApiError {
  return {
    code: 413,
    reason: 'RequestEntityTooLarge',
    message: `Request entity too large: ${why}`,
  };
}

/** A patch that is well-formed but does not fit the object. */
export function unprocessablePatch(): ApiError {
  return {
    code: 422,
    reason: 'Invalid',
    message: 'the server rejected our request due to an error in our request',
    details: {},
  };
}

/** The state that is asked for is no longer kept. @param continuation with what a list can go on from the latest state */
export function expired(message: string, continuation?: string): ApiError {
  return {
    code: 410,
    reason: 'Expired',
    message,
    ...(continuation !== undefined && { continue: continuation }),
  };
}

/** The state that is asked for is yet to come: the real server waits three seconds for it. */
export function tooLargeResourceVersion(asked: number, current: number): ApiError {
  return {
    code: 504,
    reason: 'Timeout',
    message: `Timeout: Too large resource version: ${asked}, current: ${current}`,
    details: {
      retryAfterSeconds: 1,
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
    },
  };
}

/** The error as it is sent. */
export function statusOf(error: ApiError): Json {
  const { code, reason, message, details, continue: continuation } = error;
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: { ...(continuation !== undefined && { continue: continuation }) },
    status: 'Failure',
    message,
    reason,
    ...(details !== undefined && { details: { ...details, causes: details.causes?.map(cause => ({ ...cause })) } }),
    code,
  };
}
