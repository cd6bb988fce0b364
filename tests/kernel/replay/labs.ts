// Many random labs, a few at a time: each is asked of the kernel and of the model.

import fc from 'fast-check';
import { exportSpec } from '../../../src/sim/linux/exportSpec.ts';
import { buildWorld } from '../../../src/sim/linux/kernelSpec.ts';
import { compare, type Difference } from '../conformance/compare.ts';
import { predict } from '../conformance/predict.ts';
import type { RecordedSpec, ResultDocument } from '../conformance/recording.ts';
import { labChoices } from './labChoices.ts';
import { labSpec } from './labSpec.ts';
import { replay } from './replay.ts';

export interface LabReport {
  readonly spec: RecordedSpec;
  readonly measured: ResultDocument;
  readonly differences: readonly Difference[];
  /** Why it could not be built, or predicted. */
  readonly problem?: string;
}

/** The labs of a seed, as the model exports them: the first ones stay the same when more are asked for. */
export function drawLabs(seed: number, count: number): readonly RecordedSpec[] {
  return fc.sample(labChoices, { seed, numRuns: count }).map((choices, i) => {
    const spec = labSpec(`seed-${seed}-lab-${i}`, choices);
    const world = buildWorld(spec, () => ({ process: 'server', program: 'answer' }));
    return { ...exportSpec(world, spec.name), probes: spec.probes };
  });
}

/** @param together how many labs exist at the same time */
export async function runLabs(
  specs: readonly RecordedSpec[],
  together: number,
  onReport: (report: LabReport) => void,
): Promise<void> {
  const waiting = [...specs];
  const work = async (): Promise<void> => {
    for (let spec = waiting.shift(); spec !== undefined; spec = waiting.shift()) onReport(await runLab(spec));
  };
  await Promise.all(Array.from({ length: together }, work));
}

export async function runLab(spec: RecordedSpec): Promise<LabReport> {
  const nothing: ResultDocument = { name: spec.name, results: [] };
  try {
    const measured = await replay(spec);
    try {
      const predicted = predict(spec, 'unconnected');
      const differences = differencesOf(measured, predicted);
      if (differences.length === 0) return { spec, measured, differences };
      // A machine with other work may be late, and a probe that hangs may hear what the next one's ARP asks: a
      // difference counts when it shows again at leisure.
      const again = differencesOf(await replay(spec, 'one-by-one'), predicted);
      const isSeenAgain = ({ probe, key }: Difference): boolean =>
        again.some(other => other.probe === probe && other.key === key);
      return { spec, measured, differences: differences.filter(isSeenAgain) };
    } catch (error) {
      return { spec, measured, differences: [], problem: `model: ${messageOf(error)}` };
    }
  } catch (error) {
    return { spec, measured: nothing, differences: [], problem: `kernel: ${messageOf(error)}` };
  }
}

function differencesOf(measured: ResultDocument, predicted: ResultDocument): readonly Difference[] {
  return compare(measured, predicted).filter(difference => !isChance(difference) && !isUnheard(difference));
}

/** The copies of a flooded frame travel at the same time: which one is seen first is chance. */
function isChance({ key, wanted, got }: Difference): boolean {
  const sorted = (path: unknown): string => JSON.stringify(Array.isArray(path) ? [...path].sort() : path);
  return key.endsWith('path') && sorted(wanted) === sorted(got);
}

/** The recorder's limit: ping(8) keeps to itself that its packet was not sent, and waits. */
function isUnheard({ probe, key, wanted, got }: Difference): boolean {
  const isPing = probe.includes('-icmp-');
  return isPing && key === 'verdict' && wanted === 'timeout' && (got === 'eperm' || got === 'unreachable-local');
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** One line for each difference, as text to read. */
export function differenceText({ probe, key, wanted, got }: Difference): string {
  return `  ${probe} ${key}\n    kernel ${JSON.stringify(wanted)}\n    model  ${JSON.stringify(got)}`;
}
