// Reads the lessons' files from disk, for the build, the command line and the tests.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LessonFiles } from '../lesson/catalog.ts';

/** The folder of lessons, from the root of the project. */
export const LESSONS_FOLDER = 'lessons';

/**
 * All Markdown and YAML files under `lessons/`, by path from the root with `/` between names.
 * @param root the folder that holds `lessons/`
 */
export function readLessonFiles(root: string): LessonFiles {
  const files = new Map<string, string>();
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else if (/\.(md|yaml)$/.test(entry.name)) files.set(path, readFileSync(join(root, path), 'utf8'));
    }
  };
  visit(LESSONS_FOLDER);
  return files;
}
