// What is wrong with a file of manifests, each finding with the place that it is about.
//
// The words are the API server's and kubectl's; hints are ours.

import {
  isJsonObject,
  isLabConfig,
  type Json,
  type ManifestDocument,
  objectsIn,
  readLabConfig,
  readManifests,
  type TextSpan,
  validateManifest,
} from '../sim/index.ts';
import { lostIndentation } from './lostIndentation.ts';
import { fieldMeant, kindMeant } from './manifest/nearMiss.ts';
import type { Diagnostic, TextRange } from './port.ts';

/** Findings of one file; more than these help nobody. */
const LIMIT = 200;

export function diagnose(text: string): readonly Diagnostic[] {
  const read = readManifests(text);
  if (read.kind === 'refused') return [{ severity: 'error', message: read.reason, range: lineRange(1), document: 1 }];
  const found: Diagnostic[] = [];
  for (const document of read.documents) {
    found.push(...diagnoseDocument(document));
    if (found.length >= LIMIT) break;
  }
  return found.slice(0, LIMIT);
}

function lineRange(line: number): TextRange {
  return { startLine: line, startColumn: 1, endLine: line, endColumn: 2 };
}

const rangeOf = (span: TextSpan): TextRange => span;

function diagnoseDocument(document: ManifestDocument): readonly Diagnostic[] {
  const { value } = document;
  if (value === undefined) {
    return document.problems.map(problem => ({
      severity: 'error',
      message: `yaml: line ${problem.span.startLine}: ${problem.message}`,
      range: rangeOf(problem.span),
      document: document.number,
      hint: problem.expected,
    }));
  }
  if (isLabConfig(value)) {
    const config = readLabConfig(value);
    if (config.kind === 'config') return [];
    return config.problems.map(problem => ({
      document: document.number,
      ...objectName(value),
      severity: 'error',
      message: `${fieldText(problem.path)}: ${problem.message}`,
      range: rangeOf(document.spanOf(problem.path, 'value')),
      field: fieldText(problem.path),
    }));
  }
  return objectsIn(value).flatMap(object => diagnoseObject(document, object));
}

type ObjectInDocument = ReturnType<typeof objectsIn>[number];

function diagnoseObject(document: ManifestDocument, { path, value }: ObjectInDocument): readonly Diagnostic[] {
  const common = { document: document.number, ...objectName(value) };
  const lost = lostIndentation(value);
  const problems = validateManifest(value, { namespace: 'default' }).map((problem): Diagnostic => {
    const part = problem.kind === 'unknown-field' ? 'key' : 'value';
    return {
      ...common,
      severity: 'error',
      message: problem.message,
      range: rangeOf(document.spanOf([...path, ...problem.path], part)),
      ...(problem.path.length > 0 && { field: fieldText(problem.path) }),
      ...hintOf(value, problem, lost),
    };
  });
  if (lost === undefined) return problems;
  const range = rangeOf(document.spanOf([...path, lost.emptyField], 'key'));
  return [{ ...common, severity: 'error', message: lost.message, range, hint: lost.remedy }, ...problems];
}

/** What to try: to indent what lost its indentation, or the word that was meant. */
function hintOf(
  value: Json,
  { kind, path }: ReturnType<typeof validateManifest>[number],
  lost: ReturnType<typeof lostIndentation>,
): { readonly hint: string } | undefined {
  if (kind !== 'unknown-field' && kind !== 'unknown-kind') return undefined;
  if (lost !== undefined && kind === 'unknown-field') return { hint: lost.hintFor(String(path[0])) };
  const head = headOf(value);
  const hint = kind === 'unknown-kind' ? kindMeant(head) : fieldMeant(head, path);
  return hint === undefined ? undefined : { hint };
}

function headOf(value: Json): { readonly apiVersion: string | undefined; readonly kind: string | undefined } {
  const object = isJsonObject(value) ? value : {};
  const text = (field: Json | undefined): string | undefined => (typeof field === 'string' ? field : undefined);
  return { apiVersion: text(object.apiVersion), kind: text(object.kind) };
}

function objectName(value: Json): { readonly object: string } | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const object = value as { readonly [key: string]: Json | undefined };
  const { kind, metadata } = object;
  const name =
    typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata)
      ? (metadata as { readonly [key: string]: Json | undefined }).name
      : undefined;
  return typeof kind === 'string' ? { object: typeof name === 'string' ? `${kind} ${name}` : kind } : undefined;
}

/** `spec.ports[0].port` */
function fieldText(path: readonly (string | number)[]): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('');
}
