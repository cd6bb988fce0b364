// The command line of ping (iputils 20221126): its options, and the words for what it cannot read.
//
// Read:    ping(8); iputils ping/ping.c, `main`.

import type { Question } from '../../sim/index.ts';
import { parseOptions } from './flags.ts';
import { PING_USAGE } from './pingUsage.ts';

export interface PingWishes {
  readonly host: string;
  /** Requests; infinite without -c. */
  readonly count: number;
  readonly waitMs: number;
  readonly intervalMs: number;
  readonly deadlineMs: number;
  readonly bytes: number;
  readonly ttl: number | undefined;
  readonly fragmentation: Question['fragmentation'];
  readonly quiet: boolean;
  /** Addresses are not looked up. */
  readonly numeric: boolean;
  /** -O: what has no answer when the next one is sent is told. */
  readonly outstanding: boolean;
  /** -D: a time stands in front of each line. */
  readonly stamped: boolean;
  /** -I: an interface or an address. */
  readonly source: string | undefined;
}

export type ReadPing =
  | { readonly kind: 'wishes'; readonly wishes: PingWishes }
  | { readonly kind: 'version' }
  | { readonly kind: 'refused'; readonly message: string; readonly code: number };

const OPTIONS = {
  '-c': 'value',
  '-W': 'value',
  '-i': 'value',
  '-s': 'value',
  '-t': 'value',
  '-w': 'value',
  '-M': 'value',
  '-I': 'value',
  '-q': 'flag',
  '-n': 'flag',
  '-O': 'flag',
  '-D': 'flag',
  '-V': 'flag',
  '-h': 'flag',
  '-4': 'flag',
} as const;

/** Options of the real one that this lab does not have. */
const NOT_HERE = 'aABCdefLlmNpQRSTFUvb6';

const FRAGMENTATION = ['do', 'want', 'dont', 'probe'] as const;

/** Whole numbers and their ranges. Source: ping.c, `strtol_or_err`. */
const NUMBERS: readonly (readonly [option: string, least: number, most: string])[] = [
  ['-c', 1, '9223372036854775807'],
  ['-s', 0, '2147483647'],
  ['-t', 0, '255'],
  ['-w', 0, '2147483647'],
];

export function readPing(words: readonly string[]): ReadPing {
  const refused = (message: string, code: number): ReadPing => ({
    kind: 'refused',
    message: `ping: ${message}\n`,
    code,
  });
  const parsed = parseOptions(words, OPTIONS);
  if (parsed.kind === 'unknown') {
    const letter = parsed.option.replace(/^-/, '').slice(0, 1);
    return NOT_HERE.includes(letter)
      ? refused(`this lab has no -${letter}`, 2)
      : refused(`invalid option -- '${letter}'\n${PING_USAGE.slice(0, -1)}`, 2);
  }
  if (parsed.kind === 'value-missing')
    return refused(`option requires an argument -- '${parsed.option.slice(1)}'\n${PING_USAGE.slice(0, -1)}`, 2);
  const { flags, values, rest } = parsed;
  if (flags.has('-V')) return { kind: 'version' };
  if (flags.has('-h')) return { kind: 'refused', message: PING_USAGE, code: 2 };
  const wrong = wrongNumber(values);
  if (wrong !== undefined) return refused(`invalid argument: '${wrong.text}'${wrong.range}`, 1);
  for (const option of ['-i', '-W']) {
    const text = values.get(option);
    if (text !== undefined && !/^\d*\.?\d+$|^\d+\.$/.test(text)) return refused(`invalid argument: '${text}'`, 1);
  }
  const hint = values.get('-M');
  const fragmentation = FRAGMENTATION.find(word => word === hint);
  if (hint !== undefined && fragmentation === undefined) return refused(`invalid -M argument: ${hint}`, 2);
  if (values.get('-t') === '0') return refused('cannot set unicast time-to-live: Invalid argument', 2);
  const host = rest.at(-1);
  if (host === undefined) return refused('usage error: Destination address required', 1);
  const number = (option: string, otherwise: number): number => Number(values.get(option) ?? otherwise);
  return {
    kind: 'wishes',
    wishes: {
      host,
      count: number('-c', Number.POSITIVE_INFINITY),
      waitMs: number('-W', 10) * 1000,
      intervalMs: Math.max(1, number('-i', 1) * 1000),
      deadlineMs: number('-w', 0) === 0 ? Number.POSITIVE_INFINITY : number('-w', 0) * 1000,
      bytes: number('-s', 56),
      ttl: values.has('-t') ? number('-t', 64) : undefined,
      fragmentation,
      quiet: flags.has('-q'),
      numeric: flags.has('-n') || /^[\d.]+$/.test(host),
      outstanding: flags.has('-O'),
      stamped: flags.has('-D'),
      source: values.get('-I'),
    },
  };
}

function wrongNumber(
  values: ReadonlyMap<string, string>,
): { readonly text: string; readonly range: string } | undefined {
  for (const [option, least, most] of NUMBERS) {
    const text = values.get(option);
    if (text === undefined) continue;
    if (!/^-?\d+$/.test(text)) return { text, range: '' };
    if (Number(text) < least || Number(text) > Number(most))
      return { text, range: `: out of range: ${least} <= value <= ${most}` };
  }
  return undefined;
}
