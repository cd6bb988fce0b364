// The template of a Deployment's or ReplicaSet's Pods, and constraints on where Pods go.
//
// Read:    kubectl v1.34 pkg/describe/describe.go, `DescribePodTemplate`, `describeTopologySpreadConstraints`.

import type { Json } from '../../../sim/index.ts';
import { at, listAt, objectAt, textAt } from '../fields.ts';
import { containerLines } from './containers.ts';
import { annotationLines, compare, labelLines, line, tolerationLines } from './lines.ts';
import type { Lines } from './related.ts';
import { orNone, selectorText } from './selectorText.ts';
import { volumeLines } from './volumes.ts';

export function podTemplateLines(template: Json | undefined): Lines {
  const spec = objectAt(template, 'spec');
  const annotations = objectAt(template, 'metadata', 'annotations');
  const account = textAt(spec, 'serviceAccountName');
  const initContainers = listAt(spec, 'initContainers');
  const priorityClass = textAt(spec, 'priorityClassName');
  return [
    line(0, 'Pod Template:'),
    ...labelLines('  Labels', at(template, 'metadata', 'labels')),
    ...(Object.keys(annotations).length === 0 ? [] : annotationLines('  Annotations', annotations)),
    ...(account === '' ? [] : [line(1, 'Service Account:', account)]),
    ...(initContainers.length === 0 ? [] : containerLines('Init Containers', initContainers, [], { kind: 'template' })),
    ...containerLines('Containers', listAt(spec, 'containers'), [], { kind: 'template' }),
    ...volumeLines(listAt(spec, 'volumes'), 'template'),
    ...spreadLines(listAt(spec, 'topologySpreadConstraints'), '  '),
    ...(priorityClass === '' ? [] : [line(1, 'Priority Class Name:', priorityClass)]),
    ...labelLines('  Node-Selectors', at(spec, 'nodeSelector')),
    ...tolerationLines('  Tolerations', listAt(spec, 'tolerations')),
  ];
}

/** `kubernetes.io/hostname:DoNotSchedule when max skew 1 is exceeded for selector app=web`. */
export function spreadLines(constraints: readonly Json[], indent: string): Lines {
  return [...constraints]
    .sort((a, b) => compare(textAt(a, 'topologyKey'), textAt(b, 'topologyKey')))
    .map((constraint, i) => {
      const selector = at(constraint, 'labelSelector');
      const what = `${textAt(constraint, 'topologyKey')}:${textAt(constraint, 'whenUnsatisfiable')}`;
      const whom = selector === undefined ? '' : ` for selector ${orNone(selectorText(selector))}`;
      return line(
        0,
        i === 0 ? `${indent}Topology Spread Constraints:` : indent,
        `${what} when max skew ${textAt(constraint, 'maxSkew')} is exceeded${whom}`,
      );
    });
}
