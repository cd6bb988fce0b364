// What a journey came to, against what a check expects of it: the verdict, who answered, what was seen and said.

import type { LessonVerdict } from '../../sim/index.ts';
import type { Journey } from '../checkContext.ts';
import { elementRef, nameOfElement } from '../elementRef.ts';
import { isAddress } from '../endpoint.ts';
import { parsed, type RecordOf, record, type Schema } from '../schema.ts';
import { differenceOfPath, pathFields, ttlOnArrival } from './journeyPath.ts';
import { pattern } from './pattern.ts';

const WORDS: readonly LessonVerdict[] = [
  'ok',
  'refused',
  'no-route',
  'not-permitted',
  'timeout',
  'stall',
  'too-big',
  'dns-fail',
];

/** The words for how an exchange ended. */
function verdict(): Schema<LessonVerdict> {
  const schema = parsed<LessonVerdict>(`one of ${WORDS.join(', ')}, http:CODE`, written => {
    const code = /^http:([1-5]\d\d)$/.exec(written)?.[1];
    return code === undefined ? WORDS.find(word => word === written) : `http:${Number(code)}`;
  });
  return { ...schema, json: { anyOf: [{ enum: WORDS }, { type: 'string', pattern: '^http:[1-5][0-9][0-9]$' }] } };
}

/** Fields that say what is expected of a journey. */
export const outcomeFields = {
  expect: verdict(),
  /** Who answered. */
  backend: elementRef(),
  /** The client's address as the server saw it. */
  source: parsed('an IP address', written => (isAddress(written) ? written : undefined)),
  body: pattern(),
  path: record({}, pathFields),
};

/** What is expected; nothing that is left out is looked at. */
export type Expected = RecordOf<Record<never, never>, typeof outcomeFields>;

/** What a journey came to. `found` is the one thing that the check asks for, for computed answers. */
export type Judgement =
  | { readonly kind: 'fits'; readonly evidence: string; readonly found: string }
  | { readonly kind: 'differs'; readonly because: string; readonly found: string };

/** The one thing that a check asks for, and what its author says that it is: the most telling field that it has. */
export function statedAnswer(expected: Expected): string | undefined {
  if (expected.source !== undefined) return expected.source;
  if (expected.backend !== undefined) return nameOfElement(expected.backend);
  if (expected.path?.ttlOnArrival !== undefined) return String(expected.path.ttlOnArrival);
  return expected.expect;
}

function foundAnswer(expected: Expected, journey: Journey): string {
  const { summary } = journey;
  if (expected.source !== undefined) return journey.sourceSeen ?? '';
  if (expected.backend !== undefined) return summary.endedAt === undefined ? '' : nameOfElement(summary.endedAt);
  if (expected.path?.ttlOnArrival !== undefined) return String(ttlOnArrival(journey.view()) ?? '');
  return summary.lessonVerdict;
}

/** Compares a journey with what is expected of it. */
export function judgeJourney(expected: Expected, journey: Journey): Judgement {
  const found = foundAnswer(expected, journey);
  const because = differenceOfOutcome(expected, journey);
  return because === undefined
    ? { kind: 'fits', evidence: whatHappened(journey), found }
    : { kind: 'differs', because, found };
}

/** `client got refused from 10.244.2.2:80` */
export function whatHappened({ summary }: Journey): string {
  return `${summary.from} got ${summary.lessonVerdict} from ${summary.to}`;
}

/** The first thing that is not as expected, in words; undefined when all is. */
function differenceOfOutcome(expected: Expected, journey: Journey): string | undefined {
  const { summary } = journey;
  if (expected.expect !== undefined && summary.lessonVerdict !== expected.expect) {
    return `${whatHappened(journey)}, not ${expected.expect}`;
  }
  if (expected.backend !== undefined && summary.endedAt !== expected.backend) {
    const who = summary.endedAt === undefined ? 'nobody' : nameOfElement(summary.endedAt);
    return `${who} answered ${summary.from}, not ${nameOfElement(expected.backend)}`;
  }
  if (expected.source !== undefined && journey.sourceSeen !== expected.source) {
    return journey.sourceSeen === undefined
      ? `no server saw a packet of ${summary.from}`
      : `the server saw ${journey.sourceSeen} as the source, not ${expected.source}`;
  }
  if (expected.body !== undefined && !expected.body.test((journey.body ?? '').slice(0, 10_000))) {
    return journey.body === undefined ? 'the server said nothing' : `the server said "${firstLine(journey.body)}"`;
  }
  return expected.path === undefined ? undefined : differenceOfPath(expected.path, journey.view());
}

function firstLine(text: string): string {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length > 80 ? `${line.slice(0, 77)}...` : line;
}
