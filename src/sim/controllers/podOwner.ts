// What controllers that make Pods have in common: whose a Pod is, taking Pods in and letting them go, making them.
//
// Read:    kubernetes pkg/controller/controller_ref_manager.go, controller_utils.go (`RealPodControl`).

import type { ApiChange, ApiClient, ApiError, KindRef } from '../api/client.ts';
import { ofKind, type WatchSpec } from '../api/controller.ts';
import { type Pod, type PodTemplateSpec, pods } from '../api/kinds/pod.ts';
import { type ApiObject, keyOf, type LabelSelector, type NewObject } from '../api/objects.ts';
import { matchesLabels } from '../api/selectors.ts';
import { type Result, success } from '../runtime/errors.ts';
import { adopted, controllerOf, controllerReference, released } from './ownership.ts';
import { isPodActive } from './podCounts.ts';

/** An object whose Pods are found by a selector. */
export interface PodOwner extends ApiObject {
  readonly spec: { readonly selector: LabelSelector };
}

/** Watches Pods: the keys are the owners of this kind that they have, had, or may get. */
export function podsOf<T extends PodOwner>(kind: KindRef<T>): WatchSpec {
  return ofKind(pods, ({ object, previous }: ApiChange<Pod>, api: ApiClient) => {
    const { namespace } = object.metadata;
    const keys = new Set<string>();
    for (const pod of [object, previous]) {
      const owner = pod === undefined ? undefined : controllerOf(pod);
      if (owner?.kind === kind.kind) keys.add(`${namespace}/${owner.name}`);
    }
    if (controllerOf(object) === undefined && namespace !== undefined) {
      for (const owner of api.list(kind, { namespace }))
        if (matchesLabels(owner.spec.selector, object.metadata.labels)) keys.add(keyOf(owner));
    }
    return [...keys];
  });
}

/**
 * Takes in Pods that match and belong to nobody, and lets those go that no longer match.
 * @param isMember what a Pod must be beside matching; a StatefulSet looks at its name
 * @returns the owner's Pods, in the order of their names
 */
export function claimPods(
  api: ApiClient,
  owner: PodOwner,
  isMember: (pod: Pod) => boolean = () => true,
): readonly Pod[] {
  const { namespace = '', uid, deletionTimestamp } = owner.metadata;
  const { selector } = owner.spec;
  const isOurs = (pod: Pod) => matchesLabels(selector, pod.metadata.labels) && isMember(pod);
  for (const pod of api.list(pods, { controller: uid }))
    if (!isOurs(pod) && pod.metadata.deletionTimestamp === undefined) api.update(pods, released(pod, uid));
  if (deletionTimestamp === undefined) {
    for (const pod of api.list(pods, { namespace, selector, controller: '' }))
      if (isPodActive(pod) && isMember(pod)) api.update(pods, adopted(pod, owner));
  }
  return api.list(pods, { controller: uid });
}

/** A Pod of a template, with a name to be made up after its owner's. Source: `GetPodFromTemplate`. */
export function podOfTemplate(owner: ApiObject, { metadata, spec }: PodTemplateSpec): NewObject<Pod> {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${owner.metadata.name}-`,
      ...(owner.metadata.namespace !== undefined && { namespace: owner.metadata.namespace }),
      ...(metadata?.labels !== undefined && { labels: metadata.labels }),
      ...(metadata?.annotations !== undefined && { annotations: metadata.annotations }),
      ...(metadata?.finalizers !== undefined && { finalizers: metadata.finalizers }),
      ownerReferences: [controllerReference(owner)],
    },
    spec,
  };
}

/** In a namespace that goes away nothing more can be made, and nobody needs to hear of it. */
export function isNamespaceEnding({ details }: ApiError): boolean {
  return details?.causes?.some(cause => cause.reason === 'NamespaceTerminating') === true;
}

/** Makes a Pod and tells of it. `source` is the controller's name. */
export function makePod(api: ApiClient, owner: ApiObject, pod: NewObject<Pod>, source: string): Result<Pod, ApiError> {
  const created = api.create(pods, pod);
  if (created.ok) {
    const message = `Created pod: ${created.value.metadata.name}`;
    api.event(owner, { type: 'Normal', reason: 'SuccessfulCreate', message, source });
  } else if (!isNamespaceEnding(created.error)) {
    const message = `Error creating: ${created.error.message}`;
    api.event(owner, { type: 'Warning', reason: 'FailedCreate', message, source });
  }
  return created;
}

/** Deletes a Pod and tells of it. */
export function dropPod(api: ApiClient, owner: ApiObject, pod: Pod, source: string): Result<void, ApiError> {
  const { name, uid } = pod.metadata;
  const deleted = api.delete(pods, pod.metadata, { uid });
  if (deleted.ok) {
    const message = `Deleted pod: ${name}`;
    api.event(owner, { type: 'Normal', reason: 'SuccessfulDelete', message, source });
  } else if (deleted.error.reason !== 'NotFound') {
    const message = `Error deleting: ${deleted.error.message}`;
    api.event(owner, { type: 'Warning', reason: 'FailedDelete', message, source });
  }
  return deleted.ok ? success(undefined) : deleted;
}
