// Roles and bindings: rules, subjects, and the role that never changes.
//
// Read:    kubernetes pkg/apis/rbac/validation/validation.go.

import type { Draft } from '../draft.ts';
import { type FieldError, invalid, notSupported, required } from '../fieldError.ts';
import { child, type FieldPath, path } from '../fieldPath.ts';
import { equalJson, field, isJsonArray, isJsonObject, type JsonObject } from '../json.ts';
import type { ApiObject } from '../objects.ts';
import { listAt, peek, textAt } from '../peek.ts';
import type { Json } from '../request.ts';
import { dnsSubdomain, pathSegment } from './formats.ts';

const RBAC = 'rbac.authorization.k8s.io';

export function validateRole(role: Draft<ApiObject>): FieldError[] {
  const isNamespaced = textAt(role, 'kind') === 'Role';
  return listAt(role, 'rules').flatMap((rule, i) => validateRule(asObject(rule), isNamespaced, path('rules', i)));
}

function validateRule(rule: JsonObject, isNamespaced: boolean, place: FieldPath): FieldError[] {
  const count = (name: string) => {
    const list = field(rule, name);
    return isJsonArray(list) ? list.length : 0;
  };
  const errors: FieldError[] = [];
  if (count('verbs') === 0) errors.push(required(child(place, 'verbs'), 'verbs must contain at least one value'));
  if (count('nonResourceURLs') > 0) {
    const at = child(place, 'nonResourceURLs');
    const urls = field(rule, 'nonResourceURLs') ?? null;
    if (isNamespaced) errors.push(invalid(at, urls, 'namespaced rules cannot apply to non-resource URLs'));
    if (count('apiGroups') + count('resources') + count('resourceNames') > 0)
      errors.push(invalid(at, urls, 'rules cannot apply to both regular resources and non-resource URLs'));
    return errors;
  }
  if (count('apiGroups') === 0)
    errors.push(required(child(place, 'apiGroups'), 'resource rules must supply at least one api group'));
  if (count('resources') === 0)
    errors.push(required(child(place, 'resources'), 'resource rules must supply at least one resource'));
  return errors;
}

/** A binding of one namespace may name a role of that namespace or of the cluster. */
export function validateBinding(binding: Draft<ApiObject>, scope: 'Namespaced' | 'Cluster'): FieldError[] {
  const place = path('roleRef');
  const errors: FieldError[] = [];
  const [group, kind, name] = ['apiGroup', 'kind', 'name'].map(key => textAt(binding, 'roleRef', key));
  if (group !== RBAC) errors.push(notSupported(child(place, 'apiGroup'), group ?? '', [RBAC]));
  const kinds = scope === 'Cluster' ? ['ClusterRole'] : ['Role', 'ClusterRole'];
  if (!kinds.includes(kind ?? '')) errors.push(notSupported(child(place, 'kind'), kind ?? '', kinds));
  if (!name) errors.push(required(child(place, 'name')));
  else for (const complaint of pathSegment(name)) errors.push(invalid(child(place, 'name'), name, complaint));
  return [
    ...errors,
    ...listAt(binding, 'subjects').flatMap((subject, i) =>
      validateSubject(asObject(subject), scope, path('subjects', i)),
    ),
  ];
}

function validateSubject(subject: JsonObject, scope: 'Namespaced' | 'Cluster', place: FieldPath): FieldError[] {
  const text = (name: string) => String(field(subject, name) ?? '');
  const errors: FieldError[] = [];
  if (text('name') === '') errors.push(required(child(place, 'name')));
  switch (text('kind')) {
    case 'ServiceAccount':
      if (text('name') !== '')
        for (const complaint of dnsSubdomain(text('name')))
          errors.push(invalid(child(place, 'name'), text('name'), complaint));
      if (text('apiGroup') !== '') errors.push(notSupported(child(place, 'apiGroup'), text('apiGroup'), ['']));
      if (scope === 'Cluster' && text('namespace') === '') errors.push(required(child(place, 'namespace')));
      return errors;
    case 'User':
    case 'Group':
      if (text('apiGroup') !== RBAC) errors.push(notSupported(child(place, 'apiGroup'), text('apiGroup'), [RBAC]));
      return errors;
    default: {
      const known = ['ServiceAccount', 'User', 'Group'];
      return [...errors, notSupported(child(place, 'kind'), text('kind'), known)];
    }
  }
}

export function validateBindingUpdate(binding: Draft<ApiObject>, old: ApiObject): FieldError[] {
  const roleRef = peek(binding, 'roleRef');
  if (equalJson(roleRef, peek(old, 'roleRef'))) return [];
  return [invalid(path('roleRef'), roleRef, 'cannot change roleRef')];
}

function asObject(value: Json): JsonObject {
  return isJsonObject(value) ? value : {};
}
