// The files of a recorded cluster as one text: the cluster, and what the real kernel did, which may be a file of its own.

import { PROBE_WORDS } from './words.ts';

const REFUSALS = PROBE_WORDS.refused;

/** A larger file is refused, in bytes. */
const MOST_BYTES = 5_000_000;

export type RecordedFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly message: string };

/** @param files one: a cluster; two: a cluster and its results, in any order */
export async function readRecordedFiles(files: readonly File[]): Promise<RecordedFile> {
  const large = files.find(file => file.size > MOST_BYTES);
  if (large !== undefined)
    return {
      kind: 'refused',
      message: REFUSALS.tooLarge(large.name, large.size / 1e6),
    };
  if (files.length > 2) return { kind: 'refused', message: REFUSALS.tooMany };
  let texts: readonly string[];
  try {
    texts = await Promise.all(files.map(file => file.text()));
  } catch {
    return { kind: 'refused', message: REFUSALS.unreadable };
  }
  const [first = '', second] = texts;
  if (second === undefined) return { kind: 'text', text: first };
  const [one, two] = [objectOf(first), objectOf(second)];
  const cluster = [one, two].find(value => value?.links !== undefined);
  const results = [one, two].find(value => value !== cluster && value?.results !== undefined)?.results;
  return cluster === undefined || results === undefined
    ? { kind: 'refused', message: REFUSALS.notAPair }
    : { kind: 'text', text: JSON.stringify({ ...cluster, results }, undefined, 1) };
}

function objectOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
