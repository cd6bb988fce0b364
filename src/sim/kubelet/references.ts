// What a Pod needs from ConfigMaps and Secrets before its volumes and containers can be made, and what is said when it is not
// there.
//
// Omits:   projected volumes; what is in the files.
// Read:    kubernetes pkg/kubelet/kubelet_pods.go, `makeEnvironmentVariables`; pkg/volume/configmap/configmap.go.

import type { ApiClient } from '../api/client.ts';
import { isJsonObject } from '../api/json.ts';
import type { Container, Pod } from '../api/kinds/pod.ts';
import type { ApiObject } from '../api/objects.ts';

type Source = 'ConfigMap' | 'Secret';

/** How messages name a kind. */
const NOUNS: Readonly<Record<Source, string>> = { ConfigMap: 'configmap', Secret: 'secret' };

interface Reference {
  readonly source: Source;
  readonly name: string;
  /** Undefined: all keys. */
  readonly key?: string;
}

/** Why the variables of a container cannot be set, in the kubelet's words; undefined when they can. */
export function missingVariable(api: ApiClient, pod: Pod, { env = [], envFrom = [] }: Container): string | undefined {
  const references: Reference[] = [];
  const add = (source: Source, ref: { name?: string; key?: string; optional?: boolean } | undefined): void => {
    if (ref === undefined || ref.optional === true) return;
    references.push({ source, name: ref.name ?? '', ...(ref.key !== undefined && { key: ref.key }) });
  };
  for (const { configMapRef, secretRef } of envFrom) {
    add('ConfigMap', configMapRef);
    add('Secret', secretRef);
  }
  for (const { valueFrom } of env) {
    add('ConfigMap', valueFrom?.configMapKeyRef);
    add('Secret', valueFrom?.secretKeyRef);
  }
  return firstProblem(api, pod, references);
}

/** The first volume that cannot be set up, and why. */
export function missingVolume(api: ApiClient, pod: Pod): { readonly volume: string; readonly why: string } | undefined {
  for (const { name: volume, configMap, secret } of pod.spec.volumes ?? []) {
    const why =
      problemOf(api, pod, 'ConfigMap', configMap, 'name') ?? problemOf(api, pod, 'Secret', secret, 'secretName');
    if (why !== undefined) return { volume, why };
  }
  return undefined;
}

function problemOf(api: ApiClient, pod: Pod, source: Source, volume: unknown, nameField: string): string | undefined {
  if (!isJsonObject(volume) || volume.optional === true) return undefined;
  const name = volume[nameField];
  return typeof name === 'string' ? firstProblem(api, pod, [{ source, name }]) : undefined;
}

function firstProblem(api: ApiClient, pod: Pod, references: readonly Reference[]): string | undefined {
  const { namespace = '' } = pod.metadata;
  for (const { source, name, key } of references) {
    const kind = api.kindOf('v1', source);
    // A server without the kind can neither have nor miss it.
    if (kind === undefined) continue;
    const object = api.get(kind, { namespace, name });
    if (object === undefined) return `${NOUNS[source]} "${name}" not found`;
    if (key !== undefined && !hasKey(object, key)) return `couldn't find key ${key} in ${source} ${namespace}/${name}`;
  }
  return undefined;
}

function hasKey(object: ApiObject, key: string): boolean {
  const fields: unknown = object;
  const values = isJsonObject(fields) ? [fields.data, fields.binaryData] : [];
  return values.some(value => isJsonObject(value) && Object.hasOwn(value, key));
}
