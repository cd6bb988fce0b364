// Priorities of base chains, and their names.
//
// Read:    nft(8), "Standard priority names"; recordings of nft 1.0.6.

import type { Hook } from '../netfilter/types.ts';

interface PriorityName {
  readonly name: string;
  readonly value: number;
  /** The only hook that the name is for. */
  readonly hook?: Hook;
}

const NAMES: readonly PriorityName[] = [
  { name: 'raw', value: -300 },
  { name: 'mangle', value: -150 },
  { name: 'dstnat', value: -100, hook: 'PREROUTING' },
  { name: 'filter', value: 0 },
  { name: 'security', value: 50 },
  { name: 'srcnat', value: 100, hook: 'POSTROUTING' },
];

/** nft names a priority that is at most so far from a name. */
const NEAR = 10;

const namesFor = (hook: Hook): readonly PriorityName[] =>
  NAMES.filter(known => known.hook === undefined || known.hook === hook);

/** The names that a hook's priorities may have. */
export function priorityNames(hook: Hook): readonly string[] {
  return namesFor(hook).map(({ name }) => name);
}

export function namedPriority(hook: Hook, name: string): number | undefined {
  return namesFor(hook).find(known => known.name === name)?.value;
}

/** `dstnat`, `filter - 10`, `-110`: as `nft list` prints it. */
export function renderPriority(hook: Hook, priority: number): string {
  const near = namesFor(hook).find(({ value }) => Math.abs(priority - value) <= NEAR);
  if (near === undefined) return String(priority);
  const offset = priority - near.value;
  if (offset === 0) return near.name;
  return `${near.name} ${offset < 0 ? '-' : '+'} ${Math.abs(offset)}`;
}
