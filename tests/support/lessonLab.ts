// A lab as the tests of lessons need it: the scenario opened, a terminal to type into, and the facts that checks ask for.

import { type LabSession, MAIN_SEAT, openSession } from '../../src/client/labSession.ts';
import { FREE_PACE, type Pace } from '../../src/client/pace.ts';
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

/** What a shell or a tool says about a line that it cannot read. */
const MISREAD =
  /command not found|: not found$|syntax error|unknown (?:command|flag|shorthand flag|option)|flag needs an argument|requires an argument|unterminated|not supported/m;

/** Opens a scenario; it must be accepted whole. */
export function openLessonLab(scenario: string): LessonLab {
  const session = openWhole(scenario);
  return {
    events: () => session.lab.eventCount,
    run: line => runIn(session, line),
    async misread(line) {
      // In a lab of its own, so that nothing is changed here.
      const { output } = await runIn(openWhole(scenario), line);
      return MISREAD.test(output) ? output : undefined;
    },
    factsSince: since => session.facts(since),
    elements: () =>
      [...session.lab.elements().values()].flatMap(element => [
        element.id,
        ...('interfaces' in element ? element.interfaces.map(device => `${element.id}#${device.name}`) : []),
      ]),
  };
}

/** Tests give nobody a turn. */
const AT_ONCE: Pace = { ...FREE_PACE, pause: () => Promise.resolve() };

function openWhole(scenario: string): LabSession {
  const opened = openSession({ source: scenario, form: 'manifests' }, { pace: AT_ONCE });
  if (opened.kind === 'refused')
    throw new Error(`a scenario without problems was expected, not ${JSON.stringify(opened.problems)}`);
  return opened.session;
}

async function runIn(session: LabSession, line: string): Promise<{ exitCode: number; output: string }> {
  const parts: string[] = [];
  const { exitCode } = await session
    .seat(MAIN_SEAT)
    .run(line, ({ text }) => parts.push(text), new AbortController().signal);
  return { exitCode, output: parts.join('') };
}
