// All words of the page stand in catalogues, one for each area, so that somebody can translate them.

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/ui/words/catalogue.ts';
import { literalWords } from './support/literalWords.ts';

const ui = fileURLToPath(new URL('../../src/ui', import.meta.url));

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [relative(ui, join(folder, entry.name))],
  );
const files = filesUnder(ui);
const read = (file: string): string => readFileSync(join(ui, file), 'utf8');

/** Every text of a catalogue with the keys that lead to it; what has to be put in is left out. */
function textsOf(words: unknown, path: string): readonly (readonly [path: string, text: string])[] {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words !== 'object' || words === null) return [];
  return Object.entries(words).flatMap(([key, value]) => textsOf(value, `${path}.${key}`));
}

const texts = Object.entries(CATALOGUE).flatMap(([area, words]) => textsOf(words, area));

describe('the catalogue', () => {
  it('holds the words of every area', () => {
    const named = [...read('words/catalogue.ts').matchAll(/from '\.\.\/([^']+)'/g)].map(match => match[1]);
    expect(named.sort()).toEqual(files.filter(file => /(^|\/)(words|\w+Words)\.ts$/.test(file)).sort());
    expect(texts.length).toBeGreaterThan(300);
  });

  it('speaks as the look wants it: no praise, no oops, nothing simple, no exclamation', () => {
    const loud = texts.filter(([, text]) => /!(?!=)|\b(oops|simply|just|sorry|please|great|awesome)\b/i.test(text));
    expect(loud).toEqual([]);
  });
});

/** Files whose words are not in a catalogue yet. It may only become shorter. */
const NOT_YET: readonly string[] = [
  'common/later.tsx',
  'editor/ApplyResult.tsx',
  'editor/EditorPanel.tsx',
  'editor/FileTabs.tsx',
  'editor/ProblemList.tsx',
  'events/ClockControls.tsx',
  'events/EventsPanel.tsx',
  'frame/Header.tsx',
  'frame/OfflineTag.tsx',
  'frame/Panel.tsx',
  'frame/Workbench.tsx',
  'frame/labControls.tsx',
  'lesson/Command.tsx',
  'lesson/ElementLink.tsx',
  'lesson/Goals.tsx',
  'lesson/Help.tsx',
  'lesson/LessonHead.tsx',
  'lesson/LessonPane.tsx',
  'lesson/Observation.tsx',
  'lesson/Prediction.tsx',
  'lesson/StepList.tsx',
  'lesson/StepView.tsx',
  'lesson/TermPopover.tsx',
  'lesson/question/ChoiceFields.tsx',
  'lesson/question/ClickFields.tsx',
  'lesson/question/MatchFields.tsx',
  'lesson/question/TypedField.tsx',
  'terminal/CommandInput.tsx',
  'terminal/TerminalPanel.tsx',
  'trace/Effects.tsx',
  'trace/Evidence.tsx',
  'trace/Outcome.tsx',
  'trace/RouteTable.tsx',
  'trace/RuleChains.tsx',
  'trace/TraceBar.tsx',
  'trace/Transport.tsx',
  'trace/Value.tsx',
];

describe('the parts of the page', () => {
  it('take their words from a catalogue', () => {
    const literal = files.filter(file => file.endsWith('.tsx') && literalWords(read(file)).length > 0);
    expect(literal.sort()).toEqual([...NOT_YET].sort());
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
