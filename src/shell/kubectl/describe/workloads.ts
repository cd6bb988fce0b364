// `kubectl describe` of a DaemonSet, a StatefulSet and a ReplicationController.
//
// Read:    kubectl pkg/describe/describe.go, `describeDaemonSet`, `describeStatefulSet`, `describeReplicationController`.

import type { Json } from '../../../sim/index.ts';
import { at, listAt, numberAt, textAt } from '../fields.ts';
import { eventLines } from './events.ts';
import {
  annotationLines,
  conditionLines,
  controllerLines,
  labelAndAnnotationLines,
  labelLines,
  line,
  longTime,
  nameLines,
  sortedEntries,
} from './lines.ts';
import { podCounts } from './podCounts.ts';
import { podTemplateLines } from './podTemplate.ts';
import type { Lines, Related } from './related.ts';
import { mapSelectorText, orNone, selectorText } from './selectorText.ts';

export async function daemonSetLines(set: Json, related: Related): Promise<Lines> {
  const selector = selectorText(at(set, 'spec', 'selector'));
  const count = (field: string): number => numberAt(set, 'status', field) ?? 0;
  return [
    line(0, 'Name:', textAt(set, 'metadata', 'name')),
    line(0, 'Selector:', orNone(selector)),
    ...labelLines('Node-Selector', at(set, 'spec', 'template', 'spec', 'nodeSelector')),
    ...labelAndAnnotationLines(set),
    line(0, `Desired Number of Nodes Scheduled: ${count('desiredNumberScheduled')}`),
    line(0, `Current Number of Nodes Scheduled: ${count('currentNumberScheduled')}`),
    line(0, `Number of Nodes Scheduled with Up-to-date Pods: ${count('updatedNumberScheduled')}`),
    line(0, `Number of Nodes Scheduled with Available Pods: ${count('numberAvailable')}`),
    line(0, `Number of Nodes Misscheduled: ${count('numberMisscheduled')}`),
    line(0, 'Pods Status:', await podCounts(set, selector, related)),
    ...podTemplateLines(at(set, 'spec', 'template')),
    ...eventLines(related),
  ];
}

export async function statefulSetLines(set: Json, related: Related): Promise<Lines> {
  const selector = selectorText(at(set, 'spec', 'selector'));
  const rolling = at(set, 'spec', 'updateStrategy', 'rollingUpdate');
  const partition = numberAt(rolling, 'partition');
  const atMost = textAt(rolling, 'maxUnavailable');
  return [
    ...nameLines(set),
    line(0, 'CreationTimestamp:', longTime(textAt(set, 'metadata', 'creationTimestamp'))),
    line(0, 'Selector:', orNone(selector)),
    ...labelAndAnnotationLines(set),
    line(
      0,
      'Replicas:',
      `${numberAt(set, 'spec', 'replicas') ?? 0} desired | ${numberAt(set, 'status', 'replicas') ?? 0} total`,
    ),
    line(0, 'Update Strategy:', textAt(set, 'spec', 'updateStrategy', 'type')),
    ...(partition === undefined ? [] : [line(1, 'Partition:', partition)]),
    ...(atMost === '' ? [] : [line(1, 'MaxUnavailable:', atMost)]),
    line(0, 'Pods Status:', await podCounts(set, selector, related)),
    ...podTemplateLines(at(set, 'spec', 'template')),
    ...claimLines(listAt(set, 'spec', 'volumeClaimTemplates')),
    ...eventLines(related),
  ];
}

function claimLines(templates: readonly Json[]): Lines {
  if (templates.length === 0) return [line(0, 'Volume Claims:', '<none>')];
  return [
    line(0, 'Volume Claims:'),
    ...templates.flatMap(template => [
      line(1, 'Name:', textAt(template, 'metadata', 'name')),
      line(1, 'StorageClass:', textAt(template, 'spec', 'storageClassName')),
      ...labelLines('  Labels', at(template, 'metadata', 'labels')),
      ...annotationLines('  Annotations', at(template, 'metadata', 'annotations')),
      line(1, 'Capacity:', textAt(template, 'spec', 'resources', 'requests', 'storage') || '<default>'),
      line(1, 'Access Modes:', `[${listAt(template, 'spec', 'accessModes').map(String).join(' ')}]`),
    ]),
  ];
}

export async function replicationControllerLines(controller: Json, related: Related): Promise<Lines> {
  const selector = at(controller, 'spec', 'selector');
  const labels = sortedEntries(selector).map(([key, value]) => `${key}=${value}`);
  const [made, wanted] = [numberAt(controller, 'status', 'replicas'), numberAt(controller, 'spec', 'replicas')];
  return [
    ...nameLines(controller),
    line(0, 'Selector:', mapSelectorText(selector)),
    ...labelAndAnnotationLines(controller),
    ...controllerLines(controller),
    line(0, 'Replicas:', `${made ?? 0} current / ${wanted ?? 0} desired`),
    line(0, 'Pods Status:', await podCounts(controller, labels.join(','), related)),
    ...podTemplateLines(at(controller, 'spec', 'template')),
    ...conditionLines(controller),
    ...eventLines(related),
  ];
}
