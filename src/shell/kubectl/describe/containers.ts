// Containers, of a Pod with their states or of a template without.
//
// Read:    kubectl v1.34 pkg/describe/describe.go, `describeContainers` and what it calls.

import { goText, type Json } from '../../../sim/index.ts';
import { at, listAt, numberAt, objectAt, textAt } from '../fields.ts';
import { environmentLines } from './environment.ts';
import { compare, line, longTime } from './lines.ts';
import { probeText } from './probeText.ts';
import { parseQuantity, quantityText } from './quantity.ts';
import type { Lines } from './related.ts';
import { orNone } from './selectorText.ts';

/** Whose containers they are: those of a Pod have states, and know the Pod's own fields; those of a template do not. */
export type ContainerOwner = { readonly kind: 'pod'; readonly pod: Json } | { readonly kind: 'template' };

/** A list of containers under its title. */
export function containerLines(
  title: string,
  containers: readonly Json[],
  statuses: readonly Json[],
  owner: ContainerOwner,
): Lines {
  const isTemplate = owner.kind === 'template';
  const none = containers.length === 0 ? ' <none>' : '';
  return [
    line(0, `${isTemplate ? '  ' : ''}${title}:${none}`),
    ...containers.flatMap(container => {
      const name = textAt(container, 'name');
      const status = statuses.findLast(candidate => textAt(candidate, 'name') === name);
      return [
        line(1, `${isTemplate ? ' ' : ''}${name}:`),
        ...basicLines(container, status),
        ...wordLines('Command', listAt(container, 'command')),
        ...wordLines('Args', listAt(container, 'args')),
        ...(status === undefined ? [] : statusLines(status)),
        ...resourceLines(at(container, 'resources'), 2),
        ...probeLines(container),
        ...environmentLines(container, owner.kind === 'pod' ? owner.pod : undefined),
        ...mountLines(container),
      ];
    }),
  ];
}

function basicLines(container: Json, status: Json | undefined): Lines {
  const ports = portsText(container, 'containerPort');
  const hostPorts = portsText(container, 'hostPort');
  return [
    ...(status === undefined ? [] : [line(2, 'Container ID:', textAt(status, 'containerID'))]),
    line(2, 'Image:', textAt(container, 'image')),
    ...(status === undefined ? [] : [line(2, 'Image ID:', textAt(status, 'imageID'))]),
    line(2, ports.includes(',') ? 'Ports:' : 'Port:', orNone(ports)),
    line(2, hostPorts.includes(',') ? 'Host Ports:' : 'Host Port:', orNone(hostPorts)),
    ...seccompLines(at(container, 'securityContext', 'seccompProfile'), 2, 3),
  ];
}

/** The seccomp profile of a Pod or container; nothing when there is none. */
export function seccompLines(profile: Json | undefined, level: number, localhostLevel: number): Lines {
  if (profile === undefined) return [];
  const type = textAt(profile, 'type');
  return [
    line(level, 'SeccompProfile:', type),
    ...(type === 'Localhost' ? [line(localhostLevel, 'LocalhostProfile:', textAt(profile, 'localhostProfile'))] : []),
  ];
}

/** `80/TCP, 443/TCP`. */
function portsText(container: Json, field: 'containerPort' | 'hostPort'): string {
  return listAt(container, 'ports')
    .map(port => `${numberAt(port, field) ?? 0}/${textAt(port, 'protocol')}`)
    .join(', ');
}

function wordLines(title: string, words: readonly Json[]): Lines {
  if (words.length === 0) return [];
  return [
    line(2, `${title}:`),
    ...words.flatMap(word =>
      goText(word)
        .split('\n')
        .map(part => line(3, part)),
    ),
  ];
}

function statusLines(status: Json): Lines {
  return [
    ...stateLines('State', at(status, 'state')),
    ...(at(status, 'lastState', 'terminated') === undefined ? [] : stateLines('Last State', at(status, 'lastState'))),
    line(2, 'Ready:', at(status, 'ready') === true ? 'True' : 'False'),
    line(2, 'Restart Count:', numberAt(status, 'restartCount') ?? 0),
  ];
}

function stateLines(title: string, state: Json | undefined): Lines {
  const running = at(state, 'running');
  if (running !== undefined) {
    return [line(2, `${title}:`, 'Running'), line(3, 'Started:', longTime(textAt(running, 'startedAt')))];
  }
  const terminated = at(state, 'terminated');
  if (at(state, 'waiting') !== undefined || terminated === undefined) {
    return [line(2, `${title}:`, 'Waiting'), ...given('Reason:', textAt(state, 'waiting', 'reason'))];
  }
  const signal = numberAt(terminated, 'signal') ?? 0;
  return [
    line(2, `${title}:`, 'Terminated'),
    ...given('Reason:', textAt(terminated, 'reason')),
    ...given('Message:', textAt(terminated, 'message')),
    line(3, 'Exit Code:', numberAt(terminated, 'exitCode') ?? 0),
    ...(signal > 0 ? [line(3, 'Signal:', signal)] : []),
    line(3, 'Started:', longTime(textAt(terminated, 'startedAt'))),
    line(3, 'Finished:', longTime(textAt(terminated, 'finishedAt'))),
  ];
}

function given(title: string, text: string): Lines {
  return text === '' ? [] : [line(3, title, text)];
}

/** Limits and requests, each resource in a line. */
export function resourceLines(resources: Json | undefined, level: number): Lines {
  return (['limits', 'requests'] as const).flatMap(field => {
    const entries = Object.entries(objectAt(resources, field)).sort(([a], [b]) => compare(a, b));
    if (entries.length === 0) return [];
    return [
      line(level, field === 'limits' ? 'Limits:' : 'Requests:'),
      ...entries.map(([name, amount]) => line(level + 1, `${name}:`, quantityText(parseQuantity(String(amount))))),
    ];
  });
}

function probeLines(container: Json): Lines {
  const probes = [
    ['Liveness:', at(container, 'livenessProbe')],
    ['Readiness:', at(container, 'readinessProbe')],
    ['Startup:', at(container, 'startupProbe')],
  ] as const;
  return probes.flatMap(([title, probe]) => (probe === undefined ? [] : [line(2, title, probeText(probe))]));
}

function mountLines(container: Json): Lines {
  const mounts = listAt(container, 'volumeMounts');
  if (mounts.length === 0) return [line(2, 'Mounts:', '<none>')];
  return [
    line(2, 'Mounts:'),
    ...[...mounts]
      .sort((a, b) => compare(textAt(a, 'mountPath'), textAt(b, 'mountPath')))
      .map(mount => {
        const subPath = textAt(mount, 'subPath');
        const access = at(mount, 'readOnly') === true ? 'ro' : 'rw';
        const flags = subPath === '' ? access : `${access},path=${JSON.stringify(subPath)}`;
        return line(3, `${textAt(mount, 'mountPath')} from ${textAt(mount, 'name')} (${flags})`);
      }),
  ];
}
