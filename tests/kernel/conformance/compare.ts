// Differences between what was measured and what was predicted, probe by probe.

import type { ProbeResult, ResultDocument } from './recording.ts';

export const KEYS = [
  'verdict',
  'backend',
  'src_seen',
  'ttl_at_backend',
  'ttl_of_reply',
  'icmp',
  'path',
  'reply_path',
] as const;

export interface Difference {
  readonly probe: string;
  readonly key: string;
  readonly wanted: unknown;
  readonly got: unknown;
}

/** Repeated probes are compared as sets: what chance decides does not repeat. */
export function compare(wanted: ResultDocument, got: ResultDocument): readonly Difference[] {
  const byId = new Map(got.results.map(result => [result.id, result]));
  return wanted.results.flatMap(truth => {
    const prediction = byId.get(truth.id);
    if (prediction === undefined) return [{ probe: truth.id, key: 'result', wanted: 'one', got: 'none' }];
    return differences(truth, prediction);
  });
}

function differences(truth: ProbeResult, prediction: ProbeResult): readonly Difference[] {
  const differ = (key: string, wanted: unknown, got: unknown): readonly Difference[] =>
    canonical(wanted ?? null) === canonical(got ?? null) ? [] : [{ probe: truth.id, key, wanted, got }];
  const keysOf = (counts: Readonly<Record<string, unknown>> | undefined): readonly string[] =>
    Object.keys(counts ?? {}).sort();
  if (truth.choice === 'sticky')
    return differ('backends', keysOf(truth.backends).length, keysOf(prediction.backends).length);
  if (truth.backends !== undefined)
    return [
      ...differ('verdicts', keysOf(truth.verdicts), keysOf(prediction.verdicts)),
      ...differ('by_backend', truth.by_backend, prediction.by_backend),
    ];
  return KEYS.flatMap(key => differ(key, truth[key], prediction[key]));
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
