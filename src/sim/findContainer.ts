// The container that `kubectl exec POD -c NAME` means.

import type { ApiClient } from './api/client.ts';
import { type Pod, pods } from './api/kinds/pod.ts';
import { podMounts } from './kubelet/podFiles.ts';
import { netnsNameOf } from './kubelet/sandbox.ts';
import type { ContainerLookup } from './labHost.ts';

/** What was found out about the first container of a Pod: Pods are values, and are asked from again and again. */
const firstContainers = new WeakMap<Pod, ContainerLookup>();

/** Without a name the first container is meant. */
export function findContainer(
  api: ApiClient,
  namespace: string,
  name: string,
  container: string | undefined,
): ContainerLookup {
  const pod = api.get(pods, { namespace, name });
  if (pod === undefined) return { kind: 'refused', message: `Error from server (NotFound): pods "${name}" not found` };
  if (container !== undefined) return containerOf(pod, container);
  const known = firstContainers.get(pod);
  if (known !== undefined) return known;
  const found = containerOf(pod, pod.spec.containers[0]?.name ?? '');
  firstContainers.set(pod, found);
  return found;
}

/** Source of the words: kubernetes pkg/registry/core/pod/strategy.go, `ExecLocation`; kubelet `RunInContainer`. */
function containerOf(pod: Pod, wanted: string): ContainerLookup {
  const { namespace = 'default', name } = pod.metadata;
  if (!pod.spec.containers.some(other => other.name === wanted)) {
    return {
      kind: 'refused',
      message: `Error from server (BadRequest): container ${wanted} is not valid for pod ${name}`,
    };
  }
  if (pod.spec.nodeName === undefined)
    return { kind: 'refused', message: `Error from server (BadRequest): pod ${name} does not have a host assigned` };
  const state = pod.status?.containerStatuses?.find(status => status.name === wanted)?.state;
  const netns = netnsNameOf(pod);
  if (state?.running === undefined || netns === undefined) {
    return {
      kind: 'refused',
      message: `error: Internal error occurred: unable to upgrade connection: container not found ("${wanted}")`,
    };
  }
  return {
    kind: 'found',
    ref: {
      netns,
      hostname: pod.spec.hostNetwork === true ? pod.spec.nodeName : name,
      element: `pod/${namespace}/${name}`,
      mounts: podMounts(pod),
    },
  };
}
