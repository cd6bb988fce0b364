// Probes and lifecycle hooks: what they do, and how often.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `validateProbe`, `validateHandler`.

import type { Draft } from '../draft.ts';
import { eachInvalid, type FieldError, forbidden, invalid, notSupported, required } from '../fieldError.ts';
import { child, type FieldPath } from '../fieldPath.ts';
import type { HttpGetAction, Probe, ProbeAction } from '../kinds/podSpec.ts';
import { httpHeaderName, portName, portNumber } from './formats.ts';
import { nonNegative } from './objectMeta.ts';

/** Liveness and startup probes cannot ask for several successes in a row. */
export function validateProbe(
  probe: Draft<Probe> | undefined,
  place: FieldPath,
  sort: 'liveness' | 'readiness' | 'startup',
): FieldError[] {
  if (probe === undefined) return [];
  const errors = [
    ...validateAction(probe, place),
    ...nonNegative(child(place, 'initialDelaySeconds'), probe.initialDelaySeconds ?? 0),
    ...nonNegative(child(place, 'timeoutSeconds'), probe.timeoutSeconds ?? 0),
    ...nonNegative(child(place, 'periodSeconds'), probe.periodSeconds ?? 0),
    ...nonNegative(child(place, 'successThreshold'), probe.successThreshold ?? 0),
    ...nonNegative(child(place, 'failureThreshold'), probe.failureThreshold ?? 0),
  ];
  const grace = probe.terminationGracePeriodSeconds;
  if (sort === 'readiness') {
    if (grace !== undefined) {
      const detail = 'must not be set for readinessProbes';
      errors.push(invalid(child(place, 'terminationGracePeriodSeconds'), grace, detail));
    }
    return errors;
  }
  if (grace !== undefined && grace <= 0)
    errors.push(invalid(child(place, 'terminationGracePeriodSeconds'), grace, 'must be greater than 0'));
  if (probe.successThreshold !== 1)
    errors.push(invalid(child(place, 'successThreshold'), probe.successThreshold ?? 0, 'must be 1'));
  return errors;
}

/** Exactly one action. */
export function validateAction(action: Draft<ProbeAction>, place: FieldPath): FieldError[] {
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
  each('grpc', action.grpc, (grpc, at) => eachInvalid(child(at, 'port'), grpc.port ?? 0, portNumber(grpc.port ?? 0)));
  each('sleep', action.sleep, (sleep, at) =>
    (sleep.seconds ?? 0) < 0
      ? [invalid(child(at, 'seconds'), sleep.seconds ?? 0, 'must be greater than or equal to 0')]
      : [],
  );
  return found === 0 ? [required(place, 'must specify a handler type')] : errors;
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
