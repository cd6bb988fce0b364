// Formatting: the meaning and the comments stay, and once is enough.

import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { formatManifests, readManifests } from '../../../src/sim/index.ts';

const formatted = (text: string): string => {
  const result = formatManifests(text);
  return result.kind === 'formatted' ? result.text : `left: ${result.reason}`;
};

const valuesOf = (text: string): unknown => {
  const read = readManifests(text);
  return read.kind === 'refused' ? read.reason : read.documents.map(({ value }) => value);
};

describe('a text', () => {
  it.each([
    ['gets two spaces a level', 'spec:\n      ports:\n      -   port: 80\n', 'spec:\n  ports:\n    - port: 80\n'],
    ['gets one space behind a colon', 'kind:    Pod\n', 'kind: Pod\n'],
    ['keeps what is written in one line', 'labels: {app:   web}\n', 'labels: { app: web }\n'],
    ['keeps its quotes', `a: 'yes'\nb: "0644"\nc: yes\n`, `a: 'yes'\nb: "0644"\nc: yes\n`],
    ['keeps numbers as they are written', 'a: 0644\nb: 0x1f\nc: 1.50\n', 'a: 0644\nb: 0x1f\nc: 1.50\n'],
    ['keeps the order of its fields', 'b: 1\na: 2\n', 'b: 1\na: 2\n'],
    ['keeps its comments', '# one\na:   1   # two\n# three\n', '# one\na: 1 # two\n\n# three\n'],
    ['has one empty line where it had several', 'a: 1\n\n\n\nb: 2\n', 'a: 1\n\nb: 2\n'],
    ['has its documents one line apart', '---\na: 1\n...\n---\n---\nb: 2\n', 'a: 1\n---\nb: 2\n'],
    ['keeps comments between documents', 'a: 1\n# end\n---\n# begin\nb: 2\n', 'a: 1\n\n# end\n---\n# begin\nb: 2\n'],
    ['keeps long lines', `a: ${'word '.repeat(60)}end\n`, `a: ${'word '.repeat(60)}end\n`],
    ['keeps texts of several lines', 'a: |\n     one\n       two\n', 'a: |\n  one\n    two\n'],
    ['keeps anchors', 'a: &x {b: 1}\nc: *x\n', 'a: &x { b: 1 }\nc: *x\n'],
    ['that is empty stays empty', '\n\n', ''],
    ['that is no YAML is left, with the reason', 'a: b: c\n', /^left: yaml: line 1: /],
    ['with directives is left, with the reason', '%YAML 1.1\n---\na: 1\n', /^left: /],
    ['that repeats a key is left, with the reason', 'a: 1\na: 2\n', /^left: yaml: line \d: key "a" already set/],
  ])('%s', (_, text, expected) => {
    if (typeof expected === 'string') expect(formatted(text)).toBe(expected);
    else expect(formatted(text)).toMatch(expected);
  });

  const lessons = readdirSync('lessons', { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.yaml'));
  it.each(lessons)('of the lesson %s means the same afterwards', name => {
    const text = readFileSync(`lessons/${name}`, 'utf8');
    expect(formatManifests(text).kind).toBe('formatted');
    expect(valuesOf(formatted(text))).toEqual(valuesOf(text));
  });
});

describe('any value in any layout', () => {
  const scalar = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom('yes', 'no', '~', 'null', '010', '1:30', '- a', '# no', 'a: b', ' ', '\n', 'a\n\nb', '*', '{'),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  );
  const key = fc.oneof(fc.constantFrom('a', 'spec', 'on', '1'), fc.string({ maxLength: 6 }));
  const value = fc.letrec(tie => ({
    any: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie('any'), { maxLength: 4 }), tie('map')),
    map: fc.dictionary(key, tie('any'), { maxKeys: 4, noNullPrototype: true }),
  })).map;
  const layout = fc.record({
    indent: fc.integer({ min: 1, max: 8 }),
    indentSeq: fc.boolean(),
    lineWidth: fc.constantFrom(0, 20, 80),
    collectionStyle: fc.constantFrom<'any' | 'block' | 'flow'>('any', 'block', 'flow'),
    version: fc.constant<'1.1'>('1.1'),
  });

  it('means the same, and a second time changes nothing', () => {
    let done = 0;
    const documents = fc.array(fc.tuple(value, layout), { minLength: 1, maxLength: 3 });
    const property = fc.property(documents, each => {
      const text = each.map(([content, form]) => stringify(content, form)).join('---\n');
      const result = formatManifests(text);
      if (result.kind === 'left') return;
      done++;
      expect(valuesOf(result.text)).toEqual(valuesOf(text));
      expect(formatted(result.text)).toBe(result.text);
    });
    fc.assert(property, { seed: 5, numRuns: 300 });
    expect(done).toBeGreaterThan(250);
  });

  it('with comments between its lines keeps all of them', () => {
    const fields =
      'kind: Pod\nmetadata:\n    name: a\n    labels: {b: c}\nspec:\n    containers:\n    - name: a\n'.split('\n');
    const commentsOf = (text: string): readonly string[] =>
      text.split('\n').flatMap(line => /#.*/.exec(line.trimEnd()) ?? []);
    let done = 0;
    const note = fc.tuple(fc.nat(fields.length), fc.nat(6), fc.stringMatching(/^[ -~]{0,10}$/));
    const property = fc.property(fc.array(note, { maxLength: 4 }), notes => {
      const lines = fields.flatMap((field, i) => [
        ...notes.filter(([at]) => at === i).map(([, indent, words]) => `${' '.repeat(indent)}# ${words}`),
        field,
      ]);
      const text = lines.join('\n');
      const result = formatManifests(text);
      if (result.kind === 'left') return;
      done++;
      expect(commentsOf(result.text)).toEqual(commentsOf(text));
    });
    fc.assert(property, { seed: 5, numRuns: 300 });
    expect(done).toBeGreaterThan(250);
  });
});
