// `kubectl describe horizontalpodautoscaler`.
//
// Omits:   metrics of objects, external ones and of single containers; behaviour.
// Read:    kubectl pkg/describe/describe.go, `describeHorizontalPodAutoscalerV2`.

import type { Json } from '../../../sim/index.ts';
import { at, listAt, numberAt, textAt } from '../fields.ts';
import { eventLines } from './events.ts';
import { headLines, line, longTime } from './lines.ts';
import type { Lines, Related } from './related.ts';

export function autoscalerLines(scaler: Json, related: Related): Lines {
  const target = at(scaler, 'spec', 'scaleTargetRef');
  const current = listAt(scaler, 'status', 'currentMetrics');
  const least = numberAt(scaler, 'spec', 'minReplicas');
  const conditions = listAt(scaler, 'status', 'conditions');
  return [
    ...headLines(scaler),
    line(0, 'CreationTimestamp:', longTime(textAt(scaler, 'metadata', 'creationTimestamp'))),
    line(0, 'Reference:', `${textAt(target, 'kind')}/${textAt(target, 'name')}`),
    line(0, 'Metrics:', '( current / target )'),
    ...listAt(scaler, 'spec', 'metrics').map((metric, i) => metricLine(metric, current[i])),
    line(0, 'Min replicas:', least === undefined ? '<unset>' : least),
    line(0, 'Max replicas:', numberAt(scaler, 'spec', 'maxReplicas') ?? 0),
    line(
      0,
      `${textAt(target, 'kind')} pods:`,
      `${numberAt(scaler, 'status', 'currentReplicas') ?? 0} current / ${numberAt(scaler, 'status', 'desiredReplicas') ?? 0} desired`,
    ),
    ...(conditions.length === 0
      ? []
      : [
          line(0, 'Conditions:'),
          line(1, 'Type', 'Status', 'Reason', 'Message'),
          line(1, '----', '------', '------', '-------'),
          ...conditions.map(condition =>
            line(
              1,
              textAt(condition, 'type'),
              textAt(condition, 'status'),
              textAt(condition, 'reason'),
              textAt(condition, 'message'),
            ),
          ),
        ]),
    ...eventLines(related),
  ];
}

function metricLine(metric: Json, current: Json | undefined): string {
  const type = textAt(metric, 'type');
  const own = at(metric, type === 'Resource' ? 'resource' : 'pods');
  const now = at(current, type === 'Resource' ? 'resource' : 'pods', 'current');
  const value = textAt(now, 'averageValue');
  if (type === 'Pods')
    return line(
      1,
      `"${textAt(own, 'metric', 'name')}" on pods:`,
      `${value || '<unknown>'} / ${textAt(own, 'target', 'averageValue')}`,
    );
  if (type !== 'Resource') return line(1, `<unknown metric type "${type}">`);
  const average = textAt(own, 'target', 'averageValue');
  const title = `resource ${textAt(own, 'name')} on pods`;
  if (average !== '') return line(1, `${title}:`, `${value || '<unknown>'} / ${average}`);
  const used = numberAt(now, 'averageUtilization');
  const wanted = numberAt(own, 'target', 'averageUtilization');
  return line(
    1,
    `${title}  (as a percentage of request):`,
    `${used === undefined ? '<unknown>' : `${used}% (${value})`} / ${wanted === undefined ? '<auto>' : `${wanted}%`}`,
  );
}
