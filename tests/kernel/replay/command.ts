// Random labs and recorded specs on the real kernel of this machine (Linux, root).
//
//   node src/server/run.mjs tests/kernel/replay/command.ts --labs 200 --seed 1 [--only I] [--together 3] [--out FOLDER]
//   node src/server/run.mjs tests/kernel/replay/command.ts --spec FILE [--against TRUTH] [--every N] [--pace one-by-one]
//   node src/server/run.mjs tests/kernel/replay/command.ts --minimize FILE --key path --to FILE
//   node src/server/run.mjs tests/kernel/replay/command.ts --cluster vxlan --to FILE
//
// `--spec` compares with the model, or with a recording. Ends with 1 if anything differs.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { compare } from '../conformance/compare.ts';
import { predict } from '../conformance/predict.ts';
import type { RecordedSpec, ResultDocument } from '../conformance/recording.ts';
import { writeRecording } from '../conformance/stored.ts';
import { clusterSpec } from './clusterSpec.ts';
import { differenceText, drawLabs, runLab, runLabs } from './labs.ts';
import { whyNotHere } from './machine.ts';
import { minimize } from './minimize.ts';
import { type Pace, replay, withoutErrorLimit } from './replay.ts';

/** Labs at the same time: nearly all their time is waiting. */
const TOGETHER = 4;

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
  if (file !== undefined) {
    const pace = option('pace') === 'one-by-one' ? 'one-by-one' : 'overlapping';
    return one(file, option('against'), Number(option('every') ?? 1), pace);
  }
  const backend = option('cluster');
  if (backend !== undefined) return recordCluster(backend, option('to') ?? `cluster-${backend}.json`);
  const smaller = option('minimize');
  if (smaller !== undefined) return minimizeFile(smaller, option('key') ?? 'verdict', option('to') ?? smaller);
  return manyLabs(
    Number(option('seed') ?? 1),
    Number(option('labs') ?? 20),
    Number(option('together') ?? TOGETHER),
    option('only'),
    option('out'),
  );
}

async function manyLabs(
  seed: number,
  count: number,
  together: number,
  only: string | undefined,
  out: string | undefined,
): Promise<number> {
  const specs = drawLabs(seed, count).filter((_, i) => only === undefined || only === String(i));
  let probes = 0;
  let agree = 0;
  let differing = 0;
  let failed = 0;
  await withoutErrorLimit(() =>
    runLabs(specs, together, ({ spec, measured, differences, problem }) => {
      const ids = new Set(differences.map(({ probe }) => probe));
      probes += measured.results.length;
      differing += ids.size;
      if (problem !== undefined) failed++;
      else if (ids.size === 0) agree++;
      if (problem !== undefined) console.log(`${spec.name}: ${problem}`);
      else console.log(`${spec.name}: ${spec.probes.length} probes, ${ids.size} differ`);
      for (const difference of differences) console.log(differenceText(difference));
      if (out === undefined || (ids.size === 0 && problem === undefined)) return;
      mkdirSync(out, { recursive: true });
      writeFileSync(join(out, `${spec.name}.json`), `${JSON.stringify(spec, null, 1)}\n`);
    }),
  );
  console.log(`\n${specs.length} labs, ${agree} agree, ${failed} failed; ${probes} probes, ${differing} differ`);
  return agree === specs.length ? 0 : 1;
}

async function minimizeFile(file: string, key: string, to: string): Promise<number> {
  const spec: RecordedSpec = JSON.parse(readFileSync(file, 'utf8'));
  const smallest = await withoutErrorLimit(() =>
    minimize(
      spec,
      async smaller => (await runLab(smaller)).differences.some(difference => difference.key === key),
      TOGETHER,
    ),
  );
  writeFileSync(to, `${JSON.stringify(smallest, null, 1)}\n`);
  return one(to, undefined, 1, 'one-by-one');
}

/** What this kernel does with a cluster of the lab, as a recording. */
async function recordCluster(backend: string, to: string): Promise<number> {
  const { probes, ...spec } = clusterSpec(backend);
  const { results } = await withoutErrorLimit(() => replay({ ...spec, probes }, 'one-by-one'));
  const origin = `Linux ${release()}, network namespaces: a lab with the backend ${backend}`;
  writeFileSync(to, writeRecording({ origin, spec: { kind: 'whole', spec }, probes, results }));
  return 0;
}

async function one(file: string, against: string | undefined, every: number, pace: Pace): Promise<number> {
  const whole: RecordedSpec = JSON.parse(readFileSync(file, 'utf8'));
  const probes = whole.probes.filter(
    (probe, at) => at % every === 0 && (probe.repeat ?? 1) === 1 && (probe.bind ?? '0.0.0.0:').startsWith('0.0.0.0:'),
  );
  const spec = { ...whole, probes };
  const measured = await withoutErrorLimit(() => replay(spec, pace));
  const wanted: ResultDocument =
    against === undefined ? predict(spec, 'unconnected') : JSON.parse(readFileSync(against, 'utf8'));
  const asked = new Set(probes.map(({ id }) => id));
  const found = compare(measured, { ...wanted, results: wanted.results.filter(({ id }) => asked.has(id)) });
  for (const difference of found) console.log(differenceText(difference));
  console.log(`${probes.length} probes, ${new Set(found.map(({ probe }) => probe)).size} differ`);
  return found.length > 0 ? 1 : 0;
}
