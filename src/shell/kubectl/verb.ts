// What a verb of kubectl is: its place in the help, its flags, and what it does.

import type { FlagTable } from './flags.ts';
import type { KubectlCall } from './session.ts';

/** One verb of kubectl. */
export interface Verb {
  /** One line, as `kubectl --help` lists it. */
  readonly summary: string;
  /** As `Usage:` has it, without `[options]`. */
  readonly usage: string;
  readonly flags: FlagTable;
  /** Other names of a subcommand: `ns` of `create namespace`. */
  readonly aliases?: readonly string[];
  /** What a subcommand's words come after: `rollout status`. A word that is none of them is refused, unless there is a `run`. */
  readonly subcommands?: Readonly<Record<string, Verb>>;
  /** More than one line for `--help`, in the lab's own words. */
  readonly about?: string;
  /** Absent: the verb has only subcommands. */
  readonly run?: (call: KubectlCall) => Promise<number>;
}
