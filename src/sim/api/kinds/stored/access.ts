// Roles and who has them. In the lab everybody may do everything.
//
// Read:    kubernetes pkg/apis/rbac/v1/defaults.go; pkg/apis/rbac/helpers.go, `SubjectsStrings`; pkg/printers.

import { field, isJsonObject } from '../../json.ts';
import { listAt, textAt } from '../../peek.ts';
import type { Json } from '../../request.ts';
import { validateBinding, validateBindingUpdate, validateRole } from '../../validation/access.ts';
import { pathSegment } from '../../validation/formats.ts';
import { column, type Kind, wideColumn } from '../kind.ts';
import { ageColumn, createdAtColumn, type StoredDraft, type StoredKind, storedKind } from './storedKind.ts';

const RBAC = 'rbac.authorization.k8s.io';

function role(kind: 'Role' | 'ClusterRole', scope: StoredKind['scope']): Kind {
  return storedKind({
    apiVersion: `${RBAC}/v1`,
    kind,
    resource: `${kind.toLowerCase()}s`,
    scope,
    nameRule: pathSegment,
    validate: validateRole,
    columns: [createdAtColumn],
  });
}

function binding(kind: 'RoleBinding' | 'ClusterRoleBinding', scope: StoredKind['scope']): Kind {
  return storedKind({
    apiVersion: `${RBAC}/v1`,
    kind,
    resource: `${kind.toLowerCase()}s`,
    scope,
    nameRule: pathSegment,
    defaults: object => withGroups(object),
    validate: object => validateBinding(object, scope),
    validateUpdate: validateBindingUpdate,
    columns: [
      column('Role', object => `${textAt(object, 'roleRef', 'kind')}/${textAt(object, 'roleRef', 'name')}`),
      ageColumn,
      wideColumn('Users', object => subjects(object, 'User')),
      wideColumn('Groups', object => subjects(object, 'Group')),
      wideColumn('ServiceAccounts', object => subjects(object, 'ServiceAccount')),
    ],
  });
}

export const ACCESS_KINDS: readonly Kind[] = [
  role('ClusterRole', 'Cluster'),
  binding('ClusterRoleBinding', 'Cluster'),
  role('Role', 'Namespaced'),
  binding('RoleBinding', 'Namespaced'),
];

function withGroups(object: StoredDraft): StoredDraft {
  const { roleRef, subjects: list } = object as StoredDraft & { readonly roleRef?: Json; readonly subjects?: Json };
  return {
    ...object,
    ...(isJsonObject(roleRef) && { roleRef: { ...roleRef, apiGroup: roleRef.apiGroup || RBAC } }),
    ...(Array.isArray(list) && { subjects: list.map(withGroup) }),
  };
}

function withGroup(subject: Json): Json {
  if (!isJsonObject(subject) || subject.apiGroup) return subject;
  return subject.kind === 'User' || subject.kind === 'Group' ? { ...subject, apiGroup: RBAC } : subject;
}

/** Accounts with their namespace: `default/robot`. */
function subjects(object: StoredDraft, kind: 'User' | 'Group' | 'ServiceAccount'): string {
  return listAt(object, 'subjects')
    .flatMap(subject => {
      if (!isJsonObject(subject) || subject.kind !== kind) return [];
      const name = String(field(subject, 'name') ?? '');
      return [kind === 'ServiceAccount' && subject.namespace ? `${subject.namespace}/${name}` : name];
    })
    .join(', ');
}
