import { describe, expect, it } from 'vitest';
import { compileCourse } from '../../src/lesson/catalog.ts';
import { formatProblem } from '../../src/lesson/problem.ts';

const LAB = 'apiVersion: lab.hoplab.dev/v1alpha1\nkind: Lab\nmetadata: {name: x}\n';

function lesson(id: string, more = '', body = ''): string {
  const head = `---\nid: ${id}\nversion: 1\ntitle: Title of ${id}\nminutes: 5\nobjectives: [One.]\n${more}---\n`;
  return `${head}${body}\n:::::step{#s title="S"}\n\`\`\`yaml check\nseen: {}\n\`\`\`\n:::::\n`;
}

const COURSE: Readonly<Record<string, string>> = {
  'lessons/glossary.yaml': 'pod: {term: Pod, text: "*Containers*."}\n',
  'lessons/02-services/module.yaml': 'title: Services\nsummary: Names.\n',
  'lessons/02-services/01-labels.md': lesson('labels', 'needs: [second]\n'),
  'lessons/02-services/01-labels.yaml': LAB,
  'lessons/01-pods/module.yaml': 'title: Pods\nsummary: Addresses.\n',
  'lessons/01-pods/02-second.md': lesson('second', '', '[first](lesson:first) [Pod](glossary:pod)'),
  'lessons/01-pods/02-second.yaml': LAB,
  'lessons/01-pods/01-first.md': lesson('first'),
  'lessons/01-pods/01-first.yaml': LAB,
  'lessons/01-pods/01-first.fr.md': 'a translation',
  'lessons/AUTHORING.md': 'how to',
};

function compile(changes: Readonly<Record<string, string | undefined>> = {}) {
  const files = Object.entries({ ...COURSE, ...changes }).flatMap(([path, text]) =>
    text === undefined ? [] : [[path, text] as const],
  );
  return compileCourse(new Map(files));
}

describe('the course', () => {
  it('follows the numbers in the names, and counts lessons through', () => {
    const { modules, lessons, problems } = compile();
    expect(problems).toEqual([]);
    expect(modules.map(module => [module.number, module.id, module.title, module.summary])).toEqual([
      [1, 'pods', 'Pods', 'Addresses.'],
      [2, 'services', 'Services', 'Names.'],
    ]);
    expect(modules.flatMap(module => module.lessons)).toEqual([
      { id: 'first', number: 1, title: 'Title of first', minutes: 5, steps: 1, questions: 0 },
      { id: 'second', number: 2, title: 'Title of second', minutes: 5, steps: 1, questions: 0 },
      { id: 'labels', number: 3, title: 'Title of labels', minutes: 5, steps: 1, questions: 0 },
    ]);
    expect(lessons.map(({ lesson: { id }, file }) => [id, file])).toEqual([
      ['first', 'lessons/01-pods/01-first.md'],
      ['second', 'lessons/01-pods/02-second.md'],
      ['labels', 'lessons/02-services/01-labels.md'],
    ]);
    expect(lessons[1]?.lesson.glossary).toEqual([{ id: 'pod', term: 'Pod', html: '<p><em>Containers</em>.</p>' }]);
  });

  const rows: readonly [string, Readonly<Record<string, string | undefined>>, string][] = [
    [
      'a lesson without a cluster',
      { 'lessons/01-pods/01-first.yaml': undefined },
      'lessons/01-pods/01-first.md:1:1: the lesson has no cluster (expected its Lab config and manifests in lessons/01-pods/01-first.yaml)',
    ],
    [
      'a file with another name',
      { 'lessons/01-pods/third.md': 'x' },
      'lessons/01-pods/third.md:1:1: the file is not named as a lesson (expected NN-module/NN-lesson.md, in small letters, digits and -)',
    ],
    [
      'a module without a head',
      { 'lessons/01-pods/module.yaml': undefined },
      'lessons/01-pods/module.yaml:1:1: the module has no head (expected title and summary)',
    ],
    [
      'a module with half a head',
      { 'lessons/01-pods/module.yaml': 'title: Pods\n' },
      'lessons/01-pods/module.yaml:1:1: "summary" is missing (it must be a sentence)',
    ],
    [
      'a need that nobody has',
      { 'lessons/01-pods/01-first.md': lesson('first', 'needs: [zero]\n') },
      'lessons/01-pods/01-first.md:1:1: there is no lesson "zero" (expected one of first, second, labels)',
    ],
    [
      'a link to no lesson',
      { 'lessons/01-pods/02-second.md': lesson('second', '', '[x](lesson:zero) [Pod](glossary:pod)') },
      'lessons/01-pods/02-second.md:8:1: there is no lesson "zero" (expected one of first, second, labels)',
    ],
    [
      'two lessons of one id',
      { 'lessons/02-services/01-labels.md': lesson('first') },
      'lessons/02-services/01-labels.md:1:1: the lesson id "first" is taken by lessons/01-pods/01-first.md (expected an id of its own)',
    ],
    [
      'a term without a text',
      { 'lessons/glossary.yaml': 'pod: {term: Pod, text: x}\nnat: {term: NAT}\n' },
      'lessons/glossary.yaml:2:1: "text" is missing (it must be what it is, in Markdown)',
    ],
    [
      'a term that links on',
      { 'lessons/glossary.yaml': 'pod: {term: Pod, text: "[x](glossary:nat)"}\n' },
      'lessons/glossary.yaml:1:1: the glossary has no term "nat" (expected an id of lessons/glossary.yaml)',
    ],
  ];
  it.each(rows)('names %s', (_, changes, problem) => {
    expect(compile(changes).problems.map(formatProblem)).toContain(problem);
  });
});
