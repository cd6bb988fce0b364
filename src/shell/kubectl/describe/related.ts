// What a description needs beside the object itself.

import type { Json, VirtualMs } from '../../../sim/index.ts';

/** The rest of the cluster, as far as descriptions look at it. */
export interface Related {
  /** The moment that ages count from, in virtual milliseconds (as `parseTimestamp` gives them). */
  readonly now: VirtualMs;
  /** The Events about the object, in any order (see `eventSearches`); undefined: not asked for (`--show-events=false`). */
  readonly events: readonly Json[] | undefined;
  /**
   * The items of a list, as `/api/v1/pods` gives them. Rejects when the server refuses: then the description says so or
   * leaves the part out, as kubectl does.
   */
  list(resourcePath: string, query?: Readonly<Record<string, string>>): Promise<readonly Json[]>;
}

/** Lines of a description: cells separated by tabs, each line with its end. */
export type Lines = readonly string[];
