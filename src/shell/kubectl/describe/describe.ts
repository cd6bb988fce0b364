// `kubectl describe` of one object: which description its kind has, and the text.
//
// Models:  Pod, Service, Deployment, ReplicaSet, Node, Namespace, EndpointSlice; every other kind by its fields.
// Read:    kubectl v1.34 pkg/describe/describe.go.

import type { Json } from '../../../sim/index.ts';
import type { ApiResource } from '../resources.ts';
import { alignTabs, DESCRIBE_STYLE } from '../tabwriter.ts';
import { deploymentLines } from './deployment.ts';
import { endpointSliceLines } from './endpointSlice.ts';
import { genericLines } from './generic.ts';
import { namespaceLines } from './namespace.ts';
import { nodeLines } from './node.ts';
import { podLines } from './pod.ts';
import type { Lines, Related } from './related.ts';
import { replicaSetLines } from './replicaSet.ts';
import { serviceLines } from './service.ts';

export { eventSearches } from './events.ts';
export type { Related } from './related.ts';

type Describe = (object: Json, related: Related) => Lines | Promise<Lines>;

/** By group and kind. */
const DESCRIPTIONS: ReadonlyMap<string, Describe> = new Map<string, Describe>([
  ['/Pod', podLines],
  ['/Service', serviceLines],
  ['/Node', nodeLines],
  ['/Namespace', namespaceLines],
  ['apps/Deployment', deploymentLines],
  ['apps/ReplicaSet', replicaSetLines],
  ['discovery.k8s.io/EndpointSlice', endpointSliceLines],
]);

/**
 * What `kubectl describe` prints about one object, with the end of its last line. Between two objects kubectl prints two
 * empty lines, which are not part of this.
 * @param object as the API server gives it
 */
export async function describeObject(resource: ApiResource, object: Json, related: Related): Promise<string> {
  const describe = DESCRIPTIONS.get(`${resource.group}/${resource.kind}`) ?? genericLines;
  const lines = await describe(object, related);
  return alignTabs(withoutControls(lines.join('')), DESCRIBE_STYLE);
}

/** What an object says must not move the terminal's cursor. Source: cli-runtime pkg/printers/terminal.go. */
function withoutControls(text: string): string {
  return text.replaceAll('\u001b', '^[').replaceAll('\r', '\\r');
}
