// Words of the comparison of two journeys.

import type { Difference } from './compareJourneys.ts';

const DIFFERENCES: Readonly<Record<Difference, string>> = {
  none: 'alike',
  wait: 'waits for ARP',
  only: 'only here',
  verdict: 'another verdict',
  route: 'another route',
  rule: 'another rule',
  header: 'other headers',
};

export const COMPARE_WORDS = {
  open: 'Compare',
  title: 'Compare with',
  choose: 'Choose a journey',
  close: 'Stop comparing',
  hint: 'Choose another journey: both are compared hop by hop.',
  none: 'There is no other journey yet. Run a command that sends a packet.',
  loading: 'The other journey is loading.',
  gone: 'The lab does not keep that journey any more.',
  sides: { a: 'This journey', b: 'The other' },
  parts: (hop: string, step: string) => `They part first at ${hop}, ${step}.`,
  alike: 'Both took the same way, and the same was decided at every step.',
  waits: 'Both took the same way, and the same was decided. Only one of them waited for ARP.',
  differences: DIFFERENCES,
  missing: { step: 'no such step', wait: 'does not wait: the MAC address is known' },
  noRoute: 'no route',
  /** As `ip route` prints it: a route of another kind than unicast (`via` says which, as the table does) begins with that. */
  route: ({ prefix, via, device }: { readonly prefix: string; readonly via: string; readonly device: string }) => {
    const isNextHop = via.includes('.');
    const start = isNextHop || via === '' ? prefix : `${via} ${prefix.replace(/\/32$/, '')}`;
    return [start, isNextHop && `via ${via}`, device !== '' && `dev ${device}`].filter(Boolean).join(' ');
  },
  steps: (count: number) => (count === 1 ? '1 step alike' : `${count} steps alike`),
  list: 'Hop by hop',
  legs: { request: 'Request', reply: 'Reply' },
} as const;
