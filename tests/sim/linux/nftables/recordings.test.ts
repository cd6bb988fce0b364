// What Linux 6.18 did with the probes of clusters whose node has nft rules, held against the model. Recorded in network
// namespaces with the harness of tests/kernel/recordings: minimal-nft has one Service with two endpoints and one without;
// services-by-vmap-nft builds Services as kube-proxy's nftables mode does, of verdict maps, a draw and a mark: by address, by
// port, for some sources only, with affinity, without endpoints; statements-nft asks about one statement with each port.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compare } from '../../../kernel/conformance/compare.ts';
import { predictSteps } from '../../../kernel/conformance/predict.ts';
import { type Recording, specOf } from '../../../kernel/conformance/stored.ts';

const load = (name: string): Recording =>
  JSON.parse(readFileSync(new URL(`./recorded/${name}.json`, import.meta.url), 'utf8'));

describe('the kernel of Linux 6.18 with nft rules', () => {
  it.each(['minimal-nft', 'services-by-vmap-nft', 'statements-nft'])('does with %s what the model does', async name => {
    const recording = load(name);
    const truth = { name, results: recording.results };
    expect(compare(truth, await predictSteps(specOf(recording, load)))).toEqual([]);
  });
});
