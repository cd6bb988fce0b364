// The Pod that an object is, or makes.
//
// Read:    kubectl pkg/polymorphichelpers/updatepodspec.go; pkg/cmd/set/helper.go, `selectContainers`.

import { isJsonObject, type JsonObject } from '../../../sim/index.ts';
import { at, listAt, objectAt, textAt } from '../fields.ts';
import { ownRefusal, type Refusal } from '../session.ts';
import type { Target } from '../targets.ts';
import { pluralName } from './update.ts';

/** Where the Pod's spec stands, by kind. */
const PLACE: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  ReplicationController: ['spec', 'template', 'spec'],
  Deployment: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

export type PodSpecPlace =
  | { readonly kind: 'at'; readonly path: readonly string[] }
  | { readonly kind: 'none'; readonly problem: Refusal };

export function podSpecPlace(target: Target): PodSpecPlace {
  const { kind, apiVersion } = target.resource;
  const path = PLACE[kind];
  if (path !== undefined) return { kind: 'at', path };
  const type = `*${apiVersion.split('/').at(-1)}.${kind}`;
  return {
    kind: 'none',
    problem: ownRefusal(`${pluralName(target)} the object is not a pod or does not have a pod template: ${type}`),
  };
}

/** The object with another value at a path. */
export function withValue(object: JsonObject, path: readonly string[], value: JsonObject): JsonObject {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  return { ...object, [first]: withValue(objectAt(object, first), rest, value) };
}

/** Changes containers of a kind in a Pod's spec; a list that is not there stays away. */
export function mapContainers(
  spec: JsonObject,
  list: 'containers' | 'initContainers',
  change: (container: JsonObject) => JsonObject,
): JsonObject {
  if (at(spec, list) === undefined) return spec;
  return { ...spec, [list]: listAt(spec, list).map(each => (isJsonObject(each) ? change(each) : each)) };
}

/** Whether `*`, a name, or a name with stars means this container. */
export function isSelected(pattern: string, container: JsonObject): boolean {
  const parts = pattern.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(textAt(container, 'name'));
}
