// The namespace controller: empties a namespace that is to go, then lets it go.
//
// Omits:   the conditions that tell how far it is.
// Read:    kubernetes pkg/controller/namespace/deletion/namespaced_resources_deleter.go.

import type { ApiChange, ApiClient, KindRef } from '../api/client.ts';
import { type Controller, ofKind } from '../api/controller.ts';
import { namespaces } from '../api/kinds/namespace.ts';
import { pods } from '../api/kinds/pod.ts';
import type { ApiObject } from '../api/objects.ts';
import { SCHEME } from '../api/scheme.ts';

const NAME = 'namespace-controller';

export function namespaceController(): Controller {
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
      if (deleteContent(api, key) === 0) api.finalizeNamespace(key);
    },
  };
}

function terminatingNamespace({ type, object }: ApiChange<ApiObject>, api: ApiClient): readonly string[] {
  const { namespace } = object.metadata;
  if (type !== 'DELETED' || namespace === undefined) return [];
  return api.get(namespaces, { name: namespace })?.metadata.deletionTimestamp === undefined ? [] : [namespace];
}

/** Deletes what is not being deleted already. Returns how many objects remain. Pods go first: they use all the rest. */
function deleteContent(api: ApiClient, namespace: string): number {
  const kinds = api.kinds().filter(kind => kind.namespaced);
  const podsFirst: readonly KindRef<ApiObject>[] = [pods, ...kinds.filter(kind => kind.resource !== pods.resource)];
  for (const kind of podsFirst) {
    for (const object of api.list(kind, { namespace }))
      if (object.metadata.deletionTimestamp === undefined)
        api.delete(kind, object.metadata, { propagationPolicy: 'Background' });
    // Everything else waits for the Pods. Source: KEP-5080, ordered namespace deletion.
    if (kind.resource === pods.resource && api.count(pods, { namespace }) > 0) return api.count(pods, { namespace });
  }
  return podsFirst.reduce((sum, kind) => sum + api.count(kind, { namespace }), 0);
}
