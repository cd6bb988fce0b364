// The `log` subresource of Pods: what a container has written, as text.
//
// Omits:   `stream`, `insecureSkipTLSVerifyBackend`.
// Read:    kubernetes pkg/registry/core/pod/rest/log.go; pkg/registry/core/pod/strategy.go, `LogLocation`;
//          pkg/apis/core/validation, `ValidatePodLogOptions`; pkg/kubelet/kuberuntime/logs.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { badRequest, invalidObject } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import type { ContainerLog, LogLine, LogOfRun } from '../containerLog.ts';
import { type FieldError, forbidden, invalid } from '../fieldError.ts';
import { path } from '../fieldPath.ts';
import type { Pod } from '../kinds/pod.ts';
import type { ApiRequest, ApiResponse, FollowedText } from '../request.ts';
import { microTimestamp, parseTimestamp } from '../timestamps.ts';
import { byteLength } from '../validation/formats.ts';
import type { ApiWorld } from '../world.ts';
import { isSwitchedOn } from './listOptions.ts';

interface LogQuery {
  readonly run: 'current' | 'previous';
  readonly times: 'shown' | 'hidden';
  readonly tailLines: number | undefined;
  readonly sinceSeconds: number | undefined;
  readonly sinceTime: number | undefined;
  readonly limitBytes: number | undefined;
}

const HEADERS = { 'content-type': 'text/plain' } as const;

export function onLog(world: ApiWorld, request: ApiRequest, pod: Pod): Result<ApiResponse, ApiError> {
  const query = readLogQuery(request, pod);
  if (!query.ok) return query;
  const container = containerOf(pod, request.query?.container ?? '');
  if (!container.ok) return container;
  // A Pod that is on no node has nothing to say.
  if (!pod.spec.nodeName) return success({ status: 200, headers: HEADERS, body: '' });
  const read = () => world.containerLog(pod, container.value, query.value.run);
  const log = read();
  switch (log.kind) {
    case 'refused':
      return failure(badRequest(log.message));
    case 'unreachable':
      return failure({ code: 500, reason: '', message: log.message });
    case 'lines':
      return success({
        status: 200,
        headers: HEADERS,
        body: textOf(chosen(log.lines, query.value, world), query.value),
        ...(isSwitchedOn(request.query?.follow) && { follow: followed(log, read, query.value) }),
      });
  }
}

/** The rest of a run: it is over with the run, also when the container has been started again by then. */
function followed(first: LogOfRun, read: () => ContainerLog, query: LogQuery): FollowedText {
  let seen = first.lines.length;
  return {
    read() {
      const log = read();
      if (log.kind !== 'lines' || log.startedAt !== first.startedAt) return { text: '', state: 'over' };
      const text = textOf(log.lines.slice(seen), query);
      seen = log.lines.length;
      return { text, state: log.process === 'running' ? 'open' : 'over' };
    },
  };
}

/** The container that is asked for; the only one, if nothing is said. */
export function containerOf({ metadata, spec }: Pod, wanted: string): Result<string, ApiError> {
  const names = [...(spec.initContainers ?? []), ...spec.containers].map(({ name }) => name);
  if (wanted !== '')
    return names.includes(wanted)
      ? success(wanted)
      : failure(badRequest(`container ${wanted} is not valid for pod ${metadata.name}`));
  const [only, ...others] = spec.containers;
  if (only !== undefined && others.length === 0) return success(only.name);
  const choices = `choose one of: [${names.join(' ')}]`;
  return failure(badRequest(`a container name must be specified for pod ${metadata.name}, ${choices}`));
}

function chosen(lines: readonly LogLine[], query: LogQuery, { clock }: ApiWorld): readonly LogLine[] {
  const since = query.sinceSeconds === undefined ? query.sinceTime : clock.now - query.sinceSeconds * 1000;
  const recent = since === undefined ? lines : lines.filter(({ at }) => at >= since);
  return query.tailLines === undefined ? recent : recent.slice(Math.max(0, recent.length - query.tailLines));
}

function textOf(lines: readonly LogLine[], { times, limitBytes }: LogQuery): string {
  const text = lines.map(line => `${times === 'shown' ? `${nanoTimestamp(line.at)} ` : ''}${line.text}\n`).join('');
  if (limitBytes === undefined || byteLength(text) <= limitBytes) return text;
  let cut = text.slice(0, limitBytes);
  while (byteLength(cut) > limitBytes) cut = cut.slice(0, -1);
  return cut;
}

/** RFC 3339 with nine digits, as the kubelet writes it. */
function nanoTimestamp(at: number): string {
  return microTimestamp(at).replace('Z', '000Z');
}

function readLogQuery({ query = {} }: ApiRequest, { metadata }: Pod): Result<LogQuery, ApiError> {
  const numbers: { [name: string]: number } = {};
  for (const name of ['tailLines', 'sinceSeconds', 'limitBytes']) {
    const text = query[name];
    if (text === undefined) continue;
    if (!/^[-+]?\d+$/.test(text))
      return failure(badRequest(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`));
    numbers[name] = Number(text);
  }
  const { tailLines, sinceSeconds, limitBytes } = numbers;
  const sinceTime = query.sinceTime === undefined ? undefined : parseTimestamp(query.sinceTime);
  if (query.sinceTime !== undefined && sinceTime === undefined)
    return failure(badRequest(timeComplaint(query.sinceTime)));
  const errors: FieldError[] = [];
  if (tailLines !== undefined && tailLines < 0)
    errors.push(invalid(path('tailLines'), tailLines, 'must be greater than or equal to 0'));
  if (limitBytes !== undefined && limitBytes < 1)
    errors.push(invalid(path('limitBytes'), limitBytes, 'must be greater than 0'));
  if (sinceSeconds !== undefined && sinceTime !== undefined)
    errors.push(forbidden(path(''), 'at most one of `sinceTime` or `sinceSeconds` may be specified'));
  else if (sinceSeconds !== undefined && sinceSeconds < 1)
    errors.push(invalid(path('sinceSeconds'), sinceSeconds, 'must be greater than 0'));
  if (errors.length > 0) return failure(invalidObject('PodLogOptions', '', metadata.name, errors));
  return success({
    run: isSwitchedOn(query.previous) ? 'previous' : 'current',
    times: isSwitchedOn(query.timestamps) ? 'shown' : 'hidden',
    tailLines,
    sinceSeconds,
    sinceTime,
    limitBytes,
  });
}

function timeComplaint(text: string): string {
  return `parsing time ${JSON.stringify(text)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(text)} as "2006"`;
}
