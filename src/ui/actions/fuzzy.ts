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
    return { score: scoreOf(letters, text) + WHOLE_RUN, letters };
  }
  let best: Match | undefined;
  // From each place where it can begin: the first is not always the best.
  for (let from = text.indexOf(wanted.charAt(0)); from >= 0; from = text.indexOf(wanted.charAt(0), from + 1)) {
    const letters = lettersFrom(wanted, text, from);
    if (letters === undefined) break;
    const score = scoreOf(letters, text);
    if (best === undefined || score > best.score) best = { score, letters };
  }
  return best;
}

/** The letters of a query from a place on, each where it is found first after the one before. */
function lettersFrom(wanted: string, text: string, from: number): readonly number[] | undefined {
  const letters: number[] = [from];
  for (const letter of wanted.slice(1)) {
    const last = letters.at(-1) ?? from;
    const first = text.indexOf(letter, last + 1);
    if (first < 0) return undefined;
    letters.push(first);
  }
  return letters;
}

function scoreOf(letters: readonly number[], text: string): number {
  return letters.reduce((score, at, i) => {
    const before = letters[i - 1];
    const isRun = before !== undefined && at === before + 1;
    const isStart = at === 0 || /[^\p{L}\p{N}]/u.test(text.charAt(at - 1));
    const gap = before === undefined ? Math.min(at, 5) : Math.min(at - before - 1, 5);
    return score + (isRun ? RUN : 0) + (isStart ? WORD_START : 0) - gap * GAP;
  }, 0);
}

/** The items whose names a query finds, best first; equally good ones stay in order. */
export function found<Item>(
  query: string,
  items: readonly Item[],
  nameOf: (item: Item) => readonly string[],
): readonly { readonly item: Item; readonly letters: readonly number[] }[] {
  return items
    .flatMap(item => {
      const [name = '', ...others] = nameOf(item);
      const own = matchName(query, name);
      if (own !== undefined) return [{ item, ...own }];
      const other = others.flatMap(each => matchName(query, each) ?? []).sort((a, b) => b.score - a.score)[0];
      return other === undefined ? [] : [{ item, score: other.score - WHOLE_RUN, letters: [] }];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ item, letters }) => ({ item, letters }));
}
