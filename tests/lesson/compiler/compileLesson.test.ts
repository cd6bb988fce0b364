import { describe, expect, it } from 'vitest';
import { GOAL, lessonOf, stepOf } from './lessons.ts';

describe('a lesson', () => {
  it('has its head, its introduction, its scenario and the terms that it uses', () => {
    const lesson = lessonOf(`A [Pod](glossary:pod).\n\n:::::step{#s title="One *step*"}\n${GOAL}:::::\n`);
    expect(lesson).toMatchObject({
      id: 'small',
      version: 1,
      title: 'Small',
      minutes: 5,
      needs: [],
      objectives: ['One.'],
      simplifications: [],
      introduction: '<p>A <a href="#/glossary/pod" data-term="pod">Pod</a>.</p>',
      glossary: [{ id: 'pod', term: 'Pod', html: '<p>Containers.</p>' }],
      quiz: [],
    });
    expect(lesson.scenario).toContain('kind: Lab');
    expect(lesson.steps.map(step => step.title)).toEqual(['One *step*']);
  });
});

describe('a step', () => {
  it('keeps its parts in their order', () => {
    const { blocks } = stepOf(
      [
        'First.',
        '',
        '::::predict{#p}',
        'It will',
        '- [x] work',
        '  > Yes.',
        '- [ ] fail',
        '  > No.',
        '::::',
        '',
        'Then run :run[ip addr] or',
        '',
        ':run[kubectl get pods -o wide]',
        '',
        '```sh',
        'ip route',
        'ip neigh',
        '```',
        '',
        'Last.',
      ].join('\n'),
    );
    expect(blocks).toMatchObject([
      { kind: 'prose', html: '<p>First.</p>' },
      { kind: 'predict', question: { id: 'p', kind: 'single', prompt: '<p>It will</p>' } },
      { kind: 'prose', html: '<p>Then run <code data-run="ip addr">ip addr</code> or</p>' },
      { kind: 'command', command: 'kubectl get pods -o wide' },
      { kind: 'command', command: 'ip route' },
      { kind: 'command', command: 'ip neigh' },
      { kind: 'prose', html: '<p>Last.</p>' },
    ]);
  });

  it('has goals in the words of the author, or in its own', () => {
    const { checks } = stepOf(
      '```yaml check\n- goal: web answers.\n  seen: {from: pod/web, to: "10.244.2.2:8080", expect: ok}\n```',
    );
    expect(checks).toEqual([
      {
        goal: 'web answers.',
        spec: { seen: { from: 'pod/web', to: '10.244.2.2:8080', expect: 'ok' } },
        sort: 'happened',
      },
      {
        goal: 'A packet from web to web gets ok',
        spec: { probe: { from: 'pod/web', to: 'pod/web', expect: 'ok' } },
        sort: 'asked',
      },
    ]);
  });

  it('has near misses, hints, a solution and an explanation', () => {
    const step = stepOf(
      [
        '::::question{#q type=number answer=3}',
        'How many?',
        '> Three.',
        '::::',
        '::::near-miss',
        '```yaml when',
        'seen: {to: "10.244.2.2:80"}',
        '```',
        '```sh try',
        'curl 10.244.2.2',
        '```',
        'Not 80.',
        '::::',
        '::::hint',
        'Look.',
        '::::',
        '::::hint',
        'Look again.',
        '::::',
        '::::solution',
        '```sh',
        'kubectl apply -f - <<EOF',
        'a: 1',
        'EOF',
        'kubectl get pods \\',
        '  -o wide',
        '```',
        'Then pick web.',
        '::::',
        '```yaml check',
        '- click: {element: pod/web}',
        '- answer: {question: q}',
        '```',
        '::::explain',
        'So it is.',
        '::::',
      ].join('\n'),
    );
    expect(step.nearMisses).toEqual([
      { when: [{ seen: { to: '10.244.2.2:80' } }], text: '<p>Not 80.</p>', tries: ['curl 10.244.2.2'] },
    ]);
    expect(step.hints).toEqual(['<p>Look.</p>', '<p>Look again.</p>']);
    expect(step.solution).toMatchObject({
      commands: ['kubectl apply -f - <<EOF\na: 1\nEOF', 'kubectl get pods -o wide'],
      answers: { q: ['3'] },
      clicks: ['pod/default/web'],
    });
    expect(step.explain).toBe('<p>So it is.</p>');
    expect(step.holdsAtStart).toBe(false);
  });

  it('may hold at its start', () => {
    expect(lessonOf(`:::::step{#s title="S" holds-at-start}\n${GOAL}:::::\n`).steps[0]?.holdsAtStart).toBe(true);
  });
});

describe('text that looks like a directive', () => {
  const rows: readonly [string, string][] = [
    ['pod:client and 10.0.0.1:8080', '<p>pod:client and 10.0.0.1:8080</p>'],
    ['pod:web[x *y*]{z=1}!', '<p>pod:web[x *y*]{z=1}!</p>'],
    ['a :smile: and node:node-1/cni0', '<p>a :smile: and node:node-1/cni0</p>'],
    ['::ffff', '<p>::ffff</p>'],
    ['::1 is the loopback', '<p>::1 is the loopback</p>'],
    [':run without a command', '<p>:run without a command</p>'],
    [
      '**a:b** and [x:y](https://example.com)',
      '<p><strong>a:b</strong> and <a href="https://example.com" target="_blank" rel="noopener noreferrer">x:y</a></p>',
    ],
  ];
  it.each(rows)('%s stays as it is', (written, html) => {
    expect(stepOf(written).blocks).toEqual([{ kind: 'prose', html }]);
  });

  it('does not disturb a command', () => {
    expect(stepOf(':run[kubectl exec client:app -- curl -s "http://web:8080/*a*" {b=1}]').blocks).toEqual([
      { kind: 'command', command: 'kubectl exec client:app -- curl -s "http://web:8080/*a*" {b=1}' },
    ]);
    expect(stepOf(":run[kubectl get pods -o jsonpath='{.items[0].status.podIP}']").blocks).toEqual([
      { kind: 'command', command: "kubectl get pods -o jsonpath='{.items[0].status.podIP}'" },
    ]);
  });
});

describe('links', () => {
  const rows: readonly [string, string][] = [
    ['[web](element:pod/web)', '<p><a href="#/element/pod/default/web" data-element="pod/default/web">web</a></p>'],
    [
      '[cni0](element:node-1/cni0)',
      '<p><a href="#/element/node/node-1#cni0" data-element="node/node-1#cni0">cni0</a></p>',
    ],
    [
      '[the web][w]\n\n[w]: element:pod/web',
      '<p><a href="#/element/pod/default/web" data-element="pod/default/web">the web</a></p>',
    ],
  ];
  it.each(rows)('%s', (written, html) => {
    expect(stepOf(written).blocks).toEqual([{ kind: 'prose', html }]);
  });
});
