// How many Pods of a controller are in which phase.
//
// Read:    kubectl pkg/describe/describe.go, `getPodStatusForController`.

import type { Json } from '../../../sim/index.ts';
import { textAt } from '../fields.ts';
import { controllerOf } from './lines.ts';
import type { Related } from './related.ts';

/** `2 Running / 0 Waiting / 0 Succeeded / 0 Failed`. @param labelSelector of the controller, as a query takes it */
export async function podCounts(owner: Json, labelSelector: string, related: Related): Promise<string> {
  const namespace = textAt(owner, 'metadata', 'namespace');
  const uid = textAt(owner, 'metadata', 'uid');
  try {
    const pods = await related.list(`/api/v1/namespaces/${namespace}/pods`, { labelSelector });
    const phases = pods
      .filter(pod => textAt(controllerOf(pod), 'uid') === uid)
      .map(pod => textAt(pod, 'status', 'phase'));
    const count = (phase: string): number => phases.filter(candidate => candidate === phase).length;
    return [
      `${count('Running')} Running`,
      `${count('Pending')} Waiting`,
      `${count('Succeeded')} Succeeded`,
      `${count('Failed')} Failed`,
    ].join(' / ');
  } catch (error) {
    return `error in fetching pods: ${error instanceof Error ? error.message : String(error)}`;
  }
}
