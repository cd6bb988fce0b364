// What a packet's walk through one table gathers, whoever wrote the rules.

import type { Ip } from '../../net/address.ts';
import type { HookContext } from './matches.ts';

/** An address is noted in a list, or forgotten: `-m recent`, and nft's sets that rules write to. */
export interface Mention {
  readonly list: string;
  readonly address: Ip;
  readonly action: 'note' | 'forget';
}

/** Rules read and write it, one after the other. */
export interface RuleWalk {
  readonly context: HookContext;
  /** The packet's mark as it is by now. */
  mark: number;
  /** Tracking was switched off for the packet. */
  untracked: boolean;
  /** What rules wrote into lists of `-m recent`, in order. */
  mentions: readonly Mention[];
  /** The mark of the connection, where a rule wrote it. */
  ctMark: number | undefined;
}
