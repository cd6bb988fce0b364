// Containers: what all sorts of them must have, and what only some may.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `validateContainers`, `validateInitContainers`,
//          `validateEphemeralContainers`, `validateContainerCommon`.

import type { Draft } from '../../draft.ts';
import {
  duplicate,
  eachInvalid,
  type FieldError,
  fieldNotFound,
  forbidden,
  invalid,
  notSupported,
  required,
} from '../../fieldError.ts';
import { child, type FieldPath } from '../../fieldPath.ts';
import type { Container, ContainerPort, EphemeralContainer, PodSpec } from '../../kinds/podSpec.ts';
import { dnsLabel, PROTOCOLS, portName, portNumber } from '../formats.ts';
import { validateEnvironment, validateEnvironmentFrom } from './environment.ts';
import { validateDevices, validateMounts } from './mounts.ts';
import { validateLifecycle, validateProbe } from './probe.ts';
import { validateContainerResources } from './resources.ts';
import { validateContainerSecurity } from './security.ts';
import type { Volumes } from './volumes.ts';

type Containers = readonly Draft<Container>[];

/** The Pod around a container. */
export interface ContainerContext {
  readonly spec: Draft<PodSpec>;
  readonly volumes: Volumes;
}

/** Messages and hooks of containers that run for long. */
function validateLongRunning(container: Draft<Container>, { spec }: ContainerContext, place: FieldPath): FieldError[] {
  return [
    ...validateLifecycle(container.lifecycle, spec, child(place, 'lifecycle')),
    ...validateProbe(container.livenessProbe, child(place, 'livenessProbe'), 'liveness'),
    ...validateProbe(container.readinessProbe, child(place, 'readinessProbe'), 'readiness'),
    ...validateProbe(container.startupProbe, child(place, 'startupProbe'), 'startup'),
  ];
}

/** The containers that run side by side. */
export function validateContainers(context: ContainerContext, place: FieldPath): FieldError[] {
  const { containers = [] } = context.spec;
  if (containers.length === 0) return [required(place)];
  const errors: FieldError[] = [];
  const names = new Set<string>();
  for (const [i, container] of containers.entries()) {
    const at = child(place, i);
    errors.push(...validateContainer(container, context, at));
    const name = container.name ?? '';
    if (names.has(name)) errors.push(duplicate(child(at, 'name'), name));
    names.add(name);
    errors.push(...validateLongRunning(container, context, at));
    if (container.restartPolicy !== undefined)
      errors.push(forbidden(child(at, 'restartPolicy'), 'may not be set for non-init containers'));
  }
  return [...errors, ...validateHostPorts(containers, place)];
}

/** The containers that run one after the other before the others; sidecars among them stay. */
export function validateInitContainers(context: ContainerContext, place: FieldPath): FieldError[] {
  const { containers = [], initContainers = [] } = context.spec;
  const names = new Set(containers.map(container => container.name ?? ''));
  return initContainers.flatMap((container, i) => {
    const at = child(place, i);
    const errors = validateContainer(container, context, at);
    const { name = '', restartPolicy } = container;
    if (restartPolicy !== undefined && restartPolicy !== 'Always')
      errors.push(notSupported(child(at, 'restartPolicy'), restartPolicy, ['Always']));
    if (names.has(name)) errors.push(duplicate(child(at, 'name'), name));
    else if (name !== '') names.add(name);
    // Each runs alone, so that each is checked alone: upstream calls it the first.
    errors.push(...validateHostPorts([container], place));
    if (restartPolicy === 'Always') return [...errors, ...validateLongRunning(container, context, at)];
    for (const field of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
      if (container[field] === undefined) continue;
      errors.push(forbidden(child(at, field), 'may not be set for init containers without restartPolicy=Always'));
    }
    return errors;
  });
}

/** What an ephemeral container may have. Source: `allowedEphemeralContainerFields`. */
const NOT_EPHEMERAL = [
  'ports',
  'resources',
  'resizePolicy',
  'restartPolicy',
  'restartPolicyRules',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
] as const;

/** The containers that somebody has added to a running Pod. */
export function validateEphemeralContainers(context: ContainerContext, place: FieldPath): FieldError[] {
  const { containers = [], initContainers = [], ephemeralContainers = [] } = context.spec;
  const others = new Set([...containers, ...initContainers].map(container => container.name ?? ''));
  const names = new Set(others);
  return ephemeralContainers.flatMap((container: Draft<EphemeralContainer>, i) => {
    const at = child(place, i);
    const { name = '', targetContainerName = '' } = container;
    const errors = [...validateContainer(container, context, at), ...validateImageSpace(container, at)];
    if (names.has(name)) errors.push(duplicate(child(at, 'name'), name));
    names.add(name);
    if (targetContainerName !== '' && !others.has(targetContainerName))
      errors.push(fieldNotFound(child(at, 'targetContainerName'), targetContainerName));
    const detail = 'cannot be set for an Ephemeral Container';
    for (const field of NOT_EPHEMERAL) if (isSet(container, field)) errors.push(forbidden(child(at, field), detail));
    for (const [j, mount] of (container.volumeMounts ?? []).entries())
      for (const field of ['subPath', 'subPathExpr'] as const)
        if (mount[field]) errors.push(forbidden(child(at, 'volumeMounts', j, field), detail));
    return errors;
  });
}

/** An empty object is what a struct without values is in Go. */
function isSet(container: Draft<EphemeralContainer>, field: string): boolean {
  const value: unknown = (container as { readonly [field: string]: unknown })[field];
  return value !== undefined && !(field === 'resources' && Object.keys(value ?? {}).length === 0);
}

/** Of Pods, not of templates: templates with an image of one blank exist. */
export function validateImageSpace({ image = '' }: Draft<Container>, place: FieldPath): FieldError[] {
  return image === image.trim()
    ? []
    : [invalid(child(place, 'image'), image, 'must not have leading or trailing whitespace')];
}

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'] as const;
const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'] as const;

function validateContainer(container: Draft<Container>, context: ContainerContext, place: FieldPath): FieldError[] {
  const { name = '', image = '' } = container;
  const { spec, volumes } = context;
  return [
    ...(name === '' ? [required(child(place, 'name'))] : eachInvalid(child(place, 'name'), name, dnsLabel(name))),
    ...(image === '' ? [required(child(place, 'image'))] : []),
    ...validateChoice(container.terminationMessagePolicy, MESSAGE_POLICIES, child(place, 'terminationMessagePolicy')),
    ...validatePorts(container.ports ?? [], child(place, 'ports')),
    ...validateEnvironment(container.env ?? [], child(place, 'env')),
    ...validateEnvironmentFrom(container.envFrom ?? [], child(place, 'envFrom')),
    ...validateMounts(container, volumes, child(place, 'volumeMounts')),
    ...validateDevices(container, volumes, child(place, 'volumeDevices')),
    ...validateChoice(container.imagePullPolicy, PULL_POLICIES, child(place, 'imagePullPolicy')),
    ...validateContainerResources(container.resources ?? {}, spec.resourceClaims ?? [], child(place, 'resources')),
    ...validateResize(container, spec.restartPolicy, child(place, 'resizePolicy')),
    ...validateContainerSecurity(container.securityContext, spec, child(place, 'securityContext')),
  ];
}

/** A text that must be there, and one of a few. */
export function validateChoice(
  value: string | undefined,
  supported: readonly string[],
  place: FieldPath,
): FieldError[] {
  if (value === undefined || value === '') return [required(place)];
  return supported.includes(value) ? [] : [notSupported(place, value, supported)];
}

function validatePorts(ports: readonly Draft<ContainerPort>[], place: FieldPath): FieldError[] {
  const names = new Set<string>();
  return ports.flatMap((port, i) => {
    const at = child(place, i);
    const { name = '', containerPort = 0, hostPort = 0 } = port;
    const errors: FieldError[] = [];
    if (name !== '') {
      const complaints = portName(name);
      errors.push(...eachInvalid(child(at, 'name'), name, complaints));
      if (complaints.length === 0 && names.has(name)) errors.push(duplicate(child(at, 'name'), name));
      names.add(name);
    }
    if (containerPort === 0) errors.push(required(child(at, 'containerPort')));
    else errors.push(...eachInvalid(child(at, 'containerPort'), containerPort, portNumber(containerPort)));
    if (hostPort !== 0) errors.push(...eachInvalid(child(at, 'hostPort'), hostPort, portNumber(hostPort)));
    errors.push(...validateChoice(port.protocol, PROTOCOLS, child(at, 'protocol')));
    return errors;
  });
}

/** Two containers of a Pod cannot have one port of the node. */
function validateHostPorts(containers: Containers, place: FieldPath): FieldError[] {
  const taken = new Set<string>();
  return containers.flatMap((container, i) =>
    (container.ports ?? []).flatMap((port, j) => {
      if (!port.hostPort) return [];
      const key = `${port.protocol ?? ''}/${port.hostIP ?? ''}/${port.hostPort}`;
      if (taken.has(key)) return [duplicate(child(place, i, 'ports', j, 'hostPort'), key)];
      taken.add(key);
      return [];
    }),
  );
}

const RESIZED = ['cpu', 'memory'] as const;
const RESIZE_POLICIES = ['NotRequired', 'RestartContainer'] as const;

/** Most paths are upstream's: they name the list in place of its item. */
function validateResize(container: Draft<Container>, podRestarts: string | undefined, place: FieldPath): FieldError[] {
  const seen = new Set<string>();
  return (container.resizePolicy ?? []).flatMap(({ resourceName = '', restartPolicy = '' }, i) => {
    const errors = seen.has(resourceName) ? [duplicate(child(place, i), resourceName)] : [];
    seen.add(resourceName);
    errors.push(
      ...validateChoice(resourceName, RESIZED, place),
      ...validateChoice(restartPolicy, RESIZE_POLICIES, place),
    );
    if (podRestarts === 'Never' && restartPolicy !== 'NotRequired') {
      const detail = "must be 'NotRequired' when `restartPolicy` is 'Never'";
      errors.push(invalid(place, restartPolicy, detail));
    }
    return errors;
  });
}
