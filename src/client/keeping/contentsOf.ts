// What manifests hold, in names: for showing before they become a lab.

import { isJsonObject, isLabConfig, type Json, type JsonObject, readLabConfig } from '../../sim/index.ts';
import type { LabReading } from '../port.ts';
import { textAt } from './walk.ts';

type Contents = Pick<Extract<LabReading, { readonly kind: 'lab' }>, 'name' | 'nodes' | 'objects'>;

export function contentsOf(values: readonly Json[]): Contents {
  const read = readLabConfig(values.find(isLabConfig));
  const { name, nodes } = read.kind === 'config' ? read.config : { name: '', nodes: [] };
  const objects = values.filter((value): value is JsonObject => isJsonObject(value) && !isLabConfig(value));
  // What is said of a node is no object beside the node.
  return { name, nodes: nodes.map(node => node.name), objects: byKind(objects.filter(({ kind }) => kind !== 'Node')) };
}

function byKind(objects: readonly JsonObject[]): Contents['objects'] {
  const kinds = new Map<string, string[]>();
  for (const object of objects) {
    const kind = String(object.kind);
    const [namespace, name] = [textAt(object, 'metadata', 'namespace'), textAt(object, 'metadata', 'name')];
    kinds.set(kind, [...(kinds.get(kind) ?? []), namespace === '' ? name : `${namespace}/${name}`]);
  }
  return [...kinds].map(([kind, names]) => ({ kind, names }));
}
