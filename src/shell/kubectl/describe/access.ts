// `kubectl describe` of roles and their bindings.
//
// Read:    kubectl pkg/describe/describe.go, `RoleDescriber`, `RoleBindingDescriber`; pkg/util/rbac, `CompactRules`.

import type { Json } from '../../../sim/index.ts';
import { at, listAt, textAt } from '../fields.ts';
import { compare, headLines, line } from './lines.ts';
import type { Lines } from './related.ts';

/** What one line of the table says. */
interface Row {
  readonly resource: string;
  readonly urls: readonly string[];
  readonly names: readonly string[];
  readonly verbs: string[];
  /** Rows come in this order. */
  readonly rest: string;
}

function withoutNamespace(object: Json): Lines {
  const [name = '', , ...labels] = headLines(object);
  return [name, ...labels];
}

export function roleLines(role: Json): Lines {
  const list = (words: readonly string[]): string => `[${words.join(' ')}]`;
  const rows = rowsOf(listAt(role, 'rules')).sort(
    (a, b) => compare(list(a.verbs), list(b.verbs)) || compare(a.rest, b.rest),
  );
  return [
    ...withoutNamespace(role),
    line(0, 'PolicyRule:'),
    line(1, 'Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs'),
    line(1, '---------', '-----------------', '--------------', '-----'),
    ...rows.map(({ resource, urls, names, verbs }) => line(1, resource, list(urls), list(names), list(verbs))),
  ];
}

/** Each resource by itself; verbs of the same one come together. */
function rowsOf(rules: readonly Json[]): Row[] {
  const rows = new Map<string, Row>();
  for (const rule of rules) {
    const words = (field: string): readonly string[] => listAt(rule, field).map(String);
    const names = words('resourceNames');
    for (const group of words('apiGroups'))
      for (const resource of words('resources'))
        for (const name of names.length === 0 ? [undefined] : names) {
          const shown = group === '' ? resource : `${resource}.${group}`;
          const key = JSON.stringify([group, resource, name]);
          const row = rows.get(key) ?? {
            resource: shown,
            urls: [],
            names: name === undefined ? [] : [name],
            verbs: [],
            rest: `[${group}] [${resource}] ${name ?? ''}`,
          };
          row.verbs.push(...words('verbs').filter(verb => !row.verbs.includes(verb)));
          rows.set(key, row);
        }
    for (const url of words('nonResourceURLs'))
      for (const verb of words('verbs'))
        rows.set(JSON.stringify([url, verb]), { resource: '', urls: [url], names: [], verbs: [verb], rest: url });
  }
  return [...rows.values()];
}

export function roleBindingLines(binding: Json): Lines {
  return [
    ...withoutNamespace(binding),
    line(0, 'Role:'),
    line(1, 'Kind:', textAt(at(binding, 'roleRef'), 'kind')),
    line(1, 'Name:', textAt(at(binding, 'roleRef'), 'name')),
    line(0, 'Subjects:'),
    line(1, 'Kind', 'Name', 'Namespace'),
    line(1, '----', '----', '---------'),
    ...listAt(binding, 'subjects').map(subject =>
      line(1, textAt(subject, 'kind'), textAt(subject, 'name'), textAt(subject, 'namespace')),
    ),
  ];
}
