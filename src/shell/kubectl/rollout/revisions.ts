// The revisions of a Deployment, DaemonSet or StatefulSet, and the Pod template of each.
//
// Read:    kubectl pkg/polymorphichelpers/history.go, rollback.go; pkg/util/deployment/deployment.go.

import { isJsonObject, type Json, type JsonObject } from '../../../sim/index.ts';
import { listAt, numberAt, objectAt, textAt } from '../fields.ts';
import { CHANGE_CAUSE } from '../record.ts';
import { discover, pathOf } from '../resources.ts';
import { type KubectlCall, mustGet } from '../session.ts';
import type { Target } from '../targets.ts';

export const REVISION = 'deployment.kubernetes.io/revision';
const HASH_LABEL = 'pod-template-hash';

export interface Revision {
  readonly number: number;
  /** `<none>` when nobody noted one. */
  readonly cause: string;
  /** Of the Pods that it makes. */
  readonly template: JsonObject;
  /** What keeps it: a ReplicaSet, or a ControllerRevision. */
  readonly object: JsonObject;
}

/** What keeps the revisions of a kind. */
const KEEPER: Readonly<Record<string, string>> = {
  Deployment: 'ReplicaSet',
  DaemonSet: 'ControllerRevision',
  StatefulSet: 'ControllerRevision',
};

/** The oldest first; undefined for kinds that have none. */
export async function revisionsOf(call: KubectlCall, target: Target): Promise<readonly Revision[] | undefined> {
  const keeper = KEEPER[target.resource.kind];
  if (keeper === undefined) return undefined;
  const resource = (await discover(call)).find(({ kind, group }) => kind === keeper && group === 'apps');
  if (resource === undefined) return [];
  const labels = Object.entries(objectAt(target.object, 'spec', 'selector', 'matchLabels'));
  const labelSelector = labels.map(([key, value]) => `${key}=${String(value)}`).join(',');
  const list = await mustGet(call, pathOf(resource, target.namespace), { labelSelector });
  const { apiVersion, kind } = resource;
  return listAt(list, 'items')
    .filter(isJsonObject)
    .filter(item => isOwnedBy(item, textAt(target.object, 'metadata', 'uid')))
    .map(item => revisionIn({ apiVersion, kind, ...item }))
    .sort((a, b) => a.number - b.number);
}

function isOwnedBy(item: Json, uid: string): boolean {
  return listAt(item, 'metadata', 'ownerReferences').some(owner => textAt(owner, 'uid') === uid);
}

function revisionIn(object: JsonObject): Revision {
  const cause = textAt(object, 'metadata', 'annotations', CHANGE_CAUSE) || '<none>';
  if (object.kind === 'ReplicaSet') {
    const number = Number(textAt(object, 'metadata', 'annotations', REVISION) || 0);
    return { number, cause, template: objectAt(object, 'spec', 'template'), object };
  }
  const { $patch: _, ...template } = objectAt(object, 'data', 'spec', 'template');
  return { number: numberAt(object, 'revision') ?? 0, cause, template, object };
}

/** The template without the label that tells the ReplicaSets of a Deployment apart. */
export function withoutHash(template: JsonObject): JsonObject {
  const { [HASH_LABEL]: _, ...labels } = objectAt(template, 'metadata', 'labels');
  return { ...template, metadata: { ...objectAt(template, 'metadata'), labels } };
}
