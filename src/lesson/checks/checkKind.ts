// A kind of check: how it is written, what it says as a goal, and how it is answered.

import type { ElementId, Json } from '../../sim/index.ts';
import type { CheckResult } from '../check.ts';
import type { LabFacts, PageFacts } from '../checkContext.ts';
import type { Reading, Schema } from '../schema.ts';
import { read } from '../schema.ts';

/**
 * - `asked`: a question that is put again as the lab changes; what was true once is not enough.
 * - `happened`: something that the learner did or saw since the step began; it stays true.
 */
export type CheckSort = 'asked' | 'happened';

/** A check that was read and can be answered. */
export type ReadyCheck = LabCheck | PageCheck;

/** Answered beside the lab. */
export interface LabCheck {
  readonly place: 'lab';
  readonly sort: CheckSort;
  /** What is true when it holds: the goal, where the author wrote none. */
  readonly goal: string;
  /** For an answer that the lab computes: what the author says that it comes to. */
  readonly stated?: string;
  evaluate(facts: LabFacts): CheckResult;
}

/** Answered on the page. */
export interface PageCheck {
  readonly place: 'page';
  readonly sort: 'happened';
  readonly goal: string;
  /** The question that must be answered, the elements that must be clicked: the compiler looks whether they exist. */
  readonly question?: string;
  readonly clicks: readonly ElementId[];
  evaluate(facts: PageFacts): CheckResult;
}

/** One entry of a registry. */
export interface CheckKind {
  /** The key in a `yaml check` block: `probe`. */
  readonly name: string;
  readonly place: ReadyCheck['place'];
  /** What its value must look like, as JSON Schema. */
  readonly json: Json;
  /** Reads the value under the key. Faults have paths that begin with `name`. */
  prepare(value: Json): Reading<ReadyCheck>;
}

/** A kind whose checks are answered beside the lab. */
export function defineLabCheck<T>(definition: {
  readonly name: string;
  readonly sort: CheckSort;
  readonly fields: Schema<T>;
  readonly goal: (fields: T) => string;
  readonly stated?: (fields: T) => string | undefined;
  readonly evaluate: (fields: T, facts: LabFacts) => CheckResult;
}): CheckKind {
  return {
    name: definition.name,
    place: 'lab',
    json: definition.fields.json,
    prepare: value => {
      const reading = definition.fields.read(value, [definition.name]);
      if (reading.kind === 'faulty') return reading;
      const fields = reading.value;
      const stated = definition.stated?.(fields);
      return read<LabCheck>({
        place: 'lab',
        sort: definition.sort,
        goal: definition.goal(fields),
        ...(stated !== undefined && { stated }),
        evaluate: facts => definition.evaluate(fields, facts),
      });
    },
  };
}

/** A kind whose checks are answered on the page. */
export function definePageCheck<T>(definition: {
  readonly name: string;
  readonly fields: Schema<T>;
  readonly goal: (fields: T) => string;
  readonly needs: (fields: T) => { readonly question?: string; readonly clicks: readonly ElementId[] };
  readonly evaluate: (fields: T, facts: PageFacts) => CheckResult;
}): CheckKind {
  return {
    name: definition.name,
    place: 'page',
    json: definition.fields.json,
    prepare: value => {
      const reading = definition.fields.read(value, [definition.name]);
      if (reading.kind === 'faulty') return reading;
      const fields = reading.value;
      return read<PageCheck>({
        place: 'page',
        sort: 'happened',
        goal: definition.goal(fields),
        ...definition.needs(fields),
        evaluate: facts => definition.evaluate(fields, facts),
      });
    },
  };
}
