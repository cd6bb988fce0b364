// What the real kernel did with each probe, from a file that has it beside the probes.

import type { FieldPath } from '../manifest/read.ts';
import type { RecordedResult } from './probe.ts';
import { type Fields, fields, list, text } from './reader.ts';

/** The results by the probes' ids. */
export function readResults(value: unknown): ReadonlyMap<string, RecordedResult> {
  return new Map(
    list(value, ['results'], (item, path) => {
      const from = fields(item, path, 'a result');
      return [text(from.id, [...path, 'id']), readResult(from, path)] as const;
    }),
  );
}

function readResult(from: Fields, path: FieldPath): RecordedResult {
  const verdicts =
    from.verdicts === undefined
      ? [text(from.verdict, [...path, 'verdict'], 'a verdict')]
      : Object.keys(fields(from.verdicts, [...path, 'verdicts']));
  // Chance picked one once and kept it: another run may pick another.
  const backends = from.choice === 'sticky' ? undefined : backendsOf(from, path);
  return { verdicts, ...(backends !== undefined && { backends }) };
}

function backendsOf(from: Fields, path: FieldPath): RecordedResult['backends'] {
  if (from.by_backend !== undefined) {
    const named = Object.entries(fields(from.by_backend, [...path, 'by_backend']));
    return Object.fromEntries(
      named
        // Python's word for "nobody".
        .filter(([name]) => name !== 'None')
        .map(([name, sources]) => [name, list(sources, [...path, 'by_backend', name], text).filter(isAddress)]),
    );
  }
  if (typeof from.backend !== 'string') return undefined;
  return { [from.backend]: typeof from.src_seen === 'string' ? [from.src_seen] : [] };
}

const isAddress = (source: string): boolean => source !== '-';
