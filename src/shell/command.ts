// The contract of commands: text in, text and an exit code out. No DOM, no clock, no timers.
//
// A command runs somewhere: on the learner's own machine (the laptop outside the cluster), in a container, or on a
// node. kubectl works through requests only, so that it can drive a served lab as well; the Linux tools read and write
// the kernel of the place they run in.

import type {
  ApiRequest,
  ApiResponse,
  Exchange,
  ExchangeSummary,
  LabHost,
  Question,
  RecordedProbe,
  VirtualMs,
} from '../sim/index.ts';

/** Where a command runs. */
export interface Place {
  /**
   * - `host`: a machine: the laptop, a node, the router.
   * - `container`: in a container of a Pod.
   */
  readonly kind: 'host' | 'container';
  /** The network namespace of its processes. */
  readonly netns: string;
  /** What `hostname` says. */
  readonly hostname: string;
  /** `root@node-1:~#`, `laptop$`. */
  readonly prompt: string;
  /** The namespace that kubectl works in when none is given; kubectl is on the learner's machine only. */
  readonly hasKubectl: boolean;
  /** Files of a container that its machine keeps: the path inside, and the path on the machine. */
  readonly mounts?: ReadonlyMap<string, string>;
}

/** Where a command's text goes. */
export interface Output {
  write(stream: 'out' | 'err', text: string): void;
}

/** What a command may use beside its arguments. */
export interface CommandContext {
  readonly place: Place;
  /** `true` where the real tool would see a terminal; `kubectl exec` without -t gives it a pipe. */
  readonly isTerminal: boolean;
  readonly stdin: string | undefined;
  readonly output: Output;
  /** The API server. */
  request(request: ApiRequest): Promise<ApiResponse>;
  /** Its address, where it has one: `http://127.0.0.1:8001`. */
  readonly server?: string;
  /** The kernels of the lab, for the Linux tools. */
  readonly lab: LabHost;
  /** Files that `-f NAME` can name: those open in the editor. */
  readonly files: ReadonlyMap<string, string>;
  /** Sends a question, lets its time pass, and keeps its journey. `probe`: the recording's probe that asks it. */
  exchange(
    question: Question,
    target: string,
    probe?: RecordedProbe,
  ): { readonly exchange: Exchange; readonly summary: ExchangeSummary };
  /** Lets virtual time pass. */
  sleep(ms: VirtualMs): void;
  /** The learner pressed Ctrl+C: finish with exit code 130. */
  readonly isCancelled: () => boolean;
  /** Gives others a turn (output is shown, a cancel can arrive) before a long command goes on. */
  readonly breathe: () => Promise<void>;
  /** Runs another command line's words elsewhere: `kubectl exec`, `ssh`. */
  runAt(
    place: Place,
    words: readonly string[],
    options: { readonly isTerminal: boolean; readonly stdin: string | undefined },
  ): Promise<number>;
  /** Opens a session elsewhere: later lines of the terminal run there, until `exit`. */
  enter(place: Place): void;
}

/** One command. */
export interface Command {
  readonly name: string;
  /** Where it exists: on machines, in containers, or on both. */
  readonly at: readonly Place['kind'][];
  /** One line for `help`. */
  readonly summary: string;
  /** `words` are the arguments after the name. Returns the exit code. */
  run(words: readonly string[], context: CommandContext): Promise<number> | number;
  /** How many lines it reads at most: what is in front of the pipe is stopped after them (SIGPIPE). */
  readsAtMost?(words: readonly string[]): number | undefined;
  /** Words that could stand at the end of these (the last one is being typed). */
  complete?(words: readonly string[], context: CommandContext): Promise<readonly string[]> | readonly string[];
}
