// Questions about an element of the lab, answered from its own state. Where the state does not say, the answer says that.

import type { ElementId } from '../elements.ts';

/** One thing that is so, with what it is about and a command that shows it. */
export interface Evidence {
  /**
   * - `cause`: it decides the answer.
   * - `fact`: it belongs to it.
   * - `head`: what the next ones hold for.
   */
  readonly part: 'cause' | 'fact' | 'head';
  readonly sentence: string;
  /** A rule or a line as a tool prints it. */
  readonly line?: string;
  readonly element?: ElementId;
  readonly command?: string;
}

export interface WhyAnswer {
  /** "Why is it not Ready?" */
  readonly question: string;
  readonly evidence: readonly Evidence[];
}

/** Where an {@link Evidence} leads. */
export type Source = Omit<Evidence, 'part' | 'sentence'>;

export const cause = (sentence: string, source: Source = {}): Evidence => ({ part: 'cause', sentence, ...source });
export const fact = (sentence: string, source: Source = {}): Evidence => ({ part: 'fact', sentence, ...source });
export const head = (sentence: string): Evidence => ({ part: 'head', sentence });

/** `a`, `a and b`, `a, b and c` */
export function listed(words: readonly string[]): string {
  const last = words[words.length - 1] ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** `1 rule`, `3 rules` */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** ` -n NAMESPACE`, for a command line; nothing for `default`. */
export const inNamespace = (namespace: string | undefined): string =>
  namespace === undefined || namespace === 'default' ? '' : ` -n ${namespace}`;
