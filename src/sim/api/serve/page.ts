// Lists: of which moment, and a page at a time. All pages of a list show the state that it began with.
//
// Read:    kubernetes.io/docs/reference/using-api/api-concepts, "Retrieving large results sets in chunks", "Resource
//          versions"; k8s.io/apiserver pkg/storage/etcd3/store.go (`GetList`), errors.go.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { expired, tooLargeResourceVersion } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import { type ApiObject, keyOf } from '../objects.ts';
import { placeOf } from '../sortedKeys.ts';
import type { ObjectStore } from '../store.ts';
import type { ListMeta } from './answer.ts';
import { encodeContinue } from './continueToken.ts';
import type { ListQuery } from './listOptions.ts';
import { isSelected, type Selection, select } from './selection.ts';

export interface Page {
  readonly objects: readonly ApiObject[];
  readonly metadata: ListMeta;
}

const LIST_EXPIRED = 'The resourceVersion for the provided list is too old.';
const CONTINUE_EXPIRED =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

/** The chosen objects that the query asks for. */
export function readPage(
  store: ObjectStore,
  selection: Selection,
  { moment, limit, after }: ListQuery,
): Result<Page, ApiError> {
  const asked = after?.resourceVersion ?? (moment.kind === 'latest' ? 0 : moment.resourceVersion);
  if (asked > store.resourceVersion) return failure(tooLargeResourceVersion(asked, store.resourceVersion));
  const isOfThen = asked > 0 && (after !== undefined || moment.kind === 'exact');
  const version = isOfThen ? asked : store.resourceVersion;
  const chosen = chosenAt(store, selection, version);
  if (chosen === undefined) {
    if (after === undefined) return failure(expired(LIST_EXPIRED));
    return failure(expired(CONTINUE_EXPIRED, encodeContinue({ resourceVersion: -1, start: after.start })));
  }
  return success(cut(chosen, selection, limit, after?.start, version));
}

/** `undefined` when nobody knows any more what there was. */
function chosenAt(store: ObjectStore, selection: Selection, version: number): readonly ApiObject[] | undefined {
  if (version === store.resourceVersion) return select(store.table(selection.of), selection);
  return store.objectsAt(selection.of, version)?.filter(object => isSelected(selection, object));
}

function cut(
  chosen: readonly ApiObject[],
  { labels, fields }: Selection,
  limit: number,
  start: string | undefined,
  version: number,
): Page {
  const first = start === undefined ? 0 : placeOf(chosen.map(keyOf), start);
  const end = limit === 0 ? chosen.length : first + limit;
  const objects = first === 0 && end >= chosen.length ? chosen : chosen.slice(first, end);
  const last = objects[objects.length - 1];
  const resourceVersion = String(version);
  if (end >= chosen.length || last === undefined) return { objects, metadata: { resourceVersion } };
  const next = encodeContinue({ resourceVersion: version, start: `${keyOf(last)}\0` });
  // What else there is counts only where nothing is chosen: the server does not look ahead.
  const remaining = labels.length + fields.length === 0 ? { remainingItemCount: chosen.length - end } : {};
  return { objects, metadata: { resourceVersion, continue: next, ...remaining } };
}
