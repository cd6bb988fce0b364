// Ingresses and their classes: hosts, paths, backends.
//
// Read:    kubernetes pkg/apis/networking/validation/validation.go, `ValidateIngressSpec`, `ValidateIngressClass`.

import { isIp } from '../../net/address.ts';
import type { Draft } from '../draft.ts';
import { eachInvalid, type FieldError, forbidden, invalid, notSupported, required, tooLong } from '../fieldError.ts';
import { child, type FieldPath, path, printedAs } from '../fieldPath.ts';
import type {
  HttpIngressPath,
  Ingress,
  IngressBackend,
  IngressClass,
  IngressRule,
  TypedReference,
} from '../kinds/ingress.ts';
import {
  dns1035Label,
  dnsLabel,
  dnsSubdomain,
  pathSegment,
  portName,
  portNumber,
  validateDomainPath,
  wildcardSubdomain,
} from './formats.ts';
import { immutable } from './objectMeta.ts';

const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix'] as const;
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';
/** Source: networking validation, `maxLenIngressClassController`. */
const MAX_CONTROLLER = 250;

export function validateIngress(ingress: Draft<Ingress>): FieldError[] {
  const place = path('spec');
  const { rules = [], defaultBackend, tls = [], ingressClassName } = ingress.spec ?? {};
  const errors: FieldError[] = [];
  if (rules.length === 0 && defaultBackend === undefined)
    errors.push(
      invalid(
        place,
        ingress.spec?.rules === undefined ? null : [],
        'either `defaultBackend` or `rules` must be specified',
      ),
    );
  if (defaultBackend !== undefined) errors.push(...validateBackend(defaultBackend, child(place, 'defaultBackend')));
  errors.push(...rules.flatMap((rule, i) => validateRule(rule, child(place, 'rules', i))));
  for (const [i, { hosts = [], secretName = '' }] of tls.entries()) {
    const at = child(place, 'tls', i);
    for (const [j, host] of hosts.entries()) {
      const complaints = host.includes('*') ? wildcardSubdomain(host) : dnsSubdomain(host);
      errors.push(...eachInvalid(child(at, 'hosts', j), host, complaints));
    }
    if (secretName !== '') errors.push(...eachInvalid(child(at, 'secretName'), secretName, dnsSubdomain(secretName)));
  }
  if (ingressClassName !== undefined)
    errors.push(...eachInvalid(child(place, 'ingressClassName'), ingressClassName, dnsSubdomain(ingressClassName)));
  return errors;
}

/** The older annotation may say the same, or nothing. */
export function validateIngressCreate(ingress: Draft<Ingress>): FieldError[] {
  const annotation = ingress.metadata?.annotations?.[CLASS_ANNOTATION];
  const name = ingress.spec?.ingressClassName;
  if (annotation === undefined || name === undefined || annotation === name) return [];
  // Upstream prints this path without `metadata`.
  const at = printedAs(`annotations.${CLASS_ANNOTATION}`, path('metadata', 'annotations', CLASS_ANNOTATION));
  return [invalid(at, annotation, 'must match `ingressClassName` when both are specified')];
}

function validateRule({ host = '', http }: Draft<IngressRule>, place: FieldPath): FieldError[] {
  const errors: FieldError[] = [];
  if (host !== '') {
    const at = child(place, 'host');
    if (isIp(host)) errors.push(invalid(at, host, 'must be a DNS name, not an IP address'));
    errors.push(...eachInvalid(at, host, host.includes('*') ? wildcardSubdomain(host) : dnsSubdomain(host)));
  }
  if (http === undefined) return errors;
  const paths = http.paths ?? [];
  const at = child(place, 'http', 'paths');
  if (paths.length === 0) errors.push(required(at));
  return [...errors, ...paths.flatMap((item, i) => validatePath(item, child(at, i)))];
}

function validatePath(item: Draft<HttpIngressPath>, place: FieldPath): FieldError[] {
  const { path: text = '', pathType, backend = {} } = item;
  const at = child(place, 'path');
  if (pathType === undefined) return [required(child(place, 'pathType'), 'pathType must be specified')];
  const errors: FieldError[] = [];
  const isAbsolute = text.startsWith('/');
  if (pathType === 'Exact' || pathType === 'Prefix') {
    if (!isAbsolute) errors.push(invalid(at, text, 'must be an absolute path'));
    for (const part of ['//', '/./', '/../', '%2f', '%2F'])
      if (text.includes(part)) errors.push(invalid(at, text, `must not contain '${part}'`));
    for (const end of ['/..', '/.']) if (text.endsWith(end)) errors.push(invalid(at, text, `cannot end with '${end}'`));
  } else if (pathType === 'ImplementationSpecific') {
    if (text !== '' && !isAbsolute) errors.push(invalid(at, text, 'must be an absolute path'));
  } else errors.push(notSupported(child(place, 'pathType'), pathType, PATH_TYPES));
  return [...errors, ...validateBackend(backend, child(place, 'backend'))];
}

function validateBackend({ service, resource }: Draft<IngressBackend>, place: FieldPath): FieldError[] {
  if (service !== undefined && resource !== undefined)
    return [invalid(place, '', 'cannot set both resource and service backends')];
  if (resource !== undefined) return validateReference(resource, child(place, 'resource'));
  if (service === undefined) return [invalid(place, '', 'resource or service backend is required')];
  const { name = '', port = {} } = service;
  const at = child(place, 'service', 'name');
  const errors = name === '' ? [required(at)] : eachInvalid(at, name, dns1035Label(name));
  const { name: portText = '', number = 0 } = port;
  const portPlace = child(place, 'service', 'port');
  if (portText !== '' && number !== 0) errors.push(invalid(place, '', 'cannot set both port name & port number'));
  else if (portText !== '') errors.push(...eachInvalid(child(portPlace, 'name'), portText, portName(portText)));
  else if (number !== 0) errors.push(...eachInvalid(child(portPlace, 'number'), number, portNumber(number)));
  else errors.push(required(place, 'port name or number is required'));
  return errors;
}

function validateReference(reference: Draft<TypedReference>, place: FieldPath): FieldError[] {
  const { apiGroup } = reference;
  const errors = apiGroup === undefined ? [] : eachInvalid(child(place, 'apiGroup'), apiGroup, dnsSubdomain(apiGroup));
  for (const field of ['kind', 'name'] as const) {
    const value = reference[field] ?? '';
    if (value === '') errors.push(required(child(place, field), `${field} is required`));
    else errors.push(...eachInvalid(child(place, field), value, pathSegment(value)));
  }
  return errors;
}

export function validateIngressClass(ingressClass: Draft<IngressClass>): FieldError[] {
  const { controller = '', parameters } = ingressClass.spec ?? {};
  const place = path('spec', 'parameters');
  const errors: FieldError[] = [];
  if (controller.length > MAX_CONTROLLER) errors.push(tooLong(path('spec', 'controller'), MAX_CONTROLLER));
  errors.push(...validateDomainPath(path('spec', 'controller'), controller));
  if (parameters === undefined) return errors;
  errors.push(...validateReference(parameters, place));
  const { scope, namespace } = parameters;
  const at = child(place, 'namespace');
  if (scope === undefined) errors.push(required(child(place, 'scope')));
  else if (scope === 'Cluster') {
    if (namespace !== undefined) errors.push(forbidden(at, "`parameters.scope` is set to 'Cluster'"));
  } else if (scope !== 'Namespace') errors.push(notSupported(child(place, 'scope'), scope, ['Cluster', 'Namespace']));
  else if (namespace === undefined) errors.push(required(at, "`parameters.scope` is set to 'Namespace'"));
  else errors.push(...eachInvalid(at, namespace, dnsLabel(namespace)));
  return errors;
}

export function validateIngressClassUpdate(ingressClass: Draft<IngressClass>, old: IngressClass): FieldError[] {
  return immutable(path('spec', 'controller'), ingressClass.spec?.controller, old.spec.controller);
}
