// kubectl scale.
//
// Read:    kubectl pkg/cmd/scale/scale.go, pkg/scale/scale.go.

import { numberAt, textAt } from './fields.ts';
import { DRY_RUN, FILES, PRINT, RECORD, SELECTOR } from './flagGroups.ts';
import { closingMessages } from './manifests.ts';
import { CHANGE_CAUSE, changeCause } from './record.ts';
import { pathOf } from './resources.ts';
import { type KubectlCall, KubectlError, mustGet, printError, serverError } from './session.ts';
import { type Target, targetsOf } from './targets.ts';
import type { Verb } from './verb.ts';
import { dryRunOf, printDone, send } from './writing.ts';

export const scale: Verb = {
  summary: 'Set a new size for a deployment, replica set, or replication controller',
  usage:
    'kubectl scale [--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)',
  flags: {
    ...FILES,
    ...PRINT,
    ...DRY_RUN,
    ...SELECTOR,
    ...RECORD,
    all: { kind: 'flag' },
    'current-replicas': { kind: 'number', initial: '-1' },
    replicas: { kind: 'number', isRequired: true },
    'resource-version': { kind: 'value' },
    timeout: { kind: 'duration' },
  },
  run: scaleAll,
};

async function scaleAll(call: KubectlCall): Promise<number> {
  const { flags } = call;
  const replicas = Number(flags.value('replicas'));
  if (replicas < 0)
    throw new KubectlError(
      'error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0',
    );
  if (Number(flags.value('current-replicas') ?? -1) < -1)
    throw new KubectlError('error: The --current-replicas must specify an integer of -1 or greater');
  const { targets, problems } = await targetsOf(call, { words: flags.words, as: 'live' });
  if ((flags.value('resource-version') ?? '') !== '' && targets.length > 1)
    throw new KubectlError('error: cannot use --resource-version with multiple resources');
  if (targets.length === 0) {
    const why = problems.map(({ among }) => among.replace(/^Error from server \(\w+\): /, '')).join(', ');
    throw new KubectlError(
      `error: no objects passed to scale${why === '' ? ' %!w(<nil>)' : ` ${problems.length > 1 ? `[${why}]` : why}`}`,
    );
  }
  for (const target of targets) {
    if (dryRunOf(call) !== 'client') await scaleOne(call, target, replicas);
    printDone(call, target.object, 'scaled');
  }
  if (problems.length > 0) printError(call, closingMessages(problems));
  return problems.length > 0 ? 1 : 0;
}

async function scaleOne(call: KubectlCall, { resource, namespace, name }: Target, replicas: number): Promise<void> {
  const expected = Number(call.flags.value('current-replicas') ?? -1);
  const version = call.flags.value('resource-version') ?? '';
  if (expected >= 0 || version !== '') {
    const now = await mustGet(call, `${pathOf(resource, namespace, name)}/scale`);
    const [current, currentVersion] = [
      numberAt(now, 'spec', 'replicas') ?? 0,
      textAt(now, 'metadata', 'resourceVersion'),
    ];
    if (expected >= 0 && current !== expected)
      throw new KubectlError(`error: Expected replicas to be ${expected}, was ${current}`);
    if (version !== '' && currentVersion !== version)
      throw new KubectlError(`error: Expected resource version to be ${version}, was ${currentVersion}`);
  }
  const body = { spec: { replicas } };
  const response = await send(call, {
    kind: 'patch',
    type: 'merge',
    name,
    resource,
    namespace,
    subresource: 'scale',
    body,
  });
  if (response.status >= 400) throw new KubectlError(serverError(response));
  const cause = changeCause(call, 'scale');
  if (cause === undefined) return;
  const noted = { metadata: { annotations: { [CHANGE_CAUSE]: cause } } };
  await send(call, { kind: 'patch', type: 'merge', name, resource, namespace, body: noted });
}
