// What a kind is, for the server: one descriptor a kind, in a file of its own, registered in scheme.ts.

import type { VirtualMs } from '../../runtime/clock.ts';
import type { KindRef } from '../client.ts';
import type { Decoded } from '../decode.ts';
import type { Draft } from '../draft.ts';
import type { FieldError } from '../fieldError.ts';
import type { ApiObject } from '../objects.ts';
import type { Json } from '../request.ts';
import type { NameRule } from '../validation/formats.ts';

export type Cell = string | number | boolean;

/** A few cells are cut short where there is little room. The API server always prints wide and leaves the choice to kubectl. */
export type CellWidth = 'wide' | 'narrow';

/** A column of `kubectl get`. kubectl prints its name in capitals. */
export interface Column<T extends ApiObject> {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'boolean';
  /** `name` for the column that identifies the object. */
  readonly format?: 'name';
  /** 0: always shown; 1: with `-o wide`. */
  readonly priority: 0 | 1;
  cell(object: Draft<T>, now: VirtualMs, width?: CellWidth): Cell;
}

/** A resource below an object: `pods/web/status`. */
export type Subresource =
  | 'status'
  | 'scale'
  | 'binding'
  | 'eviction'
  | 'finalize'
  | 'log'
  | 'exec'
  | 'attach'
  | 'portforward';

/** Which of the fields of a kind the `scale` subresource stands for. */
export interface ScaleFields<T extends ApiObject> {
  specReplicas(object: T): number;
  statusReplicas(object: T): number;
  /** As text, for autoscalers. */
  selector(object: T): string;
  withReplicas(object: T, replicas: number): Draft<T>;
}

/**
 * A kind. Methods rather than function fields, so that a list can hold descriptors of different kinds.
 * They are pure: they return new objects and change nothing.
 */
export interface Kind<T extends ApiObject = ApiObject> extends KindRef<T> {
  readonly singular: string;
  readonly shortNames: readonly string[];
  /** `all`: shown by `kubectl get all`. */
  readonly categories: readonly string[];
  readonly subresources: readonly Subresource[];
  readonly nameRule: NameRule;
  /** Does the server count changes of the spec in metadata.generation? */
  readonly countsGenerations: boolean;
  /** An object as a request of deletion leaves it: some kinds answer with the object, the others with a Status. */
  readonly deletionAnswers: 'object' | 'status';
  /** `none`: objects are kept and shown, and nothing in the lab acts on them. Whoever makes the first is told so. */
  readonly effect?: 'none';
  /** A warning that goes with every answer about the kind. */
  readonly deprecation?: string;
  /** For kinds that the server's own schema does not have: fits a value to the kind's structure. */
  decode?(value: Json): Decoded;
  /** Fills in what the client left out, as the API documents it. */
  defaults(object: Draft<T>): Draft<T>;
  /** What the server sets or takes away when an object is created: a new Pod has no status but `Pending`. */
  prepareCreate?(object: Draft<T>): Draft<T>;
  /** The same for an update: what the client may not touch is taken from `old`. */
  prepareUpdate?(object: Draft<T>, old: T): Draft<T>;
  /** All that is wrong beside the metadata. The object has its defaults. */
  validate(object: Draft<T>): readonly FieldError[];
  /** What is asked of new objects only. */
  validateCreate?(object: Draft<T>): readonly FieldError[];
  /** What may not change, or not so. {@link Kind.validate} runs too. */
  validateUpdate?(object: Draft<T>, old: T): readonly FieldError[];
  validateStatus?(object: Draft<T>, old: T): readonly FieldError[];
  /** What is allowed and hardly ever meant. Without `old` the object is new. */
  warnings?(object: T, old: T | undefined): readonly string[];
  readonly columns: readonly Column<T>[];
  /** Names under which the store finds the object beside its labels and owners: `nodeName=node-1`. */
  indexes?(object: T): readonly string[];
  /** The value of a field for `fieldSelector`, beside metadata.name and metadata.namespace; undefined: not selectable. */
  selectableField?(object: T, field: string): string | undefined;
  readonly selectableFields?: readonly string[];
  readonly scale?: ScaleFields<T>;
}

/** A column that is always shown. */
export function column<T extends ApiObject>(
  name: string,
  cell: Column<T>['cell'],
  type: Column<T>['type'] = 'string',
): Column<T> {
  return { name, type, priority: 0, cell };
}

/** A column of `-o wide`. */
export function wideColumn<T extends ApiObject>(name: string, cell: Column<T>['cell']): Column<T> {
  return { name, type: 'string', priority: 1, cell };
}

/** The first column of every kind. */
export function nameColumn<T extends ApiObject>(): Column<T> {
  return { name: 'Name', type: 'string', format: 'name', priority: 0, cell: object => nameOf(object) };
}

function nameOf(object: Draft<ApiObject>): string {
  return object.metadata?.name ?? '';
}
