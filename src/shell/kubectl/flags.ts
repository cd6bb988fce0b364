// kubectl's command line: flags wherever they stand, `-n x`, `-nx`, `--namespace=x`, joined short flags, `--`.
//
// Read:    github.com/spf13/pflag; its error texts as kubectl prints them.

import { parseDuration } from './duration.ts';

/** A flag that a command takes. */
export interface FlagSpec {
  readonly short?: string;
  /**
   * - `flag`: on when it is there; `=false` turns it off.
   * - `value`: a value follows.
   * - `number`: a whole number follows.
   * - `duration`: `30s`, `1m30s`.
   * - `list`: may be given several times.
   * - `words`: the same, and each time with several values between commas.
   */
  readonly kind: 'flag' | 'value' | 'number' | 'duration' | 'list' | 'words';
  /** What a flag with an optional value means without one: `--cascade`, `--dry-run`. */
  readonly bare?: string;
  /** What `--help` says it is when it is not given; by default `false`, `''`, `0`, `0s`, `[]`. */
  readonly initial?: string;
  /** The verb does not run without it. */
  readonly isRequired?: true;
  /** What to know instead of using it: kubectl says so whenever it is there. */
  readonly deprecated?: string;
}

export type FlagTable = Readonly<Record<string, FlagSpec>>;

/** Flags that every command of kubectl takes; those about connections and credentials change nothing in a lab. */
export const GLOBAL_FLAGS: FlagTable = {
  as: { kind: 'value' },
  'as-group': { kind: 'list' },
  'as-uid': { kind: 'value' },
  'cache-dir': { kind: 'value' },
  'certificate-authority': { kind: 'value' },
  'client-certificate': { kind: 'value' },
  'client-key': { kind: 'value' },
  cluster: { kind: 'value' },
  context: { kind: 'value' },
  'disable-compression': { kind: 'flag' },
  'insecure-skip-tls-verify': { kind: 'flag' },
  kubeconfig: { kind: 'value' },
  'match-server-version': { kind: 'flag' },
  namespace: { short: 'n', kind: 'value' },
  'request-timeout': { kind: 'value', initial: "'0'" },
  server: { short: 's', kind: 'value' },
  'tls-server-name': { kind: 'value' },
  token: { kind: 'value' },
  user: { kind: 'value' },
  v: { short: 'v', kind: 'number' },
  'warnings-as-errors': { kind: 'flag' },
};

const HELP: FlagTable = { help: { short: 'h', kind: 'flag' } };

export interface Flags {
  /** Words that are no flags, before a `--`. */
  readonly words: readonly string[];
  /** Words after `--`; absent when there was none. */
  readonly after?: readonly string[];
  has(name: string): boolean;
  value(name: string): string | undefined;
  list(name: string): readonly string[];
  /** Every flag as it was given, in order: `--image=nginx`. */
  readonly given: readonly string[];
}

export type ParsedFlags =
  | { readonly kind: 'parsed'; readonly flags: Flags }
  /** In pflag's words, without `error: `. */
  | { readonly kind: 'refused'; readonly message: string };

export function parseFlags(words: readonly string[], own: FlagTable): ParsedFlags {
  const table: FlagTable = { ...GLOBAL_FLAGS, ...HELP, ...own };
  const byShort = new Map(Object.entries(table).flatMap(([name, spec]) => (spec.short ? [[spec.short, name]] : [])));
  const given = new Map<string, string[]>();
  const inOrder: string[] = [];
  const rest: string[] = [];
  let after: readonly string[] | undefined;
  let problem: string | undefined;
  const take = (name: string, value: string): void => {
    problem ??= wrongValue(name, table[name], value);
    const added = table[name]?.kind === 'words' ? value.split(',') : [value];
    given.set(name, [...(given.get(name) ?? []), ...added]);
    inOrder.push(`--${name}=${value}`);
  };
  for (let i = 0; i < words.length && problem === undefined; i++) {
    const word = words[i] ?? '';
    if (word === '--') {
      after = words.slice(i + 1);
      break;
    }
    if (word.startsWith('--')) {
      const equals = word.indexOf('=');
      const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
      const spec = Object.hasOwn(table, name) ? table[name] : undefined;
      if (spec === undefined) return refused(`unknown flag: --${name}`);
      if (equals >= 0) take(name, word.slice(equals + 1));
      else if (spec.kind === 'flag') take(name, 'true');
      else if (spec.bare !== undefined) take(name, spec.bare);
      else {
        const value = words[++i];
        if (value === undefined) return refused(`flag needs an argument: --${name}`);
        take(name, value);
      }
      continue;
    }
    if (!word.startsWith('-') || word === '-') {
      rest.push(word);
      continue;
    }
    for (let k = 1; k < word.length; k++) {
      const letter = word[k] ?? '';
      const name = byShort.get(letter);
      const spec = name === undefined ? undefined : table[name];
      if (name === undefined || spec === undefined)
        return refused(`unknown shorthand flag: '${letter}' in ${k === 1 ? word : `-${word.slice(k)}`}`);
      if (spec.kind === 'flag') {
        if (word[k + 1] === '=') {
          take(name, word.slice(k + 2));
          break;
        }
        take(name, 'true');
        continue;
      }
      const inline = word.slice(k + 1).replace(/^=/, '');
      const value = inline === '' ? words[++i] : inline;
      if (value === undefined) return refused(`flag needs an argument: '${letter}' in ${word}`);
      take(name, value);
      break;
    }
  }
  if (problem !== undefined) return refused(problem);
  return {
    kind: 'parsed',
    flags: {
      words: rest,
      ...(after !== undefined && { after }),
      has: name => TRUE.includes(given.get(name)?.at(-1) ?? ''),
      value: name => given.get(name)?.at(-1),
      list: name => given.get(name) ?? [],
      given: inOrder,
    },
  };
}

/** `required flag(s) "image" not set`; undefined when all are there. Source: cobra, `ValidateRequiredFlags`. */
export function missingFlags(flags: Flags, own: FlagTable): string | undefined {
  const missing = Object.entries(own).flatMap(([name, { isRequired }]) =>
    isRequired === true && flags.value(name) === undefined ? [`"${name}"`] : [],
  );
  return missing.length === 0 ? undefined : `required flag(s) ${missing.sort().join(', ')} not set`;
}

/** What pflag says about flags that should no longer be used. */
export function deprecationNotes(flags: Flags, own: FlagTable): readonly string[] {
  return Object.entries(own).flatMap(([name, { deprecated }]) =>
    deprecated === undefined ? [] : flags.list(name).map(() => `Flag --${name} has been deprecated, ${deprecated}\n`),
  );
}

/** What Go's strconv.ParseBool takes. */
const TRUE = ['true', '1', 't', 'T', 'TRUE', 'True'];
const FALSE = ['false', '0', 'f', 'F', 'FALSE', 'False'];

function wrongValue(name: string, spec: FlagSpec | undefined, value: string): string | undefined {
  const why = spec === undefined ? undefined : complaint(spec.kind, value);
  const flag = spec?.short === undefined ? `--${name}` : `-${spec.short}, --${name}`;
  return why === undefined ? undefined : `invalid argument ${JSON.stringify(value)} for "${flag}" flag: ${why}`;
}

function complaint(kind: FlagSpec['kind'], value: string): string | undefined {
  const quoted = JSON.stringify(value);
  switch (kind) {
    case 'flag':
      return TRUE.includes(value) || FALSE.includes(value)
        ? undefined
        : `strconv.ParseBool: parsing ${quoted}: invalid syntax`;
    case 'number':
      return /^[+-]?(\d+|0[xX][\da-fA-F]+)$/.test(value)
        ? undefined
        : `strconv.ParseInt: parsing ${quoted}: invalid syntax`;
    case 'duration': {
      const parsed = parseDuration(value);
      return parsed.kind === 'refused' ? parsed.message : undefined;
    }
    case 'value':
    case 'list':
    case 'words':
      return undefined;
  }
}

function refused(message: string): ParsedFlags {
  return { kind: 'refused', message };
}
