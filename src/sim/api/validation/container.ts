// Containers: names, images, ports, environment, mounts.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `validateContainers`, `validateContainerCommon`.

import type { Draft } from '../draft.ts';
import {
  duplicate,
  eachInvalid,
  type FieldError,
  fieldNotFound,
  forbidden,
  invalid,
  notSupported,
  required,
} from '../fieldError.ts';
import { child, type FieldPath } from '../fieldPath.ts';
import type { Container, ContainerPort, EnvVar, Lifecycle, VolumeMount } from '../kinds/podSpec.ts';
import { dnsLabel, environmentName, portName, portNumber, validateIp } from './formats.ts';
import { validateAction, validateProbe } from './probe.ts';
import { validateResources } from './resources.ts';
import { validateContainerSecurity } from './security.ts';

/** In the order in which the API server prints them. */
export const PROTOCOLS = ['SCTP', 'TCP', 'UDP'] as const;

type Containers = readonly Draft<Container>[];

export interface ContainerContext {
  readonly volumes: ReadonlySet<string>;
  readonly isHostNetwork: boolean;
}

/** The containers that run side by side. */
export function validateContainers(containers: Containers, context: ContainerContext, place: FieldPath): FieldError[] {
  if (containers.length === 0) return [required(place)];
  const errors: FieldError[] = [];
  const names = new Set<string>();
  for (const [i, container] of containers.entries()) {
    const at = child(place, i);
    errors.push(...validateContainer(container, context, at));
    const name = container.name ?? '';
    if (names.has(name)) errors.push(duplicate(child(at, 'name'), name));
    else names.add(name);
    if (container.restartPolicy !== undefined)
      errors.push(forbidden(child(at, 'restartPolicy'), 'may not be set for non-init containers'));
    errors.push(
      ...validateLifecycle(container.lifecycle, child(at, 'lifecycle')),
      ...validateProbe(container.livenessProbe, child(at, 'livenessProbe'), 'liveness'),
      ...validateProbe(container.readinessProbe, child(at, 'readinessProbe'), 'readiness'),
      ...validateProbe(container.startupProbe, child(at, 'startupProbe'), 'startup'),
    );
  }
  return [...errors, ...validateHostPorts(containers, place)];
}

/** The containers that run one after the other before the others; sidecars among them stay. */
export function validateInitContainers(
  containers: Containers,
  regular: Containers,
  context: ContainerContext,
  place: FieldPath,
): FieldError[] {
  const errors: FieldError[] = [];
  const names = new Set(regular.map(container => container?.name ?? ''));
  for (const [i, container] of containers.entries()) {
    const at = child(place, i);
    errors.push(...validateContainer(container, context, at));
    const name = container.name ?? '';
    if (name !== '' && names.has(name)) errors.push(duplicate(child(at, 'name'), name));
    else names.add(name);
    const { restartPolicy } = container;
    if (restartPolicy === 'Always') {
      errors.push(
        ...validateLifecycle(container.lifecycle, child(at, 'lifecycle')),
        ...validateProbe(container.livenessProbe, child(at, 'livenessProbe'), 'liveness'),
        ...validateProbe(container.readinessProbe, child(at, 'readinessProbe'), 'readiness'),
        ...validateProbe(container.startupProbe, child(at, 'startupProbe'), 'startup'),
      );
      continue;
    }
    if (restartPolicy !== undefined) errors.push(notSupported(child(at, 'restartPolicy'), restartPolicy, ['Always']));
    for (const field of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const) {
      if (container[field] === undefined) continue;
      errors.push(forbidden(child(at, field), 'may not be set for init containers without restartPolicy=Always'));
    }
  }
  return [...errors, ...validateHostPorts(containers, place)];
}

function validateContainer(container: Draft<Container>, context: ContainerContext, place: FieldPath): FieldError[] {
  const { name = '', image = '', imagePullPolicy = '', terminationMessagePolicy = '' } = container;
  const errors: FieldError[] = [];
  if (name === '') errors.push(required(child(place, 'name')));
  else errors.push(...eachInvalid(child(place, 'name'), name, dnsLabel(name)));
  // Blanks pass here: templates with an image of one blank exist. Pods are checked more strictly.
  if (image === '') errors.push(required(child(place, 'image')));
  if (terminationMessagePolicy === '') errors.push(required(child(place, 'terminationMessagePolicy')));
  else if (terminationMessagePolicy !== 'File' && terminationMessagePolicy !== 'FallbackToLogsOnError') {
    const supported = ['File', 'FallbackToLogsOnError'];
    errors.push(notSupported(child(place, 'terminationMessagePolicy'), terminationMessagePolicy, supported));
  }
  errors.push(...validatePorts(container.ports ?? [], context.isHostNetwork, child(place, 'ports')));
  errors.push(...(container.env ?? []).flatMap((variable, i) => validateEnv(variable ?? {}, child(place, 'env', i))));
  errors.push(...validateMounts(container.volumeMounts ?? [], context.volumes, child(place, 'volumeMounts')));
  if (imagePullPolicy === '') errors.push(required(child(place, 'imagePullPolicy')));
  else if (!['Always', 'IfNotPresent', 'Never'].includes(imagePullPolicy)) {
    errors.push(notSupported(child(place, 'imagePullPolicy'), imagePullPolicy, ['Always', 'IfNotPresent', 'Never']));
  }
  errors.push(...validateResources(container.resources ?? {}, child(place, 'resources')));
  errors.push(...validateContainerSecurity(container.securityContext, child(place, 'securityContext')));
  return errors;
}

type Ports = readonly Draft<ContainerPort>[];

function validatePorts(ports: Ports, isHostNetwork: boolean, place: FieldPath): FieldError[] {
  const errors: FieldError[] = [];
  const names = new Set<string>();
  for (const [i, port] of ports.entries()) {
    const at = child(place, i);
    const { name = '', containerPort = 0, hostPort = 0, protocol = '', hostIP = '' } = port;
    if (name !== '') {
      const complaints = portName(name);
      errors.push(...eachInvalid(child(at, 'name'), name, complaints));
      if (complaints.length === 0 && names.has(name)) errors.push(duplicate(child(at, 'name'), name));
      names.add(name);
    }
    if (containerPort === 0) errors.push(required(child(at, 'containerPort')));
    else errors.push(...eachInvalid(child(at, 'containerPort'), containerPort, portNumber(containerPort)));
    if (hostPort !== 0) errors.push(...eachInvalid(child(at, 'hostPort'), hostPort, portNumber(hostPort)));
    if (protocol === '') errors.push(required(child(at, 'protocol')));
    else if (!PROTOCOLS.some(known => known === protocol))
      errors.push(notSupported(child(at, 'protocol'), protocol, PROTOCOLS));
    if (hostIP !== '') errors.push(...validateIp(child(at, 'hostIP'), hostIP));
    if (isHostNetwork && hostPort !== containerPort)
      errors.push(
        invalid(child(at, 'containerPort'), containerPort, 'must match `hostPort` when `hostNetwork` is true'),
      );
  }
  return errors;
}

/** Two containers of a Pod cannot have one port of the node. */
function validateHostPorts(containers: Containers, place: FieldPath): FieldError[] {
  const taken = new Set<string>();
  return containers.flatMap((container, i) =>
    (container?.ports ?? []).flatMap((port, j) => {
      if (!port?.hostPort) return [];
      const key = `${port.protocol}/${port.hostIP ?? ''}/${port.hostPort}`;
      if (taken.has(key)) return [duplicate(child(place, i, 'ports', j, 'hostPort'), key)];
      taken.add(key);
      return [];
    }),
  );
}

function validateEnv(variable: Draft<EnvVar>, place: FieldPath): FieldError[] {
  const { name = '', value = '', valueFrom } = variable;
  const errors =
    name === '' ? [required(child(place, 'name'))] : eachInvalid(child(place, 'name'), name, environmentName(name));
  if (valueFrom === undefined) return errors;
  const at = child(place, 'valueFrom');
  const sources = Object.keys(valueFrom).length;
  if (sources === 0)
    errors.push(
      invalid(at, '', 'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`'),
    );
  else if (value !== '') errors.push(invalid(at, '', 'may not be specified when `value` is not empty'));
  else if (sources > 1) errors.push(invalid(at, '', 'may not have more than one field specified at a time'));
  if (valueFrom.fieldRef !== undefined && (valueFrom.fieldRef.fieldPath ?? '') === '')
    errors.push(required(child(at, 'fieldRef', 'fieldPath')));
  return errors;
}

function validateMounts(
  mounts: readonly Draft<VolumeMount>[],
  volumes: ReadonlySet<string>,
  place: FieldPath,
): FieldError[] {
  const errors: FieldError[] = [];
  const paths = new Set<string>();
  for (const [i, mount] of mounts.entries()) {
    const at = child(place, i);
    const { name = '', mountPath = '' } = mount ?? {};
    if (name === '') errors.push(required(child(at, 'name')));
    if (!volumes.has(name)) errors.push(fieldNotFound(child(at, 'name'), name));
    if (mountPath === '') errors.push(required(child(at, 'mountPath')));
    if (paths.has(mountPath)) errors.push(invalid(child(at, 'mountPath'), mountPath, 'must be unique'));
    paths.add(mountPath);
  }
  return errors;
}

function validateLifecycle(lifecycle: Draft<Lifecycle> | undefined, place: FieldPath): FieldError[] {
  return [
    ...(lifecycle?.postStart === undefined ? [] : validateAction(lifecycle.postStart, child(place, 'postStart'))),
    ...(lifecycle?.preStop === undefined ? [] : validateAction(lifecycle.preStop, child(place, 'preStop'))),
  ];
}
