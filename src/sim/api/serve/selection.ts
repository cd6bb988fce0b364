// Which objects a request chooses: by namespace, labels and fields.
//
// Read:    k8s.io/apiserver pkg/endpoints/handlers/get.go, `ListResource`.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { badRequest } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import type { Kind } from '../kinds/kind.ts';
import { type ApiObject, keyOf } from '../objects.ts';
import { labelIndex, namespaceIndex, type ObjectTable } from '../objectTable.ts';
import type { ApiRequest } from '../request.ts';
import { type FieldRequirement, type LabelRequirement, meetsAll } from '../selectors.ts';
import { parseFieldSelector } from './fieldQuery.ts';
import { parseLabelSelector } from './labelQuery.ts';

export interface Selection {
  readonly of: Kind;
  readonly namespace: string | undefined;
  readonly labels: readonly LabelRequirement[];
  readonly fields: readonly FieldRequirement[];
}

/** Reads the selectors of a request. A `name` chooses that object alone. */
export function readSelection(
  request: ApiRequest,
  of: Kind,
  namespace: string | undefined,
  name?: string,
): Result<Selection, ApiError> {
  const { labelSelector = '', fieldSelector = '' } = request.query ?? {};
  const labels = parseLabelSelector(labelSelector);
  if (!labels.ok) return failure(badRequest(labels.error));
  const fields = parseFieldSelector(fieldSelector);
  if (!fields.ok) return failure(badRequest(fields.error));
  for (const requirement of fields.value) {
    const { field } = requirement;
    if (field === 'metadata.name' || (field === 'metadata.namespace' && hasNamespaceField(of))) continue;
    if (of.selectableFields?.includes(field) === true) continue;
    return failure(badRequest(unknownField(of, field)));
  }
  if (name !== undefined && fields.value.some(({ field, value }) => field !== 'metadata.name' || value !== name))
    return failure(badRequest("fieldSelector metadata.name doesn't match requested name"));
  const byName: readonly FieldRequirement[] =
    name === undefined ? [] : [{ field: 'metadata.name', operator: '=', value: name }];
  return success({ of, namespace, labels: labels.value, fields: [...fields.value, ...byName] });
}

/** Kinds of the whole cluster have it where nobody has said which fields they have. */
function hasNamespaceField(of: Kind): boolean {
  return of.namespaced || of.selectableFields === undefined;
}

function unknownField(of: Kind, field: string): string {
  return of.selectableFields === undefined
    ? `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`
    : `field label not supported: ${field}`;
}

/** Is the object of the selection's kind among those that it chooses? */
export function isSelected(selection: Selection, object: ApiObject): boolean {
  const { of, namespace, labels, fields } = selection;
  if (namespace !== undefined && object.metadata.namespace !== namespace) return false;
  if (!meetsAll(labels, object.metadata.labels)) return false;
  return fields.every(({ field, operator, value }) => (fieldOf(of, object, field) === value) === (operator === '='));
}

function fieldOf(of: Kind, object: ApiObject, field: string): string {
  if (field === 'metadata.name') return object.metadata.name;
  if (field === 'metadata.namespace') return object.metadata.namespace ?? '';
  return of.selectableField?.(object, field) ?? '';
}

/** The chosen objects in order. */
export function select(table: ObjectTable, selection: Selection): readonly ApiObject[] {
  const name = selection.fields.find(({ field, operator }) => field === 'metadata.name' && operator === '=')?.value;
  if (name !== undefined && (selection.namespace !== undefined || !selection.of.namespaced)) {
    const { namespace } = selection;
    const object = table.get(keyOf({ metadata: { ...(namespace !== undefined && { namespace }), name } }));
    return object !== undefined && isSelected(selection, object) ? [object] : [];
  }
  return candidates(table, selection).filter(object => isSelected(selection, object));
}

/** A label is usually the rarest condition. */
function candidates(table: ObjectTable, { namespace, labels, fields }: Selection): readonly ApiObject[] {
  const equal = labels.find(({ operator }) => operator === '=');
  if (equal !== undefined) return table.under(labelIndex(equal.key, equal.values[0] ?? ''));
  const node = fields.find(({ field, operator }) => field === 'spec.nodeName' && operator === '=');
  if (node !== undefined) return table.under(`node=${node.value}`);
  return namespace === undefined ? table.all() : table.under(namespaceIndex(namespace));
}
