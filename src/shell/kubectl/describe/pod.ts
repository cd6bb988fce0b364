// `kubectl describe pod`.
//
// Read:    kubectl v1.34 pkg/describe/describe.go, `describePod`.

import type { Json } from '../../../sim/index.ts';
import { at, listAt, numberAt, textAt } from '../fields.ts';
import { containerLines, resourceLines, seccompLines } from './containers.ts';
import { eventLines } from './events.ts';
import {
  ageOf,
  controllerLines,
  labelAndAnnotationLines,
  labelLines,
  line,
  longTime,
  nameLines,
  tolerationLines,
} from './lines.ts';
import { spreadLines } from './podTemplate.ts';
import type { Lines, Related } from './related.ts';
import { volumeLines } from './volumes.ts';

export function podLines(pod: Json, related: Related): Lines {
  return [
    ...nameLines(pod),
    ...placeLines(pod),
    ...labelAndAnnotationLines(pod),
    ...phaseLines(pod, related),
    ...given('Reason:', textAt(pod, 'status', 'reason')),
    ...given('Message:', textAt(pod, 'status', 'message')),
    ...seccompLines(at(pod, 'spec', 'securityContext', 'seccompProfile'), 0, 0),
    ...addressLines(pod),
    ...controllerLines(pod),
    ...given('NominatedNodeName:', textAt(pod, 'status', 'nominatedNodeName')),
    ...(at(pod, 'spec', 'resources') === undefined
      ? []
      : [line(0, 'Resources:'), ...resourceLines(at(pod, 'spec', 'resources'), 1)]),
    ...allContainerLines(pod),
    ...gateLines(pod),
    ...conditionLines(pod),
    ...volumeLines(listAt(pod, 'spec', 'volumes'), 'pod'),
    line(0, 'QoS Class:', textAt(pod, 'status', 'qosClass') || 'BestEffort'),
    ...labelLines('Node-Selectors', at(pod, 'spec', 'nodeSelector')),
    ...tolerationLines('Tolerations', listAt(pod, 'spec', 'tolerations')),
    ...spreadLines(listAt(pod, 'spec', 'topologySpreadConstraints'), ''),
    ...eventLines(related),
  ];
}

function given(title: string, text: string): Lines {
  return text === '' ? [] : [line(0, title, text)];
}

function placeLines(pod: Json): Lines {
  const node = textAt(pod, 'spec', 'nodeName');
  const started = textAt(pod, 'status', 'startTime');
  return [
    ...given('Priority:', textAt(pod, 'spec', 'priority')),
    ...given('Priority Class Name:', textAt(pod, 'spec', 'priorityClassName')),
    ...given('Runtime Class Name:', textAt(pod, 'spec', 'runtimeClassName')),
    ...given('Service Account:', textAt(pod, 'spec', 'serviceAccountName')),
    line(0, 'Node:', node === '' ? '<none>' : `${node}/${textAt(pod, 'status', 'hostIP')}`),
    ...(started === '' ? [] : [line(0, 'Start Time:', longTime(started))]),
  ];
}

function phaseLines(pod: Json, { now }: Related): Lines {
  const phase = textAt(pod, 'status', 'phase');
  const deleted = textAt(pod, 'metadata', 'deletionTimestamp');
  if (deleted === '' || phase === 'Failed' || phase === 'Succeeded') return [line(0, 'Status:', phase)];
  return [
    line(0, 'Status:', `Terminating (lasts ${ageOf(deleted, now)})`),
    line(0, 'Termination Grace Period:', `${numberAt(pod, 'metadata', 'deletionGracePeriodSeconds') ?? 0}s`),
  ];
}

function addressLines(pod: Json): Lines {
  const addresses = listAt(pod, 'status', 'podIPs');
  return [
    line(0, 'IP:', textAt(pod, 'status', 'podIP')),
    ...(addresses.length === 0
      ? [line(0, 'IPs:', '<none>')]
      : [line(0, 'IPs:'), ...addresses.map(address => line(1, 'IP:', textAt(address, 'ip')))]),
  ];
}

function allContainerLines(pod: Json): Lines {
  const owner = { kind: 'pod', pod } as const;
  const some = (title: string, field: string, statuses: string): Lines => {
    const containers = listAt(pod, 'spec', field);
    return containers.length === 0 ? [] : containerLines(title, containers, listAt(pod, 'status', statuses), owner);
  };
  return [
    ...some('Init Containers', 'initContainers', 'initContainerStatuses'),
    ...containerLines(
      'Containers',
      listAt(pod, 'spec', 'containers'),
      listAt(pod, 'status', 'containerStatuses'),
      owner,
    ),
    ...some('Ephemeral Containers', 'ephemeralContainers', 'ephemeralContainerStatuses'),
  ];
}

/** The spaces before the ends of cells are kubectl's. */
function typeAndStatus(type: string, status: string): string {
  return line(1, `${type} `, `${status} `);
}

function gateLines(pod: Json): Lines {
  const gates = listAt(pod, 'spec', 'readinessGates');
  if (gates.length === 0) return [];
  return [
    line(0, 'Readiness Gates:'),
    line(1, 'Type', 'Status'),
    ...gates.map(gate => {
      const type = textAt(gate, 'conditionType');
      const condition = listAt(pod, 'status', 'conditions').find(candidate => textAt(candidate, 'type') === type);
      return typeAndStatus(type, condition === undefined ? '<none>' : textAt(condition, 'status'));
    }),
  ];
}

function conditionLines(pod: Json): Lines {
  const conditions = listAt(pod, 'status', 'conditions');
  if (conditions.length === 0) return [];
  return [
    line(0, 'Conditions:'),
    line(1, 'Type', 'Status'),
    ...conditions.map(condition => typeAndStatus(textAt(condition, 'type'), textAt(condition, 'status'))),
  ];
}
