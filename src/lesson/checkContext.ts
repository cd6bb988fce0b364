// What checks may ask. Two sets of facts: of the lab (known beside it, in the Worker) and of the page (what was clicked
// and answered). Neither has a way to change anything.

import type { ApiRequest, ApiResponse, ElementId, ExchangeSummary, ExchangeView, LabElement } from '../sim/index.ts';

/**
 * A question to the network: what `POST /apis/lab.hoplab.dev/v1alpha1/exchanges` takes (architecture.md, section 6),
 * without `commit`: a check changes nothing.
 */
export interface ProbeQuestion {
  /** `pod/default/client`, `pod/default/duo:side`, `node/node-1`, `outside/laptop`. */
  readonly from: string;
  /** An element id (`svc/default/web`), an address, a name or a URL. */
  readonly to: string;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly port?: number;
  /** Bytes of an echo request's data, for `icmp`. */
  readonly size?: number;
}

/** A journey as checks see it: its line in the list, what the ends said, and, where a check asks for it, every hop. */
export interface Journey {
  readonly summary: ExchangeSummary;
  /** The address and port that the client's packets were sent to, after names were resolved. */
  readonly destination: { readonly address: string; readonly port: number };
  /** The client's address as the server saw it; absent when no server got the packet. */
  readonly sourceSeen?: string;
  /** What the server answered, as text. */
  readonly body?: string;
  /** Spells the traces out. Asked for only by checks of the path, and only for journeys whose ends fit. */
  view(): ExchangeView;
}

/** A journey that the learner set off. `sequence` is the number of its event in the lab's log. */
export interface SeenJourney extends Journey {
  readonly sequence: number;
}

/** A command line of the learner that has ended. */
export interface CommandRun {
  readonly sequence: number;
  /** As it was typed. */
  readonly line: string;
  readonly exitCode: number;
  /** What it printed on both streams, in order; the first 100,000 characters. */
  readonly output: string;
}

/** Where a probe led. */
export type ProbeOutcome =
  | { readonly kind: 'journey'; readonly journey: Journey }
  /** It could not be sent: `Pod client is not running`. */
  | { readonly kind: 'not-sent'; readonly because: string };

/** What is known beside the lab. "Since" is the event at which the step began: {@link LabFacts} are made for one. */
export interface LabFacts {
  element(id: ElementId): LabElement | undefined;
  /** A read of the API server. Checks only ever send GET. */
  request(request: ApiRequest): ApiResponse;
  /** Puts a question to the network in a fork of the lab, and forgets it. */
  probe(question: ProbeQuestion): ProbeOutcome;
  /** Journeys since the step began, oldest first, set off with any tool. */
  journeys(): readonly SeenJourney[];
  /** Commands since the step began, oldest first. */
  commands(): readonly CommandRun[];
}

/** What is known on the page of the step that is open. */
export interface PageFacts {
  /** Elements clicked since the step began, oldest first. */
  readonly clicks: readonly ElementId[];
  /** Questions whose last answer was right. */
  readonly answeredRight: readonly string[];
  /** Questions that were answered, right or wrong. */
  readonly answered: readonly string[];
}
