// Errors: our own bugs throw, learners' mistakes are values.

/** A bug in Hoplab: a state that the code promises never to reach. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/**
 * States what must hold here; throws an {@link InvariantError} when it does not.
 * @param expectation what was expected, with the values that broke it
 */
export function invariant(condition: unknown, expectation: string): asserts condition {
  if (!condition) throw new InvariantError(expectation);
}

/** Closes an exhaustive `switch`: the compiler refuses a union member that has no case. */
export function assertNever(value: never, context: string): never {
  throw new InvariantError(`${context}: unexpected ${JSON.stringify(value)}`);
}

/** Text that is not what it should be: an address, a prefix, a rule. The message says what was expected. */
export class ParseError extends Error {
  override readonly name = 'ParseError';
}

/** The outcome of something that a learner can get wrong: a value, or the error as the real tool words it. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export function success<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function failure<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}
