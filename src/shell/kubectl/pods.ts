// The Pod that a command means: by its name, or the first one of what selects Pods (`deploy/web`, `svc/web`).

import { listAt, objectAt, textAt } from './fields.ts';
import { chooseResources, discover, findResource, pathOf } from './resources.ts';
import { type KubectlCall, KubectlError, mustGet } from './session.ts';

/** @throws KubectlError in kubectl's words. Source: kubectl pkg/polymorphichelpers, `attachablePodForObject`. */
export async function podNameOf(call: KubectlCall, word: string): Promise<string> {
  if (!word.includes('/')) return word;
  const [chosen] = await chooseResources(call, [word]);
  if (chosen?.name === undefined) throw new KubectlError(`error: invalid resource name "${word}"`);
  if (chosen.resource.name === 'pods') return chosen.name;
  const object = await mustGet(call, pathOf(chosen.resource, call.namespace, chosen.name));
  const selector =
    chosen.resource.kind === 'Service'
      ? objectAt(object, 'spec', 'selector')
      : objectAt(object, 'spec', 'selector', 'matchLabels');
  const labels = Object.entries(selector).map(([key, value]) => `${key}=${String(value)}`);
  if (labels.length === 0)
    throw new KubectlError(
      chosen.resource.kind === 'Service'
        ? `error: cannot attach to *v1.Service: invalid service '${chosen.name}': Service is defined without a selector`
        : `error: cannot attach to *v1.${chosen.resource.kind}: selector is empty`,
    );
  const pods = findResource(await discover(call), 'pods');
  if (pods === undefined) throw new KubectlError('error: the server doesn\'t have a resource type "pods"');
  const list = await mustGet(call, pathOf(pods, call.namespace), { labelSelector: labels.join(',') });
  const names = listAt(list, 'items')
    .filter(pod => textAt(pod, 'metadata', 'deletionTimestamp') === '')
    .sort((a, b) => rank(a) - rank(b))
    .map(pod => textAt(pod, 'metadata', 'name'));
  const [first] = names;
  if (first === undefined) throw new KubectlError('error: timed out waiting for the condition');
  return first;
}

/** Running Pods first. Source: k8s.io/kubectl pkg/util/podutils, `ActivePods`. */
function rank(pod: Parameters<typeof textAt>[0]): number {
  return textAt(pod, 'status', 'phase') === 'Running' ? 0 : 1;
}
