// Which Pods an object stands for: the label selector of what selects Pods.
//
// Read:    kubectl pkg/polymorphichelpers/helpers.go, `SelectorsForObject`.

import type { Json } from '../../sim/index.ts';
import { listAt, objectAt, textAt } from './fields.ts';
import type { ApiResource } from './resources.ts';

const WITH_LABEL_SELECTOR = ['ReplicaSet', 'DaemonSet', 'StatefulSet', 'Deployment', 'Job'];

/** As `-l` has it; undefined for a kind that selects no Pods. */
export function selectorOf({ kind }: ApiResource, object: Json): string | undefined {
  if (kind === 'Service' || kind === 'ReplicationController') return labels(objectAt(object, 'spec', 'selector'));
  if (!WITH_LABEL_SELECTOR.includes(kind)) return undefined;
  const selector = objectAt(object, 'spec', 'selector');
  const expressions = listAt(selector, 'matchExpressions').map(expression => {
    const key = textAt(expression, 'key');
    const values = listAt(expression, 'values').map(String).join(',');
    switch (textAt(expression, 'operator')) {
      case 'In':
        return `${key} in (${values})`;
      case 'NotIn':
        return `${key} notin (${values})`;
      case 'Exists':
        return key;
      default:
        return `!${key}`;
    }
  });
  return [labels(objectAt(selector, 'matchLabels')), ...expressions].filter(part => part !== '').join(',');
}

function labels(pairs: Readonly<Record<string, Json | undefined>>): string {
  return Object.entries(pairs)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(',');
}
