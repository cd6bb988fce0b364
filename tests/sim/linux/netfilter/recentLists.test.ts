// A list of `-m recent` is there as long as a rule names it.
//
// Read:    kernel net/netfilter/xt_recent.c, `recent_mt_destroy`.

import { describe, expect, it } from 'vitest';
import { parseRuleset } from '../../../../src/sim/linux/netfilter/iptablesSave.ts';
import { Netns } from '../../../../src/sim/linux/netns.ts';
import { pairKey } from '../../../../src/sim/runtime/pairKey.ts';

const rules = (...lists: readonly string[]) =>
  parseRuleset(
    `*filter\n:INPUT ACCEPT [0:0]\n${lists.map(list => `-A INPUT -m recent --name ${list} --set`).join('\n')}\nCOMMIT\n`,
  );

describe('new rules', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['keep what the lists know that they still name', ['a', 'b'], ['a 10.0.0.1', 'b 10.0.0.1']],
    ['take the lists along that none names any more', ['b'], ['b 10.0.0.1']],
    ['without lists leave none', [], []],
  ])('%s', (_name, after, left) => {
    const netns = new Netns('node', 'node');
    netns.configure({ netfilter: rules('a', 'b') });
    for (const list of ['a', 'b']) netns.recent.set(pairKey(list, '10.0.0.1'), [0]);
    netns.configure({ netfilter: rules(...after) });
    expect([...netns.recent.snapshot().keys()]).toEqual(left);
  });
});
