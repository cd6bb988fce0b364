// Sets and maps: their declarations, elements and verdicts.
//
// Read:    nft(8), SETS, MAPS, "Verdict maps".

import { ParseError } from '../../runtime/errors.ts';
import type { Target } from '../netfilter/types.ts';
import type { Tokens } from './tokens.ts';
import {
  FIELD_TYPES,
  type NftDatatype,
  type NftElement,
  type NftField,
  type NftPart,
  type NftSet,
  type NftSetFlag,
} from './types.ts';
import { compareKeys, expectedOf, readPart } from './values.ts';

/** A chain or a set that the text names, to be found when all of it is read. */
export interface Mention {
  readonly what: 'chain' | 'set' | 'counter';
  readonly name: string;
  readonly line: number;
  /** Of a set: what it must have as keys, and what its map must give. */
  readonly types?: readonly NftDatatype[];
  readonly data?: NftSet['data'] | 'any';
}

export type Mentions = Mention[];

const DATATYPES = ['ipv4_addr', 'inet_proto', 'inet_service', 'mark', 'ifname'] as const;
const FLAGS = ['constant', 'interval', 'dynamic', 'timeout'] as const;

/** Sets that rules write to have room for so many, if nothing is said. Source: recordings of nft 1.0.6. */
const DYNAMIC_SIZE = 65535;

/** The body of a declaration, behind its opening brace up to the closing one. */
export function parseSetBody(tokens: Tokens, kind: 'set' | 'map', name: string, mentions: Mentions): NftSet {
  const draft: { -readonly [K in keyof NftSet]: NftSet[K] } = { name, types: [], flags: [], elements: [] };
  for (tokens.skipBreaks(); !tokens.take('}'); tokens.skipBreaks()) {
    if (tokens.take('type')) {
      draft.types = parseList(tokens, () => tokens.oneOf(DATATYPES));
      if (kind === 'map') {
        tokens.expect(':');
        draft.data = tokens.take('verdict') ? 'verdict' : parseList(tokens, () => tokens.oneOf(DATATYPES));
      }
    } else if (tokens.take('typeof')) {
      draft.declaredBy = parseList(tokens, () => parseField(tokens));
      draft.types = draft.declaredBy.map(field => FIELD_TYPES[field]);
      if (kind === 'map') {
        tokens.expect(':');
        if (tokens.take('verdict')) draft.data = 'verdict';
        else {
          draft.dataDeclaredBy = parseList(tokens, () => parseField(tokens));
          draft.data = draft.dataDeclaredBy.map(field => FIELD_TYPES[field]);
        }
      }
    } else if (tokens.take('flags')) {
      const flags: NftSetFlag[] = [];
      do flags.push(tokens.oneOf(FLAGS));
      while (tokens.take(','));
      draft.flags = flags;
    } else if (tokens.take('timeout')) draft.timeoutSeconds = parseDuration(tokens);
    else if (tokens.take('size')) draft.size = tokens.number('a number of elements');
    else if (tokens.take('comment')) draft.comment = tokens.quoted('a comment in quotes');
    else if (tokens.take('elements')) {
      tokens.expect('=');
      if (draft.types.length === 0) throw tokens.wrong('the type of the set before its elements');
      draft.elements = parseElements(tokens, draft, mentions);
    } else throw tokens.wrong('type, typeof, flags, timeout, size, comment or elements');
    tokens.expectEnd('the end of the line or ";"');
  }
  if (draft.types.length === 0) throw tokens.problem(`the ${kind} "${name}" has no type`);
  return asKept(draft);
}

/** As the kernel keeps it: what rules write to has a size, and a set with a timeout says so. */
function asKept(set: NftSet): NftSet {
  const isTimed = set.timeoutSeconds !== undefined || set.flags.includes('timeout');
  const flags = FLAGS.filter(flag => set.flags.includes(flag) || (flag === 'timeout' && isTimed));
  const size = set.size ?? (flags.includes('dynamic') ? DYNAMIC_SIZE : undefined);
  return { ...set, flags, ...(size !== undefined && { size }) };
}

/** `{ 10.96.0.10 . tcp . 80 comment "web" : goto svc-web, ... }`, in nft's order. */
export function parseElements(
  tokens: Tokens,
  set: Pick<NftSet, 'types' | 'data'> & { readonly name?: string; readonly flags?: NftSet['flags'] },
  mentions: Mentions,
): readonly NftElement[] {
  tokens.expect('{');
  const elements: NftElement[] = [];
  for (tokens.skipLines(); !tokens.take('}'); tokens.skipLines()) {
    const { line } = tokens;
    const element = parseElement(tokens, set, mentions);
    const needsInterval =
      set.flags?.includes('interval') === false && element.parts.some(({ kind }) => kind !== 'value');
    if (needsInterval) throw tokens.problem(`"flags interval" was expected of the set "${set.name}" with ranges`, line);
    elements.push(element);
    tokens.skipLines();
    if (tokens.take(',')) continue;
    tokens.expect('}');
    break;
  }
  return inListOrder(set, elements);
}

/** nft lists elements by their keys; concatenations with ranges stay as they were given (recordings of nft 1.0.6). */
export function inListOrder(
  { types, flags = [] }: { readonly types: NftSet['types']; readonly flags?: NftSet['flags'] },
  elements: readonly NftElement[],
): readonly NftElement[] {
  if (types.length > 1 && flags.includes('interval')) return elements;
  return [...elements].sort((a, b) => compareKeys(types, a.parts, b.parts));
}

function parseElement(tokens: Tokens, { types, data }: Pick<NftSet, 'types' | 'data'>, mentions: Mentions): NftElement {
  const parts = parseParts(tokens, types);
  const comment = tokens.take('comment') ? tokens.quoted('a comment in quotes') : undefined;
  const common = { parts, ...(comment !== undefined && { comment }) };
  if (data === undefined) {
    if (!tokens.sees(',') && !tokens.sees('}') && tokens.next.kind !== 'break') throw tokens.wrong('"," or "}"');
    return common;
  }
  tokens.expect(':');
  tokens.skipLines();
  if (data !== 'verdict') return { ...common, data: parseParts(tokens, data) };
  const verdict = parseVerdict(tokens, mentions);
  if (verdict === undefined) throw tokens.wrong('accept, drop, return, jump or goto');
  return { ...common, verdict };
}

function parseParts(tokens: Tokens, types: readonly NftDatatype[]): readonly NftPart[] {
  return types.map((type, i) => {
    if (i > 0) tokens.expect('.');
    return parsePart(tokens, type);
  });
}

export function parsePart(tokens: Tokens, type: NftDatatype): NftPart {
  const { line } = tokens;
  const text = tokens.text(expectedOf(type));
  try {
    return readPart(type, text);
  } catch (error) {
    throw error instanceof ParseError ? tokens.problem(error.message, line) : error;
  }
}

/** The next word as a verdict, or undefined when it is none. */
export function parseVerdict(tokens: Tokens, mentions: Mentions): Target | undefined {
  if (tokens.take('accept')) return { kind: 'ACCEPT' };
  if (tokens.take('drop')) return { kind: 'DROP' };
  if (tokens.take('return')) return { kind: 'RETURN' };
  for (const kind of ['jump', 'goto'] as const) {
    if (!tokens.take(kind)) continue;
    const { line } = tokens;
    const chain = tokens.word('the name of a chain');
    mentions.push({ what: 'chain', name: chain, line });
    return { kind, chain };
  }
  return undefined;
}

const STARTS = ['ip', 'tcp', 'udp', 'th', 'meta', 'mark', 'iifname', 'oifname', 'ct', 'fib'] as const;

/** Whether a field begins here. */
export function seesField(tokens: Tokens): boolean {
  return STARTS.some(start => tokens.sees(start));
}

/** `ip daddr`, `meta l4proto`, `th dport`: as nft prints it. */
export function parseField(tokens: Tokens): NftField {
  const start = tokens.oneOf(STARTS);
  switch (start) {
    case 'ip':
      return `ip ${tokens.oneOf(['saddr', 'daddr', 'protocol'] as const)}`;
    case 'tcp':
    case 'udp':
    case 'th':
      return `${start} ${tokens.oneOf(['sport', 'dport'] as const)}`;
    case 'meta': {
      const what = tokens.oneOf(['l4proto', 'mark', 'iifname', 'oifname'] as const);
      return what === 'l4proto' || what === 'mark' ? `meta ${what}` : what;
    }
    case 'mark':
      return 'meta mark';
    case 'ct':
      return `ct ${tokens.oneOf(['state', 'status', 'direction', 'mark'] as const)}`;
    case 'fib': {
      const side = tokens.oneOf(['saddr', 'daddr'] as const);
      tokens.expect('type');
      return `fib ${side} type`;
    }
    default:
      return start;
  }
}

/** Things with " . " between them. */
export function parseList<T>(tokens: Tokens, item: () => T): readonly T[] {
  const list = [item()];
  while (tokens.take('.')) list.push(item());
  return list;
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { d: 86400, h: 3600, m: 60, s: 1 };

/** `10800s`, `3h`, `1m30s`, in seconds. */
function parseDuration(tokens: Tokens): number {
  const expected = 'a time such as 3h or 90s';
  const { next } = tokens;
  if (next.kind !== 'word' || !/^(\d+[dhms])+$/.test(next.text)) throw tokens.wrong(expected);
  const parts = [...tokens.word(expected).matchAll(/(\d+)([dhms])/g)];
  return parts.reduce((sum, [, count, unit = 's']) => sum + Number(count) * (UNIT_SECONDS[unit] ?? 1), 0);
}
