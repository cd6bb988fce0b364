import { describe, expect, it } from 'vitest';
import { questionOf } from './lessons.ts';

describe('questions', () => {
  it('single: one box is ticked, each option has its feedback', () => {
    expect(questionOf('#q', 'Which?\n- [x] `lo`\n  > Yes.\n- [ ] eth0\n  > No.\n\n> That is all.')).toEqual({
      id: 'q',
      kind: 'single',
      prompt: '<p>Which?</p>',
      feedback: '<p>That is all.</p>',
      options: [
        { id: 'a', html: '<code>lo</code>', correct: true, feedback: '<p>Yes.</p>' },
        { id: 'b', html: 'eth0', correct: false, feedback: '<p>No.</p>' },
      ],
    });
  });

  it('multiple: several boxes are', () => {
    const question = questionOf('#q type=multiple', 'Which?\n- [x] a\n  > A.\n- [x] b\n  > B.');
    expect(question.kind === 'multiple' && question.options.map(option => option.correct)).toEqual([true, true]);
  });

  it('order: a numbered list in the right order', () => {
    expect(questionOf('#q type=order', 'Order.\n1. first\n   > A.\n2. second\n   > B.')).toMatchObject({
      kind: 'order',
      items: [
        { id: 'a', html: 'first', feedback: '<p>A.</p>' },
        { id: 'b', html: 'second', feedback: '<p>B.</p>' },
      ],
    });
  });

  it('match: each item has its partner below', () => {
    expect(questionOf('#q type=match', 'Match.\n- ADD\n  - attach\n  > A.\n- DEL\n  - detach\n  > B.')).toMatchObject({
      kind: 'match',
      pairs: [
        { id: 'a', left: 'ADD', right: 'attach', feedback: '<p>A.</p>' },
        { id: 'b', left: 'DEL', right: 'detach', feedback: '<p>B.</p>' },
      ],
    });
  });

  it('number, ip and text: an answer, and mistakes that are foreseen', () => {
    const content = 'Which?\n> Because.\n\n:::wrong{answer="192.168.10.11"}\nThat is the node.\n:::';
    expect(questionOf('#q type=ip answer="10.244.1.2"', content)).toEqual({
      id: 'q',
      kind: 'ip',
      prompt: '<p>Which?</p>',
      feedback: '<p>Because.</p>',
      answer: '10.244.1.2',
      mistakes: [{ answer: '192.168.10.11', feedback: '<p>That is the node.</p>' }],
    });
  });

  it('computed: the check beside it says what is asked, and what it comes to', () => {
    const check = '```yaml check\nprobe: {from: pod/web, to: "10.244.2.2:8080", path: {ttlOnArrival: 62}}\n```';
    expect(questionOf('#q type=number answer=probe', `Which?\n${check}\n> Two routers.`)).toMatchObject({
      kind: 'number',
      answer: '62',
      computed: { probe: { from: 'pod/web', to: '10.244.2.2:8080', path: { ttlOnArrival: 62 } } },
    });
  });

  it('click and hop: options are links to elements', () => {
    const content = 'Pick.\n- [x] [web](element:pod/web)\n  > Yes.\n- [ ] [the router](element:router)\n  > No.';
    for (const type of ['click', 'hop']) {
      expect(questionOf(`#q type=${type}`, content)).toMatchObject({
        kind: 'click',
        candidates: [
          { element: 'pod/default/web', label: 'web', correct: true, feedback: '<p>Yes.</p>' },
          { element: 'router/router', label: 'the router', correct: false, feedback: '<p>No.</p>' },
        ],
      });
    }
  });
});
