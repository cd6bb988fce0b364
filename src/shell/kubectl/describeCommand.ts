// kubectl describe: which objects, their events, and the texts one after the other.
//
// Read:    kubectl pkg/cmd/describe/describe.go.

import type { Json } from '../../sim/index.ts';
import { describeObject, eventSearches } from './describe/describe.ts';
import { listAt, textAt } from './fields.ts';
import type { FlagTable } from './flags.ts';
import { type ApiResource, type Chosen, chooseResources, pathOf } from './resources.ts';
import { type KubectlCall, KubectlError, mustGet, print, printError, serverError } from './session.ts';

export const DESCRIBE_FLAGS: FlagTable = {
  'all-namespaces': { short: 'A', kind: 'flag' },
  selector: { short: 'l', kind: 'value' },
  'show-events': { kind: 'value', bare: 'true' },
};

export async function describe(call: KubectlCall): Promise<number> {
  const { flags } = call;
  if (flags.words.length === 0)
    throw new KubectlError(
      'error: You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.',
    );
  const texts: string[] = [];
  let code = 0;
  const chosen = await chooseResources(call, flags.words);
  for (const choice of chosen) {
    const found = await objectsOf(call, choice);
    if (found.refusal !== undefined) {
      printError(call, `${found.refusal}\n`);
      code = 1;
    }
    for (const object of found.objects) texts.push(await textOf(call, choice.resource, object));
  }
  if (texts.length === 0 && code === 0) {
    const isNamespaced = chosen.some(choice => choice.resource.namespaced) && !flags.has('all-namespaces');
    printError(call, isNamespaced ? `No resources found in ${call.namespace} namespace.\n` : 'No resources found\n');
  }
  print(call, texts.join('\n\n'));
  return code;
}

/** A name that nothing has is taken as the beginning of names. Source: describe.go, `DescribeMatchingResources`. */
async function objectsOf(
  call: KubectlCall,
  { resource, name }: Chosen,
): Promise<{ readonly objects: readonly Json[]; readonly refusal?: string }> {
  const namespace = call.flags.has('all-namespaces') ? undefined : call.namespace;
  const selector = call.flags.value('selector');
  const collection = async (): Promise<readonly Json[]> => {
    const query = selector === undefined ? {} : { labelSelector: selector };
    const list = await mustGet(call, pathOf(resource, namespace), query);
    return listAt(list, 'items');
  };
  if (name === undefined) return { objects: await collection() };
  const response = await call.context.request({ method: 'GET', path: pathOf(resource, call.namespace, name) });
  if (response.status < 400) return { objects: [response.body] };
  if (response.status !== 404) return { objects: [], refusal: serverError(response) };
  const matching = (await collection()).filter(object => textAt(object, 'metadata', 'name').startsWith(name));
  return matching.length > 0 ? { objects: matching } : { objects: [], refusal: serverError(response) };
}

async function textOf(call: KubectlCall, resource: ApiResource, object: Json): Promise<string> {
  const list = async (path: string, query: Readonly<Record<string, string>> = {}): Promise<readonly Json[]> =>
    listAt(await mustGet(call, path, query), 'items');
  const searches = call.flags.value('show-events') === 'false' ? undefined : eventSearches(resource.kind, object);
  const events = searches && (await Promise.all(searches.map(({ path, query }) => list(path, query)))).flat();
  return describeObject(resource, object, { now: call.context.lab.now, events, list });
}
