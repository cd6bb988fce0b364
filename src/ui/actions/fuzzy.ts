// Finds a name by some of its letters, in order: `otr` finds "Open Trace". Pure.

/** How well a query fits, higher is better, and which letters of the name it took. */
export interface Match {
  readonly score: number;
  /** Indexes into the name, ascending. */
  readonly letters: readonly number[];
}

const RUN = 4;
const WORD_START = 6;
const GAP = 1;
const WHOLE_RUN = 20;
/** Found by another word than its name. */
const OTHER = -1;

/** The match of a query with a name; undefined: its letters are not there in this order. Case and spaces do not count. */
export function matchName(query: string, name: string): Match | undefined {
  const wanted = query.toLowerCase().replaceAll(/\s+/g, '');
  const text = name.toLowerCase();
  if (wanted === '') return { score: 0, letters: [] };
  // A part of the name as it is written is worth more than letters here and there.
  const whole = text.indexOf(query.trim().toLowerCase());
  if (whole >= 0) {
    const length = query.trim().length;
    const letters = Array.from({ length }, (_, i) => whole + i);
    const score = letters.reduce((sum, at, i) => sum + scoreAt(at, letters[i - 1], text), WHOLE_RUN);
    return { score, letters };
  }
  return bestLetters(wanted, text);
}

/** The letters of a query in a text where they score most: for each letter, the best way to end at each place. */
function bestLetters(wanted: string, text: string): Match | undefined {
  let ends: readonly (Match | undefined)[] = [...text].map((letter, at) =>
    letter === wanted.charAt(0) ? { score: scoreAt(at, undefined, text), letters: [at] } : undefined,
  );
  for (const letter of wanted.slice(1)) {
    const before = ends;
    ends = [...text].map((each, at) => {
      if (each !== letter) return undefined;
      return better(
        before
          .slice(0, at)
          .map(
            (match, last) => match && { score: match.score + scoreAt(at, last, text), letters: [...match.letters, at] },
          ),
      );
    });
  }
  return better(ends);
}

function better(matches: readonly (Match | undefined)[]): Match | undefined {
  return matches.reduce(
    (best, match) => (match !== undefined && (best?.score ?? -Infinity) < match.score ? match : best),
    undefined,
  );
}

function scoreAt(at: number, before: number | undefined, text: string): number {
  const isRun = before !== undefined && at === before + 1;
  const isStart = at === 0 || /[^\p{L}\p{N}]/u.test(text.charAt(at - 1));
  const gap = before === undefined ? Math.min(at, 5) : Math.min(at - before - 1, 5);
  return (isRun ? RUN : 0) + (isStart ? WORD_START : 0) - gap * GAP;
}

/** The items whose names a query finds, best first; equally good ones stay in order. Other words count as they are written. */
export function found<Item>(
  query: string,
  items: readonly Item[],
  namesOf: (item: Item) => readonly string[],
): readonly { readonly item: Item; readonly letters: readonly number[] }[] {
  return items
    .flatMap(item => {
      const [name = '', ...others] = namesOf(item);
      const own = matchName(query, name);
      if (own !== undefined && own.score > 0) return [{ item, ...own }];
      const asked = query.trim().toLowerCase();
      return others.some(other => other.toLowerCase().includes(asked)) ? [{ item, score: OTHER, letters: [] }] : [];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ item, letters }) => ({ item, letters }));
}

/**
 * The items that have the query in one of their names as it is written: for very many items. The name that has the fewest
 * letters beside it comes first: `web` finds the Service of this name before the Pods whose names begin with it.
 */
export function containing<Item>(
  query: string,
  items: readonly Item[],
  namesOf: (item: Item) => readonly string[],
): readonly { readonly item: Item; readonly letters: readonly number[] }[] {
  const asked = query.trim().toLowerCase();
  return items
    .flatMap(item => {
      const names = namesOf(item).map(name => name.toLowerCase());
      const [at = -1, ...others] = names.map(name => name.indexOf(asked));
      if (at >= 0) return [{ item, beside: names[0]?.length ?? 0, letters: Array.from(asked, (_, i) => at + i) }];
      return others.some(other => other >= 0) ? [{ item, beside: Number.MAX_SAFE_INTEGER, letters: [] }] : [];
    })
    .sort((a, b) => a.beside - b.beside)
    .map(({ item, letters }) => ({ item, letters }));
}
