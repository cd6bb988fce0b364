// The namespace controller: empties a namespace that is to go, then lets it go.
//
// Read:    kubernetes pkg/controller/namespace/deletion/namespaced_resources_deleter.go.

import type { ApiChange, ApiClient } from '../api/client.ts';
import { type Controller, ofKind } from '../api/controller.ts';
import { equalJson } from '../api/json.ts';
import { type Namespace, namespaces } from '../api/kinds/namespace.ts';
import { pods } from '../api/kinds/pod.ts';
import type { ApiObject, Timestamp } from '../api/objects.ts';
import { SCHEME } from '../api/scheme.ts';
import { timestamp } from '../api/timestamps.ts';
import type { ControllerContext } from './context.ts';
import { conditionsOf, type Remaining } from './namespaceConditions.ts';

const NAME = 'namespace-controller';

export function namespaceController({ clock }: Pick<ControllerContext, 'clock'>): Controller {
  return {
    name: NAME,
    watches: [
      ofKind(namespaces, ({ object }) =>
        object.metadata.deletionTimestamp === undefined ? [] : [object.metadata.name],
      ),
      // The last object to go makes room for the end.
      ...SCHEME.filter(kind => kind.namespaced).map(kind => ofKind(kind, terminatingNamespace)),
    ],
    reconcile(api, key) {
      const namespace = api.get(namespaces, { name: key });
      if (namespace?.metadata.deletionTimestamp === undefined) return;
      const remaining = deleteContent(api, key);
      if (remaining.length === 0) api.finalizeNamespace(key);
      else tell(api, namespace, remaining, timestamp(clock.now));
    },
  };
}

function terminatingNamespace({ type, object }: ApiChange<ApiObject>, api: ApiClient): readonly string[] {
  const { namespace } = object.metadata;
  if (type !== 'DELETED' || namespace === undefined) return [];
  return api.get(namespaces, { name: namespace })?.metadata.deletionTimestamp === undefined ? [] : [namespace];
}

/** Deletes what is not being deleted already. Returns what remains. Pods go first: they use all the rest. */
function deleteContent(api: ApiClient, namespace: string): readonly Remaining[] {
  const kinds = api.kinds().filter(kind => kind.namespaced);
  const remaining: Remaining[] = [];
  for (const kind of [pods, ...kinds.filter(other => other.resource !== pods.resource)]) {
    for (const object of api.list(kind, { namespace }))
      if (object.metadata.deletionTimestamp === undefined)
        api.delete(kind, object.metadata, { propagationPolicy: 'Background' });
    const objects = api.list(kind, { namespace });
    if (objects.length > 0) remaining.push({ kind, objects });
    // Everything else waits for the Pods. Source: KEP-5080, ordered namespace deletion.
    if (kind.resource === pods.resource && objects.length > 0) break;
  }
  return remaining;
}

function tell(api: ApiClient, namespace: Namespace, remaining: readonly Remaining[], now: Timestamp): void {
  const { conditions: old = [], ...status } = namespace.status ?? {};
  const conditions = conditionsOf(remaining, old, now);
  if (!equalJson(conditions, old)) api.updateStatus(namespaces, { ...namespace, status: { ...status, conditions } });
}
