// What a learner has done in all lessons, as one text that a browser can keep.
//
// Reading never loses anything: what cannot be read (damage, a later version) is handed back to be kept aside, and
// what can be read goes on. A caller stores what is aside under another key before it writes the next text.

import type { Json } from '../sim/index.ts';
import type { LessonState } from './lessonState.ts';
import { lessonState } from './lessonStateSchema.ts';
import { isMap } from './schema.ts';

/** What was done, in all lessons. */
export interface Progress {
  /** By lesson id. */
  readonly lessons: Readonly<Record<string, LessonState>>;
}

/** A text that could not be taken over, to be kept under another key. */
export interface KeptAside {
  readonly text: string;
  /**
   * - `damaged`: it is not what a version of Hoplab wrote.
   * - `newer`: a later version of Hoplab wrote it.
   */
  readonly reason: 'damaged' | 'newer';
  /** The lesson that it is about; absent: the whole. */
  readonly lesson?: string;
}

/** What a stored text came to: what goes on, and what has to be kept aside. */
export interface ProgressReading {
  readonly progress: Progress;
  readonly aside: readonly KeptAside[];
}

/** Turns the form of one version into that of the next. */
export type Migration = (old: Json) => Json;

/** `MIGRATIONS[n]` makes version n + 2 of version n + 1. There is only one version so far. */
export const MIGRATIONS: readonly Migration[] = [];

/** The version of the form that {@link writeProgress} writes. */
export const PROGRESS_VERSION = MIGRATIONS.length + 1;

/** The progress of somebody who has not begun. */
export const NO_PROGRESS: Progress = { lessons: {} };

/**
 * Reads what was stored.
 * @param text undefined: nothing was
 * @param migrations from version 1 up to the current one
 */
export function readProgress(text: string | undefined, migrations: readonly Migration[] = MIGRATIONS): ProgressReading {
  if (text === undefined) return { progress: NO_PROGRESS, aside: [] };
  const stored = parseJson(text);
  const version = isMap(stored) ? stored.version : undefined;
  if (!isMap(stored) || typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return allAside(text, 'damaged');
  }
  if (version > migrations.length + 1) return allAside(text, 'newer');
  const current = migrate(stored, migrations.slice(version - 1));
  const lessons = isMap(current) ? current.lessons : undefined;
  return isMap(lessons) ? readLessons(lessons) : allAside(text, 'damaged');
}

function allAside(text: string, reason: KeptAside['reason']): ProgressReading {
  return { progress: NO_PROGRESS, aside: [{ text, reason }] };
}

/** A migration that meets damage leaves it for the reader to find. */
function migrate(stored: Json, migrations: readonly Migration[]): Json {
  try {
    return migrations.reduce<Json>((value, migration) => migration(value), stored);
  } catch {
    return null;
  }
}

function readLessons(stored: { readonly [id: string]: Json | undefined }): ProgressReading {
  const lessons: [string, LessonState][] = [];
  const aside: KeptAside[] = [];
  for (const [id, value] of Object.entries(stored)) {
    const reading = lessonState.read(value ?? null, [id]);
    if (reading.kind === 'read' && reading.value.lesson === id) lessons.push([id, reading.value]);
    else aside.push({ text: JSON.stringify(value ?? null), reason: 'damaged', lesson: id });
  }
  return { progress: { lessons: Object.fromEntries(lessons) }, aside };
}

function parseJson(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** The text to store. */
export function writeProgress(progress: Progress): string {
  return JSON.stringify({ version: PROGRESS_VERSION, lessons: progress.lessons });
}

/** The state of a lesson that was begun. */
export function lessonProgress(progress: Progress, id: string): LessonState | undefined {
  return Object.hasOwn(progress.lessons, id) ? progress.lessons[id] : undefined;
}

/** The progress with the newer state of one lesson. */
export function withLesson(progress: Progress, state: LessonState): Progress {
  return { lessons: { ...progress.lessons, [state.lesson]: state } };
}
