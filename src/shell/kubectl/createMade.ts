// The last step of all verbs that make an object of flags: print it, or send it and say what was done.

import type { JsonObject } from '../../sim/index.ts';
import { objectAt, textAt, withMetadata } from './fields.ts';
import { withLastApplied } from './lastApplied.ts';
import { type ApiResource, discover } from './resources.ts';
import { type KubectlCall, KubectlError, serverError } from './session.ts';
import { dryRunOf, printDone, send, withoutNulls } from './writing.ts';

/** How a verb creates what it made. */
export interface Creation {
  /** What is said of the object: `created`, `exposed`. */
  readonly done: string;
  /** `kubectl-create` */
  readonly manager: string;
  /** Where it goes, if its kind belongs to a namespace. */
  readonly namespace: string | undefined;
  readonly validation?: 'Strict' | 'Warn' | 'Ignore';
  /** Stands in front of what the server says; absent: kubectl prints the server's error as one. */
  readonly failure?: string | undefined;
}

/** Creates an object that was made of flags; with --dry-run=client it is only printed. */
export async function createMade(call: KubectlCall, made: JsonObject, creation: Creation): Promise<void> {
  const { done, manager, namespace, validation, failure } = creation;
  const object = call.flags.has('save-config') ? withLastApplied(made) : made;
  if (dryRunOf(call) === 'client') {
    printDone(call, object, done, 'typed');
    return;
  }
  const resource = resourceOf(await discover(call), object);
  if (resource === undefined) throw refusal('the server could not find the requested resource', 'NotFound', failure);
  const response = await send(call, {
    kind: 'create',
    resource,
    namespace: resource.namespaced ? namespace : undefined,
    manager,
    ...(validation !== undefined && { validation }),
    body: withoutNulls(object),
  });
  if (response.status >= 400) {
    if (failure === undefined) throw new KubectlError(serverError(response));
    throw refusal(textAt(response.body, 'message'), '', failure);
  }
  printDone(call, objectAt(response.body), done, 'typed');
}

/** With the namespace of `-n`, which generators write into the object itself. */
export function inNamedNamespace(call: KubectlCall, object: JsonObject): JsonObject {
  return call.flags.value('namespace') === undefined ? object : withMetadata(object, { namespace: call.namespace });
}

/** Discovery lists each kind once, in the version that the server prefers; an object may name another one. */
function resourceOf(all: readonly ApiResource[], object: JsonObject): ApiResource | undefined {
  const apiVersion = textAt(object, 'apiVersion');
  const group = apiVersion.includes('/') ? apiVersion.replace(/\/.*/, '') : '';
  const found = all.find(other => other.kind === object.kind && other.group === group);
  return found && { ...found, apiVersion };
}

function refusal(message: string, reason: string, failure: string | undefined): KubectlError {
  return new KubectlError(
    failure === undefined ? `Error from server (${reason}): ${message}` : `error: ${failure}${message}`,
  );
}
