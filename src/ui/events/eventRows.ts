// Events as the panel lists them: a virtual time, who, what, about which object. Pure.

import type { ElementId, LabElement, LabEvent, VirtualMs } from '../../sim/index.ts';

export type EventChoice = 'all' | 'warnings';

/** A virtual time as `m:ss.mmm` or `h:mm:ss.mmm` since the lab was opened. */
export function formatVirtualTime(time: VirtualMs): string {
  const ms = Math.max(0, Math.round(time));
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = `${two(Math.floor(ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`;
  const minutes = Math.floor(ms / 60_000);
  return minutes < 60 ? `${minutes}:${seconds}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${seconds}`;
}

/** Element kinds whose word in events (the API's kind) is another than in element ids. */
const ELEMENT_KINDS: Readonly<Record<string, string>> = {
  service: 'svc',
  // They have no place of their own: the Service of their name shows them.
  endpoints: 'svc',
  endpointslice: 'slice',
  deployment: 'deploy',
  replicaset: 'rs',
  namespace: 'ns',
};

/** The element that an event is about, when the graph has it; a bare name is a node's. */
export function elementOfEvent(
  about: string | undefined,
  elements: ReadonlyMap<ElementId, LabElement>,
): ElementId | undefined {
  if (about === undefined) return undefined;
  const [kind = '', ...names] = about.split('/');
  const ids = [about, [ELEMENT_KINDS[kind] ?? kind, ...names].join('/'), `node/${about}`];
  return ids.find(id => elements.has(id));
}

/** Who did what, for a sentence: a reason that the message says itself is not said twice. */
export function whatHappened({ reason, message }: Pick<LabEvent, 'reason' | 'message'>): string {
  return message.toLowerCase().includes(reason.toLowerCase()) ? message : `${reason}: ${message}`;
}

/** The events that are shown, newest last, and how many older ones of the same choice are not. */
export function chosenEvents(
  events: readonly LabEvent[],
  choice: EventChoice,
  most: number,
): { readonly shown: readonly LabEvent[]; readonly earlier: number } {
  const chosen = choice === 'all' ? events : events.filter(event => event.type === 'Warning');
  return { shown: chosen.slice(-most), earlier: Math.max(0, chosen.length - most) };
}
