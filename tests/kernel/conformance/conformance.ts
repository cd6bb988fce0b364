// npm run conformance -- --kernel FOLDER [--only NAME] [--predict FOLDER]: holds the model to recordings of the real
// kernel. Prints each difference, and ends with 1 if there are any.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compare } from './compare.ts';
import { predictSteps } from './predict.ts';
import type { RecordedSpec, ResultDocument } from './recording.ts';

/** Differences of one spec that are spelled out. */
const SHOWN = Number(process.env.SHOWN ?? 12);

export async function main(args: readonly string[]): Promise<number> {
  const option = (name: string): string | undefined => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? undefined : args[at + 1];
  };
  const folder = option('kernel');
  if (folder === undefined) {
    console.error('usage: npm run conformance -- --kernel FOLDER [--only NAME] [--predict FOLDER]');
    return 2;
  }
  const only = option('only');
  const out = option('predict');
  let probes = 0;
  let differing = 0;
  let failed = 0;
  for (const name of specNames(folder)) {
    if (only !== undefined && name !== only && name !== `failures/${only}`) continue;
    const truthFile = join(folder, 'truth', `${name}.json`);
    if (!existsSync(truthFile)) continue;
    const truth: ResultDocument = JSON.parse(readFileSync(truthFile, 'utf8'));
    const spec: RecordedSpec = JSON.parse(readFileSync(join(folder, 'specs', `${name}.json`), 'utf8'));
    const started = performance.now();
    try {
      const predicted = await predictSteps(spec);
      if (out !== undefined) write(join(out, `${name}.json`), predicted);
      const found = compare(truth, predicted);
      const ids = new Set(found.map(difference => difference.probe));
      probes += truth.results.length;
      differing += ids.size;
      const ms = Math.round(performance.now() - started);
      console.log(`${name}: ${truth.results.length} probes, ${ids.size} differ, ${ms} ms`);
      for (const { probe, key, wanted, got } of found.slice(0, SHOWN))
        console.log(`  ${probe} ${key}\n    wanted ${JSON.stringify(wanted)}\n    got    ${JSON.stringify(got)}`);
    } catch (error) {
      // The kernel refused it too.
      if (truth.results.length === 0) {
        console.log(`${name}: refused, as wanted: ${messageOf(error)}`);
        continue;
      }
      failed++;
      probes += truth.results.length;
      differing += truth.results.length;
      console.log(`${name}: ${messageOf(error)}`);
    }
  }
  console.log(`\n${probes} probes, ${differing} differ${failed > 0 ? `, ${failed} specs not loaded` : ''}`);
  return differing > 0 ? 1 : 0;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function specNames(folder: string): readonly string[] {
  const named = (path: string): readonly string[] =>
    existsSync(join(folder, 'specs', path))
      ? readdirSync(join(folder, 'specs', path))
          .filter(file => file.endsWith('.json'))
          .map(file => join(path, file.slice(0, -'.json'.length)))
          .sort()
      : [];
  return [...named(''), ...named('failures')];
}

function write(file: string, document: ResultDocument): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(document, null, 1)}\n`);
}
