// The terminal's shell: command lines run at the innermost place, sessions elsewhere open and close.

import type { ApiRequest, ApiResponse, LabHost, VirtualMs } from '../sim/index.ts';
import { help } from './builtins/help.ts';
import { shellProgram } from './builtins/sh.ts';
import type { Command, CommandContext, Output, Place } from './command.ts';
import { completeLine, type LineCompletion } from './complete.ts';
import { CANCELLED, type LineEnd, runLine, type ShellState } from './language/runLine.ts';

/** What a shell works with; all of it is asked for at every use, so that a lab can be opened in place of another. */
export interface ShellOptions {
  /** The lab that is open now. */
  lab(): LabHost;
  request(request: ApiRequest): Promise<ApiResponse>;
  /** The editor's files by name. */
  files(): ReadonlyMap<string, string>;
  /** Shows a text in a tab of the editor; absent: there is none. */
  readonly openFile?: CommandContext['openFile'];
  exchange: CommandContext['exchange'];
  sleep(ms: VirtualMs): void;
  breathe(): Promise<void>;
  readonly commands: readonly Command[];
  /** Where the API server is, as kubectl says it. */
  server?(): string | undefined;
}

/** Where a shell is, as a value. */
export interface ShellPlaces {
  /** Sessions opened from the learner's machine, the innermost last. */
  readonly sessions: readonly Place[];
  readonly lastCode: number;
}

export interface Shell {
  /** Runs a command line where the prompt says; resolves to its exit code: 130 after a cancel. */
  run(line: string, output: Output, signal: AbortSignal): Promise<number>;
  /** What stands in front of the next line, without a space behind it. */
  prompt(): string;
  complete(line: string, cursor: number): Promise<LineCompletion>;
  /** Back to the learner's own machine: for a lab that was opened anew. */
  reset(): void;
  snapshot(): ShellPlaces;
  restore(places: ShellPlaces): void;
}

/** 128 + SIGKILL: what a shell ends with whose container is gone. */
const KILLED = 137;

/** The learner's own machine. A lab without one has its terminal on the last machine that it names. */
const HOME = 'laptop';

function serverOf(options: ShellOptions): Pick<CommandContext, 'server'> {
  const server = options.server?.();
  return server === undefined ? {} : { server };
}

export function createShell(options: ShellOptions): Shell {
  /** Sessions opened from the learner's machine, the innermost last. */
  let sessions: readonly Place[] = [];
  let lastCode = 0;
  const commands: readonly Command[] = [
    ...options.commands.filter(command => command.name !== 'sh' && command.name !== 'bash'),
    shellProgram('sh', () => commands),
    shellProgram('bash', () => commands),
    help(() => commands),
  ];

  const home = (): Place => homeOf(options.lab());
  const isThere = (place: Place): boolean => options.lab().world.find(place.netns) !== undefined;
  const living = (): readonly Place[] => {
    const gone = sessions.findIndex(place => !isThere(place));
    return gone < 0 ? sessions : sessions.slice(0, gone);
  };

  const contextAt = (place: Place, output: Output, isCancelled: () => boolean): CommandContext => ({
    ...serverOf(options),
    place,
    isTerminal: true,
    stdin: undefined,
    output,
    request: request => options.request(request),
    lab: options.lab(),
    files: options.files(),
    ...(options.openFile !== undefined && { openFile: options.openFile }),
    exchange: (question, target, probe) => options.exchange(question, target, probe),
    sleep: ms => options.sleep(ms),
    isCancelled,
    breathe: () => options.breathe(),
    // Every command of a line gets its own (runLine.ts), which writes where that command writes.
    runAt: () => Promise.resolve(127),
    enter: entered => {
      sessions = [...sessions, entered];
    },
  });

  const leave = (code: number, output: Output): number => {
    const left = sessions.at(-1);
    if (left === undefined) {
      output.write('err', 'This is the outermost shell; it stays open.\n');
      return code;
    }
    sessions = sessions.slice(0, -1);
    const outer = sessions.at(-1) ?? home();
    if (left.netns === outer.netns && left.kind === outer.kind) return code;
    if (left.kind === 'host') output.write('err', `logout\nConnection to ${left.hostname} closed.\n`);
    else if (code !== 0) output.write('err', `command terminated with exit code ${code}\n`);
    return code;
  };

  return {
    async run(line, output, signal) {
      const alive = living();
      if (alive.length < sessions.length) {
        // The line was meant for a place that is gone: it runs nowhere else.
        sessions = alive;
        output.write('err', `command terminated with exit code ${KILLED}\n`);
        lastCode = KILLED;
        return lastCode;
      }
      const depth = sessions.length;
      const state: ShellState = { commands, lastCode, hasMoved: () => sessions.length !== depth };
      const place = sessions.at(-1) ?? home();
      const context = contextAt(place, output, () => signal.aborted);
      const ended = await runLine(line, context, state).catch((error: unknown): LineEnd => {
        // Its kernel went away under a command: whatever it tripped over is that.
        if (isThere(place)) throw error;
        sessions = living();
        output.write('err', `command terminated with exit code ${KILLED}\n`);
        return { code: KILLED, end: 'finished' };
      });
      const { code, end } = ended;
      lastCode = end === 'exit' ? leave(code, output) : signal.aborted ? CANCELLED : code;
      return lastCode;
    },
    prompt: () => (living().at(-1) ?? home()).prompt,
    complete(line, cursor) {
      const context = contextAt(living().at(-1) ?? home(), { write: () => undefined }, () => false);
      return completeLine(line, cursor, context, commands);
    },
    reset() {
      sessions = [];
      lastCode = 0;
    },
    snapshot: () => ({ sessions, lastCode }),
    restore(places) {
      ({ sessions, lastCode } = places);
    },
  };
}

/** Where the terminal begins. */
function homeOf(lab: LabHost): Place {
  const name = lab.host(HOME) === undefined ? (lab.hostNames().at(-1) ?? HOME) : HOME;
  const netns = lab.host(name)?.netns ?? name;
  return { kind: 'host', netns, hostname: name, prompt: `${name}$`, hasKubectl: true };
}
