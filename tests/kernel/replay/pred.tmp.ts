import { writeFileSync } from 'node:fs';
import { predict } from '../conformance/predict.ts';
import { drawLabs } from './labs.ts';
export function main(args: string[]) {
  const [seed, n, only, out] = args;
  const specs = drawLabs(Number(seed), Number(n));
  for (const [i, s] of specs.entries()) {
    if (only !== undefined && only !== '-' && Number(only) !== i) continue;
    if (out) writeFileSync(out, JSON.stringify(s, null, 1));
    for (const p of s.probes) {
      const t = performance.now();
      console.log('start', s.name, p.id);
      predict({ ...s, probes: [p] });
      console.log(Math.round(performance.now() - t));
    }
  }
}
