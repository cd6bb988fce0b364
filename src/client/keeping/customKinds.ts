import type { Json } from '../../sim/index.ts';
import { at, textAt } from './walk.ts';

/** Kinds that manifests define themselves: the lab knows them once it has opened. */
export function customKinds(values: readonly Json[]): ReadonlySet<string> {
  const definitions = values.filter(value => at(value, 'kind') === 'CustomResourceDefinition');
  return new Set(definitions.map(definition => textAt(definition, 'spec', 'names', 'kind')));
}
