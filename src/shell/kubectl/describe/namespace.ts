// `kubectl describe namespace`: without Events, as kubectl leaves them out.
//
// Read:    kubectl v1.34 pkg/describe/describe.go, `describeNamespace`.

import type { Json } from '../../../sim/index.ts';
import { listAt, textAt } from '../fields.ts';
import { limitRangesLines, quotasLines } from './limits.ts';
import { labelAndAnnotationLines, line, longTime } from './lines.ts';
import type { Lines, Related } from './related.ts';

export async function namespaceLines(namespace: Json, related: Related): Promise<Lines> {
  const name = textAt(namespace, 'metadata', 'name');
  return [
    line(0, 'Name:', name),
    ...labelAndAnnotationLines(namespace),
    line(0, 'Status:', textAt(namespace, 'status', 'phase')),
    ...conditionLines(namespace),
    ...quotasLines(await related.list(`/api/v1/namespaces/${name}/resourcequotas`)),
    ...limitRangesLines(await related.list(`/api/v1/namespaces/${name}/limitranges`)),
  ];
}

function conditionLines(namespace: Json): Lines {
  const conditions = listAt(namespace, 'status', 'conditions');
  if (conditions.length === 0) return [];
  return [
    line(0, 'Conditions:'),
    line(1, 'Type', 'Status', 'LastTransitionTime', 'Reason', 'Message'),
    line(1, '----', '------', '------------------', '------', '-------'),
    ...conditions.map(condition =>
      line(
        1,
        textAt(condition, 'type'),
        textAt(condition, 'status'),
        longTime(textAt(condition, 'lastTransitionTime')),
        textAt(condition, 'reason'),
        textAt(condition, 'message'),
      ),
    ),
  ];
}
