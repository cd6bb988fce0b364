// Words of the comparison of two journeys.

import type { Difference } from './compareJourneys.ts';

const DIFFERENCES: Readonly<Record<Difference, string>> = {
  none: 'alike',
  wait: 'waits for ARP',
  only: 'only here',
  verdict: 'verdict',
  route: 'route',
  rule: 'rule',
  header: 'headers',
};

export const COMPARE_WORDS = {
  open: 'Compare',
  title: 'Compare with',
  choose: 'Choose a journey',
  close: 'Stop comparing',
  hint: 'Choose another journey: both are put side by side, hop by hop.',
  none: 'There is no other journey yet. Run a command that sends a packet.',
  loading: 'The other journey is loading.',
  gone: 'The lab does not keep that journey any more.',
  sides: { a: 'This journey', b: 'The other' },
  parts: (hop: string, step: string) => `They part first at ${hop}, ${step}.`,
  alike: 'Both took the same way, and the same was decided at every step.',
  waits: 'Both took the same way, and the same was decided. Only one of them waited for ARP.',
  differences: DIFFERENCES,
  missing: 'no such step',
  steps: (count: number) => (count === 1 ? '1 step alike' : `${count} steps alike`),
  list: 'Hop by hop',
  legs: { request: 'Request', reply: 'Reply' },
} as const;
