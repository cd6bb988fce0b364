// A lab as the tests of lessons need it: the scenario opened, a terminal to type into, and the facts that checks ask for.

import type { LabFacts } from '../../src/lesson/checkContext.ts';
import type { ElementId } from '../../src/sim/index.ts';

export interface LessonLab {
  /** The number of the next event: what a step that begins now has as its `since`. */
  events(): number;
  /** Runs one command line as a learner types it, to its end. */
  run(line: string): Promise<{ readonly exitCode: number; readonly output: string }>;
  /**
   * Why the terminal cannot read a line: an open quote, an unknown command or flag. Undefined when it can. Nothing is
   * changed by asking.
   */
  misread(line: string): Promise<string | undefined>;
  /** What checks may ask, from an event on. */
  factsSince(since: number): LabFacts;
  /** Everything on the graph. */
  elements(): readonly ElementId[];
}

/** Opens a scenario; it must be accepted whole. */
export function openLessonLab(scenario: string): LessonLab {
  throw new Error(
    `there is no lab yet to open a scenario of ${scenario.length} characters: fill in tests/support/lessonLab.ts`,
  );
}
