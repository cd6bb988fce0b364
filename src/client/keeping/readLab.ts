// What a text holds that may become a lab: looked at, not opened.

import { type Json, MANIFEST_LIMITS, readManifests } from '../../sim/index.ts';
import { diagnose } from '../diagnose.ts';
import type { Diagnostic, LabReading } from '../port.ts';
import { OPENING } from '../words.ts';
import { contentsOf } from './contentsOf.ts';
import { customKinds } from './customKinds.ts';
import { importCluster, isFromCluster } from './importCluster.ts';

export function readLab(text: string): LabReading {
  const json = jsonOf(text);
  if (json !== undefined && isFromCluster([json])) return importCluster([json]);
  const read = readManifests(text);
  if (read.kind === 'refused') {
    const remedy = text.length > MANIFEST_LIMITS.characters / 2 ? OPENING.askForJson : undefined;
    return refused([problem(read.reason, remedy)]);
  }
  const values = read.documents.flatMap(({ value }) => (value === undefined ? [] : [value]));
  if (values.length === read.documents.length && isFromCluster(values)) return importCluster(values);
  const custom = customKinds(values);
  const errors = diagnose(text).filter(
    ({ severity, message }) =>
      severity === 'error' && !custom.has(/^no matches for kind "(.*?)"/.exec(message)?.[1] ?? ''),
  );
  if (errors.length > 0) return refused(errors);
  if (values.length === 0) return refused([problem(OPENING.nothing)]);
  return { kind: 'lab', from: 'lab', ...contentsOf(values), leftOut: [], text };
}

function jsonOf(text: string): Json | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(problems: readonly Diagnostic[]): LabReading {
  return { kind: 'refused', problems };
}

function problem(message: string, hint?: string): Diagnostic {
  const range = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  return { severity: 'error', message, range, document: 1, ...(hint !== undefined && { hint }) };
}
