// node src/server/run.mjs tests/kernel/replay/command.ts --labs 200 --seed 1 [--together 3]: random labs on the real kernel.
// node src/server/run.mjs tests/kernel/replay/command.ts --spec FILE [--against TRUTH] [--every N]: one spec, compared
// with a recording, or with the model.

import { readFileSync } from 'node:fs';
import { compare, type Difference } from '../conformance/compare.ts';
import { predict } from '../conformance/predict.ts';
import type { RecordedSpec, ResultDocument } from '../conformance/recording.ts';
import { whyNotHere } from './machine.ts';
import { replay, withoutErrorLimit } from './replay.ts';

export async function main(args: readonly string[]): Promise<number> {
  const option = (name: string): string | undefined => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? undefined : args[at + 1];
  };
  const reason = whyNotHere();
  if (reason !== undefined) {
    console.log(`not possible here: ${reason}`);
    return 2;
  }
  const file = option('spec');
  if (file !== undefined) return one(file, option('against'), Number(option('every') ?? 1));
  return 0;
}

async function one(file: string, against: string | undefined, every: number): Promise<number> {
  const whole: RecordedSpec = JSON.parse(readFileSync(file, 'utf8'));
  const probes = whole.probes.filter(
    (probe, at) => at % every === 0 && (probe.repeat ?? 1) === 1 && probe.bind === undefined,
  );
  const spec = { ...whole, probes };
  const measured = await withoutErrorLimit(() => replay(spec));
  const wanted: ResultDocument = against === undefined ? predict(spec) : JSON.parse(readFileSync(against, 'utf8'));
  const asked = new Set(probes.map(({ id }) => id));
  const found = compare(measured, { ...wanted, results: wanted.results.filter(({ id }) => asked.has(id)) });
  show(found);
  console.log(`${probes.length} probes, ${new Set(found.map(({ probe }) => probe)).size} differ`);
  return found.length > 0 ? 1 : 0;
}

function show(found: readonly Difference[]): void {
  for (const { probe, key, wanted, got } of found)
    console.log(`  ${probe} ${key}\n    kernel ${JSON.stringify(wanted)}\n    model  ${JSON.stringify(got)}`);
}
