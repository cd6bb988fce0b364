// Makes the Service Worker of a build: which files the page consists of is known only when they are all written.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { type Plugin, transformWithOxc } from 'vite';

const PROGRAM = join(import.meta.dirname, '../../client/serviceWorker.ts');
const NAME = 'sw.js';
/** Files of the build that no page asks for. */
const UNUSED = /\.map$|^screenshot\.png$/;

/** The plugin: writes `sw.js` beside the page, with the names of all files and one mark for what is in them. */
export function offline(): Plugin {
  let out = '';
  return {
    name: 'hoplab-offline',
    apply: 'build',
    configResolved(config) {
      out = resolve(config.root, config.build.outDir);
    },
    // In the Worker's part of the build nothing is written yet.
    applyToEnvironment: environment => environment.name === 'client',
    async closeBundle() {
      const files = filesUnder(out)
        .map(file => relative(out, file).split(sep).join('/'))
        .filter(file => file !== NAME && !UNUSED.test(file))
        .sort();
      const mark = createHash('sha256');
      for (const file of files) mark.update(file).update(readFileSync(join(out, file)));
      const { code } = await transformWithOxc(readFileSync(PROGRAM, 'utf8'), PROGRAM, {});
      const known = `const VERSION = ${JSON.stringify(mark.digest('hex').slice(0, 16))};\nconst FILES = ${JSON.stringify(files)};\n`;
      writeFileSync(join(out, NAME), known + code);
    },
  };
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}
