// What nft 1.0.6 printed of texts that it was given, and what the model prints of them.
// Recorded by: `nft -f NAME.nft; nft list ruleset > NAME.list` in an empty network namespace (Linux 6.18).

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseNft } from '../../../../src/sim/linux/nftables/parse.ts';
import { renderNft } from '../../../../src/sim/linux/nftables/render.ts';

const recorded = (name: string): string => readFileSync(new URL(`./recorded/${name}`, import.meta.url), 'utf8');

describe('a ruleset as nft lists it', () => {
  for (const name of ['minimal', 'services-by-vmap', 'vocabulary', 'inet', 'statements', 'transport']) {
    it(`${name}: what was given is listed as nft lists it`, () => {
      expect(renderNft(parseNft(recorded(`${name}.nft`)))).toBe(recorded(`${name}.list`));
    });

    it(`${name}: a listing is read and listed the same`, () => {
      expect(renderNft(parseNft(recorded(`${name}.list`)))).toBe(recorded(`${name}.list`));
    });
  }
});
