// How controllers and node agents use the API: typed, in the process, through the same admission and store as requests.

import type { Result } from '../runtime/errors.ts';
import type { ApiObject, LabelSelector, NewObject, ObjectKey } from './objects.ts';

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

/** The API server's refusal: a `metav1.Status` of kind failure. */
export interface ApiError {
  /** HTTP status code. */
  readonly code: number;
  /** `NotFound`, `AlreadyExists`, `Conflict`, `Invalid`, ... */
  readonly reason: string;
  readonly message: string;
}

export interface ApiChange<T extends ApiObject> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: T;
  /** The object before the change; absent when it was added. */
  readonly previous?: T;
}

export interface ListOptions {
  readonly namespace?: string;
  readonly selector?: LabelSelector;
}

export interface ApiClient {
  get<T extends ApiObject>(kind: KindRef<T>, key: ObjectKey): T | undefined;
  list<T extends ApiObject>(kind: KindRef<T>, options?: ListOptions): readonly T[];
  create<T extends ApiObject>(kind: KindRef<T>, object: NewObject<T>): Result<T, ApiError>;
  /** Fails with `Conflict` when the object has changed since it was read (its resourceVersion). */
  update<T extends ApiObject>(kind: KindRef<T>, object: T): Result<T, ApiError>;
  /** Writes only the status. */
  updateStatus<T extends ApiObject>(kind: KindRef<T>, object: T): Result<T, ApiError>;
  /** Deletes at once, or marks with a deletionTimestamp where a grace period or finalizers hold it back. */
  delete<T extends ApiObject>(
    kind: KindRef<T>,
    key: ObjectKey,
    options?: { readonly gracePeriodSeconds?: number },
  ): Result<void, ApiError>;
  /** Calls at once for each change from now on. Returns how to stop. */
  watch<T extends ApiObject>(kind: KindRef<T>, listener: (change: ApiChange<T>) => void): () => void;
  /** Records a Kubernetes Event about an object, as `kubectl describe` shows it under Events. */
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
