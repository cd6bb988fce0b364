// The environment variables of a container.
//
// Omits:   the values of `resourceFieldRef` for resources beside CPU, memory and ephemeral storage.
// Read:    kubectl v1.34 pkg/describe/describe.go, `describeContainerEnvVars`, `describeContainerEnvFrom`.

import type { Json } from '../../../sim/index.ts';
import { at, listAt, textAt } from '../fields.ts';
import { line } from './lines.ts';
import { milliUnits, parseQuantity, wholeUnits } from './quantity.ts';
import type { Lines } from './related.ts';

/** @param pod the Pod whose fields variables can name; absent for a template */
export function environmentLines(container: Json, pod: Json | undefined): Lines {
  const variables = listAt(container, 'env');
  return [
    ...sourceLines(listAt(container, 'envFrom')),
    variables.length === 0 ? line(2, 'Environment:', '<none>') : line(2, 'Environment:'),
    ...variables.flatMap(variable => variableLines(variable, container, pod)),
  ];
}

function sourceLines(sources: readonly Json[]): Lines {
  if (sources.length === 0) return [];
  return [
    line(2, 'Environment Variables from:'),
    ...sources.map(source => {
      const [from, reference] =
        at(source, 'configMapRef') !== undefined
          ? ['ConfigMap', at(source, 'configMapRef')]
          : ['Secret', at(source, 'secretRef')];
      const prefix = textAt(source, 'prefix');
      const kind = reference === undefined ? '' : String(from);
      return line(
        3,
        textAt(reference, 'name'),
        prefix === '' ? kind : `${kind} with prefix '${prefix}'`,
        optionalText(reference),
      );
    }),
  ];
}

function optionalText(reference: Json | undefined): string {
  return `Optional: ${at(reference, 'optional') === true}`;
}

function variableLines(variable: Json, container: Json, pod: Json | undefined): Lines {
  const name = `${textAt(variable, 'name')}:`;
  const from = at(variable, 'valueFrom');
  if (from === undefined) {
    return textAt(variable, 'value')
      .split('\n')
      .map((part, i) => line(3, i === 0 ? name : '', part));
  }
  const field = at(from, 'fieldRef');
  if (field !== undefined) {
    const path = textAt(field, 'fieldPath');
    return [line(3, name, `${podField(pod, path)} (${textAt(field, 'apiVersion')}:${path})`)];
  }
  const resource = at(from, 'resourceFieldRef');
  if (resource !== undefined) {
    const named = textAt(resource, 'resource');
    return [line(3, name, `${containerResource(container, resource)} (${named})`)];
  }
  const secret = at(from, 'secretKeyRef');
  if (secret !== undefined) {
    const source = `<set to the key '${textAt(secret, 'key')}' in secret '${textAt(secret, 'name')}'>`;
    return [line(3, name, source, optionalText(secret))];
  }
  const map = at(from, 'configMapKeyRef');
  if (map === undefined) return [];
  const source = `<set to the key '${textAt(map, 'key')}' of config map '${textAt(map, 'name')}'>`;
  return [line(3, name, source, optionalText(map))];
}

/** kubectl resolves these two and no other field. Source: `runtime.DefaultMetaV1FieldSelectorConversion`. */
function podField(pod: Json | undefined, path: string): string {
  if (path === 'metadata.name') return textAt(pod, 'metadata', 'name');
  if (path === 'metadata.namespace') return textAt(pod, 'metadata', 'namespace');
  return '';
}

function containerResource(container: Json, reference: Json): string {
  const resource = textAt(reference, 'resource');
  const [kind = '', ...rest] = resource.split('.');
  const name = rest.join('.');
  if (!['limits', 'requests'].includes(kind) || !['cpu', 'memory', 'ephemeral-storage'].includes(name)) return '';
  const divisor = parseQuantity(textAt(reference, 'divisor'));
  const by = divisor.nano === 0n ? parseQuantity('1') : divisor;
  const amount = parseQuantity(textAt(container, 'resources', kind, name));
  const count = name === 'cpu' ? milliUnits(amount) / milliUnits(by) : wholeUnits(amount) / wholeUnits(by);
  const value = String(Math.ceil(count));
  return value === '0' && (resource === 'limits.cpu' || resource === 'limits.memory') ? 'node allocatable' : value;
}
