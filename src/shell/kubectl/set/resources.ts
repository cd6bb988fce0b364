// kubectl set resources.
//
// Read:    kubectl pkg/cmd/set/set_resources.go.

import type { JsonObject } from '../../../sim/index.ts';
import { resourceList } from '../create/policies.ts';
import { listAt, objectAt } from '../fields.ts';
import { closingMessages } from '../manifests.ts';
import { type KubectlCall, KubectlError, ownRefusal, printError, type Refusal } from '../session.ts';
import type { Verb } from '../verb.ts';
import { isSelected, mapContainers, podSpecPlace, withValue } from './podSpec.ts';
import { SET_FLAGS, sendUpdate, setTargets } from './update.ts';

export const resources: Verb = {
  summary: 'Update resource requests/limits on objects with pod templates',
  usage: 'kubectl set resources (-f FILENAME | TYPE NAME) ([--limits=LIMITS & --requests=REQUESTS]',
  flags: {
    ...SET_FLAGS,
    containers: { short: 'c', kind: 'value', initial: "'*'" },
    limits: { kind: 'value' },
    requests: { kind: 'value' },
  },
  run: setResources,
};

async function setResources(call: KubectlCall): Promise<number> {
  const { flags } = call;
  const [limits, requests] = [flags.value('limits') ?? '', flags.value('requests') ?? ''];
  const pattern = flags.value('containers') ?? '*';
  const { targets, problems } = await setTargets(call, flags.words);
  if (limits === '' && requests === '')
    throw new KubectlError(
      'error: you must specify an update to requests or limits (in the form of --requests/--limits)',
    );
  const wanted = { limits: resourceList(limits), requests: resourceList(requests) };
  const refused: Refusal[] = [...problems];
  for (const target of targets) {
    const place = podSpecPlace(target);
    if (place.kind === 'none') {
      refused.push(place.problem);
      continue;
    }
    const spec = objectAt(target.object, ...place.path);
    if (!listAt(spec, 'containers').some(each => isSelected(pattern, objectAt(each)))) {
      refused.push(ownRefusal(`unable to find container named ${pattern}`));
      continue;
    }
    const updated = mapContainers(spec, 'containers', container =>
      isSelected(pattern, container) ? withResources(container, wanted) : container,
    );
    const problem = await sendUpdate(call, target, withValue(target.object, place.path, updated), {
      path: 'set resources',
      done: 'resource requirements updated',
      failure: 'failed to patch resources update to pod template ',
      unchanged: 'silent',
    });
    if (problem !== undefined) refused.push(problem);
  }
  printError(call, closingMessages(refused));
  return refused.length > 0 ? 1 : 0;
}

function withResources(
  container: JsonObject,
  wanted: Readonly<Record<'limits' | 'requests', Readonly<Record<string, string>>>>,
): JsonObject {
  const changed = (['limits', 'requests'] as const).flatMap(part =>
    Object.keys(wanted[part]).length === 0
      ? []
      : [[part, { ...objectAt(container, 'resources', part), ...wanted[part] }] as const],
  );
  return { ...container, resources: { ...objectAt(container, 'resources'), ...Object.fromEntries(changed) } };
}
