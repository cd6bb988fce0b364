// What the API server warns of in Pods and their templates: allowed, and hardly ever meant.
//
// Models:  names that are no host names, ports and variables that stand twice, selectors that choose nothing, periods below 0.
// Omits:   deprecated labels, annotations and volumes; fractions of bytes.
// Read:    kubernetes pkg/api/pod/warnings.go, pkg/api/node/util.go; WarningsOnCreate of the strategies in pkg/registry.

import type { Draft } from '../draft.ts';
import { child, type FieldPath, ROOT_PATH } from '../fieldPath.ts';
import type { ApiObject } from '../objects.ts';
import { dnsLabel } from '../validation/formats.ts';
import type { Container, PodSpec, PodTemplateSpec } from './podSpec.ts';

/** Of a new Pod; changes of Pods are too many to look at. */
export function podWarnings(pod: Draft<ApiObject> & { readonly spec?: Draft<PodSpec> | undefined }): readonly string[] {
  const what = "the Pod's hostname";
  return [...nameWarnings(pod.metadata?.name, what), ...specWarnings(pod.spec ?? {}, ROOT_PATH)];
}

interface Templated extends ApiObject {
  readonly spec: { readonly template: PodTemplateSpec };
}

/** Of a workload that is new, or whose spec has changed. */
export function workloadWarnings(object: Draft<Templated>, old: ApiObject | undefined): readonly string[] {
  if (old !== undefined && object.metadata?.generation === old.metadata.generation) return [];
  const own = old === undefined ? nameWarnings(object.metadata?.name, 'Pod names and hostnames') : [];
  return [...own, ...specWarnings(object.spec?.template?.spec ?? {}, child(ROOT_PATH, 'spec', 'template'))];
}

function nameWarnings(name = '', what: string): readonly string[] {
  const complaints = dnsLabel(name);
  if (complaints.length === 0) return [];
  const why = 'which can result in surprising behavior; a DNS label is recommended';
  return [`metadata.name: this is used in ${what}, ${why}: [${complaints.join(' ')}]`];
}

function specWarnings(spec: Draft<PodSpec>, root: FieldPath): readonly string[] {
  const place = child(root, 'spec');
  const containers = [
    ...placed(spec.initContainers, child(place, 'initContainers')),
    ...placed(spec.containers, child(place, 'containers')),
  ];
  const grace = spec.terminationGracePeriodSeconds ?? 0;
  return [
    ...repeated(spec.hostAliases ?? [], child(place, 'hostAliases'), 'ip'),
    ...repeated(spec.imagePullSecrets ?? [], child(place, 'imagePullSecrets'), 'name'),
    ...containers.flatMap(({ container, path }) => variableWarnings(container, path)),
    ...portWarnings(containers),
    ...(grace < 0
      ? [
          `${child(place, 'terminationGracePeriodSeconds').text}: must be >= 0; negative values are invalid and will be treated as 1`,
        ]
      : []),
  ];
}

interface Placed {
  readonly container: Draft<Container>;
  readonly path: FieldPath;
}

function placed(containers: Draft<readonly Container[]> | undefined, place: FieldPath): readonly Placed[] {
  return (containers ?? []).flatMap((container, i) =>
    container === undefined ? [] : [{ container, path: child(place, i) }],
  );
}

function repeated<Key extends string>(
  items: readonly ({ readonly [key in Key]?: string | undefined } | undefined)[],
  place: FieldPath,
  key: Key,
): readonly string[] {
  return items.flatMap((item, i) => {
    const isRepeated = items.findIndex(other => other?.[key] === item?.[key]) < i;
    return isRepeated ? [`${child(place, i, key).text}: duplicate ${key} ${JSON.stringify(item?.[key] ?? '')}`] : [];
  });
}

/** A variable may build on the one that it hides: `PATH=$(PATH):/opt`. */
function variableWarnings({ env = [] }: Draft<Container>, path: FieldPath): readonly string[] {
  return env.flatMap((variable, i) => {
    const { name = '', value = '', valueFrom } = variable ?? {};
    const reference = `$(${name})`;
    const hides = env.findIndex(other => other?.name === name) < i;
    if (!hides || (valueFrom === undefined && value !== reference && value.includes(reference))) return [];
    const place = child(path, 'env', i).text;
    return [`${place}: hides previous definition of ${JSON.stringify(name)}, which may be dropped when using apply`];
  });
}

interface PlacedPort {
  readonly at: string;
  readonly key: string;
  readonly hostPort: number;
  readonly hostIP: string;
}

function portWarnings(containers: readonly Placed[]): readonly string[] {
  const ports = containers.flatMap(({ container, path }) =>
    (container.ports ?? []).map((port, i): PlacedPort => {
      const { containerPort = 0, protocol = 'TCP', hostPort = 0, hostIP = '' } = port ?? {};
      return { at: child(path, 'ports', i).text, key: `${containerPort}/${protocol}`, hostPort, hostIP };
    }),
  );
  return ports.flatMap((port, i) =>
    ports.slice(0, i).flatMap(other => {
      const clash = other.key === port.key ? clashOf(port, other) : undefined;
      return clash === undefined ? [] : [`${port.at}: ${clash} port definition with ${other.at}`];
    }),
  );
}

function clashOf(port: PlacedPort, other: PlacedPort): string | undefined {
  if (port.hostPort === other.hostPort && port.hostIP === other.hostIP) return 'duplicate';
  if (port.hostPort === 0 || other.hostPort === 0) return 'overlapping';
  const isOneOpen = (port.hostIP === '') !== (other.hostIP === '');
  return port.hostPort === other.hostPort && isOneOpen ? 'dangerously ambiguous' : undefined;
}
