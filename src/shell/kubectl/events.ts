// kubectl events: the Events of a namespace, the newest last.
//
// Read:    kubectl pkg/cmd/events, events.go, event_printer.go.

import { type Json, parseTimestamp } from '../../sim/index.ts';
import { eventAge } from './describe/events.ts';
import { listAt, objectAt, textAt } from './fields.ts';
import { PRINT } from './flagGroups.ts';
import { formatOf, type ObjectFormat, objectText } from './formats.ts';
import { goSort } from './goSort.ts';
import { type ApiResource, discover, findResource } from './resources.ts';
import { type KubectlCall, KubectlError, mustGet, print, printError, serverError } from './session.ts';
import { growingColumns, TABLE_STYLE } from './tabwriter.ts';
import type { Verb } from './verb.ts';
import { follow } from './watch.ts';

export const events: Verb = {
  summary: 'List events',
  usage: 'kubectl events [(-o|--output=)json|yaml|name|...] [--for TYPE/NAME] [--watch] [--types=Normal,Warning]',
  flags: {
    ...PRINT,
    'all-namespaces': { short: 'A', kind: 'flag' },
    'chunk-size': { kind: 'number', initial: '500' },
    for: { kind: 'value' },
    'no-headers': { kind: 'flag' },
    types: { kind: 'words' },
    watch: { short: 'w', kind: 'flag' },
  },
  run: async call => {
    const { flags } = call;
    const types = flags.list('types').map(type => type.toLowerCase());
    if (types.some(type => type !== 'normal' && type !== 'warning'))
      throw new KubectlError('error: valid --types are Normal or Warning');
    const format = formatOf(call);
    const query = await about(call);
    const path = flags.has('all-namespaces') ? '/api/v1/events' : `/api/v1/namespaces/${call.namespace}/events`;
    const isWanted = (event: Json): boolean =>
      types.length === 0 || types.includes(textAt(event, 'type').toLowerCase());
    const show = printerOf(call);
    if (flags.has('watch')) {
      const opened = await call.context.request({ method: 'GET', path, query: { ...query, watch: 'true' } });
      if (opened.watch === undefined) throw new KubectlError(serverError(opened));
      return follow(
        call,
        opened.watch,
        ({ type, object }) => {
          if (type === 'DELETED' || !isWanted(object)) return;
          if (format.kind === 'table') show([object]);
          else print(call, objectText(object, format));
        },
        0,
      );
    }
    const found = listAt(await mustGet(call, path, query), 'items').filter(isWanted);
    if (found.length === 0) {
      const where = flags.has('all-namespaces') ? '' : ` in ${call.namespace} namespace`;
      printError(call, `No events found${where}.\n`);
      return 0;
    }
    const sorted = goSort(found, (a, b) => timeOf(a) < timeOf(b));
    if (format.kind === 'table') show(sorted);
    else print(call, listText(sorted, format));
    return 0;
  },
};

/** The field selector of `--for`. */
async function about(call: KubectlCall): Promise<Readonly<Record<string, string>>> {
  const word = call.flags.value('for') ?? '';
  if (word === '') return {};
  const [type = '', name = '', ...more] = word.split('/');
  if (type === '' || name === '' || more.length > 0)
    throw new KubectlError(
      word.includes('/')
        ? 'error: arguments in resource/name form must have a single resource and name'
        : 'error: --for must be in resource/name form',
    );
  const resource: ApiResource | undefined = findResource(await discover(call), type);
  if (resource === undefined) throw new KubectlError(`the server doesn't have a resource type ${JSON.stringify(type)}`);
  return {
    fieldSelector: [
      `involvedObject.kind=${resource.kind}`,
      `involvedObject.apiVersion=${resource.apiVersion}`,
      `involvedObject.name=${name}`,
    ].join(','),
  };
}

/** When it was seen last, in milliseconds; before everything when nobody said. Source: events.go, `eventTime` */
function timeOf(event: Json): number {
  const last =
    textAt(event, 'series', 'lastObservedTime') || textAt(event, 'lastTimestamp') || textAt(event, 'eventTime');
  return parseTimestamp(last) ?? Number.NEGATIVE_INFINITY;
}

/** Columns get wider with what comes, never narrower. */
function printerOf(call: KubectlCall): (events: readonly Json[]) => void {
  const { flags } = call;
  const align = growingColumns(TABLE_STYLE);
  const withNamespace = flags.has('all-namespaces');
  let header = flags.has('no-headers')
    ? []
    : [[...(withNamespace ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']];
  return shown => {
    const rows = shown.map(event => [
      ...(withNamespace ? [textAt(event, 'metadata', 'namespace')] : []),
      eventAge(event, call.context.lab.now),
      textAt(event, 'type'),
      textAt(event, 'reason'),
      `${textAt(event, 'involvedObject', 'kind')}/${textAt(event, 'involvedObject', 'name')}`,
      textAt(event, 'message').trim(),
    ]);
    print(call, `${align([...header, ...rows].map(cells => cells.join('\t')).join('\n'))}\n`);
    header = [];
  };
}

/** kubectl prints its own list, in the order of its own fields; its events have no names of their own to print. */
function listText(found: readonly Json[], format: ObjectFormat): string {
  if (format.kind === 'name') return '';
  const items = found.map(event => ({ kind: 'Event', apiVersion: 'v1', ...inOwnOrder(event) }));
  const list = { kind: 'EventList', apiVersion: 'v1', metadata: {}, items };
  return format.kind === 'json' ? `${JSON.stringify(list, undefined, 4)}\n` : objectText(list, format);
}

const FIELDS =
  'metadata involvedObject reason message source firstTimestamp lastTimestamp count type eventTime series action related reportingComponent reportingInstance';
/** Fields that kubectl writes although nobody set them. */
const ALWAYS_THERE = {
  source: {},
  firstTimestamp: null,
  lastTimestamp: null,
  eventTime: null,
  reportingComponent: '',
  reportingInstance: '',
};
const METADATA_FIELDS = 'name generateName namespace uid resourceVersion creationTimestamp labels annotations';
const OBJECT_FIELDS = 'kind namespace name uid apiVersion resourceVersion fieldPath';

function inOwnOrder(event: Json): Record<string, Json> {
  return {
    ...picked({ ...ALWAYS_THERE, ...objectAt(event) }, FIELDS),
    metadata: picked(objectAt(event, 'metadata'), METADATA_FIELDS),
    involvedObject: picked(objectAt(event, 'involvedObject'), OBJECT_FIELDS),
  };
}

function picked(object: Json, names: string): Record<string, Json> {
  const fields = objectAt(object);
  return Object.fromEntries(
    names.split(' ').flatMap((name): [string, Json][] => {
      const value = fields[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
