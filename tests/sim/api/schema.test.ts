// The schema that the build makes of the Kubernetes client's models.

import { expect, it } from 'vitest';
import { readKubernetesSchema, SCHEMA_KINDS } from '../../../src/server/vite/kubernetesSchema.ts';
import { SCHEME } from '../../../src/sim/api/scheme.ts';
import { definitionOf, FIELD_ENUMS, fieldsOf } from '../../../src/sim/api/structure.ts';

it('every kind of the scheme has its structure', () => {
  for (const { apiVersion, kind } of SCHEME) expect(definitionOf(apiVersion, kind), kind).toBeDefined();
});

it('types are told apart that the models mix up', () => {
  expect(fieldsOf('V1ServicePort').get('port')).toEqual({ kind: 'int32' });
  expect(fieldsOf('V1ServicePort').get('targetPort')).toEqual({ kind: 'intOrString' });
  expect(fieldsOf('V1ObjectMeta').get('creationTimestamp')).toEqual({ kind: 'time' });
  expect(fieldsOf('V1ResourceRequirements').get('limits')).toEqual({ kind: 'map', value: { kind: 'quantity' } });
  expect(fieldsOf('V1PodSpec').get('containers')).toEqual({
    kind: 'list',
    item: { kind: 'struct', definition: 'V1Container' },
  });
});

it('every definition that a field names is there', async () => {
  const { definitions } = await readKubernetesSchema(SCHEMA_KINDS);
  const named = Object.values(definitions).flatMap(fields =>
    Object.values(fields).flatMap(type => /@(\w+)$/.exec(type)?.[1] ?? []),
  );
  expect(named.filter(name => definitions[name] === undefined)).toEqual([]);
});

it('fields with a few values exist', () => {
  for (const name of Object.keys(FIELD_ENUMS)) {
    const [definition = '', field = ''] = name.split('.');
    expect(fieldsOf(definition).has(field), name).toBe(true);
  }
});
