// Variables that come from a ConfigMap or a Secret.
//
// Read:    kubectl pkg/cmd/set/set_env.go; pkg/cmd/set/env/env_resolve.go.

import type { Json, JsonObject } from '../../../sim/index.ts';
import { at, objectAt, textAt } from '../fields.ts';
import { discover, knownResource, pathOf } from '../resources.ts';
import { type KubectlCall, KubectlError, mustGet } from '../session.ts';

/** A ConfigMap or a Secret. */
export interface EnvSource {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  readonly data: JsonObject;
}

/** @param word `configmap/settings` */
export async function sourceOf(call: KubectlCall, word: string): Promise<EnvSource> {
  const [type = '', name = ''] = word.split('/');
  const resource = knownResource(await discover(call), type);
  const { kind } = resource;
  if (kind !== 'ConfigMap' && kind !== 'Secret')
    throw new KubectlError('error: unsupported resource specified in --from');
  const object = await mustGet(call, pathOf(resource, call.namespace, name));
  return { kind, name, data: objectAt(object, 'data') };
}

/** A variable for each key, or for those that are asked for. */
export function variablesFrom(
  { kind, name, data }: EnvSource,
  prefix: string,
  keys: readonly string[],
): readonly { readonly variable: JsonObject; readonly warning: string | undefined }[] {
  const chosen = Object.keys(data)
    .sort()
    .filter(key => keys.length === 0 || keys.includes(key));
  return chosen.map(key => {
    const variable = key.replaceAll(/[^a-zA-Z0-9_]/g, '_').toUpperCase();
    return {
      variable: {
        name: `${prefix}${variable}`,
        valueFrom: { [kind === 'ConfigMap' ? 'configMapKeyRef' : 'secretKeyRef']: { key, name } },
      },
      warning: variable === key ? undefined : `Warning: key ${key} transferred to ${variable}`,
    };
  });
}

/** How --list shows a variable with a source: where it comes from; with --resolve its value. */
export async function valueFrom(call: KubectlCall, variable: Json, known: Map<string, EnvSource>): Promise<string> {
  const name = textAt(variable, 'name');
  const from = objectAt(variable, 'valueFrom');
  for (const [field, kind] of [
    ['configMapKeyRef', 'configmap'],
    ['secretKeyRef', 'secret'],
  ] as const) {
    if (at(from, field) === undefined) continue;
    const [source, key] = [textAt(from, field, 'name'), textAt(from, field, 'key')];
    if (!call.flags.has('resolve')) return `# ${name} from ${kind} ${source}, key ${key}`;
    const word = `${kind}/${source}`;
    const found = known.get(word) ?? (await sourceOf(call, word));
    known.set(word, found);
    const value = textAt(found.data, key);
    return `${name}=${kind === 'secret' ? decoded(value) : value}`;
  }
  const path = textAt(from, 'fieldRef', 'fieldPath');
  if (path !== '') return `# ${name} from field path ${path}`;
  const container = textAt(from, 'resourceFieldRef', 'containerName');
  return `# ${name} from resource${container === '' ? '' : ` ${container}`} ${textAt(from, 'resourceFieldRef', 'resource')}`;
}

function decoded(base64: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), letter => letter.charCodeAt(0)));
}
