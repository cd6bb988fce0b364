// Probes and lifecycle hooks: what they do, and how often.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `validateProbe`, `validateHandler`.

import type { Draft } from '../../draft.ts';
import { eachInvalid, type FieldError, forbidden, invalid, notSupported, required } from '../../fieldError.ts';
import { child, type FieldPath } from '../../fieldPath.ts';
import type { HttpGetAction, Lifecycle, PodSpec, Probe, ProbeAction } from '../../kinds/podSpec.ts';
import { httpHeaderName, portName, portNumber } from '../formats.ts';
import { nonNegative } from '../objectMeta.ts';

/** Liveness and startup probes cannot ask for several successes in a row. */
export function validateProbe(
  probe: Draft<Probe> | undefined,
  place: FieldPath,
  sort: 'liveness' | 'readiness' | 'startup',
): FieldError[] {
  if (probe === undefined) return [];
  const errors = [
    ...validateAction(probe, undefined, place),
    ...nonNegative(child(place, 'initialDelaySeconds'), probe.initialDelaySeconds ?? 0),
    ...nonNegative(child(place, 'timeoutSeconds'), probe.timeoutSeconds ?? 0),
    ...nonNegative(child(place, 'periodSeconds'), probe.periodSeconds ?? 0),
    ...nonNegative(child(place, 'successThreshold'), probe.successThreshold ?? 0),
    ...nonNegative(child(place, 'failureThreshold'), probe.failureThreshold ?? 0),
  ];
  const grace = probe.terminationGracePeriodSeconds;
  const at = child(place, 'terminationGracePeriodSeconds');
  if (grace !== undefined && grace <= 0) errors.push(invalid(at, grace, 'must be greater than 0'));
  if (sort === 'readiness')
    return grace === undefined ? errors : [...errors, invalid(at, grace, 'must not be set for readinessProbes')];
  if (probe.successThreshold !== 1)
    errors.push(invalid(child(place, 'successThreshold'), probe.successThreshold ?? 0, 'must be 1'));
  return errors;
}

/** Exactly one action. @param grace seconds that the Pod has to end */
function validateAction(action: Draft<ProbeAction>, grace: number | undefined, place: FieldPath): FieldError[] {
  const errors: FieldError[] = [];
  let found = 0;
  const each = <T>(name: string, value: T | undefined, validate: (value: T, at: FieldPath) => FieldError[]) => {
    if (value === undefined) return;
    const at = child(place, name);
    if (found++ > 0) errors.push(forbidden(at, 'may not specify more than 1 handler type'));
    else errors.push(...validate(value, at));
  };
  each('exec', action.exec, (exec, at) => ((exec.command ?? []).length === 0 ? [required(child(at, 'command'))] : []));
  each('httpGet', action.httpGet, validateHttpGet);
  each('tcpSocket', action.tcpSocket, (socket, at) => validatePort(socket.port, child(at, 'port')));
  each('grpc', action.grpc, (grpc, at) => validatePort(grpc.port ?? 0, child(at, 'port')));
  each('sleep', action.sleep, ({ seconds = 0 }, at) =>
    grace === undefined || (seconds >= 0 && seconds <= grace)
      ? []
      : [invalid(at, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${grace})`)],
  );
  return found === 0 ? [required(place, 'must specify a handler type')] : errors;
}

/** What is done when a container has started, and before it ends. */
export function validateLifecycle(
  lifecycle: Draft<Lifecycle> | undefined,
  { terminationGracePeriodSeconds: grace, os }: Draft<PodSpec>,
  place: FieldPath,
): FieldError[] {
  if (lifecycle === undefined) return [];
  const { postStart, preStop, stopSignal } = lifecycle;
  return [
    ...(postStart === undefined ? [] : validateAction(postStart, grace, child(place, 'postStart'))),
    ...(preStop === undefined ? [] : validateAction(preStop, grace, child(place, 'preStop'))),
    ...(stopSignal === undefined ? [] : validateSignal(stopSignal, os?.name, child(place, 'stopSignal'))),
  ];
}

const REAL_TIME = Array.from({ length: 15 }, (_, i) => `SIGRTMIN+${i + 1}`).concat(
  Array.from({ length: 14 }, (_, i) => `SIGRTMAX-${i + 1}`),
);
const SIGNALS = [
  ...'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT RTMAX RTMIN SEGV STKFLT STOP'
    .concat(' SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ')
    .split(' ')
    .map(name => `SIG${name}`),
  ...REAL_TIME,
].sort();

function validateSignal(signal: string, os: string | undefined, place: FieldPath): FieldError[] {
  if (os === undefined) return [forbidden(place, 'may not be set for containers with empty `spec.os.name`')];
  const supported = os === 'windows' ? ['SIGKILL', 'SIGTERM'] : SIGNALS;
  return supported.includes(signal) ? [] : [notSupported(place, signal, supported)];
}

function validateHttpGet(action: Draft<HttpGetAction>, place: FieldPath): FieldError[] {
  const errors: FieldError[] = [];
  if ((action.path ?? '') === '') errors.push(required(child(place, 'path')));
  errors.push(...validatePort(action.port, child(place, 'port')));
  if (action.scheme !== 'HTTP' && action.scheme !== 'HTTPS')
    errors.push(notSupported(child(place, 'scheme'), action.scheme ?? '', ['HTTP', 'HTTPS']));
  for (const header of action.httpHeaders ?? []) {
    const name = header?.name ?? '';
    errors.push(...eachInvalid(child(place, 'httpHeaders'), name, httpHeaderName(name)));
  }
  return errors;
}

/** A port by its number or its name. Source: `ValidatePortNumOrName`. */
export function validatePort(port: number | string | undefined, place: FieldPath): FieldError[] {
  if (typeof port === 'string') return eachInvalid(place, port, portName(port));
  return eachInvalid(place, port ?? 0, portNumber(port ?? 0));
}
