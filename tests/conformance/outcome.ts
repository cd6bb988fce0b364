// What became of one case.

export type Outcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly expected: unknown; readonly actual: unknown }
  /** The case asks for something that this server does otherwise on purpose. */
  | { readonly kind: 'skipped'; readonly reason: string };

export interface CaseResult {
  readonly name: string;
  readonly outcome: Outcome;
}

export const PASSED: Outcome = { kind: 'passed' };

export function failed(expected: unknown, actual: unknown): Outcome {
  return { kind: 'failed', expected, actual };
}

export function skipped(reason: string): Outcome {
  return { kind: 'skipped', reason };
}

/** Equal as JSON text, or failed. */
export function expectEqual(actual: unknown, expected: unknown): Outcome {
  return JSON.stringify(actual) === JSON.stringify(expected) ? PASSED : failed(expected, actual);
}

/** The outcome of a case. A crash is a failure of this case, and of no other. */
export function attempt(run: () => Outcome): Outcome {
  try {
    return run();
  } catch (error) {
    return failed('no crash', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
