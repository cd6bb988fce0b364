// How often a question that is put again and again ends in which way.

import type { ElementId } from './elements.ts';
import type { ExchangeSummary, LessonVerdict } from './exchange.ts';

/** One way to end. */
export interface TalliedOutcome {
  readonly verdict: LessonVerdict;
  /** `ok · answered by web-2` */
  readonly outcome: string;
  /** The element that answered, or where the packet ended. */
  readonly endedAt?: ElementId;
  readonly count: number;
  /** The first journey that ended so. */
  readonly exchange: string;
}

/** The outcomes with one more; the most frequent first, then as they came. */
export function tallied(outcomes: readonly TalliedOutcome[], summary: ExchangeSummary): readonly TalliedOutcome[] {
  const { lessonVerdict: verdict, outcome, endedAt, id: exchange } = summary;
  const known = outcomes.find(other => other.outcome === outcome && other.endedAt === endedAt);
  const more =
    known === undefined
      ? [...outcomes, { verdict, outcome, ...(endedAt !== undefined && { endedAt }), count: 1, exchange }]
      : outcomes.map(other => (other === known ? { ...known, count: known.count + 1 } : other));
  return [...more].sort((a, b) => b.count - a.count);
}
