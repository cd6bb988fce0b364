// A check: a question whose answer says whether the learner got there. As written in lessons, and its result.

import type { Json } from '../sim/index.ts';

/** One entry of a `yaml check` block: exactly one key names its kind, the value is what that kind reads. */
export type CheckSpec = Readonly<Record<string, Json>>;

/** What a check found. */
export type CheckResult =
  /** It holds; `evidence` says how that is known. */
  | {
      readonly kind: 'passed';
      readonly evidence: string;
      /** What the lab answered to the one thing asked: an address, a number, a verdict. For computed answers. */
      readonly found?: string;
      /** For what happened: grows with every time that it happens, so that the newest of several can be told. */
      readonly stamp?: number;
    }
  /** It does not hold (yet); `because` says what was found instead. */
  | { readonly kind: 'failed'; readonly because: string; readonly found?: string };
