// The YAML heads of lessons and modules.

import { integer, list, oneOrMore, parsed, type Read, record, type Schema, text } from './schema.ts';

/** A word that things are kept under: `four-problems`. */
export function slug(expected: string): Schema<string> {
  return parsed(expected, written => (/^[a-z0-9][a-z0-9-]{0,60}$/.test(written) ? written : undefined));
}

const lessonId = slug('the id of a lesson: small letters, digits and -');

/** The front matter of a lesson. */
export const frontMatter = record(
  {
    /** Stable: progress is kept under it. */
    id: lessonId,
    /** Raised when an answer or a check changes. */
    version: integer(1, 10_000),
    title: text('a title'),
    minutes: integer(1, 240),
    objectives: oneOrMore(text('a sentence')),
  },
  {
    /** Lessons that should be done before. */
    needs: list(lessonId),
    /** What a real cluster may do differently here. */
    simplifications: list(text('a sentence')),
    sources: list(text('a source')),
  },
);

/** What the front matter of a lesson says. */
export type FrontMatter = Read<typeof frontMatter>;

/** `module.yaml`. */
export const moduleHead = record({ title: text('a title'), summary: text('a sentence') }, {});
