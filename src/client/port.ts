// The one port through which the page talks to a lab. Everything is asynchronous and plain data, so that the lab can
// live in a Worker (workerLink.ts), in the same thread (inProcess.ts: tests, Node) or behind HTTP (http.ts).

import type { CheckResult, CheckSpec } from '../lesson/check.ts';
import type {
  ApiRequest,
  ApiResponse,
  ElementId,
  ExchangeSummary,
  ExchangeView,
  LabElement,
  LabEvent,
  LabelRequirement,
  LessonVerdict,
  RecordedProbe,
  TalliedOutcome,
  VirtualMs,
  WhyAnswer,
} from '../sim/index.ts';
import type { JournalEntry } from './journal.ts';
import type { ManifestAnswers, ManifestQuestion } from './manifest/questions.ts';

/** A lab of the page's own, from the beginning. */
export type OwnSource = Exclude<LabSource, { readonly kind: 'served' | 'lost' }>;

/** The lab that died, with all that was done in it and is over; `otherwise` where nothing is known of it any more. */
export interface LostLab {
  readonly kind: 'lost';
  readonly otherwise: OwnSource;
  /** Nobody but the page's half of the link knows it. */
  readonly remains?: Remains | undefined;
}

/** What is left of a lab that died; the page's half of the link (remoteClient.ts) keeps it. */
export interface Remains {
  /** Where it began, or a port at which its last snapshot waits (snapshots.ts). */
  readonly base:
    | OwnSource
    | { readonly kind: 'snapshot'; readonly port: MessagePort }
    /** The lab that is open there: it was made of a snapshot while the one that died was still hoped for. */
    | { readonly kind: 'heir' };
  /** What was done after that, in order. */
  readonly since: readonly JournalEntry[];
}

/** A lab that says nothing just now: another is made of what is left of it, in case that it dies. */
export interface DoubtedLab {
  readonly kind: 'doubted';
  readonly remains?: Remains | undefined;
}

/** What a lab is opened from. */
export type LabSource =
  /** A Lab config and Kubernetes manifests in one YAML text (lesson-format.md, architecture.md section 6). */
  | {
      readonly kind: 'manifests';
      readonly text: string;
      /** What the lab's clock says at first; absent: 0. */
      readonly startsAt?: VirtualMs;
    }
  /** A recorded cluster as plain Linux state, in JSON: `hosts`, `links`, `probes`, and `results` if they are known. */
  | { readonly kind: 'kernel'; readonly text: string }
  /** What {@link LabClient.save} returned earlier, by an engine of the same version. */
  | { readonly kind: 'saved'; readonly saved: SavedLab }
  | LostLab
  /** A lab that is open already, where it is served: `http://127.0.0.1:8001`. */
  | { readonly kind: 'served'; readonly url: string };

/** A lab to keep: opaque to the page. */
export interface SavedLab {
  readonly engine: string;
  readonly text: string;
}

export type OpenReport =
  | {
      readonly kind: 'opened';
      readonly name: string;
      /** Of a recorded cluster: what it can be asked with the command `probe ID`. */
      readonly probes?: readonly RecordedProbe[];
      /** Of a lab that was lost: what it was made again from. */
      readonly from?: RestoredFrom;
    }
  /** Nothing was opened; the lab that was there still is. */
  | { readonly kind: 'refused'; readonly problems: readonly Diagnostic[] };

/**
 * - `snapshot`: the lab as it was, with what was done since done again.
 * - `acts`: all that was ever done in it, done again.
 * - `otherwise`: nothing was known of it but this.
 */
export type RestoredFrom = 'snapshot' | 'acts' | 'otherwise';

/** A place in a text, counted from 1 as editors do; the end is exclusive. */
export interface TextRange {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Something wrong (or worth knowing) about a manifest. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning' | 'hint';
  /** The real tool's words. */
  readonly message: string;
  readonly range: TextRange;
  /** Which document of the file, from 1, and what it calls itself: `Service my-service`. */
  readonly document: number;
  readonly object?: string;
  /** The field it is about: `spec.ports[0].port`. */
  readonly field?: string;
  /** What to try, in one sentence. */
  readonly hint?: string;
}

/** How a command line ended. */
export interface CommandResult {
  readonly exitCode: number;
  /** Journeys that the command set off, in order. */
  readonly exchanges: readonly ExchangeSummary[];
  /** In the case of failure: one plain explanation, with names of elements that it is about. */
  readonly explanation?: Explanation;
  /** Files that the command put into the editor: the last one is to be shown. */
  readonly opened?: readonly EditorFile[];
}

export interface Explanation {
  /** "Nothing answered." */
  readonly lead: string;
  readonly rest: string;
  /** At most two things to do next. */
  readonly actions: readonly (
    | { readonly kind: 'open-trace'; readonly exchange: string }
    | { readonly kind: 'run'; readonly command: string }
  )[];
}

/** Text that a running command printed. */
export interface CommandOutput {
  readonly stream: 'out' | 'err';
  readonly text: string;
}

export interface Completion {
  /** Where in the line the word begins that is being completed. */
  readonly from: number;
  readonly candidates: readonly string[];
}

/** What the page shows of one element: the same as the tools print. */
export interface Inspection {
  readonly element: ElementId;
  readonly title: string;
  readonly subtitle: string;
  /** The titles of all that can be shown. */
  readonly sections: readonly string[];
  /** The section that was asked for; without it, or when there is none such, the first. */
  readonly open: InspectionSection;
}

export type InspectionSection =
  | { readonly kind: 'text'; readonly title: string; readonly command: string; readonly text: string }
  /** Questions that the element raises, with what answers them. */
  | { readonly kind: 'answers'; readonly title: string; readonly answers: readonly WhyAnswer[] }
  /** Who reaches it: asked only on demand. */
  | { readonly kind: 'reach'; readonly title: string; readonly end: ReachEnd }
  | {
      readonly kind: 'facts';
      readonly title: string;
      readonly rows: readonly {
        readonly name: string;
        readonly value: string;
        readonly element?: ElementId;
        /** What shows it where it is no element of the page. */
        readonly command?: string;
      }[];
    };

/** A port that can be asked. */
export interface ReachPort {
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
}

/** What can be asked: a Pod, node or host outside, which can ask too, or a Service. */
export interface ReachEnd {
  readonly element: ElementId;
  readonly kind: 'pod' | 'node' | 'outside' | 'service';
  readonly name: string;
  /** Of a Pod or Service. */
  readonly namespace?: string;
  /** Of a Service: those that its selector asks for. */
  readonly labels: Readonly<Record<string, string>>;
  /** A Service's ports, or what listens there for others. */
  readonly ports: readonly ReachPort[];
}

export type ReachQuestion =
  | { readonly from: ElementId; readonly to: ElementId; readonly protocol: 'tcp' | 'udp'; readonly port: number }
  | { readonly from: ElementId; readonly to: ElementId; readonly protocol: 'icmp' };

export type ReachAnswer =
  /** `outcome` says it in words: `refused · node-1 rejected it`. */
  | { readonly kind: 'answered'; readonly verdict: LessonVerdict; readonly outcome: string }
  /** No packet can be sent: `Pod client is not running`. */
  | { readonly kind: 'not-sent'; readonly because: string };

export type SentQuestion =
  | { readonly kind: 'sent'; readonly exchange: string }
  | { readonly kind: 'not-sent'; readonly because: string };

/** What changed in the lab since the last update: only differences cross. */
export interface LabUpdate {
  /** A fresh lab: forget everything that came before. */
  readonly fresh: boolean;
  readonly upserts: readonly LabElement[];
  readonly removals: readonly ElementId[];
  readonly events: readonly LabEvent[];
  readonly exchanges: readonly ExchangeSummary[];
  readonly clock: ClockView;
  readonly history: HistoryView;
}

export interface ClockView {
  readonly now: VirtualMs;
  readonly running: boolean;
  /** How much of its time passes in the page's; absent: 1. */
  readonly speed?: number;
  /** What rings next, and when. */
  readonly next?: { readonly at: VirtualMs; readonly owner: string };
}

export interface HistoryView {
  /** What undo would take back, in words: `apply Service web`; absent: nothing. */
  readonly undo?: string;
  readonly redo?: string;
  /** How many changes the learner has made since the lab was opened or reset. */
  readonly changes: number;
}

export interface HistorySteps {
  /** What undo takes back, oldest first. */
  readonly past: readonly string[];
  /** What redo brings back, next first. */
  readonly future: readonly string[];
}

export type Playback =
  | {
      readonly kind: 'frames';
      /** Everything as it was before the first event. */
      readonly start: readonly LabElement[];
      /** In the order of the events; of many only some have a frame. */
      readonly frames: readonly PlaybackFrame[];
    }
  /** - `not-kept`: the lab's time is the machine's. `other`: done again, it did something else. */
  | { readonly kind: 'not-kept' | 'other' };

/** What an event, and those before it without a frame, changed. */
export interface PlaybackFrame {
  /** The event's number. */
  readonly event: number;
  readonly upserts: readonly LabElement[];
  readonly removals: readonly ElementId[];
}

/** A file open in the editor, which `kubectl apply -f NAME` can name. */
export interface EditorFile {
  readonly name: string;
  readonly text: string;
}

/** An interface, and the Pod, node or machine that has it. */
export interface CapturePoint {
  readonly element: ElementId;
  readonly device: string;
}

/** How often {@link LabClient.repeat} asks at most. */
export const MOST_REPEATS = 200;

/** How the runs of one question ended. */
export interface RepeatReport {
  readonly runs: number;
  /** The most frequent first; `exchange` names a journey that {@link LabClient.exchange} gives until the next repetition. */
  readonly outcomes: readonly TalliedOutcome[];
}
export type LabManifests =
  | { readonly kind: 'text'; readonly name: string; readonly text: string }
  /** A lab that has no objects: a recorded cluster. */
  | { readonly kind: 'none' };

/** A text that may become a lab. */
export type LabReading =
  | {
      readonly kind: 'lab';
      /** `cluster`: objects of a real cluster, made into a lab. */
      readonly from: 'lab' | 'cluster';
      readonly name: string;
      readonly nodes: readonly string[];
      /** Kind by kind in the order of the text, with `namespace/name` or the name alone. */
      readonly objects: readonly { readonly kind: string; readonly names: readonly string[] }[];
      /** What does not become part of the lab, and why. */
      readonly leftOut: readonly { readonly object: string; readonly reason: string }[];
      /** What `open` takes. */
      readonly text: string;
    }
  | { readonly kind: 'refused'; readonly problems: readonly Diagnostic[] };

/** A label selector as the API server reads it, or what it says of one that it cannot read. */
export type SelectorReading =
  | { readonly kind: 'read'; readonly requirements: readonly LabelRequirement[] }
  | { readonly kind: 'refused'; readonly message: string };

export interface LabClient {
  open(source: LabSource): Promise<OpenReport>;
  /** Hands over what the lab holds (as a fresh update), then every change. Returns how to stop. */
  onUpdate(listener: (update: LabUpdate) => void): () => void;
  /** A request to the API server; writes are settled before the answer comes. */
  request(request: ApiRequest): Promise<ApiResponse>;
  /** Runs one command line of the terminal. `id` names it for {@link cancel}. */
  run(id: string, line: string, onOutput: (output: CommandOutput) => void): Promise<CommandResult>;
  /** Like Ctrl+C. */
  cancel(id: string): Promise<void>;
  /** Where the next command line would run: the prompt. */
  prompt(): Promise<string>;
  complete(line: string, cursor: number): Promise<Completion>;
  /** What the API server would say to a file, all problems at once, without storing anything. */
  validate(text: string): Promise<readonly Diagnostic[]>;
  /**
   * `kubectl apply -f` or `kubectl delete -f` of files of the editor, on the learner's own machine, wherever the terminal is.
   * Each document is answered for itself; all of it is one change, which undo takes back.
   */
  runOnFiles(
    verb: 'apply' | 'delete',
    names: readonly string[],
    onOutput: (output: CommandOutput) => void,
  ): Promise<CommandResult>;
  /** What the editor asks about a text, beside {@link LabClient.validate}; nothing is stored. */
  manifest<Question extends ManifestQuestion>(question: Question): Promise<ManifestAnswers[Question['kind']]>;
  /** The editor's files, for `-f NAME` in the terminal. */
  setFiles(files: readonly EditorFile[]): Promise<void>;
  exchange(id: string): Promise<ExchangeView | undefined>;
  /** A journey as a pcapng file, in base64: all interfaces that its packets crossed, or one. */
  capture(id: string, at?: CapturePoint): Promise<string | undefined>;
  /**
   * Puts a journey's question so many times (1 to {@link MOST_REPEATS}), each over a new connection, in a copy of the lab.
   * `id` names it for {@link cancel}: then the answer tells of the runs until there.
   */
  repeat(id: string, exchange: string, count: number): Promise<RepeatReport | undefined>;
  /** @param section the title of the section to show */
  inspect(element: ElementId, section?: string): Promise<Inspection | undefined>;
  /** Who can ask and be asked, in the order of the list twin. */
  reachEnds(): Promise<readonly ReachEnd[]>;
  /** What would come of each question if it were asked now, in their order; nothing changes and nothing is kept. */
  reach(questions: readonly ReachQuestion[]): Promise<readonly ReachAnswer[]>;
  /** Asks for real: packets leave their marks, and the journey is kept. */
  send(question: ReachQuestion): Promise<SentQuestion>;
  /** Reads a label selector, as in `kubectl get -l`: `app=web,tier in (a,b)`. */
  readSelector(text: string): Promise<SelectorReading>;
  /** Evaluates checks of a lesson. `since` is the event number at which the step began. */
  check(checks: readonly CheckSpec[], since: number): Promise<readonly CheckResult[]>;
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** The names of all changes that undo and redo reach. */
  steps(): Promise<HistorySteps>;
  /** Undoes that many changes; redoes them when the number is positive. */
  travel(by: number): Promise<void>;
  /** Back to what was opened; undo brings the changes back. */
  reset(): Promise<void>;
  /** @param speed how much of the lab's time passes in the page's, from now on; absent: as before, 1 at first */
  setClock(running: boolean, speed?: number): Promise<void>;
  /** Lets time pass until something happens. */
  stepClock(): Promise<void>;
  /**
   * What the lab was like at each of its events: done again on a lab of its own, so the open one goes on meanwhile.
   * @param from number of the first event
   * @param to number of the first one that is not asked for
   */
  playBack(from: number, to: number): Promise<Playback>;
  save(): Promise<SavedLab>;
  /** The lab as one text of plain manifests, which `open` and kubectl take. */
  manifests(): Promise<LabManifests>;
  /**
   * The lab as files for a real cluster: its config for kind, manifests, and what to run. None for a recorded cluster.
   * @param lines command lines of the terminal that are to be run there
   */
  realCluster(lines: readonly string[]): Promise<readonly EditorFile[]>;
  /** What a text holds, before it is opened; nothing changes. A lab's own text, or what `kubectl get -o yaml` printed. */
  readLab(text: string): Promise<LabReading>;
  /** Why the text of a recorded cluster would not open; nothing changes. None: it opens. */
  readRecorded(text: string): Promise<readonly Diagnostic[]>;
  close(): void;
}
