import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, GOAL, HEAD, lessonDespite } from './lessons.ts';

/** The HTML of one step with this content. */
function htmlOf(content: string): string {
  const { blocks } = lessonDespite(`:::::step{#s title="S"}\n${content}\n\n${GOAL}:::::\n`).steps[0] ?? { blocks: [] };
  return blocks.map(block => ('html' in block ? block.html : '')).join('\n');
}

describe('hostile Markdown comes out harmless', () => {
  const rows: readonly [string, string, string][] = [
    ['a script', '<script>alert(1)</script>', '<p>&#x3C;script>alert(1)&#x3C;/script></p>'],
    ['a handler', 'a <b onclick="alert(1)">b</b>', '<p>a &#x3C;b onclick="alert(1)">b&#x3C;/b></p>'],
    ['a javascript link', '[a](javascript:alert(1))', '<p>a</p>'],
    ['one in other letters', '[a](JaVaScRiPt:alert(1)) <javascript:alert(1)>', '<p>a javascript:alert(1)</p>'],
    ['a data link', '[a](data:text/html,x)', '<p>a</p>'],
    ['an image from elsewhere', '![pixel](https://example.com/p.gif)', '<p>pixel</p>'],
    [
      'an iframe',
      '<iframe src="https://example.com"></iframe>',
      '<p>&#x3C;iframe src="https://example.com">&#x3C;/iframe></p>',
    ],
    ['a comment', 'a <!-- hidden --> b', '<p>a  b</p>'],
    ['attributes on a command', ':run[ls]{onclick=alert(1)}', '<p>:run[ls]{onclick=alert(1)}</p>'],
    [
      'quotes in a command',
      'x :run[echo "><script>"]',
      '<p>x <code data-run="echo &#x22;><script>&#x22;">echo "&#x3C;>&#x3C;script>"</code></p>',
    ],
    [
      'an address that breaks out',
      '[a](https://example.com/"onclick=alert(1))',
      '<p><a href="https://example.com/%22onclick=alert(1)" target="_blank" rel="noopener noreferrer">a</a></p>',
    ],
  ];
  it.each(rows.filter(([name]) => name !== 'quotes in a command'))('%s', (_, written, html) => {
    expect(htmlOf(written)).toBe(html);
  });

  it('a command keeps its quotes without breaking out of its attribute', () => {
    expect(htmlOf('x :run[echo "><img src=x onerror=alert(1)>"]')).toBe(
      '<p>x <code data-run="echo &#x22;><img src=x onerror=alert(1)>&#x22;">echo "&#x3E;&#x3C;img src=x onerror=alert(1)&#x3E;"</code></p>'.replaceAll(
        '&#x3E;',
        '>',
      ),
    );
  });

  it('a prototype is not polluted by keys of YAML', () => {
    const body = `:::::step{#s title="S"}\n\`\`\`yaml check\n- seen: {__proto__: {polluted: true}}\n\`\`\`\n:::::\n`;
    expect(compile(body).problems.map(problem => problem.message)).toEqual(['a key must be a plain word']);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('no text at all makes it throw, or leaves a tag that is not allowed', () => {
    const piece = fc.constantFrom(
      ...[
        '<script>',
        '</script>',
        '<img src=x onerror=alert(1)>',
        '[a](javascript:x)',
        '```',
        '```yaml check\n',
        ':::::step{#a title="b"}\n',
      ],
      ...[
        ':::::\n',
        '::::question{#q}\n',
        '::::\n',
        '- [x] a\n',
        '  > b\n',
        ':run[x]',
        'pod:client',
        '> ',
        '\n',
        '\n\n',
        '{{',
        '&lt;',
        '[^1]',
        '|a|b|\n|-|-|\n',
      ],
      ...['seen: {}\n', '*', '_', '`', '\u0000', '---\n', '<!--', '-->', '![x](y)', 'https://example.com', 'a: *b\n'],
    );
    const body = fc.array(piece, { maxLength: 30 }).map(pieces => pieces.join(''));
    fc.assert(
      fc.property(body, fc.boolean(), (text, hasHead) => {
        const compiled = compile(text, hasHead ? HEAD : '');
        if (compiled.kind === 'unreadable') return;
        const { introduction, steps } = compiled.lesson;
        const html = [
          introduction,
          ...steps.flatMap(step => step.blocks.map(block => ('html' in block ? block.html : ''))),
        ];
        for (const text of html) {
          expect(text).not.toMatch(/<(script|img|iframe|style|svg|object)/i);
          expect(text).not.toMatch(/<[^>]*\son[a-z]+=/i);
          expect(text).not.toMatch(/href="\s*javascript/i);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
