// ControllerRevision: a state of a StatefulSet or DaemonSet that its controller keeps, for rollbacks.
//
// Read:    kubernetes pkg/apis/apps/validation/validation.go, `ValidateControllerRevision`.

import { required } from '../fieldError.ts';
import { path } from '../fieldPath.ts';
import { asJson } from '../json.ts';
import type { ApiObject } from '../objects.ts';
import type { Json } from '../request.ts';
import { age } from '../timestamps.ts';
import { dnsSubdomain } from '../validation/formats.ts';
import { immutable, nonNegative } from '../validation/objectMeta.ts';
import { column, type Kind, nameColumn } from './kind.ts';

export interface ControllerRevision extends ApiObject {
  /** What is kept: a patch that brings the state back. */
  readonly data?: Json;
  readonly revision: number;
}

export const controllerRevisions: Kind<ControllerRevision> = {
  apiVersion: 'apps/v1',
  kind: 'ControllerRevision',
  resource: 'controllerrevisions',
  singular: 'controllerrevision',
  shortNames: [],
  categories: [],
  namespaced: true,
  subresources: [],
  nameRule: dnsSubdomain,
  countsGenerations: false,
  deletionAnswers: 'status',
  defaults: revision => revision,
  validate: ({ data, revision = 0 }) => [
    ...(data === undefined || data === null ? [required(path('data'), 'data is mandatory')] : []),
    ...nonNegative(path('revision'), revision),
  ],
  validateUpdate: (revision, old) => immutable(path('data'), asJson(revision.data), asJson(old.data)),
  columns: [
    nameColumn(),
    column('Controller', ({ metadata }) => {
      const owner = metadata?.ownerReferences?.find(reference => reference.controller === true);
      if (owner === undefined) return '<none>';
      const [group, version] = (owner.apiVersion ?? '').split('/');
      const kind = (owner.kind ?? '').toLowerCase();
      return `${version === undefined ? kind : `${kind}.${group}`}/${owner.name}`;
    }),
    column('Revision', ({ revision }) => revision ?? 0, 'integer'),
    column('Age', (revision, now) => age(revision.metadata?.creationTimestamp, now)),
  ],
};
