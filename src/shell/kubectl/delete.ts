// kubectl delete.
//
// Read:    kubectl pkg/cmd/delete/delete.go.

import { listAt, textAt } from './fields.ts';
import type { FlagTable } from './flags.ts';
import { closingMessages, manifestsOf } from './manifests.ts';
import { type ApiResource, chooseResources, pathOf, qualifiedKind } from './resources.ts';
import {
  type KubectlCall,
  KubectlError,
  mustGet,
  print,
  printError,
  printWarnings,
  type Refusal,
  serverRefusal,
} from './session.ts';
import { waitUntil } from './waiting.ts';

export const DELETE_FLAGS: FlagTable = {
  filename: { short: 'f', kind: 'list' },
  selector: { short: 'l', kind: 'value' },
  all: { kind: 'flag' },
  'ignore-not-found': { kind: 'flag' },
  'grace-period': { kind: 'value' },
  force: { kind: 'flag' },
  now: { kind: 'flag' },
  wait: { kind: 'flag' },
  cascade: { kind: 'value', bare: 'background' },
  output: { short: 'o', kind: 'value' },
};

interface Target {
  readonly resource: ApiResource;
  readonly namespace: string;
  readonly name: string;
}

export async function remove(call: KubectlCall): Promise<number> {
  const problems: Refusal[] = [];
  const targets = await targetsOf(call, problems);
  if (targets.length === 0 && problems.length === 0) print(call, 'No resources found\n');
  for (const target of targets) {
    const refused = await removeOne(call, target);
    if (refused !== undefined) problems.push(refused);
  }
  if (problems.length > 0) printError(call, closingMessages(problems));
  // kubectl comes back when the objects are gone: Pods take their grace period.
  if (call.flags.value('wait') !== 'false') await waitUntil(call, () => areGone(call, targets));
  return problems.length > 0 ? 1 : 0;
}

async function areGone(call: KubectlCall, targets: readonly Target[]): Promise<boolean> {
  for (const { resource, namespace, name } of targets) {
    const path = pathOf(resource, resource.namespaced ? namespace : undefined, name);
    const { status, body } = await call.context.request({ method: 'GET', path });
    if (status < 400 && textAt(body, 'metadata', 'deletionTimestamp') !== '') return false;
  }
  return true;
}

async function targetsOf(call: KubectlCall, problems: Refusal[]): Promise<readonly Target[]> {
  const { flags } = call;
  if (flags.list('filename').length > 0) {
    const read = await manifestsOf(call, flags.list('filename'));
    problems.push(...read.problems);
    return read.manifests.map(({ object, resource }) => ({
      resource,
      namespace: textAt(object, 'metadata', 'namespace') || call.namespace,
      name: textAt(object, 'metadata', 'name'),
    }));
  }
  if (flags.words.length === 0)
    throw new KubectlError(
      "error: You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'",
    );
  const chosen = await chooseResources(call, flags.words);
  const selector = flags.value('selector');
  const targets: Target[] = [];
  for (const { resource, name } of chosen) {
    if (name !== undefined) {
      if (flags.has('all') || selector !== undefined)
        throw new KubectlError('error: name cannot be provided when a selector is specified');
      targets.push({ resource, namespace: call.namespace, name });
      continue;
    }
    if (!flags.has('all') && selector === undefined)
      throw new KubectlError('error: resource(s) were provided, but no name was specified');
    const list = await mustGet(
      call,
      pathOf(resource, call.namespace),
      selector === undefined ? {} : { labelSelector: selector },
    );
    for (const item of listAt(list, 'items'))
      targets.push({
        resource,
        namespace: textAt(item, 'metadata', 'namespace') || call.namespace,
        name: textAt(item, 'metadata', 'name'),
      });
  }
  return targets;
}

async function removeOne(call: KubectlCall, { resource, namespace, name }: Target): Promise<Refusal | undefined> {
  const { flags } = call;
  const isForced = flags.has('force') || flags.value('grace-period') === '0';
  const grace = isForced ? 0 : flags.has('now') ? 1 : Number(flags.value('grace-period') ?? -1);
  const cascade = flags.value('cascade') ?? 'background';
  const propagation = { background: 'Background', foreground: 'Foreground', orphan: 'Orphan' }[cascade];
  if (propagation === undefined)
    throw new KubectlError(
      `error: invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`,
    );
  if (isForced)
    printError(
      call,
      'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n',
    );
  const response = await call.context.request({
    method: 'DELETE',
    path: pathOf(resource, resource.namespaced ? namespace : undefined, name),
    headers: { 'content-type': 'application/json', 'user-agent': 'kubectl' },
    body: { propagationPolicy: propagation, ...(grace >= 0 && { gracePeriodSeconds: grace }) },
  });
  printWarnings(call, response);
  if (response.status === 404 && flags.has('ignore-not-found')) return undefined;
  if (response.status >= 400) return serverRefusal(response);
  if (flags.value('output') === 'name') print(call, `${qualifiedKind(resource)}/${name}\n`);
  else {
    const where = resource.namespaced ? ` from ${namespace} namespace` : '';
    print(call, `${qualifiedKind(resource)} "${name}" ${isForced ? 'force deleted' : 'deleted'}${where}\n`);
  }
  return undefined;
}
