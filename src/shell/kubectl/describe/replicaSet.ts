// `kubectl describe replicaset`.
//
// Read:    kubectl v1.34 pkg/describe/describe.go, `describeReplicaSet`, `getPodStatusForController`.

import type { Json } from '../../../sim/index.ts';
import { at, numberAt, textAt } from '../fields.ts';
import { eventLines } from './events.ts';
import { conditionLines, controllerLines, controllerOf, labelAndAnnotationLines, line, nameLines } from './lines.ts';
import { podTemplateLines } from './podTemplate.ts';
import type { Lines, Related } from './related.ts';
import { orNone, selectorText } from './selectorText.ts';

export async function replicaSetLines(replicaSet: Json, related: Related): Promise<Lines> {
  const [made, wanted] = [numberAt(replicaSet, 'status', 'replicas'), numberAt(replicaSet, 'spec', 'replicas')];
  return [
    ...nameLines(replicaSet),
    line(0, 'Selector:', orNone(selectorText(at(replicaSet, 'spec', 'selector')))),
    ...labelAndAnnotationLines(replicaSet),
    ...controllerLines(replicaSet),
    line(0, 'Replicas:', `${made ?? 0} current / ${wanted ?? 0} desired`),
    line(0, 'Pods Status:', await podCounts(replicaSet, related)),
    ...podTemplateLines(at(replicaSet, 'spec', 'template')),
    ...conditionLines(replicaSet),
    ...eventLines(related),
  ];
}

/** `2 Running / 0 Waiting / 0 Succeeded / 0 Failed`. */
async function podCounts(replicaSet: Json, related: Related): Promise<string> {
  const namespace = textAt(replicaSet, 'metadata', 'namespace');
  const uid = textAt(replicaSet, 'metadata', 'uid');
  try {
    const pods = await related.list(`/api/v1/namespaces/${namespace}/pods`, {
      labelSelector: selectorText(at(replicaSet, 'spec', 'selector')),
    });
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
