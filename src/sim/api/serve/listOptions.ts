// What the query of a list or a watch says, beside its selectors.
//
// Read:    k8s.io/apimachinery pkg/apis/meta/internalversion/validation; k8s.io/apiserver pkg/storage/interfaces.go
//          (`ValidateListOptions`), continue.go.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { badRequest, invalidObject } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import { type FieldError, forbidden, invalid, joinFieldErrors, notSupported } from '../fieldError.ts';
import { path } from '../fieldPath.ts';
import type { ApiRequest } from '../request.ts';
import { type Continuation, decodeContinue } from './continueToken.ts';

/** From which moment a list is. */
export type ListMoment =
  | { readonly kind: 'latest' }
  /** At least as new as this; the server has only the latest. */
  | { readonly kind: 'not-older'; readonly resourceVersion: number }
  | { readonly kind: 'exact'; readonly resourceVersion: number };

export interface ListQuery {
  readonly moment: ListMoment;
  /** Objects a page; 0: all. */
  readonly limit: number;
  /** Where the page before this one ended. */
  readonly after: Continuation | undefined;
}

export interface WatchQuery {
  /**
   * - `current`: all objects first.
   * - `now`: only what happens from now on.
   * - `after`: what has happened since.
   */
  readonly from:
    | { readonly kind: 'current' }
    | { readonly kind: 'now' }
    | { readonly kind: 'after'; readonly resourceVersion: number };
  /** Does a bookmark say when the initial objects have all been sent? */
  readonly initialEvents: 'marked' | 'unmarked';
  readonly bookmarks: 'wanted' | 'unwanted';
}

/** A switch in a query is on unless it says otherwise. Source: apimachinery `Convert_Slice_string_To_bool`. */
export function isSwitchedOn(value: string | undefined): boolean {
  return value !== undefined && value.toLowerCase() !== 'false' && value !== '0';
}

export function readListQuery(request: ApiRequest): Result<ListQuery, ApiError> {
  const query = request.query ?? {};
  const { resourceVersion = '', resourceVersionMatch: match = '', continue: token = '' } = query;
  const limit = readInteger(query.limit);
  if (!limit.ok) return limit;
  const errors = listErrors(resourceVersion, match, token, query.sendInitialEvents);
  if (errors.length > 0) return failure(invalidObject('ListOptions', 'meta.k8s.io', '', errors));
  if (token !== '') {
    const after = decodeContinue(token);
    if (!after.ok) return failure(badRequest(`invalid continue token: ${after.error}`));
    if (resourceVersion !== '' && resourceVersion !== '0')
      return failure(badRequest('specifying resource version is not allowed when using continue'));
    return success({ moment: { kind: 'latest' }, limit: Math.max(0, limit.value), after: after.value });
  }
  const version = readVersion(resourceVersion);
  if (!version.ok) return failure(badRequest(`invalid resource version: ${version.error}`));
  const isPage = limit.value > 0 && version.value > 0;
  return success({
    moment:
      match === 'Exact' || (match === '' && isPage)
        ? { kind: 'exact', resourceVersion: version.value }
        : { kind: 'not-older', resourceVersion: version.value },
    // What any state will do for comes whole, from the server's memory.
    limit: resourceVersion === '0' ? 0 : Math.max(0, limit.value),
    after: undefined,
  });
}

const LIST_MATCHES = ['Exact', 'NotOlderThan'];

function listErrors(
  version: string,
  match: string,
  token: string,
  sendInitialEvents: string | undefined,
): readonly FieldError[] {
  const place = path('resourceVersionMatch');
  const errors: FieldError[] = [];
  if (match !== '') {
    if (version === '') errors.push(forbidden(place, `${place.text} is forbidden unless resourceVersion is provided`));
    if (token !== '') errors.push(forbidden(place, `${place.text} is forbidden when continue is provided`));
    if (!LIST_MATCHES.includes(match)) errors.push(notSupported(place, match, [...LIST_MATCHES, '']));
    if (match === 'Exact' && version === '0')
      errors.push(forbidden(place, `${place.text} "exact" is forbidden for resourceVersion "0"`));
  }
  if (sendInitialEvents !== undefined)
    errors.push(forbidden(path('sendInitialEvents'), 'sendInitialEvents is forbidden for list'));
  return errors;
}

export function readWatchQuery(request: ApiRequest): Result<WatchQuery, ApiError> {
  const query = request.query ?? {};
  const { resourceVersion = '', resourceVersionMatch: match = '', continue: token = '', sendInitialEvents } = query;
  const errors = watchErrors(match, token, sendInitialEvents);
  if (errors.length > 0) return failure(invalidObject('ListOptions', 'meta.k8s.io', '', errors));
  const version = readVersion(resourceVersion);
  if (!version.ok) return failure({ code: 500, reason: '', message: version.error });
  const wantsInitial = isSwitchedOn(sendInitialEvents);
  return success({
    from: startOf(wantsInitial, sendInitialEvents, version.value),
    initialEvents: wantsInitial && isSwitchedOn(query.allowWatchBookmarks) ? 'marked' : 'unmarked',
    bookmarks: isSwitchedOn(query.allowWatchBookmarks) ? 'wanted' : 'unwanted',
  });
}

/** Without a version, and nothing said of initial events, they come. */
function startOf(wantsInitial: boolean, said: string | undefined, resourceVersion: number): WatchQuery['from'] {
  if (wantsInitial || (said === undefined && resourceVersion === 0)) return { kind: 'current' };
  return resourceVersion === 0 ? { kind: 'now' } : { kind: 'after', resourceVersion };
}

const WATCH_MATCH = 'NotOlderThan';

function watchErrors(match: string, token: string, sendInitialEvents: string | undefined): readonly FieldError[] {
  const place = path('resourceVersionMatch');
  const errors: FieldError[] = [];
  if (sendInitialEvents !== undefined && match !== WATCH_MATCH)
    errors.push(forbidden(place, `sendInitialEvents requires setting ${place.text} to ${WATCH_MATCH}`));
  if (match === '') return errors;
  if (sendInitialEvents === undefined)
    errors.push(forbidden(place, `${place.text} is forbidden for watch unless sendInitialEvents is provided`));
  if (match !== WATCH_MATCH) errors.push(notSupported(place, match, [WATCH_MATCH]));
  if (token !== '') errors.push(forbidden(place, `${place.text} is forbidden when continue is provided`));
  return errors;
}

function readVersion(text: string): Result<number, string> {
  if (text === '' || /^\d+$/.test(text)) return success(Number(text));
  const why = `strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`;
  return failure(joinFieldErrors([invalid(path('resourceVersion'), text, why)]));
}

/** A whole number of a query; 0 when it is absent. */
function readInteger(text = ''): Result<number, ApiError> {
  if (text === '' || /^[-+]?\d+$/.test(text)) return success(Number(text));
  return failure(badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`));
}
