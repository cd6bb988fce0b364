// The cluster of a lesson, as far as the compiler must know it: that it can be read, and what it puts on the graph.
//
// What the API server thinks of the manifests is not judged here: the lab does that when the lesson's tests open it.

import { LineCounter, parseAllDocuments } from 'yaml';
import type { ElementId, Json } from '../../sim/index.ts';
import type { LessonProblem } from '../problem.ts';
import { isList, isMap } from '../schema.ts';
import { toJson } from './locatedYaml.ts';

/** What every cluster has on its graph without being told. */
const ALWAYS: readonly ElementId[] = [
  'router/router',
  'lan/lan',
  'ns/default',
  'ns/kube-node-lease',
  'ns/kube-public',
  'ns/kube-system',
  'svc/default/kubernetes',
  'svc/kube-system/kube-dns',
];

/** The word in element ids for each kind that has its own element. */
const ELEMENT_KINDS: Readonly<Record<string, string>> = {
  Pod: 'pod',
  Service: 'svc',
  EndpointSlice: 'slice',
  Deployment: 'deploy',
  ReplicaSet: 'rs',
};

/** What the compiler knows of a cluster. */
export interface Scenario {
  /** Elements of the graph at the start, without those that controllers will name (Pods of a Deployment). */
  readonly elements: ReadonlySet<ElementId>;
  readonly problems: readonly LessonProblem[];
}

/** Reads a Lab config and the manifests after it. */
export function readScenario(file: string, text: string): Scenario {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  const documents = Array.isArray(parsed) ? parsed : [];
  const elements = new Set<ElementId>(ALWAYS);
  const problems: LessonProblem[] = [];
  const report = (offset: number, message: string, expected: string): void => {
    const { line, col } = lines.linePos(offset);
    problems.push({ file, line: Math.max(line, 1), column: Math.max(col, 1), message, expected });
  };
  for (const [index, document] of documents.entries()) {
    for (const error of document.errors) report(error.pos[0], `this is not YAML: ${error.message}`, 'valid YAML');
    if (document.errors.length > 0) continue;
    const value = toJson(document.contents, (node, message, expected) =>
      report(node.range?.[0] ?? 0, message, expected),
    );
    const start = document.contents?.range[0] ?? document.range[0];
    const object = objectOf(value);
    if (object === undefined) {
      report(start, `document ${index + 1} is not an object`, 'apiVersion, kind and metadata.name');
      continue;
    }
    const isLab = object.kind === 'Lab' && object.apiVersion === 'lab.hoplab.dev/v1alpha1';
    if (isLab !== (index === 0)) {
      report(start, `document ${index + 1} is a ${object.kind}`, 'the Lab config first, and only once');
    }
    for (const element of isLab ? elementsOfLab(value) : elementsOfObject(object)) elements.add(element);
  }
  if (documents.length === 0) report(0, 'the scenario is empty', 'a Lab config, then manifests');
  return { elements, problems };
}

interface NamedObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

function objectOf(value: Json): NamedObject | undefined {
  if (!isMap(value) || !isMap(value.metadata)) return undefined;
  const { apiVersion, kind } = value;
  const { name, namespace } = value.metadata;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string') return undefined;
  return { apiVersion, kind, name, namespace: typeof namespace === 'string' ? namespace : 'default' };
}

function elementsOfObject(object: NamedObject): readonly ElementId[] {
  if (object.kind === 'Namespace') return [`ns/${object.name}`];
  const word = Object.hasOwn(ELEMENT_KINDS, object.kind) ? ELEMENT_KINDS[object.kind] : undefined;
  return word === undefined ? [] : [`${word}/${object.namespace}/${object.name}`];
}

function elementsOfLab(value: Json): readonly ElementId[] {
  const spec = isMap(value) && isMap(value.spec) ? value.spec : {};
  return [...namesIn(spec.nodes, 'node'), ...namesIn(spec.outside, 'outside')];
}

function namesIn(entries: Json | undefined, kind: 'node' | 'outside'): readonly ElementId[] {
  if (!isList(entries)) return [];
  return entries.flatMap(entry => (isMap(entry) && typeof entry.name === 'string' ? [`${kind}/${entry.name}`] : []));
}
