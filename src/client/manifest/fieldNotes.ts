import { ANYWHERE, NOTES } from './fieldWords.ts';

/** What the field does; undefined: nothing is said of it. */
export function fieldNote(definition: string, name: string): string | undefined {
  return NOTES[`${definition}.${name}`] ?? ANYWHERE[name];
}
