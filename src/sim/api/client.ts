// How controllers and node agents use the API: typed, in the process, through the same admission and store as requests.

import type { Result } from '../runtime/errors.ts';
import type { FieldError } from './fieldError.ts';
import type { ApiObject, LabelSelector, NewObject, ObjectKey } from './objects.ts';
import type { Measure } from './objectTable.ts';

/** A kind, as far as a client must know it. Descriptors (kinds/*.ts) are of this type. `T` is the type of its objects. */
export interface KindRef<T extends ApiObject> {
  readonly apiVersion: string;
  readonly kind: string;
  /** The plural in paths: `endpointslices`. */
  readonly resource: string;
  readonly namespaced: boolean;
  /** Only for the compiler: ties the descriptor to its object type. */
  readonly object?: T;
}

/** One of several things that are wrong: `metav1.StatusCause`. */
export interface StatusCause {
  /** `FieldValueInvalid`, `NamespaceTerminating`, ... */
  readonly reason: string;
  readonly message: string;
  readonly field?: string;
}

/** `metav1.StatusDetails`. */
export interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  /** When to ask again. */
  readonly retryAfterSeconds?: number;
  readonly causes?: readonly StatusCause[];
}

/** The API server's refusal: a `metav1.Status` of kind failure. */
export interface ApiError {
  /** HTTP status code. */
  readonly code: number;
  /** `NotFound`, `AlreadyExists`, `Conflict`, `Invalid`, ... */
  readonly reason: string;
  readonly message: string;
  readonly details?: StatusDetails;
  /** With what a list can go on all the same. */
  readonly continue?: string;
  /** For `Invalid`: the errors with their places. Not a part of the Status that is sent. */
  readonly fieldErrors?: readonly FieldError[];
}

export interface ApiChange<T extends ApiObject> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: T;
  /** The object before the change; absent when it was added. */
  readonly previous?: T;
}

/** Which objects of a kind. All conditions given must hold. */
export interface ListOptions {
  readonly namespace?: string;
  readonly selector?: LabelSelector;
  /** The uid of an owner, by ownerReferences. */
  readonly owner?: string;
  /** The uid of the one owner that controls it; empty: those that nobody controls. */
  readonly controller?: string;
  /** Pods only: the node that they are bound to; empty: those that are bound to none. */
  readonly node?: string;
}

export interface DeleteOptions {
  /** What is left of an object's time; 0 deletes at once. By default what the object says. */
  readonly gracePeriodSeconds?: number;
  /**
   * - `Background` (default): objects that it owns are deleted after it.
   * - `Foreground`: before it.
   * - `Orphan`: not at all.
   */
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  /** Refuse when the object that has the name now is another one. */
  readonly uid?: string;
  /** Refuse when it has changed since it had this one. */
  readonly resourceVersion?: string;
}

export interface ApiClient {
  /** The same server for another program, as its writes name it. */
  as(userAgent: string): ApiClient;
  get<T extends ApiObject>(kind: KindRef<T>, key: ObjectKey): T | undefined;
  /** In the order of namespace and name. */
  list<T extends ApiObject>(kind: KindRef<T>, options?: ListOptions): readonly T[];
  /** How many {@link ApiClient.list} would return. Costs nothing for a single condition. */
  count<T extends ApiObject>(kind: KindRef<T>, options?: ListOptions): number;
  /**
   * Sums over what a list by one condition would have; see {@link ObjectTable.tally}: asking costs nothing.
   * @param measure the same function each time
   */
  tally<T extends ApiObject>(
    kind: KindRef<T>,
    under: { readonly controller: string } | { readonly node: string },
    measure: Measure<T>,
  ): ReadonlyMap<string, number>;
  /** The kind of an ownerReference or involvedObject, if the server knows it. */
  kindOf(apiVersion: string, kind: string): KindRef<ApiObject> | undefined;
  /** All kinds that the server knows. */
  kinds(): readonly KindRef<ApiObject>[];
  create<T extends ApiObject>(kind: KindRef<T>, object: NewObject<T>): Result<T, ApiError>;
  /** Fails with `Conflict` when the object has changed since it was read (its resourceVersion). */
  update<T extends ApiObject>(kind: KindRef<T>, object: T): Result<T, ApiError>;
  /** Writes only the status. */
  updateStatus<T extends ApiObject>(kind: KindRef<T>, object: T): Result<T, ApiError>;
  /** Deletes at once, or marks with a deletionTimestamp where a grace period or finalizers hold it back. */
  delete<T extends ApiObject>(kind: KindRef<T>, key: ObjectKey, options?: DeleteOptions): Result<void, ApiError>;
  /** Binds a Pod to a node: the `binding` subresource. */
  bind(pod: ObjectKey, node: string): Result<void, ApiError>;
  /** Takes the last finalizer off a namespace that is empty: the `finalize` subresource. */
  finalizeNamespace(name: string): Result<void, ApiError>;
  /** Calls at once for each change from now on. Returns how to stop. */
  watch<T extends ApiObject>(kind: KindRef<T>, listener: (change: ApiChange<T>) => void): () => void;
  /**
   * Records a Kubernetes Event about an object, as `kubectl describe` shows it under Events. An Event that repeats
   * counts up. `source` is the component, with its host after a comma if it has one: `kubelet, node-1`.
   */
  event(
    about: ApiObject,
    event: {
      readonly type: 'Normal' | 'Warning';
      readonly reason: string;
      readonly message: string;
      readonly source: string;
    },
  ): void;
}
