// kubectl scale, label and annotate: small changes of objects that are there.
//
// Read:    kubectl pkg/cmd/scale/scale.go, pkg/cmd/label/label.go.

import type { JsonObject } from '../../sim/index.ts';
import { numberFlag } from './create.ts';
import { listAt, objectAt, textAt } from './fields.ts';
import type { FlagTable } from './flags.ts';
import { type ApiResource, chooseResources, pathOf, qualifiedKind } from './resources.ts';
import { type KubectlCall, KubectlError, mustGet, print, printWarnings, serverError } from './session.ts';

export const SCALE_FLAGS: FlagTable = { replicas: { kind: 'value' } };

export const LABEL_FLAGS: FlagTable = {
  overwrite: { kind: 'flag' },
  all: { kind: 'flag' },
  selector: { short: 'l', kind: 'value' },
};

export async function scale(call: KubectlCall): Promise<number> {
  const replicas = numberFlag(call, 'replicas');
  if (replicas === undefined) throw new KubectlError('error: required flag(s) "replicas" not set');
  if (replicas < 0)
    throw new KubectlError(
      'error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0',
    );
  for (const { resource, name } of await chooseResources(call, call.flags.words)) {
    if (name === undefined) throw new KubectlError('error: resource(s) were provided, but no name was specified');
    await patch(call, resource, name, { spec: { replicas } }, 'scale');
    print(call, `${qualifiedKind(resource)}/${name} scaled\n`);
  }
  return 0;
}

/** @param field which part of the metadata is written */
export async function label(call: KubectlCall, field: 'labels' | 'annotations'): Promise<number> {
  const { flags } = call;
  const isChange = (word: string): boolean => /^[^=]+=.*$/.test(word) || /^[^=]+-$/.test(word);
  const first = flags.words.findIndex((word, i) => i > 0 && isChange(word));
  const words = first < 0 ? flags.words : flags.words.slice(0, first);
  const changes = first < 0 ? [] : flags.words.slice(first);
  const one = field === 'labels' ? 'label' : 'annotation';
  if (words.length === 0)
    throw new KubectlError('error: one or more resources must be specified as <resource> <name> or <resource>/<name>');
  if (changes.length === 0) throw new KubectlError(`error: at least one ${one} update is required`);
  for (const target of await targets(call, words)) {
    const object = await mustGet(call, pathOf(target.resource, call.namespace, target.name));
    const before = objectAt(object, 'metadata', field);
    const wanted: Record<string, string | null> = {};
    for (const change of changes) {
      const at = change.indexOf('=');
      const key = at < 0 ? change.slice(0, -1) : change.slice(0, at);
      const value = at < 0 ? null : change.slice(at + 1);
      if (value === null && !Object.hasOwn(before, key)) print(call, `${one} "${key}" not found.\n`);
      const old = Object.hasOwn(before, key) ? before[key] : undefined;
      if (value !== null && old !== undefined && old !== value && !flags.has('overwrite'))
        throw new KubectlError(`error: '${key}' already has a value (${String(old)}), and --overwrite is false`);
      wanted[key] = value;
    }
    const isSame = Object.entries(wanted).every(([key, value]) => (before[key] ?? null) === value);
    if (!isSame) await patch(call, target.resource, target.name, { metadata: { [field]: wanted } });
    const removesOnly = Object.values(wanted).every(value => value === null);
    const done = field === 'annotations' ? 'annotated' : removesOnly ? 'unlabeled' : 'labeled';
    const what = isSame && field === 'labels' ? 'not labeled' : done;
    print(call, `${qualifiedKind(target.resource)}/${target.name} ${what}\n`);
  }
  return 0;
}

interface Target {
  readonly resource: ApiResource;
  readonly name: string;
}

async function targets(call: KubectlCall, words: readonly string[]): Promise<readonly Target[]> {
  const { flags } = call;
  const found: Target[] = [];
  for (const { resource, name } of await chooseResources(call, words)) {
    const selector = flags.value('selector');
    if (name !== undefined) found.push({ resource, name });
    else if (flags.has('all') || selector !== undefined) {
      const query = selector === undefined ? {} : { labelSelector: selector };
      const list = await mustGet(call, pathOf(resource, call.namespace), query);
      found.push(...listAt(list, 'items').map(item => ({ resource, name: textAt(item, 'metadata', 'name') })));
    } else throw new KubectlError('error: resource(s) were provided, but no name was specified');
  }
  return found;
}

async function patch(
  call: KubectlCall,
  resource: ApiResource,
  name: string,
  body: JsonObject,
  subresource?: string,
): Promise<void> {
  const response = await call.context.request({
    method: 'PATCH',
    path: `${pathOf(resource, call.namespace, name)}${subresource === undefined ? '' : `/${subresource}`}`,
    headers: { 'content-type': 'application/merge-patch+json', 'user-agent': 'kubectl' },
    body,
  });
  printWarnings(call, response);
  if (response.status >= 400) throw new KubectlError(serverError(response));
}
