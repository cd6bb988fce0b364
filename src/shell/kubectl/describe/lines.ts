// Lines of a description: indented, cells separated by tabs, lists that go on below their first value.
//
// Models:  two spaces a level; labels, annotations, taints and tolerations; times and ages.
// Simplified: the length of an annotation counts UTF-16 units where kubectl counts bytes.
// Read:    kubectl v1.34 pkg/describe/describe.go; k8s.io/cli-runtime pkg/printers/terminal.go.

import { humanDuration, type Json, parseTimestamp, type VirtualMs } from '../../../sim/index.ts';
import { at, listAt, numberAt, objectAt, textAt } from '../fields.ts';
import type { Lines } from './related.ts';

/** Characters of an annotation, with its key, that fit in one line. */
const ANNOTATION_LENGTH = 140;
/** kubectl never prints this annotation. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

const DAY_MS = 86_400_000;
/** From virtual time 0 on, which is a Thursday. */
const WEEKDAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** One line: its cells stand in columns with those of its neighbours. */
export function line(level: number, ...cells: readonly (string | number)[]): string {
  return `${'  '.repeat(level)}${cells.join('\t')}\n`;
}

/** `Labels:  a=1`, then the other values below the first; `<none>` when there are none. */
export function multiline(title: string, values: readonly string[]): Lines {
  if (values.length === 0) return [line(0, `${title}:`, '<none>')];
  return values.map((value, i) => line(0, i === 0 ? `${title}:` : '', value));
}

export function labelLines(title: string, labels: Json | undefined): Lines {
  return multiline(
    title,
    sortedEntries(labels).map(([key, value]) => `${key}=${value}`),
  );
}

/** `key: value`; a long value, or one of several lines, stands below its key. */
export function annotationLines(title: string, annotations: Json | undefined): Lines {
  const values = sortedEntries(annotations)
    .filter(([key]) => key !== LAST_APPLIED)
    .flatMap(([key, raw]) => {
      const value = raw.endsWith('\n') ? raw.slice(0, -1) : raw;
      if (value.length + key.length + 2 <= ANNOTATION_LENGTH && !value.includes('\n')) return [`${key}: ${value}`];
      return [`${key}:`, ...value.split('\n').map(part => `  ${shortened(part, ANNOTATION_LENGTH - 2)}`)];
    });
  return multiline(title, values);
}

function shortened(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}

/** The entries of an object of strings, in the order of their keys. */
export function sortedEntries(words: Json | undefined): readonly (readonly [string, string])[] {
  return Object.entries(objectAt(words))
    .map(([key, value]) => [key, String(value ?? '')] as const)
    .sort(([a], [b]) => compare(a, b));
}

/** As Go compares strings. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `node-role.kubernetes.io/control-plane:NoSchedule`. */
export function taintLines(title: string, taints: readonly Json[]): Lines {
  const order = (taint: Json): string => `${textAt(taint, 'effect')},${textAt(taint, 'key')}`;
  const values = [...taints]
    .sort((a, b) => compare(order(a), order(b)))
    .map(taint => {
      const [key, value, effect] = [textAt(taint, 'key'), textAt(taint, 'value'), textAt(taint, 'effect')];
      const equals = value === '' ? '' : `=${value}`;
      if (effect === '') return `${key}${equals}`;
      return `${key}${equals}:${effect}`;
    });
  return multiline(title, values);
}

/** `node.kubernetes.io/not-ready:NoExecute op=Exists for 300s`. */
export function tolerationLines(title: string, tolerations: readonly Json[]): Lines {
  const values = [...tolerations]
    .sort((a, b) => compare(textAt(a, 'key'), textAt(b, 'key')))
    .map(toleration => {
      const [key, value, effect] = [
        textAt(toleration, 'key'),
        textAt(toleration, 'value'),
        textAt(toleration, 'effect'),
      ];
      const seconds = numberAt(toleration, 'tolerationSeconds');
      const what = `${key}${value === '' ? '' : `=${value}`}${effect === '' ? '' : `:${effect}`}`;
      // One that tolerates everything has nothing before the operator, not even a space.
      const exists = textAt(toleration, 'operator') === 'Exists' && value === '';
      const operator = exists ? (key === '' && effect === '' ? 'op=Exists' : ' op=Exists') : '';
      return `${what}${operator}${seconds === undefined ? '' : ` for ${seconds}s`}`;
    });
  return multiline(title, values);
}

/** Name and, for what lives in one, namespace; then labels and annotations. */
export function headLines(object: Json): Lines {
  return [...nameLines(object), ...labelAndAnnotationLines(object)];
}

export function nameLines(object: Json): Lines {
  return [
    line(0, 'Name:', textAt(object, 'metadata', 'name')),
    line(0, 'Namespace:', textAt(object, 'metadata', 'namespace')),
  ];
}

export function labelAndAnnotationLines(object: Json): Lines {
  return [
    ...labelLines('Labels', at(object, 'metadata', 'labels')),
    ...annotationLines('Annotations', at(object, 'metadata', 'annotations')),
  ];
}

/** `Controlled By:  ReplicaSet/web-5886cbdf9`. */
export function controllerLines(object: Json): Lines {
  const owner = controllerOf(object);
  if (owner === undefined) return [];
  return [line(0, 'Controlled By:', `${textAt(owner, 'kind')}/${textAt(owner, 'name')}`)];
}

/** The owner reference that is marked as the controller. */
export function controllerOf(object: Json): Json | undefined {
  return listAt(object, 'metadata', 'ownerReferences').find(owner => at(owner, 'controller') === true);
}

/** The conditions of a Deployment or ReplicaSet. */
export function conditionLines(object: Json): Lines {
  const conditions = listAt(object, 'status', 'conditions');
  if (conditions.length === 0) return [];
  return [
    line(0, 'Conditions:'),
    line(1, 'Type', 'Status', 'Reason'),
    line(1, '----', '------', '------'),
    ...conditions.map(condition =>
      // The space after the type is kubectl's.
      line(1, `${textAt(condition, 'type')} `, textAt(condition, 'status'), textAt(condition, 'reason')),
    ),
  ];
}

/** `Thu, 01 Jan 2026 00:00:01 +0000`, Go's RFC1123Z on a machine in UTC; a missing time is Go's zero time. */
export function longTime(timestamp: string): string {
  const text = timestamp === '' ? '0001-01-01T00:00:00Z' : timestamp;
  const [, year = '', month = '', day = '', time = ''] = /^(\d+)-(\d+)-(\d+)T(\d+:\d+:\d+)/.exec(text) ?? [];
  const days = Math.floor((parseTimestamp(text) ?? 0) / DAY_MS);
  const weekday = WEEKDAYS[((days % 7) + 7) % 7] ?? '';
  return `${weekday}, ${day} ${MONTHS[Number(month) - 1] ?? ''} ${year} ${time} +0000`;
}

/** `5m12s`: how long ago a timestamp was; `<unknown>` for a missing one. */
export function ageOf(timestamp: string, now: VirtualMs): string {
  const then = timestamp === '' ? undefined : parseTimestamp(timestamp);
  return then === undefined ? '<unknown>' : humanDuration((now - then) / 1000);
}
