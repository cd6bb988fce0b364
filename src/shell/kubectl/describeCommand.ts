// kubectl describe: which objects, their events, and the texts one after the other.
//
// Read:    kubectl pkg/cmd/describe/describe.go.

import type { Json } from '../../sim/index.ts';
import { describeObject, eventSearches } from './describe/describe.ts';
import { listAt, textAt } from './fields.ts';
import { FILES, SELECTOR } from './flagGroups.ts';
import { closingMessages } from './manifests.ts';
import type { ApiResource } from './resources.ts';
import { type KubectlCall, KubectlError, mustGet, print, printError, type Refusal } from './session.ts';
import type { Verb } from './verb.ts';
import { objectsIn, type Visited, visitAll, visitsOf } from './visits.ts';

export const describe: Verb = {
  summary: 'Show details of a specific resource or group of resources',
  usage: 'kubectl describe (-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)',
  flags: {
    ...FILES,
    ...SELECTOR,
    'all-namespaces': { short: 'A', kind: 'flag' },
    'chunk-size': { kind: 'number', initial: '500' },
    'show-events': { kind: 'flag', initial: 'true' },
  },
  run: async call => {
    const { flags } = call;
    if (flags.words.length === 0 && flags.list('filename').length === 0)
      throw new KubectlError(
        'error: You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.',
      );
    const { visits, problems } = await visitsOf(call, 'everything');
    const { visited, refusals } = await visitAll(call, visits, { accept: 'application/json' });
    const all = [...problems, ...refusals];
    const [only] = visits;
    if (all.length > 0 && visited.length === 0 && flags.words.length === 2 && only?.name !== undefined)
      return describePrefix(call, only.resource, only.name, all);
    const texts = await textsOf(call, visited);
    print(call, texts.join('\n\n'));
    if (texts.length === 0 && all.length === 0) {
      const isNamespaced = visits.some(visit => visit.resource.namespaced) && !flags.has('all-namespaces');
      printError(call, isNamespaced ? `No resources found in ${call.namespace} namespace.\n` : 'No resources found\n');
    }
    printError(call, closingMessages(all));
    return all.length > 0 ? 1 : 0;
  },
};

/** A name that nothing has is taken as the beginning of names. Source: describe.go, `DescribeMatchingResources`. */
async function describePrefix(
  call: KubectlCall,
  resource: ApiResource,
  prefix: string,
  refusals: readonly Refusal[],
): Promise<number> {
  const visit = { resource, ...(resource.namespaced && { namespace: call.namespace }) };
  const { visited } = await visitAll(call, [visit], { accept: 'application/json' });
  const isMeant = (object: Json): boolean => textAt(object, 'metadata', 'name').startsWith(prefix);
  const matching = visited.map(one => ({ ...one, body: { items: objectsIn(one).filter(isMeant) } }));
  const texts = await textsOf(call, matching);
  print(call, texts.map(text => `${text}\n`).join(''));
  if (texts.length > 0) return 0;
  printError(call, closingMessages(refusals));
  return 1;
}

async function textsOf(call: KubectlCall, visited: readonly Visited[]): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const one of visited)
    for (const object of objectsIn(one)) texts.push(await textOf(call, one.visit.resource, object));
  return texts;
}

async function textOf(call: KubectlCall, resource: ApiResource, object: Json): Promise<string> {
  const list = async (path: string, query: Readonly<Record<string, string>> = {}): Promise<readonly Json[]> =>
    listAt(await mustGet(call, path, query), 'items');
  const searches = call.flags.value('show-events') === 'false' ? undefined : eventSearches(resource.kind, object);
  const events = searches && (await Promise.all(searches.map(({ path, query }) => list(path, query)))).flat();
  return describeObject(resource, object, { now: call.context.lab.now, events, list });
}
