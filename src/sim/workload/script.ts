// Commands that containers run instead of their image's program: `sh -c 'echo hello; sleep 30; exit 1'`.
//
// Models:  lists with `;`, `&&`, `||` and newlines; `for` over words; `while true`, `until`; echo, sleep, true, false, exit,
//          touch, rm, cat and test of files that were touched.
// Simplified: a command that is not one of these takes a second and succeeds; it says nothing.
// Omits:   variables, pipes, redirections, background jobs, functions.
// Read:    POSIX.1-2024, Shell Command Language; busybox(1) for what its tools say.

import type { VirtualMs } from '../runtime/clock.ts';

/** What a script does, from its start: all of it is known beforehand. */
export interface Course {
  /** When it ends, in milliseconds from its start; undefined: never by itself. */
  readonly endsAfter: VirtualMs | undefined;
  readonly exitCode: number;
  /** What it prints, and when. */
  readonly output: readonly { readonly at: VirtualMs; readonly line: string }[];
  /** Which files it makes and removes, and when. */
  readonly files: readonly { readonly at: VirtualMs; readonly path: string; readonly is: 'made' | 'removed' }[];
}

/** How long a command takes that the lab does not know. */
const UNKNOWN_MS: VirtualMs = 1000;
/** Rounds of a loop after which nobody looks any more. */
const MOST_ROUNDS = 10_000;
const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'ash', '/bin/sh', '/bin/bash', '/bin/ash']);

/** The words of a command as `sh -c` would read them, or the command itself. */
export function courseOf(argv: readonly string[]): Course {
  const run = new Run();
  run.argv(argv);
  return run.course();
}

/**
 * Runs one more command in a container whose own script has come as far as `at`: what a probe does.
 * @param own the script of the container; undefined when its image's program runs
 */
export function runBeside(own: Course | undefined, at: VirtualMs, argv: readonly string[]): Course {
  const run = new Run();
  for (const file of own?.files ?? []) if (file.at <= at) run.file(file.path, file.is);
  run.argv(argv);
  return run.course();
}

/** Is this a command that {@link courseOf} knows, rather than the program of an image? */
export function isScript([first = '']: readonly string[]): boolean {
  return SHELLS.has(first) || COMMANDS.has(first);
}

const COMMANDS: ReadonlySet<string> = new Set(['echo', 'sleep', 'true', 'false', 'touch', 'rm', 'cat', 'test', '[']);

class Run {
  #now: VirtualMs = 0;
  #status = 0;
  #over: 'no' | 'exited' | 'never' = 'no';
  readonly #present = new Set<string>();
  readonly #output: { at: VirtualMs; line: string }[] = [];
  readonly #files: { at: VirtualMs; path: string; is: 'made' | 'removed' }[] = [];

  course(): Course {
    return {
      endsAfter: this.#over === 'never' ? undefined : this.#now,
      exitCode: this.#status,
      output: this.#output,
      files: this.#files,
    };
  }

  file(path: string, is: 'made' | 'removed'): void {
    if (is === 'made') this.#present.add(path);
    else this.#present.delete(path);
    this.#files.push({ at: this.#now, path, is });
  }

  argv(argv: readonly string[]): void {
    const [first = '', ...rest] = argv;
    const flag = rest.findIndex(word => /^-[a-z]*c[a-z]*$/.test(word));
    if (!SHELLS.has(first)) this.#command(argv);
    else if (flag >= 0) this.#script(tokens(rest[flag + 1] ?? ''));
  }

  /** Runs a list of commands, loops included. */
  #script(words: readonly string[]): void {
    let at = 0;
    let operator = ';';
    while (at < words.length && this.#over === 'no') {
      const word = words[at] ?? '';
      if (SEPARATORS.has(word)) {
        operator = word;
        at++;
        continue;
      }
      const end = isLoop(word) ? endOfLoop(words, at) : nextSeparator(words, at);
      const skipped = (operator === '&&' && this.#status !== 0) || (operator === '||' && this.#status === 0);
      if (!skipped) {
        if (isLoop(word)) this.#loop(words.slice(at, end));
        else this.#command(words.slice(at, end));
      }
      at = end;
    }
  }

  #loop(words: readonly string[]): void {
    const body = words.indexOf('do');
    const head = words.slice(1, body).filter(word => word !== ';' && word !== '\n');
    const inner = words.slice(body + 1, words.lastIndexOf('done'));
    if (words[0] === 'for') {
      for (const value of head.slice(2)) {
        if (this.#over !== 'no') return;
        this.#script(inner.map(word => word.replaceAll(new RegExp(`\\$\\{?${head[0] ?? ''}\\}?`, 'g'), value)));
      }
      return;
    }
    for (let round = 0; this.#over === 'no'; round++) {
      this.#command(head);
      if (this.#over !== 'no' || (this.#status === 0) === (words[0] === 'until')) break;
      const before = this.#now;
      this.#script(inner);
      // A loop without an end, or one that turns on the spot.
      if (round > MOST_ROUNDS || this.#now === before || isForever(head)) this.#over = 'never';
    }
    if (this.#over === 'no') this.#status = 0;
  }

  #command([name = '', ...args]: readonly string[]): void {
    switch (name) {
      case '':
        return;
      case ':':
      case 'true':
        this.#status = 0;
        return;
      case 'false':
        this.#status = 1;
        return;
      case 'exit':
        this.#status = Number(args[0] ?? this.#status) & 255;
        this.#over = 'exited';
        return;
      case 'echo':
        this.#say(args.filter(word => word !== '-n' && word !== '-e').join(' '));
        this.#status = 0;
        return;
      case 'exec':
        this.#command(args);
        if (this.#over === 'no') this.#over = 'exited';
        return;
      case 'sleep':
        this.#sleep(args);
        return;
      case 'touch':
      case 'rm':
        for (const path of args.filter(word => !word.startsWith('-')))
          this.file(path, name === 'touch' ? 'made' : 'removed');
        this.#status = 0;
        return;
      case 'cat':
        this.#cat(args);
        return;
      case 'test':
      case '[':
        this.#status = args.some(word => this.#present.has(word)) ? 0 : 1;
        return;
      default:
        this.#now += UNKNOWN_MS;
        this.#status = 0;
    }
  }

  #say(line: string): void {
    this.#output.push({ at: this.#now, line });
  }

  #sleep([word = '']: readonly string[]): void {
    const match = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(word);
    if (match === null) {
      if (word === 'infinity' || word === 'inf') this.#over = 'never';
      else this.#fail(`sleep: invalid number '${word}'`);
      return;
    }
    const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
    this.#now += Number(match[1]) * (units[match[2] ?? ''] ?? 1) * 1000;
    this.#status = 0;
  }

  #cat(paths: readonly string[]): void {
    this.#status = 0;
    for (const path of paths) {
      if (!this.#present.has(path)) this.#fail(`cat: can't open '${path}': No such file or directory`);
    }
  }

  #fail(line: string): void {
    this.#say(line);
    this.#status = 1;
  }
}

const SEPARATORS: ReadonlySet<string> = new Set([';', '\n', '&&', '||', '&']);

/** Words, separators and quoted texts; what quotes hold is one word. */
function tokens(text: string): readonly string[] {
  const found = text.matchAll(/\n|;|&&|\|\||&|'([^']*)'|"([^"]*)"|[^\s;&|'"]+|\|/g);
  return [...found].map(match => match[1] ?? match[2] ?? match[0]);
}

function isLoop(word: string): boolean {
  return word === 'while' || word === 'until' || word === 'for';
}

function isForever(head: readonly string[]): boolean {
  return head[0] === 'true' || head[0] === ':';
}

function nextSeparator(words: readonly string[], from: number): number {
  const at = words.findIndex((word, i) => i >= from && SEPARATORS.has(word));
  return at < 0 ? words.length : at;
}

/** Behind the `done` that belongs to the loop at `from`. */
function endOfLoop(words: readonly string[], from: number): number {
  let depth = 0;
  for (let at = from; at < words.length; at++) {
    if (isLoop(words[at] ?? '')) depth++;
    else if (words[at] === 'done' && --depth === 0) return at + 1;
  }
  return words.length;
}
