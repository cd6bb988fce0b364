// Event: something that a controller or a node agent reports about an object.
//
// Read:    kubernetes pkg/printers/internalversion/printers.go, `printEvent`; pkg/apis/core/validation/events.go.

import type { VirtualMs } from '../../runtime/clock.ts';
import type { Draft } from '../draft.ts';
import type { ApiObject, Timestamp } from '../objects.ts';
import { age } from '../timestamps.ts';
import { validateEvent } from '../validation/event.ts';
import { dnsSubdomain } from '../validation/formats.ts';
import { column, type Kind, wideColumn } from './kind.ts';

export interface ObjectReference {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly fieldPath?: string;
}

/** Named so that it does not hide the browser's `Event`. */
export interface KubernetesEvent extends ApiObject {
  readonly involvedObject: ObjectReference;
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly source?: { readonly component?: string; readonly host?: string };
  readonly firstTimestamp?: Timestamp;
  readonly lastTimestamp?: Timestamp;
  readonly eventTime?: Timestamp;
  readonly count?: number;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: Timestamp };
  readonly reportingComponent?: string;
  readonly reportingInstance?: string;
  readonly action?: string;
}

type DraftEvent = Draft<KubernetesEvent>;

export const events: Kind<KubernetesEvent> = {
  apiVersion: 'v1',
  kind: 'Event',
  resource: 'events',
  singular: 'event',
  shortNames: ['ev'],
  categories: [],
  namespaced: true,
  subresources: [],
  nameRule: dnsSubdomain,
  countsGenerations: false,
  deletionAnswers: 'status',
  // Go writes it even when nothing is in it.
  defaults: event => ({ ...event, involvedObject: event.involvedObject ?? {} }),
  validate: validateEvent,
  columns: [
    column('Last Seen', lastSeen),
    column('Type', event => event.type ?? ''),
    column('Reason', event => event.reason ?? ''),
    column('Object', objectText),
    wideColumn('Subobject', event => event.involvedObject?.fieldPath ?? ''),
    wideColumn('Source', sourceText),
    column('Message', event => (event.message ?? '').trim()),
    wideColumn('First Seen', firstSeen),
    wideColumn('Count', event => String(countOf(event))),
    { name: 'Name', type: 'string', format: 'name', priority: 1, cell: event => event.metadata?.name ?? '' },
  ],
  indexes: event => [`about=${event.involvedObject.uid ?? ''}`, sameEventIndex(event)],
  selectableFields: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  selectableField(event, field) {
    switch (field) {
      case 'involvedObject.kind':
        return event.involvedObject.kind ?? '';
      case 'involvedObject.namespace':
        return event.involvedObject.namespace ?? '';
      case 'involvedObject.name':
        return event.involvedObject.name ?? '';
      case 'involvedObject.uid':
        return event.involvedObject.uid ?? '';
      case 'involvedObject.apiVersion':
        return event.involvedObject.apiVersion ?? '';
      case 'involvedObject.resourceVersion':
        return event.involvedObject.resourceVersion ?? '';
      case 'involvedObject.fieldPath':
        return event.involvedObject.fieldPath ?? '';
      case 'reason':
        return event.reason ?? '';
      case 'reportingComponent':
        return event.reportingComponent ?? '';
      case 'source':
        return event.source?.component || event.reportingComponent || '';
      case 'type':
        return event.type ?? '';
      default:
        return undefined;
    }
  },
};

/** Events under one such name say the same of the same object: they are one that counts up. */
export function sameEventIndex({ involvedObject, type, reason, message, source }: KubernetesEvent): string {
  return `same=${involvedObject.uid} ${type} ${reason} ${source?.component} ${message}`;
}

function firstSeen(event: DraftEvent, now: VirtualMs): string {
  return age(event.firstTimestamp ?? event.eventTime, now);
}

function lastSeen(event: DraftEvent, now: VirtualMs): string {
  const last = event.series?.lastObservedTime ?? event.lastTimestamp;
  return last === undefined ? firstSeen(event, now) : age(last, now);
}

function countOf(event: DraftEvent): number {
  return event.series?.count ?? (event.count || 1);
}

function objectText({ involvedObject }: DraftEvent): string {
  const kind = (involvedObject?.kind ?? '').toLowerCase();
  return involvedObject?.name ? `${kind}/${involvedObject.name}` : kind;
}

/** `kubelet, node-1` */
function sourceText(event: DraftEvent): string {
  const component = event.source?.component || event.reportingComponent || '';
  const host = event.source?.host || event.reportingInstance || '';
  return host === '' ? component : `${component}, ${host}`;
}
