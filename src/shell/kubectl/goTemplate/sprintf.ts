// Go's fmt.Sprintf, as far as templates use it.
//
// Models:  %v %s %d %q %t %f %e %g %x %T %%, with -, 0, + and widths.
// Read:    pkg.go.dev/fmt.

import { goText } from '../../../sim/index.ts';
import { goSyntax } from '../goSyntax.ts';
import { typeOf } from './functions.ts';
import type { Value } from './value.ts';

export function sprintf(format: string, args: readonly Value[]): string {
  let next = 0;
  const text = format.replace(/%([-+0# ]*)(\d*)(?:\.(\d*))?(.)/g, (_all, flags, width, precision, verb) => {
    if (verb === '%') return '%';
    if (next >= args.length) return `%!${verb}(MISSING)`;
    const plain = verbText(verb, args[next++], flags, precision);
    const fill = flags.includes('0') && !flags.includes('-') ? '0' : ' ';
    return flags.includes('-') ? plain.padEnd(Number(width)) : plain.padStart(Number(width), fill);
  });
  const extra = args.slice(next).map(arg => `${typeOf(arg)}=${goText(arg)}`);
  return extra.length === 0 ? text : `${text}%!(EXTRA ${extra.join(', ')})`;
}

function verbText(verb: string, value: Value, flags: string, precision: string | undefined): string {
  const wrong = `%!${verb}(${value === undefined || value === null ? '<nil>' : `${typeOf(value)}=${goText(value)}`})`;
  const digits = precision === undefined ? 6 : Number(precision);
  switch (verb) {
    case 'v':
      return flags.includes('#') ? goSyntax(value) : goText(value);
    case 's':
      return typeof value === 'number' || typeof value === 'boolean' || value === undefined || value === null
        ? wrong
        : goText(value).slice(0, precision === undefined ? undefined : digits);
    case 'd':
      return typeof value === 'number' && Number.isInteger(value)
        ? `${flags.includes('+') && value >= 0 ? '+' : ''}${value}`
        : wrong;
    case 'q':
      return typeof value === 'string' ? JSON.stringify(value) : wrong;
    case 't':
      return typeof value === 'boolean' ? String(value) : wrong;
    case 'f':
      return typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(digits) : wrong;
    case 'x':
      return typeof value === 'number' ? value.toString(16) : wrong;
    case 'T':
      return typeOf(value);
    default:
      return wrong;
  }
}
