// Kinds that the lab keeps, checks and shows, and does nothing with: one short entry each, the schema does the work.

import type { Draft } from '../../draft.ts';
import type { FieldError } from '../../fieldError.ts';
import type { JsonObject } from '../../json.ts';
import type { ApiObject } from '../../objects.ts';
import { age } from '../../timestamps.ts';
import { dnsSubdomain, type NameRule } from '../../validation/formats.ts';
import { validateBySchema } from '../../validation/schema.ts';
import { type Column, column, type Kind, nameColumn, type Subresource } from '../kind.ts';

/** An object of such a kind: what it has beside the metadata is looked up when it is needed, with peek.ts. */
export type StoredDraft = Draft<ApiObject>;

export interface StoredKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly resource: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly scope: 'Namespaced' | 'Cluster';
  readonly nameRule?: NameRule;
  /** What a new object has as its status. Kinds without one have no `status` subresource. */
  readonly initialStatus?: JsonObject;
  readonly generations?: 'counted' | 'none';
  readonly deletionAnswers?: 'object' | 'status';
  readonly subresources?: readonly Subresource[];
  defaults?(object: StoredDraft): StoredDraft;
  /** In place of what the schema says of required fields and of fields with a few values. */
  validate?(object: StoredDraft): readonly FieldError[];
  validateUpdate?(object: StoredDraft, old: ApiObject): readonly FieldError[];
  /** Between the name and the age, or with the age in its place: see {@link ageColumn}. */
  readonly columns: readonly Column<ApiObject>[];
  readonly scale?: Kind['scale'];
}

/** A descriptor of a kind without effect. */
export function storedKind(stored: StoredKind): Kind {
  const { initialStatus, validateUpdate, scale } = stored;
  const { apiVersion, kind } = stored;
  return {
    apiVersion,
    kind,
    resource: stored.resource,
    singular: kind.toLowerCase(),
    shortNames: stored.shortNames ?? [],
    categories: stored.categories ?? [],
    namespaced: stored.scope === 'Namespaced',
    subresources: stored.subresources ?? (initialStatus === undefined ? [] : ['status']),
    nameRule: stored.nameRule ?? dnsSubdomain,
    countsGenerations: stored.generations === 'counted',
    deletionAnswers: stored.deletionAnswers ?? 'status',
    effect: 'none',
    defaults: object => stored.defaults?.(object) ?? object,
    ...(initialStatus !== undefined && {
      prepareCreate: (object: StoredDraft) => ({ ...object, ...{ status: initialStatus } }),
      prepareUpdate: (object: StoredDraft, old: ApiObject) =>
        'status' in old ? { ...object, ...{ status: old.status } } : object,
    }),
    validate: object => stored.validate?.(object) ?? validateBySchema(apiVersion, kind, object),
    ...(validateUpdate !== undefined && { validateUpdate }),
    columns: [nameColumn(), ...stored.columns],
    ...(scale !== undefined && { scale }),
  };
}

export const ageColumn: Column<ApiObject> = column('Age', (object, now) =>
  age(object.metadata?.creationTimestamp, now),
);

/** Kinds that people look up by date have the time itself in place of the age. */
export const createdAtColumn: Column<ApiObject> = column(
  'Created At',
  object => object.metadata?.creationTimestamp ?? '<unknown>',
);

/** The object with another spec. */
export function withSpec(object: StoredDraft, spec: JsonObject): StoredDraft {
  return { ...object, ...{ spec } };
}
