// What a real kernel did with the probes of recorded clusters, held against the model: same verdict, backend, source,
// TTLs, errors and ways.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compare } from './conformance/compare.ts';
import { predictSteps } from './conformance/predict.ts';
import { type Recording, specOf } from './conformance/stored.ts';

const FOLDER = new URL('./recordings/', import.meta.url);
const load = (name: string): Recording => JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'));
const names = readdirSync(FOLDER)
  .filter(file => file.endsWith('.json'))
  .map(file => file.slice(0, -'.json'.length));

/** Probes whose way differs, and why that is left so: see src/sim/MODEL.md, "Simplified". */
const KNOWN: Readonly<Record<string, string>> = {
  'changes-step-by-step p13--pod-p12--link-up':
    'a port that comes up speaks IPv6 first, so the bridge knows it; here it speaks when asked',
  'isolated p13--np-solo@n3':
    'whether a node has confirmed a neighbour yet was a matter of milliseconds in the recording',
};

describe('the kernel of Linux 6.18', () => {
  it.each(names)('does with %s what the model does', async name => {
    const recording = load(name);
    const spec = specOf(recording, load);
    if (recording.results.length === 0) {
      await expect(predictSteps(spec)).rejects.toThrow('RTNETLINK answers: Invalid argument');
      return;
    }
    const truth = { name, results: recording.results };
    const found = compare(truth, await predictSteps(spec)).filter(({ probe }) => !(`${name} ${probe}` in KNOWN));
    expect(found).toEqual([]);
  });

  it('notices a falsified result', async () => {
    const recording = load('baseline');
    const results = recording.results.map((result, i) => (i === 0 ? { ...result, verdict: 'stalled' } : result));
    const found = compare({ name: 'baseline', results }, await predictSteps(specOf(recording, load)));
    expect(found.map(({ probe, key }) => `${probe} ${key}`)).toEqual([`${recording.results[0]?.id} verdict`]);
  });
});
