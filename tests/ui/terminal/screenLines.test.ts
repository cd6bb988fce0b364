import { describe, expect, it } from 'vitest';
import type { CommandOutput } from '../../../src/client/port.ts';
import { lineText, screenLines } from '../../../src/ui/terminal/screenLines.ts';

const out = (text: string): CommandOutput => ({ stream: 'out', text });
const err = (text: string): CommandOutput => ({ stream: 'err', text });
const texts = (...output: CommandOutput[]): string[] => screenLines(output).map(lineText);

describe('screenLines', () => {
  it.each<[string, string, string[]]>([
    ['nothing', '', []],
    ['a line without an end', 'abc', ['abc']],
    ['a line with an end is one line', 'abc\n', ['abc']],
    ['empty lines in between', 'a\n\nb\n', ['a', '', 'b']],
    ['a carriage return overwrites', 'abcdef\rXY\n', ['XYcdef']],
    ['a line feed after a carriage return ends the whole line', 'abc\r\ndef\r\n', ['abc', 'def']],
    ['a progress meter that is written again and again', '\r  0 100\r 50 100\r100 100\n', ['100 100']],
    ['a longer text after a carriage return', 'ab\rwxyz', ['wxyz']],
    ['a backspace goes back by one', 'abc\b\bX', ['aXc']],
    ['a backspace at the start stays there', '\b\bab', ['ab']],
    ['tabs end at multiples of 8', 'a\tb\t\tc', ['a       b               c']],
    ['a tab over text only moves', 'abcdefghij\r\tX', ['abcdefghXj']],
    ['erase to the end of the line', 'abcdef\rXY\u001b[K', ['XY']],
    ['colours are left out', '\u001b[1;31mred\u001b[0m plain', ['red plain']],
    ['a bell is silent', 'a\u0007b', ['ab']],
    ['an escape that is cut off', 'a\u001b[', ['a']],
  ])('%s', (_, text, lines) => {
    expect(texts(out(text))).toEqual(lines);
  });

  it('keeps the streams apart within a line', () => {
    expect(screenLines([out('body'), err('failed\n'), out('next')])).toEqual([
      [
        { stream: 'out', text: 'body' },
        { stream: 'err', text: 'failed' },
      ],
      [{ stream: 'out', text: 'next' }],
    ]);
  });

  it('overwrites across streams', () => {
    expect(screenLines([err('100 %'), out('\rab')])).toEqual([
      [
        { stream: 'out', text: 'ab' },
        { stream: 'err', text: '0 %' },
      ],
    ]);
  });

  it('takes text that arrives in pieces as if it came at once', () => {
    const text = 'name\tready\n% Total\r  0\r 50\r100\nlast line';
    expect(texts(...[...text].map(out))).toEqual(texts(out(text)));
  });

  it('is fast for the longest output that a block keeps', () => {
    const text = '10.244.1.3 is a line of output\n'.repeat(6500);
    const start = performance.now();
    expect(screenLines([out(text)])).toHaveLength(6500);
    expect(performance.now() - start).toBeLessThan(200);
  });
});
