// What `kubectl get -A -o yaml` (or json) printed of a real cluster, as a lab: what somebody wrote, on its nodes.

import { findImage, isJsonObject, type Json, type JsonObject, Lab, validateManifest } from '../../sim/index.ts';
import type { LabReading } from '../port.ts';
import { contentsOf } from './contentsOf.ts';
import { customKinds } from './customKinds.ts';
import { importedConfig } from './importedConfig.ts';
import { streamOf } from './labText.ts';
import { identityOf, isWritten, plainManifests } from './plainManifests.ts';
import { at, listAt, textAt, without } from './walk.ts';
import { IMPORT as WORDS } from './words.ts';

type Left = Extract<LabReading, { readonly kind: 'lab' }>['leftOut'][number];

/** Namespaces of what a lab has by itself: cluster DNS, kube-proxy, the network plugin. */
const SYSTEM_NAMESPACE =
  /^(kube-(system|public|node-lease|flannel)|calico-(system|apiserver)|tigera-operator|cilium(-secrets)?|local-path-storage)$/;

/** How often the lab may say of the rest that something does not fit. */
const TRIES = 4;

/** Whether objects come from an API server: a List, or one with what only a server writes. */
export function isFromCluster(values: readonly Json[]): boolean {
  return values.some(value => isList(value) || textAt(value, 'metadata', 'resourceVersion') !== '');
}

/** The objects of documents, those of Lists one by one. */
export function importCluster(values: readonly Json[]): LabReading {
  const all = values.flatMap(value => (isList(value) ? listAt(value, 'items') : [value])).filter(isJsonObject);
  const {
    manifest: config,
    notes,
    nodeNames,
  } = importedConfig(
    all.filter(({ kind }) => kind === 'Node'),
    all.filter(({ kind }) => kind === 'Service'),
  );
  const sorted = { kept: [] as JsonObject[], left: [...notes] as Left[] };
  const counted = new Map<string, number>();
  for (const object of all) {
    const common = systemReason(object);
    if (common !== undefined) counted.set(common, (counted.get(common) ?? 0) + 1);
    else sorted.kept.push(object);
  }
  for (const [reason, count] of counted) sorted.left.push({ object: WORDS.objects(count), reason });
  const plain = plainManifests(sorted.kept).filter(saysMore);
  sorted.left.push(...changedByFitting(plain, nodeNames));
  const written = plain.map(object => fitted(object, nodeNames));
  const custom = customKinds(written);
  const fine = written.filter(object => {
    const [problem] = validateManifest(object, { namespace: 'default' });
    if (problem === undefined || (problem.kind === 'unknown-kind' && custom.has(String(object.kind)))) return true;
    const reason = problem.kind === 'unknown-kind' ? WORDS.unknownKind : problem.message;
    sorted.left.push({ object: nameOf(object), reason });
    return false;
  });
  return opened(config, [...missingNamespaces(fine), ...fine], [...sorted.left, ...unknownImages(fine)]);
}

/** Leaves out what the lab refuses, until it takes the rest. */
function opened(config: JsonObject, objects: readonly JsonObject[], left: readonly Left[]): LabReading {
  let rest = objects;
  let leftOut = left;
  for (let tries = 0; tries < TRIES; tries++) {
    const text = streamOf([config, ...rest]);
    const result = Lab.open(text);
    if (result.kind === 'opened')
      return { kind: 'lab', from: 'cluster', ...contentsOf([config, ...rest]), leftOut, text };
    const refused = new Map(result.problems.map(({ document, message }) => [document - 2, message]));
    const ofObjects = rest.filter((_, i) => refused.has(i));
    if (ofObjects.length === 0)
      return {
        kind: 'refused',
        problems: result.problems.map(({ message, span, document }) => ({
          severity: 'error',
          message,
          range: span,
          document,
        })),
      };
    leftOut = [...leftOut, ...rest.flatMap((object, i) => leftAt(object, refused.get(i)))];
    rest = rest.filter((_, i) => !refused.has(i));
  }
  return { kind: 'lab', from: 'cluster', ...contentsOf([config]), leftOut, text: streamOf([config]) };
}

const leftAt = (object: JsonObject, reason: string | undefined): readonly Left[] =>
  reason === undefined ? [] : [{ object: nameOf(object), reason }];

/** Why many objects of a sort are no part of the lab; undefined: this one may be. */
function systemReason(object: JsonObject): string | undefined {
  const name = textAt(object, 'metadata', 'name');
  const namespace = object.kind === 'Namespace' ? name : textAt(object, 'metadata', 'namespace');
  if (object.kind === 'Node') return undefined;
  if (SYSTEM_NAMESPACE.test(namespace)) return WORDS.system(namespace);
  if (name.startsWith('system:') || textAt(object, 'type') === 'kubernetes.io/service-account-token')
    return WORDS.everyCluster;
  if (name === 'kubernetes' && namespace === 'default') return WORDS.ownService;
  if (at(object, 'metadata', 'deletionTimestamp') !== undefined) return WORDS.beingDeleted;
  if (!isWritten(object)) return WORDS.made;
  return undefined;
}

/** Not only that there is a node, or the namespace `default`: every lab has these. */
function saysMore(object: JsonObject): boolean {
  const { metadata } = object;
  const saysItsName = isJsonObject(metadata) && Object.keys(metadata).length === 1;
  if (object.kind === 'Namespace') return !saysItsName || textAt(metadata, 'name') !== 'default';
  const taints = listAt(object, 'spec', 'taints').map(taint => textAt(taint, 'key'));
  const isUsual = taints.every(key => key === 'node-role.kubernetes.io/control-plane');
  return object.kind !== 'Node' || !saysItsName || !isUsual || at(object, 'spec', 'unschedulable') === true;
}

/** What the lab can hold of an object: nobody would finish a finalizer, and values of Secrets are nobody's business. */
function fitted(object: JsonObject, nodeNames: ReadonlySet<string>): JsonObject {
  const { metadata, spec } = object;
  const bare = {
    ...without(object, object.kind === 'Secret' ? ['data', 'stringData'] : []),
    ...(isJsonObject(metadata) && { metadata: without(metadata, ['finalizers', 'deletionGracePeriodSeconds']) }),
  };
  if (object.kind !== 'Pod' || !isJsonObject(spec) || nodeNames.has(textAt(spec, 'nodeName'))) return bare;
  return { ...bare, spec: without(spec, ['nodeName']) };
}

/** What {@link fitted} takes out that somebody would miss. */
function changedByFitting(objects: readonly JsonObject[], nodeNames: ReadonlySet<string>): readonly Left[] {
  const secrets = objects.filter(({ kind }) => kind === 'Secret').length;
  const moved = objects.flatMap(object => {
    const node = object.kind === 'Pod' ? textAt(object, 'spec', 'nodeName') : '';
    const reason = WORDS.noNode(node);
    return node === '' || nodeNames.has(node) ? [] : [{ object: nameOf(object), reason }];
  });
  if (secrets === 0) return moved;
  return [...moved, { object: WORDS.secrets(secrets), reason: WORDS.noValues }];
}

/** Of objects whose namespace is not in the text. */
function missingNamespaces(objects: readonly JsonObject[]): readonly JsonObject[] {
  const there = new Set(
    objects.flatMap(object => (object.kind === 'Namespace' ? [textAt(object, 'metadata', 'name')] : [])),
  );
  const named = new Set(objects.map(object => textAt(object, 'metadata', 'namespace')));
  return [...named]
    .filter(name => name !== '' && name !== 'default' && !there.has(name))
    .sort()
    .map(name => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
}

function unknownImages(objects: readonly JsonObject[]): readonly Left[] {
  const images = objects.flatMap(object =>
    [
      at(object, 'spec'),
      at(object, 'spec', 'template', 'spec'),
      at(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec'),
    ]
      .flatMap(spec => [...listAt(spec, 'initContainers'), ...listAt(spec, 'containers')])
      .map(container => textAt(container, 'image')),
  );
  return [...new Set(images)]
    .filter(image => image !== '' && findImage(image) === undefined)
    .sort()
    .map(image => ({ object: WORDS.image(image), reason: WORDS.noProgram }));
}

function isList(value: Json | undefined): boolean {
  return textAt(value, 'kind').endsWith('List') && Array.isArray(at(value, 'items'));
}

/** `Deployment shop/web` */
function nameOf(object: JsonObject): string {
  return identityOf(object).replace(/^\S+ /, '').replace(' /', ' ');
}
