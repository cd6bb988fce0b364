// The log of a container, as the API server asks the kubelet for it.
//
// Models:  container, previous, tailLines, sinceSeconds, sinceTime, timestamps, limitBytes.
// Omits:   follow: the answer ends with what has been printed so far.
// Read:    kubernetes pkg/registry/core/pod/strategy.go (`LogLocation`), pkg/kubelet/kubelet_pods.go
//          (`validateContainerLogStatus`), pkg/apis/core/validation (`ValidatePodLogOptions`).

import { failure, type Result, success } from '../../runtime/errors.ts';
import { badRequest, invalidObject, methodNotAllowed } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import { type FieldError, forbidden, invalid } from '../fieldError.ts';
import { path } from '../fieldPath.ts';
import type { ContainerState, Pod } from '../kinds/pod.ts';
import type { ApiRequest, ApiResponse } from '../request.ts';
import { microTimestamp, parseTimestamp } from '../timestamps.ts';
import { byteLength } from '../validation/formats.ts';
import type { ApiWorld } from '../world.ts';

type Outcome<T> = Result<T, ApiError>;

export function onLog(world: ApiWorld, request: ApiRequest, pod: Pod): Outcome<ApiResponse> {
  if (request.method !== 'GET') return failure(methodNotAllowed());
  const query = request.query ?? {};
  const wrong = checkOptions(query);
  if (wrong.length > 0) return failure(invalidObject('PodLogOptions', '', pod.metadata.name, wrong));
  const container = containerOf(pod, query.container ?? '');
  if (!container.ok) return container;
  // Nobody runs it yet, and so nobody is asked.
  if ((pod.spec.nodeName ?? '') === '') return success(plain(''));
  const state = stateOf(pod, container.value, query.previous === 'true');
  if (!state.ok) return state;
  const now = world.clock.now;
  const since =
    query.sinceTime !== undefined
      ? parseTimestamp(query.sinceTime)
      : query.sinceSeconds !== undefined
        ? now - Number(query.sinceSeconds) * 1000
        : undefined;
  const newer = world
    .readLog(pod, container.value, state.value, now)
    .filter(({ at }) => since === undefined || at >= since);
  const last = query.tailLines === undefined ? newer : newer.slice(Math.max(0, newer.length - Number(query.tailLines)));
  const text = last
    .map(({ at, text }) => `${query.timestamps === 'true' ? `${nanoTimestamp(at)} ` : ''}${text}\n`)
    .join('');
  return success(plain(query.limitBytes === undefined ? text : cut(text, Number(query.limitBytes))));
}

function plain(body: string): ApiResponse {
  return { status: 200, headers: { 'content-type': 'text/plain' }, body };
}

/** `2026-01-01T00:00:07.250000000Z` */
function nanoTimestamp(at: number): string {
  return microTimestamp(at).replace(/Z$/, '000Z');
}

function cut(text: string, bytes: number): string {
  let end = Math.min(text.length, bytes);
  while (byteLength(text.slice(0, end)) > bytes) end--;
  return text.slice(0, end);
}

function checkOptions(query: Readonly<Record<string, string>>): readonly FieldError[] {
  const least = (name: string, smallest: number, words: string): readonly FieldError[] =>
    query[name] !== undefined && !(Number(query[name]) >= smallest)
      ? [invalid(path(name), Number(query[name]), words)]
      : [];
  return [
    ...least('tailLines', 0, 'must be greater than or equal to 0'),
    ...least('limitBytes', 1, 'must be greater than 0'),
    ...(query.sinceSeconds !== undefined && query.sinceTime !== undefined
      ? [forbidden(path(''), 'at most one of `sinceTime` or `sinceSeconds` may be specified')]
      : least('sinceSeconds', 1, 'must be greater than 0')),
  ];
}

function containerOf(pod: Pod, wanted: string): Outcome<string> {
  const names = pod.spec.containers.map(({ name }) => name);
  const initNames = (pod.spec.initContainers ?? []).map(({ name }) => name);
  const [only, ...others] = names;
  if (wanted === '' && only !== undefined && others.length + initNames.length === 0) return success(only);
  if (wanted === '') {
    const beside = initNames.length === 0 ? '' : ` or one of the init containers: [${initNames.join(' ')}]`;
    return failure(
      badRequest(
        `a container name must be specified for pod ${pod.metadata.name}, choose one of: [${names.join(' ')}]${beside}`,
      ),
    );
  }
  return [...names, ...initNames].includes(wanted)
    ? success(wanted)
    : failure(badRequest(`container ${wanted} is not valid for pod ${pod.metadata.name}`));
}

/** The state whose output is meant. Source: `validateContainerLogStatus` */
function stateOf(pod: Pod, name: string, previous: boolean): Outcome<ContainerState> {
  const what = `container ${JSON.stringify(name)} in pod ${JSON.stringify(pod.metadata.name)}`;
  const status = [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])].find(
    own => own.name === name,
  );
  if (status === undefined) return failure(badRequest(`${what} is not available`));
  const { state = {}, lastState = {} } = status;
  if (previous)
    return lastState.terminated === undefined
      ? failure(badRequest(`previous terminated ${what} not found`))
      : success(lastState);
  if (state.running !== undefined || state.terminated !== undefined) return success(state);
  if (lastState.terminated !== undefined) return success(lastState);
  const reason = state.waiting?.reason ?? '';
  return failure(
    badRequest(`${what} is waiting to start${WAITING[reason] ?? (reason === '' ? ' - no logs yet' : `: ${reason}`)}`),
  );
}

/** The most common reasons why a container does not start. */
const WAITING: Readonly<Record<string, string>> = {
  ErrImagePull: ": image can't be pulled",
  ImagePullBackOff: ': trying and failing to pull image',
};
