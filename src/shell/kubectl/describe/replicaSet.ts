// `kubectl describe replicaset`.
//
// Read:    kubectl v1.34 pkg/describe/describe.go, `describeReplicaSet`.

import type { Json } from '../../../sim/index.ts';
import { at, numberAt } from '../fields.ts';
import { eventLines } from './events.ts';
import { conditionLines, controllerLines, labelAndAnnotationLines, line, nameLines } from './lines.ts';
import { podCounts } from './podCounts.ts';
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
    line(0, 'Pods Status:', await podCounts(replicaSet, selectorText(at(replicaSet, 'spec', 'selector')), related)),
    ...podTemplateLines(at(replicaSet, 'spec', 'template')),
    ...conditionLines(replicaSet),
    ...eventLines(related),
  ];
}
