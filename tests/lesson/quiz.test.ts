import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, Grade, Option, Question } from '../../src/lesson/format.ts';
import { presentedOrder } from '../../src/lesson/presentation.ts';
import { grade, rightAnswer } from '../../src/lesson/quiz.ts';

function option(id: string, correct: boolean): Option {
  return { id, html: id, correct, feedback: `about ${id}` };
}

const COMMON = { id: 'q', prompt: 'Which?', feedback: 'Because.' };
const OPTIONS = [option('a', true), option('b', false), option('c', true)];
const single: Question = { ...COMMON, kind: 'single', options: [option('a', false), option('b', true)] };
const multiple: Question = { ...COMMON, kind: 'multiple', options: OPTIONS };
const order: Question = { ...COMMON, kind: 'order', items: ['a', 'b', 'c'].map(id => option(id, true)) };
const match: Question = {
  ...COMMON,
  kind: 'match',
  pairs: ['a', 'b'].map(id => ({ id, left: id, right: id, feedback: `about ${id}` })),
};
const ip: Question = {
  ...COMMON,
  kind: 'ip',
  answer: '10.244.1.2',
  mistakes: [{ answer: '192.168.10.11', feedback: 'That is the node.' }],
};
const number: Question = { ...COMMON, kind: 'number', answer: '3', mistakes: [] };
const word: Question = { ...COMMON, kind: 'text', answer: '0a:58:0A:f4:01:05', mistakes: [] };
const click: Question = {
  ...COMMON,
  kind: 'click',
  candidates: [
    { element: 'pod/default/web', label: 'web', correct: true, feedback: 'about web' },
    { element: 'router/router', label: 'router', correct: false, feedback: 'about router' },
  ],
};
const ALL = [single, multiple, order, match, ip, number, word, click];

/** Feedback as `option tone text`. */
function told(result: Grade): readonly string[] {
  return result.feedback.map(({ option: id, tone, html }) => [...(id === undefined ? [] : [id]), tone, html].join(' '));
}

describe('grading', () => {
  const rows: readonly [string, Question, Answer, Grade['kind'], readonly string[]][] = [
    ['single, right', single, ['b'], 'right', ['b right about b', 'right Because.']],
    ['single, wrong', single, ['a'], 'wrong', ['a wrong about a']],
    ['single, nothing', single, [], 'unreadable', ['missed Choose one answer first.']],
    ['single, two', single, ['a', 'b'], 'unreadable', ['missed Choose one answer first.']],
    ['single, something that is not offered', single, ['z'], 'unreadable', ['missed Choose one answer first.']],
    ['multiple, right', multiple, ['c', 'a'], 'right', ['a right about a', 'c right about c', 'right Because.']],
    ['multiple, one missed', multiple, ['a'], 'wrong', ['a right about a', 'missed 1 more belongs to the answer.']],
    [
      'multiple, one too many',
      multiple,
      ['a', 'b', 'c'],
      'wrong',
      ['a right about a', 'b wrong about b', 'c right about c'],
    ],
    ['multiple, all wrong', multiple, ['b'], 'wrong', ['b wrong about b', 'missed 2 more belong to the answer.']],
    ['multiple, nothing', multiple, [], 'unreadable', ['missed Choose at least one.']],
    [
      'order, right',
      order,
      ['a', 'b', 'c'],
      'right',
      ['a right about a', 'b right about b', 'c right about c', 'right Because.'],
    ],
    ['order, wrong', order, ['a', 'c', 'b'], 'wrong', ['b wrong about b']],
    ['order, not finished', order, ['a', 'b'], 'unreadable', ['missed Put every item in its place first.']],
    ['order, one twice', order, ['a', 'b', 'b'], 'unreadable', ['missed Put every item in its place first.']],
    ['match, right', match, ['a', 'b'], 'right', ['a right about a', 'b right about b', 'right Because.']],
    ['match, crossed', match, ['b', 'a'], 'wrong', ['a wrong about a', 'b wrong about b']],
    ['match, one for both', match, ['a', 'a'], 'wrong', ['a right about a', 'b wrong about b']],
    ['match, not finished', match, ['a'], 'unreadable', ['missed Give every row a partner first.']],
    ['ip, right', ip, [' 10.244.1.2 '], 'right', ['right Because.']],
    ['ip, a foreseen mistake', ip, ['192.168.10.11'], 'wrong', ['wrong That is the node.']],
    ['ip, another', ip, ['10.244.1.3'], 'wrong', ['wrong Because.']],
    [
      'ip, none',
      ip,
      ['10.244.1'],
      'unreadable',
      ['missed That is not an IP address. Write four numbers with dots between them, such as 192.0.2.1.'],
    ],
    ['number, right', number, ['03'], 'right', ['right Because.']],
    ['number, with a decimal comma', number, ['3,0'], 'right', ['right Because.']],
    ['number, wrong', number, ['6'], 'wrong', ['wrong Because.']],
    ['number, none', number, ['three'], 'unreadable', ['missed That is not a number. Write digits, such as 3.']],
    ['text, in other letters', word, ['0A:58:0a:f4:01:05'], 'right', ['right Because.']],
    ['text, nothing', word, ['  '], 'unreadable', ['missed Write an answer first.']],
    ['click, right', click, ['pod/default/web'], 'right', ['pod/default/web right about web', 'right Because.']],
    [
      'click, wrong',
      click,
      ['router/router'],
      'wrong',
      ['router/router wrong about router', 'missed 1 more belongs to the answer.'],
    ],
    ['click, elsewhere', click, ['lan/lan'], 'unreadable', ['missed Pick one of the marked elements.']],
  ];
  it.each(rows)('%s', (_, question, answer, kind, feedback) => {
    const result = grade(question, answer);
    expect(result.kind).toBe(kind);
    expect(told(result)).toEqual(feedback);
  });

  it('what the lab found decides instead of what the author stated', () => {
    expect(grade(ip, ['10.244.1.9'], '10.244.1.9').kind).toBe('right');
    expect(grade(ip, ['10.244.1.2'], '10.244.1.9').kind).toBe('wrong');
    expect(grade(ip, ['10.244.1.2'], 'nothing readable').kind).toBe('right');
  });

  it.each(ALL)('$kind: the right answer is right', question => {
    expect(grade(question, rightAnswer(question)).kind).toBe('right');
  });

  it('any answer at all gets a grade with something to read', () => {
    const id = fc.constantFrom('a', 'b', 'c', '3', '10.244.1.2', 'pod/default/web', '', 'constructor', '\u202e');
    fc.assert(
      fc.property(fc.constantFrom(...ALL), fc.array(id, { maxLength: 4 }), (question, answer) => {
        expect(grade(question, answer).feedback.length).toBeGreaterThan(0);
      }),
      { seed: 1 },
    );
  });
});

describe('the order in which things are offered', () => {
  it('is never the right one, and always the same', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 6 }),
        fc.string(),
        (ids, id) => {
          const question: Question = { ...COMMON, id, kind: 'order', items: ids.map(item => option(item, true)) };
          const shown = presentedOrder(question);
          expect([...shown].sort()).toEqual([...ids].sort());
          expect(shown).not.toEqual(ids);
          expect(presentedOrder(question)).toEqual(shown);
        },
      ),
      { seed: 1 },
    );
  });
});
