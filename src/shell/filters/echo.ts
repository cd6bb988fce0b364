// echo and printf: print their words.
//
// Read:    bash(1), echo; printf(1). Omits: echo -E, printf's widths taken from words (`%*d`), %b, %q.

import type { Command } from '../command.ts';

export const echo: Command = {
  name: 'echo',
  at: ['host', 'container'],
  summary: 'print words',
  run(words, context) {
    const options = words.findIndex(word => !/^-[ne]+$/.test(word));
    const given = words.slice(0, options < 0 ? words.length : options).join('');
    const text = words.slice(options < 0 ? words.length : options).join(' ');
    context.output.write(
      'out',
      `${given.includes('e') ? withoutEscapes(text) : text}${given.includes('n') ? '' : '\n'}`,
    );
    return 0;
  },
};

export const printf: Command = {
  name: 'printf',
  at: ['host', 'container'],
  summary: 'print words in a format',
  run(words, context) {
    const [format, ...values] = words;
    if (format === undefined) {
      context.output.write('err', 'printf: usage: printf format [arguments]\n');
      return 2;
    }
    const unknown = /%(?![-0 ]*\d*(?:\.\d+)?[sdixc%])/.exec(format);
    if (unknown !== null) {
      const directive = /^%[-0 ]*\d*(?:\.\d+)?(.?)/.exec(format.slice(unknown.index));
      context.output.write('err', `bash: printf: \`${directive?.[1] ?? ''}': invalid format character\n`);
      return 1;
    }
    let code = 0;
    let used = 0;
    const next = (): string | undefined => values[used++];
    const round = (): string =>
      withoutEscapes(format).replaceAll(
        /%([-0 ]*)(\d*)(?:\.(\d+))?([sdixc%])/g,
        (_whole, flags: string, width: string, precision: string | undefined, kind: string) => {
          if (kind === '%') return '%';
          const value = next() ?? (kind === 's' || kind === 'c' ? '' : '0');
          if (/[dix]/.test(kind) && !/^-?\d+$/.test(value)) {
            context.output.write('err', `bash: printf: ${value}: invalid number\n`);
            code = 1;
          }
          return pad(formatted(value, kind, precision), flags, Number(width));
        },
      );
    let text = round();
    // The format serves again as long as there are words left.
    while (used > 0 && used < values.length) text += round();
    context.output.write('out', text);
    return code;
  },
};

function formatted(value: string, kind: string, precision: string | undefined): string {
  if (kind === 's') return precision === undefined ? value : value.slice(0, Number(precision));
  if (kind === 'c') return value.slice(0, 1);
  const number = Number.parseInt(value, 10) || 0;
  return kind === 'x' ? number.toString(16) : String(number);
}

function pad(text: string, flags: string, width: number): string {
  if (flags.includes('-')) return text.padEnd(width);
  return text.padStart(width, flags.includes('0') ? '0' : ' ');
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', a: '\x07', b: '\b' };

function withoutEscapes(text: string): string {
  return text.replaceAll(/\\([ntrab\\])/g, (whole, letter: string) => ESCAPES[letter] ?? whole);
}
