// Options of Unix tools: short ones that can be joined (`-sS`), long ones, some with a value.

/** What a tool accepts: a letter or `--name`, and whether a value follows. */
export type OptionTable = Readonly<Record<string, 'flag' | 'value'>>;

export type ParsedOptions =
  | {
      readonly kind: 'parsed';
      readonly flags: ReadonlySet<string>;
      readonly values: ReadonlyMap<string, string>;
      readonly rest: readonly string[];
    }
  | { readonly kind: 'unknown'; readonly option: string }
  | { readonly kind: 'value-missing'; readonly option: string };

/** Reads options wherever they stand; `--` ends them. A value option given twice keeps the last. */
export function parseOptions(words: readonly string[], table: OptionTable): ParsedOptions {
  const flags = new Set<string>();
  const values = new Map<string, string>();
  const rest: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word === '--') {
      rest.push(...words.slice(i + 1));
      break;
    }
    if (word.startsWith('--')) {
      const [name = '', inline] = splitOnce(word, '=');
      if (table[name] === 'flag') flags.add(name);
      else if (table[name] === 'value') {
        const value = inline ?? words[++i];
        if (value === undefined) return { kind: 'value-missing', option: name };
        values.set(name, value);
      } else return { kind: 'unknown', option: word };
    } else if (word.startsWith('-') && word.length > 1) {
      for (let k = 1; k < word.length; k++) {
        const name = `-${word[k]}`;
        if (table[name] === 'flag') flags.add(name);
        else if (table[name] === 'value') {
          const value = k + 1 < word.length ? word.slice(k + 1) : words[++i];
          if (value === undefined) return { kind: 'value-missing', option: name };
          values.set(name, value);
          break;
        } else return { kind: 'unknown', option: name };
      }
    } else rest.push(word);
  }
  return { kind: 'parsed', flags, values, rest };
}

function splitOnce(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
