// Names of files that a pattern stands for: `*.yaml`.
//
// Read:    POSIX.1-2017, Shell Command Language, section 2.13. Omits: character classes such as [:alpha:].

/** The names that match, sorted; `*` and `?` do not stand for a leading dot. */
export function matchingFiles(pattern: string, names: readonly string[]): readonly string[] {
  const matcher = matcherOf(pattern);
  return matcher === undefined
    ? []
    : names.filter(name => (!name.startsWith('.') || pattern.startsWith('.')) && matcher.test(name)).sort();
}

function matcherOf(pattern: string): RegExp | undefined {
  const source = pattern.replaceAll(
    /\*|\?|\[(!|\^)?([^\]/]+)\]|[\\^$.|+(){}[\]]/g,
    (text, not: string | undefined, set: string | undefined) => {
      if (text === '*') return '[^/]*';
      if (text === '?') return '[^/]';
      if (set !== undefined) return `[${not === undefined ? '' : '^'}${set.replaceAll(/[\\[\]^]/g, '\\$&')}]`;
      return `\\${text}`;
    },
  );
  try {
    return new RegExp(`^${source}$`, 'u');
  } catch {
    // A range the wrong way round: `[z-a]` matches nothing.
    return undefined;
  }
}
