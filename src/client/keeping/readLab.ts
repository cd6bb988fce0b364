// What a text holds that may become a lab: looked at, not opened.

import { isJsonObject, isLabConfig, type JsonObject, type ManifestDocument, readManifests } from '../../sim/index.ts';
import { diagnose } from '../diagnose.ts';
import type { LabReading } from '../port.ts';
import { configOf } from './labText.ts';

export function readLab(text: string): LabReading {
  const errors = diagnose(text).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return { kind: 'refused', problems: errors };
  const read = readManifests(text);
  const documents: readonly ManifestDocument[] = read.kind === 'documents' ? read.documents : [];
  const values = documents.flatMap(({ value }) => (value !== undefined && isJsonObject(value) ? [value] : []));
  const objects = values.filter(value => !isLabConfig(value));
  if (values.length === 0) return refused('The text holds no object.');
  const config = configOf(text);
  return {
    kind: 'lab',
    from: 'lab',
    name: config?.name ?? 'sandbox',
    nodes: config?.nodes.map(({ name }) => name) ?? [],
    objects: byKind(objects),
    leftOut: [],
    text,
  };
}

function byKind(
  objects: readonly JsonObject[],
): readonly { readonly kind: string; readonly names: readonly string[] }[] {
  const kinds = new Map<string, string[]>();
  for (const object of objects) {
    const kind = String(object.kind);
    const { metadata } = object;
    const { name, namespace } = isJsonObject(metadata) ? metadata : {};
    const names = kinds.get(kind) ?? [];
    names.push(typeof namespace === 'string' ? `${namespace}/${String(name)}` : String(name));
    kinds.set(kind, names);
  }
  return [...kinds].map(([kind, names]) => ({ kind, names }));
}

function refused(message: string): LabReading {
  const range = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  return { kind: 'refused', problems: [{ severity: 'error', message, range, document: 1 }] };
}
