// kubectl logs: what containers have printed.
//
// Simplified: `-f` asks again as time passes; several logs are followed in the order of their Pods.
// Read:    kubectl pkg/cmd/logs; pkg/polymorphichelpers/logsforobject.go; pkg/util/podutils.

import { type Json, parseTimestamp, type VirtualMs } from '../../sim/index.ts';
import { parseDuration } from './duration.ts';
import { at, listAt, numberAt, textAt } from './fields.ts';
import { goSort } from './goSort.ts';
import { selectorOf } from './podsOf.ts';
import { requestTimeoutOf } from './requestTimeout.ts';
import { type ApiResource, discover, findResource, knownResource, pathOf } from './resources.ts';
import { type KubectlCall, KubectlError, mustGet, print, printError, seeHelp, serverError } from './session.ts';
import type { Verb } from './verb.ts';

const USAGE =
  "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command";
/** The last lines that are shown of each Pod that a selector finds. */
const TAIL_OF_SELECTED = 10;
/** How much of the lab's time passes between two looks, with `-f`. */
const STEP_MS = 250;

export const logs: Verb = {
  summary: 'Print the logs for a container in a pod',
  usage: 'kubectl logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]',
  flags: {
    'all-containers': { kind: 'flag' },
    'all-pods': { kind: 'flag' },
    container: { short: 'c', kind: 'value' },
    follow: { short: 'f', kind: 'flag' },
    'ignore-errors': { kind: 'flag' },
    'insecure-skip-tls-verify-backend': { kind: 'flag' },
    'limit-bytes': { kind: 'number' },
    'max-log-requests': { kind: 'number', initial: '5' },
    'pod-running-timeout': { kind: 'duration', initial: '20s' },
    prefix: { kind: 'flag' },
    previous: { short: 'p', kind: 'flag' },
    selector: { short: 'l', kind: 'value' },
    since: { kind: 'duration' },
    'since-time': { kind: 'value' },
    tail: { kind: 'number', initial: '-1' },
    timestamps: { kind: 'flag' },
  },
  run: async call => {
    const wanted = wantedOf(call);
    const query = queryOf(call);
    const pods = await podsOf(call, wanted);
    if (pods.length === 0) {
      printError(call, `No resources found in ${call.namespace} namespace.\n`);
      return 0;
    }
    checkFlags(call, wanted);
    const sources = pods.flatMap(pod => sourcesOf(call, pod, wanted));
    const most = Number(call.flags.value('max-log-requests') ?? 5);
    if (call.flags.has('follow') && sources.length > 1 && sources.length > most)
      throw new KubectlError(
        `error: you are attempting to follow ${sources.length} log streams, but maximum allowed concurrency is ${most}, use --max-log-requests to increase the limit`,
      );
    if (call.flags.has('follow')) return followAll(call, sources, query);
    for (const source of sources) printLog(call, source, await logOf(call, source, query));
    return 0;
  },
};

/** What the words of the command mean. */
interface Wanted {
  /** `web`, `deploy/web`; absent with a selector. */
  readonly word?: string;
  readonly container: string;
}

/** The log of one container. */
interface Source {
  readonly pod: string;
  readonly container: string;
}

type Query = Readonly<Record<string, string>>;

function wantedOf(call: KubectlCall): Wanted {
  const { flags } = call;
  const [word, container] = flags.words;
  const hasSelector = (flags.value('selector') ?? '') !== '';
  const refuse = (message: string): never => {
    throw new KubectlError(`error: ${message}\n${seeHelp('logs')}`);
  };
  if (flags.words.length > 2 || (word === undefined && !hasSelector)) return refuse(USAGE);
  if (word !== undefined && hasSelector) return refuse('only a selector (-l) or a POD name is allowed');
  if (container !== undefined && (flags.value('container') ?? '') !== '')
    throw new KubectlError('error: only one of -c or an inline [CONTAINER] arg is allowed');
  return { ...(word !== undefined && { word }), container: container ?? flags.value('container') ?? '' };
}

/** What the server is asked, without the container. */
function queryOf({ flags }: KubectlCall): Query {
  const sinceTime = flags.value('since-time') ?? '';
  if (sinceTime !== '' && parseTimestamp(sinceTime) === undefined)
    throw new KubectlError(
      `error: parsing time ${JSON.stringify(sinceTime)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(sinceTime)} as "2006"`,
    );
  const since = parseDuration(flags.value('since') ?? '0s');
  const sinceSeconds = since.kind === 'duration' ? Math.ceil(since.ms / 1000) : 0;
  const isSelected = (flags.value('selector') ?? '') !== '';
  const tail = flags.value('tail') ?? (isSelected ? String(TAIL_OF_SELECTED) : '-1');
  const limit = Number(flags.value('limit-bytes') ?? 0);
  return {
    ...(flags.has('previous') && { previous: 'true' }),
    ...(flags.has('timestamps') && { timestamps: 'true' }),
    ...(sinceTime !== '' && { sinceTime }),
    ...(sinceSeconds !== 0 && { sinceSeconds: String(sinceSeconds) }),
    ...(Number(tail) !== -1 && { tailLines: tail }),
    ...(limit !== 0 && { limitBytes: String(limit) }),
  };
}

/** Source: logs.go, `Validate`. */
function checkFlags({ flags }: KubectlCall, { container }: Wanted): void {
  const problem =
    (flags.value('since-time') ?? '') !== '' && flags.value('since') !== undefined
      ? 'at most one of `sinceTime` or `sinceSeconds` may be specified'
      : flags.has('all-containers') && container !== ''
        ? `--all-containers=true should not be specified with container name ${container}`
        : Number(flags.value('tail') ?? -1) < -1
          ? '--tail must be greater than or equal to -1'
          : (flags.value('since') ?? '').startsWith('-')
            ? '--since must be greater than 0'
            : Number(flags.value('limit-bytes') ?? 0) < 0
              ? '--limit-bytes must be greater than 0'
              : undefined;
  if (problem !== undefined) throw new KubectlError(`error: ${problem}`);
}

async function podsOf(call: KubectlCall, { word }: Wanted): Promise<readonly Json[]> {
  const all = await discover(call);
  const pods = knownResource(all, 'pods');
  const list = async (labelSelector: string): Promise<readonly Json[]> =>
    listAt(await mustGet(call, pathOf(pods, call.namespace), { labelSelector }), 'items');
  if (word === undefined) return list(call.flags.value('selector') ?? '');
  const [type = '', name = ''] = word.includes('/') ? word.split('/') : ['pods', word];
  const resource = findResource(all, type);
  if (resource === undefined) throw new KubectlError(`error: the server doesn't have a resource type "${type}"`);
  const object = await found(call, resource, name);
  if (resource.kind === 'Pod') return [object];
  const selector = selectorOf(resource, object);
  if (selector === undefined)
    throw new KubectlError(
      `error: cannot get the logs from *v1.${resource.kind}: selector for *v1.${resource.kind} not implemented`,
    );
  const best = goSort(await list(selector), isBetter);
  const [first] = best;
  if (first === undefined) throw new KubectlError('error: timed out waiting for the condition');
  if (call.flags.has('all-pods')) return best;
  if (best.length > 1) printError(call, `Found ${best.length} pods, using pod/${textAt(first, 'metadata', 'name')}\n`);
  return [first];
}

async function found(call: KubectlCall, resource: ApiResource, name: string): Promise<Json> {
  const response = await call.context.request({ method: 'GET', path: pathOf(resource, call.namespace, name) });
  if (response.status < 400) return response.body;
  if (response.status !== 404) throw new KubectlError(serverError(response));
  const what = resource.group === '' ? resource.name : `${resource.name}.${resource.group}`;
  throw new KubectlError(
    `error: error from server (NotFound): ${what} ${JSON.stringify(name)} not found in namespace ${JSON.stringify(call.namespace)}`,
  );
}

/** Whose log says most: a Pod that runs, is ready, has been for longer. Source: podutils.go, `ByLogging` */
function isBetter(a: Json, b: Json): boolean {
  const [x, y] = [rankOf(a), rankOf(b)];
  const i = x.findIndex((value, k) => value !== y[k]);
  return i >= 0 && (x[i] ?? 0) < (y[i] ?? 0);
}

function rankOf(pod: Json): readonly number[] {
  const phases = ['Running', 'Unknown', 'Pending'];
  const phase = phases.indexOf(textAt(pod, 'status', 'phase'));
  const ready = listAt(pod, 'status', 'conditions').find(condition => textAt(condition, 'type') === 'Ready');
  const restarts = listAt(pod, 'status', 'containerStatuses').map(status => numberAt(status, 'restartCount') ?? 0);
  return [
    textAt(pod, 'spec', 'nodeName') === '' ? 1 : 0,
    phase < 0 ? 0 : phase,
    textAt(ready, 'status') === 'True' ? 0 : 1,
    parseTimestamp(textAt(ready, 'lastTransitionTime')) ?? Number.POSITIVE_INFINITY,
    -Math.max(0, ...restarts),
    parseTimestamp(textAt(pod, 'metadata', 'creationTimestamp')) ?? Number.POSITIVE_INFINITY,
  ];
}

/** The containers of a Pod whose logs are meant. Source: logsforobject.go */
function sourcesOf(call: KubectlCall, pod: Json, { container }: Wanted): readonly Source[] {
  const name = textAt(pod, 'metadata', 'name');
  const namesIn = (field: string): readonly string[] => listAt(pod, 'spec', field).map(own => textAt(own, 'name'));
  const [own, init, ephemeral] = [namesIn('containers'), namesIn('initContainers'), namesIn('ephemeralContainers')];
  const { flags } = call;
  if (flags.has('all-containers') || (flags.has('all-pods') && container === ''))
    return (flags.has('all-containers') ? [...init, ...own, ...ephemeral] : own.slice(0, 1)).map(one => ({
      pod: name,
      container: one,
    }));
  if (container !== '') {
    if (![...own, ...init, ...ephemeral].includes(container))
      throw new KubectlError(`error: container ${container} is not valid for pod ${name}`);
    return [{ pod: name, container }];
  }
  const marked = textAt(pod, 'metadata', 'annotations', 'kubectl.kubernetes.io/default-container');
  const chosen = own.includes(marked) ? marked : (own[0] ?? '');
  if (own.length + init.length + ephemeral.length > 1 && chosen !== marked) {
    const others = [...own, ...init.map(one => `${one} (init)`), ...ephemeral.map(one => `${one} (ephem)`)];
    printError(call, `Defaulted container ${JSON.stringify(chosen)} out of: ${others.join(', ')}\n`);
  }
  return [{ pod: name, container: chosen }];
}

async function logOf(call: KubectlCall, { pod, container }: Source, query: Query): Promise<string> {
  const response = await call.context.request({
    method: 'GET',
    path: `/api/v1/namespaces/${call.namespace}/pods/${pod}/log`,
    query: { container, ...query },
  });
  if (response.status < 400) return typeof response.body === 'string' ? response.body : '';
  if (!call.flags.has('ignore-errors')) throw new KubectlError(serverError(response));
  return `error: ${textAt(response.body, 'message')}\n`;
}

function printLog(call: KubectlCall, { pod, container }: Source, text: string): void {
  const isMarked = call.flags.has('prefix') || call.flags.has('all-pods');
  const mark = isMarked ? `[pod/${pod}/${container}] ` : '';
  print(call, mark === '' ? text : text.replace(/^(?=.)/gm, mark));
}

/** Goes on with what comes, until all containers have ended. */
async function followAll(call: KubectlCall, sources: readonly Source[], query: Query): Promise<number> {
  const { context } = call;
  const end: VirtualMs = context.lab.now + requestTimeoutOf(call);
  const { tailLines: _tail, limitBytes: _limit, ...rest } = query;
  const shown = new Map<Source, number>();
  for (const source of sources) {
    const whole = await logOf(call, source, rest);
    printLog(call, source, await logOf(call, source, query));
    shown.set(source, whole.length);
  }
  for (;;) {
    if (context.isCancelled()) return 1;
    if (!(await anyRuns(call, sources))) return 0;
    // The real one says more or less of it, by which of its two timers rings first.
    if (context.lab.now >= end) {
      printError(call, 'error: context deadline exceeded\n');
      return 1;
    }
    context.sleep(STEP_MS);
    await context.breathe();
    for (const source of sources) {
      const whole = await logOf(call, source, rest);
      const before = shown.get(source) ?? 0;
      if (whole.length > before) printLog(call, source, whole.slice(before));
      shown.set(source, whole.length);
    }
  }
}

async function anyRuns(call: KubectlCall, sources: readonly Source[]): Promise<boolean> {
  for (const { pod, container } of sources) {
    const path = `/api/v1/namespaces/${call.namespace}/pods/${pod}`;
    const { body } = await call.context.request({ method: 'GET', path });
    const statuses = [
      ...listAt(body, 'status', 'containerStatuses'),
      ...listAt(body, 'status', 'initContainerStatuses'),
    ];
    if (statuses.some(one => textAt(one, 'name') === container && at(one, 'state', 'running') !== undefined))
      return true;
  }
  return false;
}
