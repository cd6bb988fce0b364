import { describe, expect, it } from 'vitest';
import { compile, GOAL, HEAD, problemsOf } from './lessons.ts';

/** A step around some lines; its content begins in line 9. */
function step(content: string): string {
  return `:::::step{#s title="S"}\n${content}\n\n${GOAL}:::::\n`;
}

function quiz(opening: string, content: string): string {
  return `${step('x')}\n:::::quiz\n::::question{${opening}}\n${content}\n::::\n:::::\n`;
}

describe('problems name the place and what was expected', () => {
  const rows: readonly [string, string, readonly string[]][] = [
    ['no step', 'Prose.\n', ['1:1: the lesson has no step (expected :::::step{#id title="..."})']],
    [
      'a step without a goal',
      ':::::step{#s title="S"}\nx\n:::::\n',
      ['8:1: the step has no goal (expected a "yaml check" block)'],
    ],
    [
      'a step without a title',
      `:::::step{#s}\n${GOAL}:::::\n`,
      ['8:1: "step" needs the attribute "title" (expected {title="..."})'],
    ],
    [
      'a step without an id',
      `:::::step{title="S"}\n${GOAL}:::::\n`,
      ['8:1: "step" needs an id (expected {#a-word}, of small letters, digits and -)'],
    ],
    [
      'an id used twice',
      step('::::question{#s type=number answer=1}\nx?\n> y\n::::'),
      ['9:1: the id "s" is used twice (first in line 8) (expected an id of its own)'],
    ],
    [
      'an unknown attribute',
      step('::::hint{color=red}\nx\n::::'),
      ['9:1: "hint" has no attribute "color" (expected no attributes)'],
    ],
    [
      'an unknown block',
      step('::::hnt\nx\n::::'),
      [
        '9:1: "hnt" is not a block of a lesson; did you mean "hint"? (expected one of step, predict, question, near-miss, hint, solution, explain, quiz, wrong)',
      ],
    ],
    [
      'a block in the wrong place',
      `::::hint\nx\n::::\n${step('x')}`,
      ['8:1: "hint" cannot stand in the lesson itself (expected it in "step")'],
    ],
    ['two colons', step('::hint'), ['9:1: "::hint" has two colons (expected at least three: ":::hint")']],
    [
      'prose between steps',
      `${step('x')}\nlost\n\n${step('y').replace('#s', '#t')}`,
      ['16:1: this stands between the steps and is shown nowhere (expected it in a step, or before the first)'],
    ],
    [
      'two solutions',
      step('::::solution\na\n::::\n::::solution\nb\n::::'),
      ['12:1: the step has two blocks "solution" (expected one)'],
    ],
    [
      'a near miss that nothing tells',
      step('::::near-miss\nx\n::::'),
      ['9:1: a near miss needs one block that tells it (expected "yaml when")'],
    ],
    [
      'a wrong verdict',
      step('```yaml check\n- seen: {expect: okay}\n```'),
      [
        '10:10: "expect" must be one of ok, refused, no-route, not-permitted, timeout, stall, too-big, dns-fail, http:CODE (found "okay")',
      ],
    ],
    [
      'the second of two checks',
      step('```yaml check\n- seen: {}\n- seeen: {}\n```'),
      [
        '11:3: check 2: "seeen" is not a kind of check (expected one of resource, probe, path, seen, ran, answer, click; did you mean "seen"?)',
      ],
    ],
    [
      'an endpoint that is none',
      step('```yaml check\n- probe: {from: client, to: pod/web}\n```'),
      ['10:11: "from" must be who asks: pod/NAME, node/NAME or outside/NAME (found "client")'],
    ],
    [
      'a field that is missing',
      step('```yaml check\n- probe: {from: pod/web}\n```'),
      [
        '10:3: "to" is missing (it must be who is asked: "ADDRESS:PORT", pod/NAME, svc/NAME, node/NAME, a name or a URL)',
      ],
    ],
    [
      'YAML that is none',
      step('```yaml check\n- seen: {a\n```'),
      [
        '10:11: this is not YAML: Flow map in block collection must be sufficiently indented and end with a } (expected valid YAML)',
      ],
    ],
    [
      'an alias',
      step('```yaml check\n- seen: &a {}\n- seen: *a\n```'),
      ['11:9: "*a" is an alias (expected the value itself: aliases are not used in lessons)'],
    ],
    [
      'an answer check for no question',
      step('```yaml check\n- answer: {question: q}\n```'),
      ['9:1: the step has no question "q" (expected a question in this step)'],
    ],
    [
      'an unknown term',
      step('[x](glossary:pood)'),
      ['9:1: the glossary has no term "pood"; did you mean "pod"? (expected an id of lessons/glossary.yaml)'],
    ],
    [
      'an element that the scenario lacks',
      step('[x](element:pod/wbe)'),
      [
        '9:1: the scenario has no "pod/default/wbe"; did you mean "pod/default/web"? (expected an element of the scenario)',
      ],
    ],
    [
      'an element that is none',
      step('[x](element:web)'),
      ['9:1: "web" is not an element of the graph (expected pod/client, node/node-1, node-1/cni0, router)'],
    ],
    [
      'a relative link',
      step('[x](other.md)'),
      [
        '9:1: the link "other.md" leads nowhere (expected a link that begins with glossary:, element:, lesson: or https://)',
      ],
    ],
    ['an image', step('![a cat](cat.png)'), ['9:1: images are not shown (expected a description in words)']],
    [
      'an unknown kind of question',
      quiz('#q type=singel', 'x?'),
      [
        '17:1: "singel" is not a type of question (expected one of single, multiple, order, match, number, ip, text, hop, click)',
      ],
    ],
    [
      'no right answer',
      quiz('#q', 'x?\n- [ ] a\n  > A.\n- [ ] b\n  > B.'),
      ['17:1: no answer is right (expected "- [x]" at the right one)'],
    ],
    [
      'two right answers',
      quiz('#q', 'x?\n- [x] a\n  > A.\n- [x] b\n  > B.'),
      ['17:1: 2 answers are right (expected one, or {type=multiple})'],
    ],
    [
      'an option without feedback',
      quiz('#q', 'x?\n- [x] a\n- [ ] b\n  > B.'),
      ['19:1: an option needs its own feedback (expected "  > why" below the option, indented by two spaces)'],
    ],
    [
      'an option without a box',
      quiz('#q', 'x?\n- [x] a\n  > A.\n- b\n  > B.'),
      ['21:1: an option needs a box (expected "- [x] right" or "- [ ] wrong")'],
    ],
    [
      'a question without answers',
      quiz('#q', 'x?'),
      ['17:1: the question has no answers to choose from (expected a list)'],
    ],
    [
      'an answer that is not of its type',
      quiz('#q type=number answer=three', 'x?\n> y'),
      ['17:1: "three" cannot be the answer to a question of type "number" (expected {answer=3})'],
    ],
    [
      'a mistake that is the right answer',
      quiz('#q type=number answer=3', 'x?\n> y\n\n:::wrong{answer="3.0"}\nz\n:::'),
      ['21:1: "3.0" is the right answer, or stands here twice (expected another wrong answer)'],
    ],
    [
      'a computed answer without a check',
      quiz('#q type=ip answer=probe', 'x?\n> y'),
      [
        '17:1: an answer that the lab computes needs one check that states it (expected a "yaml check" block with one probe that has source, backend, ttlOnArrival or expect)',
      ],
    ],
    [
      'a click without a link',
      quiz('#q type=click', 'x?\n- [x] web\n  > A.\n- [ ] [r](element:router)\n  > B.'),
      [
        '17:1: no answer is right (expected "- [x]" at the right one)',
        '17:1: there is nothing to choose between (expected at least two options)',
        '19:1: something to click needs a link to it (expected - [x] [client](element:pod/client))',
      ],
    ],
  ];
  it.each(rows)('%s', (_, body, problems) => {
    expect(problemsOf(body)).toEqual(problems);
  });

  it('a block that is not closed, and colons that close nothing', () => {
    expect(problemsOf(`:::::step{#s title="S"}\n${GOAL}`)).toEqual([
      '8:1: ":::::step" is not closed (expected a line of 5 colons, and more colons around it than in what it holds)',
    ]);
    expect(problemsOf(`:::step{#s title="S"}\n${GOAL}:::hint\nx\n:::\n:::\n`)).toEqual([
      '12:1: ":::hint" is not closed (expected a line of 3 colons, and more colons around it than in what it holds)',
      '15:1: this line of colons closes nothing (expected more colons on the outer block than on what it holds)',
      '15:1: this stands between the steps and is shown nowhere (expected it in a step, or before the first)',
    ]);
  });

  it('the head', () => {
    expect(problemsOf(step('x'), '')).toEqual([
      '1:1: the file has no front matter (expected "---", YAML, "---" at its beginning)',
    ]);
    expect(problemsOf('', '---\nid: Small\nversion: 0\ntitel: x\nminutes: 5\nobjectives: []\n---\n')).toEqual([
      '2:1: "id" must be the id of a lesson: small letters, digits and - (found "Small")',
      '2:1: "title" is missing (it must be a title)',
      '3:1: "version" must be a whole number from 1 to 10000 (found 0)',
      '4:1: "titel" is not a key here (expected one of id, version, title, minutes, objectives, needs, simplifications, sources; did you mean "title"?)',
      '6:1: "objectives" must be a sentence, or a list of such (found a list)',
    ]);
  });

  it('the scenario', () => {
    expect(problemsOf(step('x'), HEAD, 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n')).toEqual([
      'small.yaml:1:1: document 1 is a Pod (expected the Lab config first, and only once)',
    ]);
    expect(problemsOf(step('x'), HEAD, 'a: [\n')[0]).toMatch(/^small\.yaml:2:1: this is not YAML/);
    const bomb = 'apiVersion: lab.hoplab.dev/v1alpha1\nkind: Lab\nmetadata: {name: &a x}\nspec: {outside: [*a, *a]}\n';
    expect(problemsOf(step('x'), HEAD, bomb)[0]).toBe(
      'small.yaml:4:18: "*a" is an alias (expected the value itself: aliases are not used in lessons)',
    );
    expect(problemsOf(step('x'), HEAD, '')).toEqual([
      'small.yaml:1:1: the scenario is empty (expected a Lab config, then manifests)',
    ]);
  });

  it('a file that no lesson needs to be', () => {
    const rows: readonly [string, string][] = [
      ['x\n'.repeat(100_001), 'the file is longer than 200,000 characters'],
      ['x'.repeat(10_001), 'a line is longer than 10,000 characters'],
      [`${'> '.repeat(21)}x`, 'a line is nested more than 20 levels deep'],
      [`${'- '.repeat(3000)}x`, 'a line is nested more than 20 levels deep'],
    ];
    for (const [text, message] of rows) {
      expect(compile(`${step('x')}\n${text}\n`)).toMatchObject({ kind: 'unreadable', problems: [{ message }] });
    }
  });
});
