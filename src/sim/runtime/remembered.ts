/** Beyond this many texts the memory is worth more than the time: start again. */
const LIMIT = 50_000;

/** What a text says, worked out once: `read` must be pure. For texts that are asked about again and again. */
export function remembered<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return text => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const value = read(text);
    if (known.size >= LIMIT) known.clear();
    known.set(text, value);
    return value;
  };
}
