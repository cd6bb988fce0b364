// What the packet of the open journey did at each row, up to the step that is shown. Pure.

import type { ElementId, EvidenceView, LabElement, StepView } from '../../sim/index.ts';
import { type Journey, type JourneyMoment, momentAt } from '../../store/journey.ts';
import type { GraphLevel } from '../../store/layoutStore.ts';
import type { Meaning } from '../common/Tag.tsx';
import { askedElement } from '../topology/objectElements.ts';
import { type ListRow, listRow, routesId, rulesId } from './listRow.ts';
import { LIST_WORDS } from './words.ts';

/** A word at the end of a row, in the form of what it means. */
export interface RowTag {
  readonly meaning: Meaning | 'marker';
  readonly word: string;
}

/** What an open journey adds to the tree. */
export interface JourneyMarks {
  readonly tags: ReadonlyMap<string, RowTag>;
  /** The row of the step that is shown. */
  readonly current: string | undefined;
  /** Rows under a row that exist at this step only: first the packet itself, last the candidates of a lookup. */
  readonly added: ReadonlyMap<string, AddedRows>;
}

export interface AddedRows {
  readonly first: readonly ListRow[];
  readonly last: readonly ListRow[];
}

export const NO_MARKS: JourneyMarks = { tags: new Map(), current: undefined, added: new Map() };

/** Most rows of a table that are written out; the list is no substitute for the Trace panel. */
const MOST_ROWS = 6;

export function journeyMarks(
  elements: ReadonlyMap<ElementId, LabElement>,
  level: GraphLevel,
  journey: Journey,
  cursor: number,
): JourneyMarks {
  if (level === 'objects') return { ...NO_MARKS, tags: objectTags(elements, journey) };
  const moment = momentAt(journey, cursor);
  if (moment === undefined) return NO_MARKS;
  const tags = new Map<string, RowTag>();
  for (let i = 0; i <= cursor; i++) {
    const passed = momentAt(journey, i);
    if (passed !== undefined) tagStep(tags, passed);
  }
  const { element } = moment.hop;
  const current = rowOfStep(moment);
  // Where the packet ended, that is said; elsewhere it is here.
  if (!isEnd(moment)) tags.set(element, { meaning: moment.leg.direction, word: LIST_WORDS.tags.here });
  if (current !== element || !isEnd(moment))
    tags.set(current, { meaning: 'marker', word: LIST_WORDS.step(cursor + 1) });
  const added = new Map<string, AddedRows>();
  const evidence = evidenceRows(element, moment.step.evidence);
  if (evidence.length > 0) added.set(current, { first: [], last: evidence });
  if (level === 'packets')
    added.set(element, { first: [packetRow(moment)], last: current === element ? evidence : [] });
  return { tags, current, added };
}

/** Puts the rows of a step into the tree. */
export function withAdded(tree: readonly ListRow[], added: JourneyMarks['added']): readonly ListRow[] {
  if (added.size === 0) return tree;
  return tree.map(row => {
    const own = added.get(row.id);
    const children = withAdded(row.children, added);
    if (own === undefined) return children === row.children ? row : { ...row, children };
    return { ...row, children: [...own.first, ...children, ...own.last] };
  });
}

/** The arrows of the graph's Objects level: who asked, what was asked for, and who answered or where it ended. */
function objectTags(elements: ReadonlyMap<ElementId, LabElement>, { exchange }: Journey): ReadonlyMap<string, RowTag> {
  const tags = new Map<string, RowTag>();
  const asked = askedElement(elements, exchange.to);
  if (asked !== undefined) tags.set(asked, { meaning: 'request', word: 'asked' });
  if (exchange.endedAt !== undefined) tags.set(exchange.endedAt, exchangeEnd(exchange.lessonVerdict));
  tags.set(exchange.fromElement, { meaning: 'request', word: LIST_WORDS.tags.sent });
  return tags;
}

function exchangeEnd(verdict: Journey['exchange']['lessonVerdict']): RowTag {
  if (verdict === 'ok' || verdict.startsWith('http:')) return { meaning: 'reply', word: LIST_WORDS.tags.answered };
  return { meaning: 'drop', word: verdict === 'refused' ? LIST_WORDS.tags.refused : LIST_WORDS.tags.dropped };
}

function tagStep(tags: Map<string, RowTag>, moment: JourneyMoment): void {
  const { hop, leg, place, step } = moment;
  const meaning = leg.direction;
  const { tags: words } = LIST_WORDS;
  const device = step.device === undefined ? undefined : `${hop.element}#${step.device}`;
  if (device !== undefined && step.stage === 'linkReceive') tags.set(device, { meaning, word: words.in });
  if (device !== undefined && step.stage === 'linkTransmit') tags.set(device, { meaning, word: words.out });
  if (device !== undefined && step.stage === 'bridge' && tags.get(device)?.meaning !== meaning)
    tags.set(device, { meaning, word: words.in });
  if (isEnd(moment)) tags.set(hop.element, endTag(moment));
  else if (place.hop > 0) tags.set(hop.element, { meaning, word: words.out });
  else tags.set(hop.element, { meaning, word: meaning === 'reply' ? words.answered : words.sent });
}

/** The last step of a packet. */
function isEnd({ leg, place }: JourneyMoment): boolean {
  const { hops } = leg.trace;
  return place.hop === hops.length - 1 && place.step === (hops[place.hop]?.steps.length ?? 0) - 1;
}

function endTag({ leg }: JourneyMoment): RowTag {
  const { disposition, dropReason } = leg.trace;
  if (disposition === 'ACCEPTED') return { meaning: 'ok', word: LIST_WORDS.tags.delivered };
  const isRefusal = disposition === 'REJECTED' || dropReason === 'NO_SOCKET';
  return { meaning: 'drop', word: isRefusal ? LIST_WORDS.tags.refused : LIST_WORDS.tags.dropped };
}

/** An interface if it happened at one, the tables of a node if it asked them, else the namespace itself. */
function rowOfStep({ hop, step }: JourneyMoment): string {
  if (step.device !== undefined) return `${hop.element}#${step.device}`;
  if (hop.kind !== 'node') return hop.element;
  if (step.stage === 'routeInput' || step.stage === 'routeOutput') return routesId(hop.element);
  return step.evidence?.kind === 'rules' ? rulesId(hop.element) : hop.element;
}

function evidenceRows(owner: ElementId, evidence: EvidenceView | undefined): readonly ListRow[] {
  if (evidence?.kind === 'routes') {
    // The winner first: here the rest is only what it won against.
    const matching = evidence.rows.filter(route => route.fit === 'matches');
    const fitting = [...evidence.rows.filter(route => route.fit === 'wins'), ...matching].slice(0, MOST_ROWS);
    const left = evidence.rows.length - fitting.length;
    return [
      ...fitting.map((route, i) =>
        partRow(owner, `route${i}`, {
          icon: 'route',
          label: route.prefix,
          detail: route.via === '' ? `dev ${route.device}` : `via ${route.via}`,
          note: route.note,
          emphasis: route.fit === 'wins' ? 'wins' : 'plain',
        }),
      ),
      ...(left > 0 ? [moreRow(owner, LIST_WORDS.moreRoutes(left))] : []),
    ];
  }
  if (evidence?.kind !== 'rules') return [];
  const walked = evidence.chains.flatMap(chain =>
    chain.rows.filter(rule => rule.outcome !== 'no' && rule.outcome !== 'not-reached').map(rule => ({ chain, rule })),
  );
  const shown = walked.slice(-MOST_ROWS);
  return [
    ...shown.map(({ chain, rule }, i) =>
      partRow(owner, `rule${i}`, {
        icon: 'rule',
        label: `${chain.name} ${rule.number}`,
        detail: rule.target,
        note: rule.outcome === 'decides' ? LIST_WORDS.decides : rule.why,
        emphasis: rule.outcome === 'decides' ? 'wins' : 'plain',
      }),
    ),
    partRow(owner, 'verdict', { icon: 'rule', label: `${evidence.table} ${evidence.hook}`, note: evidence.verdict }),
  ];
}

function moreRow(owner: ElementId, label: string): ListRow {
  return partRow(owner, 'more', { icon: 'more', label, note: LIST_WORDS.noMatch });
}

/** The packet, where it is: the Packets level writes its two ends beside it. */
function packetRow({ hop, leg, step }: JourneyMoment): ListRow {
  return partRow(hop.element, 'packet', {
    icon: leg.direction,
    label: leg.trace.label,
    detail: packetEnds(step),
  });
}

function packetEnds({ headers }: StepView): string {
  const value = (layers: readonly string[], field: string): string | undefined => {
    const header = headers.find(candidate => layers.includes(candidate.layer) && candidate.field === field);
    return header?.after ?? header?.before;
  };
  const end = (address: string): string =>
    [value(['IP'], address), value(['TCP', 'UDP'], `${address} port`)].filter(text => text !== undefined).join(':');
  const [from, to] = [end('source'), end('destination')];
  return from === '' || to === '' ? '' : `${from} → ${to}`;
}

function partRow(
  owner: ElementId,
  part: string,
  row: Pick<ListRow, 'icon' | 'label'> & Partial<Pick<ListRow, 'detail' | 'note' | 'emphasis'>>,
): ListRow {
  return listRow({ id: `${owner}~${part}`, target: owner, standing: 'part', ...row });
}
