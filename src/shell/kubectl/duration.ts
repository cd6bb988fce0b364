// Durations as Go reads and writes them: `30s`, `1m30s`, `-1h`.
//
// Read:    pkg.go.dev/time, ParseDuration, Duration.String.

export type ParsedDuration =
  | { readonly kind: 'duration'; readonly ms: number }
  /** In Go's words: `time: invalid duration "abc"`. */
  | { readonly kind: 'refused'; readonly message: string };

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

export function parseDuration(text: string): ParsedDuration {
  const quoted = JSON.stringify(text);
  const invalid: ParsedDuration = { kind: 'refused', message: `time: invalid duration ${quoted}` };
  const sign = text.startsWith('-') ? -1 : 1;
  let rest = text.replace(/^[+-]/, '');
  if (rest === '0') return { kind: 'duration', ms: 0 };
  if (rest === '') return invalid;
  let ms = 0;
  while (rest !== '') {
    const amount = /^(?:\d+\.?\d*|\.\d+)/.exec(rest)?.[0];
    if (amount === undefined) return invalid;
    rest = rest.slice(amount.length);
    const unit = /^[^.\d]*/.exec(rest)?.[0] ?? '';
    if (unit === '')
      return { kind: 'refused', message: `time: ${rest === '' ? 'missing unit in' : 'invalid'} duration ${quoted}` };
    const factor = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
    if (factor === undefined)
      return { kind: 'refused', message: `time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}` };
    ms += Number(amount) * factor;
    rest = rest.slice(unit.length);
  }
  return { kind: 'duration', ms: sign * ms };
}
