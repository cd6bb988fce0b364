// What lesson checks may know of a lab: its objects, probes in a fork, and what the learner has set off.

import type { CommandRun, Journey, LabFacts, ProbeOutcome, SeenJourney } from '../lesson/checkContext.ts';
import type { Exchange, ExchangeRecord, Lab } from '../sim/index.ts';

/** What happened beside the lab's own records. */
export interface LearnerActs {
  readonly commands: readonly CommandRun[];
  /** The number of the event with which each journey was logged. */
  readonly journeySequence: ReadonlyMap<string, number>;
}

export function labFacts(lab: Lab, acts: LearnerActs, since: number): LabFacts {
  return {
    element: id => lab.elements().get(id),
    request: request => lab.request(request),
    probe(question): ProbeOutcome {
      const asked = lab.ask(question);
      if (asked.kind === 'not-sent') return asked;
      return { kind: 'journey', journey: journeyOf(lab, asked.record) };
    },
    journeys: () =>
      lab.exchangesSince(0).flatMap((record): readonly SeenJourney[] => {
        const sequence = acts.journeySequence.get(record.id) ?? 0;
        return sequence < since ? [] : [{ ...journeyOf(lab, record), sequence }];
      }),
    commands: () => acts.commands.filter(command => command.sequence >= since),
  };
}

function journeyOf(lab: Lab, record: ExchangeRecord): Journey {
  const { exchange } = record;
  const body = bodyOf(exchange);
  return {
    summary: lab.summarize(record),
    destination: { address: exchange.question.to, port: exchange.question.port },
    ...(exchange.sourceSeen !== undefined && { sourceSeen: exchange.sourceSeen.address }),
    ...(body !== undefined && { body }),
    view: () => lab.viewRecord(record),
  };
}

function bodyOf({ response }: Exchange): string | undefined {
  if (response?.kind === 'http-response') return response.body;
  return response?.kind === 'text' ? response.text : undefined;
}
