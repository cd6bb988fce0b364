// A sorted list of distinct names that changes often and is read in order even more often.

/** Adds a name where it belongs. A name that is there already stays as it is. */
export function insertKey(keys: string[], key: string): void {
  // Most objects are made in order: their place is the end.
  const last = keys[keys.length - 1];
  if (last === undefined || last < key) {
    keys.push(key);
    return;
  }
  const at = placeOf(keys, key);
  if (keys[at] !== key) keys.splice(at, 0, key);
}

export function removeKey(keys: string[], key: string): void {
  const at = placeOf(keys, key);
  if (keys[at] === key) keys.splice(at, 1);
}

/** The index of the key, or the one where it would stand. */
export function placeOf(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
