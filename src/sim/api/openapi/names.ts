// The names of definitions in OpenAPI documents: `io.k8s.api.apps.v1.Deployment` of `V1Deployment`.
//
// The generated models have lost their packages. A definition belongs to the group of the first kind that it is a part of,
// when the kinds of the core group are looked at first.
//
// Read:    the definitions of api/openapi-spec/swagger.json.

import { groupOf, SCHEME, versionOf } from '../scheme.ts';
import { definitionOf, type FieldType, fieldsOf, structName } from '../structure.ts';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';

/** What every kind may be made of. */
const META_TYPES: ReadonlySet<string> = new Set([
  'Condition',
  'DeleteOptions',
  'LabelSelector',
  'LabelSelectorRequirement',
  'ListMeta',
  'ManagedFieldsEntry',
  'ObjectMeta',
  'OwnerReference',
  'Preconditions',
]);

/** Of the core group, though only workloads of other groups hold it. */
const CORE_TYPES: readonly string[] = ['V1PodTemplateSpec'];

/** The package of the Go types of a group and version. */
export function packageOf(apiVersion: string): string {
  const group = groupOf(apiVersion);
  const version = versionOf(apiVersion);
  if (group === 'apiextensions.k8s.io') return `io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.${version}`;
  const builtIn = /^([a-z]*)(?:\.authorization)?(?:\.k8s\.io)?$/.exec(group)?.[1];
  if (builtIn !== undefined) return `io.k8s.api.${builtIn === '' ? 'core' : builtIn}.${version}`;
  // Kinds that are defined by clients: the group the other way round.
  return `${group.split('.').reverse().join('.')}.${version}`;
}

/** Definition to its full name, for all that the kinds of the scheme are made of. */
export function schemaNames(): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const walk = (definition: string, apiVersion: string): void => {
    if (names.has(definition)) return;
    const type = structName(definition);
    names.set(definition, `${META_TYPES.has(type) ? META : packageOf(apiVersion)}.${type}`);
    for (const field of fieldsOf(definition).values()) {
      const part = structOf(field);
      if (part !== undefined) walk(part, apiVersion);
    }
  };
  const roots = [
    ...SCHEME.map(kind => ({ apiVersion: kind.apiVersion, definition: definitionOf(kind.apiVersion, kind.kind) })),
    ...CORE_TYPES.map(definition => ({ apiVersion: 'v1', definition })),
    { apiVersion: 'v1', definition: definitionOf('v1', 'DeleteOptions') },
    { apiVersion: 'autoscaling/v1', definition: definitionOf('autoscaling/v1', 'Scale') },
  ];
  const isCore = (root: (typeof roots)[number]): boolean => root.apiVersion === 'v1';
  for (const { apiVersion, definition } of [...roots.filter(isCore), ...roots.filter(root => !isCore(root))])
    if (definition !== undefined) walk(definition, apiVersion);
  return names;
}

/** The definition that a field is made of, at whatever depth of lists and maps. */
export function structOf(type: FieldType): string | undefined {
  switch (type.kind) {
    case 'struct':
      return type.definition;
    case 'list':
      return structOf(type.item);
    case 'map':
      return structOf(type.value);
    default:
      return undefined;
  }
}
