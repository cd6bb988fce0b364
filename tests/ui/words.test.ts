// All words of the page stand in catalogues, one for each area, so that somebody can translate them.

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { CATALOGUE } from '../../src/ui/words/catalogue.ts';
import { literalSentences } from './support/literalSentences.ts';
import { literalWords } from './support/literalWords.ts';

const ui = fileURLToPath(new URL('../../src/ui', import.meta.url));
const client = fileURLToPath(new URL('../../src/client', import.meta.url));
const store = fileURLToPath(new URL('../../src/store', import.meta.url));

/** Every file of a folder and of those in it, as it is named from there. */
const filesUnder = (folder: string, root = folder): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory() ? filesUnder(join(folder, entry.name), root) : [relative(root, join(folder, entry.name))],
  );
const files = filesUnder(ui);
const read = (file: string): string => readFileSync(join(ui, file), 'utf8');

/** Stands for whatever a sentence is made with: a number, a name, or an object that has them. */
const anything: unknown = new Proxy(() => anything, {
  get: (_, key) => (key === Symbol.toPrimitive ? () => 2 : key === Symbol.iterator ? () => [].values() : anything),
  apply: () => anything,
});

/** Every text of a catalogue with the keys that lead to it; a sentence with parts, as it is with some. */
function textsOf(words: unknown, path: string): readonly (readonly [path: string, text: unknown])[] {
  if (words === anything) return [];
  // What is looked up by a kind of its own is not found by anything.
  if (Array.isArray(words))
    return words.filter(word => word !== undefined).flatMap((word, i) => textsOf(word, `${path}.${i}`));
  if (typeof words === 'function') return textsOf(words(anything, anything, anything, anything), path);
  if (typeof words !== 'object' || words === null) return [[path, words]];
  return Object.entries(words).flatMap(([key, value]) => textsOf(value, `${path}.${key}`));
}

// Keys are called by what they are on the machine.
vi.stubGlobal('navigator', { userAgent: 'X11; Linux x86_64' });
const texts = Object.entries(CATALOGUE).flatMap(([area, words]) => textsOf(words, area));

describe('the catalogue', () => {
  it('holds the words of every area', () => {
    const named = [...read('words/catalogue.ts').matchAll(/from '\.\.\/([^']+)'/g)].map(match => match[1]);
    const areas = [...files, ...filesUnder(client).map(file => `../client/${file}`)];
    const wanted = areas.filter(file => /(^|\/)(words|\w+Words)\.ts$/.test(file));
    expect(named.sort()).toEqual([...wanted, '../store/words.ts'].sort());
    expect(texts.length).toBeGreaterThan(700);
  });

  it('holds nothing but texts, and functions that make one of their values', () => {
    expect(texts.filter(([, text]) => typeof text !== 'string' || /undefined|\[object/.test(text))).toEqual([]);
  });

  it('speaks as the look wants it: no praise, no oops, nothing simple, no exclamation', () => {
    const loud = texts.filter(
      ([, text]) => typeof text === 'string' && /!(?!=)|\b(oops|simply|just|sorry|please|great|awesome)\b/i.test(text),
    );
    expect(loud).toEqual([]);
  });
});

describe('the parts of the page', () => {
  it('take their words from a catalogue', () => {
    const literal = files.filter(file => file.endsWith('.tsx') && literalWords(read(file)).length > 0);
    expect(literal).toEqual([]);
  });

  it('would be found out if they did not', () => {
    const part = (inside: string): string => `export function Part() {\n  return (\n    <p>${inside}</p>\n  );\n}`;
    expect(literalWords(part('Nothing was run.'))).toEqual(['Nothing was run.']);
    expect(literalWords(part('{count} of them'))).toEqual(['of them']);
    expect(literalWords(part('<Button label="Run again" />'))).toEqual(['Run again']);
    expect(literalWords(part('{WORDS.nothing}'))).toEqual([]);
    expect(literalWords(part('· {size} →'))).toEqual([]);
  });
});

/** Literals of several words that nobody reads, or that are the same in every language. */
const NOT_WORDS: readonly string[] = [
  // Members of unions, and what a Worker is told.
  'left alone',
  'open tab',
  'take over',
  'light contrast',
  'dark contrast',
  // Ids of actions.
  'fit selection',
  'next hop',
  'previous hop',
  // Names of header fields, as the core and the protocols have them.
  'source port',
  'destination port',
  'TTL …',
  'MAC …',
  'DNS …',
  // Events, a selector, fonts.
  'viewport resize',
  'dragpan scrollzoom pinchzoom',
  '#panel-panel textarea',
  '"IBM Plex Mono", ui-monospace, monospace',
  // Of a developer's mistake.
  'useStores: outside of a StoresContext',
  'a lab was expected to be open',
];
/** A command is what the tool calls it. */
const COMMAND = /^(…?(kubectl|npm run|ip|bridge|nft|docker|kind|for node in) |ARCH=)/;

/** Snippets are files, whose comments are the learner's own from then on. */
const isProgram = (file: string): boolean =>
  /\.tsx?$/.test(file) && !/(^|\/)(words|\w+Words|longTexts)\.ts$/.test(file) && !file.startsWith('editor/snippets/');

describe('the program of the page', () => {
  const program = [
    ...files.filter(isProgram).map(file => ({ file, code: read(file) })),
    ...[store, client].flatMap(folder =>
      filesUnder(folder)
        .filter(isProgram)
        .map(file => ({ file, code: readFileSync(join(folder, file), 'utf8') })),
    ),
  ];

  it('has no sentence of its own', () => {
    const found = program.flatMap(({ file, code }) =>
      literalSentences(code)
        .filter(text => !NOT_WORDS.includes(text) && !COMMAND.test(text))
        .map(text => `${file}: ${text}`),
    );
    expect(found).toEqual([]);
  });

  it('needs every exception', () => {
    const all = program.flatMap(({ code }) => literalSentences(code));
    expect(NOT_WORDS.filter(text => !all.includes(text))).toEqual([]);
  });

  it('would be found out if it had one', () => {
    expect(literalSentences("toast.show('The lab was reset.')")).toEqual(['The lab was reset.']);
    expect(literalSentences(`throw new Error(\`no lab answers at \${url}\`)`)).toEqual(['no lab answers at …']);
    expect(literalSentences("// 'Not this one.'\nconst a = 'pods/web';")).toEqual([]);
  });
});
