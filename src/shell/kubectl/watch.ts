// `kubectl get -w`: what is there, then what changes, until Ctrl+C.
//
// Models:  tables whose columns only grow, all other formats, `--watch-only`, `--output-watch-events`.
// Read:    kubectl pkg/cmd/get/get.go, `watch`.

import type { Json, WatchEvent } from '../../sim/index.ts';
import { listAt, objectAt, textAt } from './fields.ts';
import { type ObjectFormat, type OutputFormat, objectText } from './formats.ts';
import { goJson } from './goSyntax.ts';
import { requestTimeoutOf } from './requestTimeout.ts';
import { type ApiResource, pathOf } from './resources.ts';
import { type KubectlCall, KubectlError, print, printError, printWarnings, serverError } from './session.ts';
import { plainTable, type TableOptions, tableText } from './tablePrinter.ts';
import { growingColumns, TABLE_STYLE } from './tabwriter.ts';
import type { Visit } from './visits.ts';

const AS_TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
/** How much of the lab's time passes between two looks. */
const STEP_MS = 50;

export async function watchObjects(
  call: KubectlCall,
  visits: readonly Visit[],
  format: OutputFormat,
  optionsOf: (resource: ApiResource) => TableOptions,
): Promise<number> {
  const { flags } = call;
  const [visit] = visits;
  if (visit === undefined) return 0;
  if (visits.some(other => other.resource !== visit.resource))
    throw new KubectlError('error: you may only specify a single resource type');
  if (visits.length > 1)
    throw new KubectlError(
      `error: watch is only supported on individual resources and resource collections - ${visits.length} resources were found`,
    );
  const show = printerOf(call, format, optionsOf(visit.resource));
  const path = pathOf(visit.resource, visit.namespace, visit.name);
  const query = queryOf(call, visit);
  const accept = format.kind === 'table' && flags.value('server-print') !== 'false' ? AS_TABLE : 'application/json';
  const response = await call.context.request({ method: 'GET', path, query, headers: { accept } });
  printWarnings(call, response);
  if (response.status === 404 && flags.has('ignore-not-found')) return 0;
  if (response.status >= 400) throw new KubectlError(serverError(response));
  const isList = visit.name === undefined;
  const items = membersOf(response.body, visit.resource, isList);
  if (!flags.has('watch-only')) for (const item of items) show(item, 'ADDED');
  const collection = pathOf(visit.resource, visit.namespace);
  const opened = await call.context.request({
    method: 'GET',
    path: collection,
    headers: { accept },
    query: {
      ...query,
      ...(!isList && { fieldSelector: `metadata.name=${visit.name}` }),
      watch: 'true',
      resourceVersion: isList ? textAt(response.body, 'metadata', 'resourceVersion') : '0',
    },
  });
  if (opened.watch === undefined) throw new KubectlError(serverError(opened));
  return follow(call, opened.watch, event => show(event.object, event.type), isList ? 0 : 1);
}

/** Prints events until the learner cancels, or `--request-timeout` is over. @param skip how many of the first are known already */
export async function follow(
  call: KubectlCall,
  watch: { onEvent(listener: (event: WatchEvent) => void): void; close(): void },
  show: (event: WatchEvent) => void,
  skip: number,
): Promise<number> {
  const queue: WatchEvent[] = [];
  const end = call.context.lab.now + requestTimeoutOf(call);
  let seen = 0;
  watch.onEvent(event => queue.push(event));
  try {
    for (;;) {
      for (const event of queue.splice(0)) {
        if (event.type === 'ERROR') {
          printError(call, `error: ${textAt(event.object, 'message')}\n`);
          return 1;
        }
        if (event.type !== 'BOOKMARK' && ++seen > skip) show(event);
      }
      if (call.context.isCancelled()) return 1;
      if (call.context.lab.now >= end) return 0;
      call.context.sleep(STEP_MS);
      await call.context.breathe();
    }
  } finally {
    watch.close();
  }
}

function queryOf({ flags }: KubectlCall, visit: Visit): Record<string, string> {
  if (visit.name !== undefined) return {};
  return {
    ...(flags.value('selector') !== undefined && { labelSelector: flags.value('selector') ?? '' }),
    ...(flags.value('field-selector') !== undefined && { fieldSelector: flags.value('field-selector') ?? '' }),
  };
}

function membersOf(body: Json, resource: ApiResource, isList: boolean): readonly Json[] {
  if (textAt(body, 'kind') === 'Table' || !isList) return [body];
  return listAt(body, 'items').map(item => ({
    apiVersion: resource.apiVersion,
    kind: resource.kind,
    ...objectAt(item),
  }));
}

type Show = (object: Json, type: WatchEvent['type']) => void;

function printerOf(call: KubectlCall, format: OutputFormat, options: TableOptions): Show {
  const withEvents = call.flags.has('output-watch-events');
  if (format.kind !== 'table') {
    let printed = 0;
    return (object, type) => print(call, documentText(object, withEvents ? type : undefined, format, printed++));
  }
  const align = growingColumns(TABLE_STYLE);
  let { headers } = options;
  // Tables that come later in a watch leave out what the first has said.
  let columns: readonly Json[] = [];
  return (object, type) => {
    const table = textAt(object, 'kind') === 'Table' ? object : plainTable([object], call.context.lab.now);
    const known = listAt(table, 'columnDefinitions');
    if (known.length > 0) columns = known;
    const text = tableText(
      { ...objectAt(table), columnDefinitions: columns },
      { ...options, headers, ...(withEvents && { event: type }) },
      align,
    );
    if (text !== '') headers = 'hidden';
    print(call, text);
  };
}

/** One object of several, or its event, in any format but tables. @param before how many were printed already */
function documentText(
  object: Json,
  event: WatchEvent['type'] | undefined,
  format: ObjectFormat,
  before: number,
): string {
  const shown = event === undefined ? object : { type: event, object };
  switch (format.kind) {
    // A name is that of the object in the event; columns are of the event, as kubectl has it.
    case 'name':
      return objectText(object, format);
    case 'custom-columns':
      return objectText(shown, before === 0 ? format : { ...format, headers: 'hidden' });
    case 'yaml':
      return `${before === 0 ? '' : '---\n'}${objectText(shown, format)}`;
    case 'json':
      return event === undefined ? objectText(object, format) : `{"type":"${event}","object":${goJson(object)}}\n`;
    default:
      return objectText(shown, format);
  }
}
