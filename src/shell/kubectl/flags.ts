// kubectl's command line: flags wherever they stand, `-n x`, `-nx`, `--namespace=x`, joined short flags, `--`.
//
// Read:    github.com/spf13/pflag; its error texts as kubectl prints them.

/** A flag that a command takes. */
export interface FlagSpec {
  readonly short?: string;
  /**
   * - `flag`: on when it is there; `=false` turns it off.
   * - `value`: a value follows.
   * - `list`: may be given several times.
   */
  readonly kind: 'flag' | 'value' | 'list';
  /** What a flag with an optional value means without one: `--cascade`, `--dry-run`. */
  readonly bare?: string;
}

export type FlagTable = Readonly<Record<string, FlagSpec>>;

/** Flags that every command of kubectl takes. */
const GLOBAL: FlagTable = {
  namespace: { short: 'n', kind: 'value' },
  context: { kind: 'value' },
  kubeconfig: { kind: 'value' },
  v: { short: 'v', kind: 'value' },
  help: { short: 'h', kind: 'flag' },
};

export interface Flags {
  /** Words that are no flags, before a `--`. */
  readonly words: readonly string[];
  /** Words after `--`; absent when there was none. */
  readonly after?: readonly string[];
  has(name: string): boolean;
  value(name: string): string | undefined;
  list(name: string): readonly string[];
}

export type ParsedFlags =
  | { readonly kind: 'parsed'; readonly flags: Flags }
  /** In pflag's words, without `error: `. */
  | { readonly kind: 'refused'; readonly message: string };

export function parseFlags(words: readonly string[], own: FlagTable): ParsedFlags {
  const table: FlagTable = { ...GLOBAL, ...own };
  const byShort = new Map(Object.entries(table).flatMap(([name, spec]) => (spec.short ? [[spec.short, name]] : [])));
  const given = new Map<string, string[]>();
  const rest: string[] = [];
  let after: readonly string[] | undefined;
  const take = (name: string, value: string): void => {
    given.set(name, [...(given.get(name) ?? []), value]);
  };
  for (let i = 0; i < words.length; i++) {
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
  return {
    kind: 'parsed',
    flags: {
      words: rest,
      ...(after !== undefined && { after }),
      has: name => given.get(name)?.at(-1) === 'true',
      value: name => given.get(name)?.at(-1),
      list: name => given.get(name) ?? [],
    },
  };
}

function refused(message: string): ParsedFlags {
  return { kind: 'refused', message };
}
