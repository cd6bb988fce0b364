// A lesson as its author wrote it, for tests that hold the page against the whole of it.

import { compileCourse } from '../../../src/lesson/catalog.ts';
import type { Html, Lesson } from '../../../src/lesson/format.ts';
import { readLessonFiles } from '../../../src/server/lessonFiles.ts';

/** A lesson of the course by its id. */
export function lessonById(id: string): Lesson {
  const course = compileCourse(readLessonFiles('.'));
  const found = course.lessons.find(({ lesson }) => lesson.id === id);
  if (found === undefined) throw new Error(`the course has no lesson ${id}`);
  return found.lesson;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The paragraphs of a text as a person reads them, each in one line. */
export function paragraphsOf(html: Html): readonly string[] {
  return html
    .split(/<\/(?:p|li|pre)>/)
    .map(part =>
      decoded(part.replace(/<[^>]*>/g, ''))
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter(part => part !== '');
}

/** A text of one paragraph. */
export function wordsOf(html: Html): string {
  return paragraphsOf(html).join(' ');
}

function decoded(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return NAMED[name] ?? whole;
  });
}
