// One rule of nft: its statements, read from words and brought into the form in which nft prints them.
//
// Read:    nft(8), EXPRESSIONS, STATEMENTS; nftables src/parser_bison.y, src/netlink_delinearize.c.

import { type Ip, ip } from '../../net/address.ts';
import { ParseError } from '../../runtime/errors.ts';
import type { RejectWith, Target } from '../netfilter/types.ts';
import { type Mentions, parseElements, parseField, parseList, parsePart, parseVerdict, seesField } from './parseSet.ts';
import type { Tokens } from './tokens.ts';
import { fieldsOf, withTransport } from './transport.ts';
import {
  FIELD_TYPES,
  type NftDatatype,
  type NftFamily,
  type NftField,
  type NftKey,
  type NftPart,
  type NftRule,
  type NftSet,
  type NftSetReference,
  type NftStatement,
} from './types.ts';
import { expectedOf, inOrder } from './values.ts';

const EXPECTED =
  'ip, tcp, udp, th, meta, mark, iifname, oifname, ct, fib, numgen, counter, log, notrack, accept, drop, return, jump, goto, ' +
  'reject, dnat, snat, masquerade, redirect, add, update or comment';

/** Reads a rule up to its end; a rule says something. */
export function parseNftRule(tokens: Tokens, mentions: Mentions, family: NftFamily): NftRule {
  const { line: start } = tokens;
  const statements: NftStatement[] = [];
  let comment: string | undefined;
  if (tokens.atEnd) throw tokens.wrong(EXPECTED);
  while (!tokens.atEnd) {
    if (comment !== undefined) throw tokens.wrong('the end of the rule behind its comment');
    if (tokens.take('comment')) comment = tokens.quoted('a comment in quotes');
    else {
      const { line } = tokens;
      const statement = parseStatement(tokens, mentions);
      if (writesPort(statement) && !statements.some(saysTransport))
        throw tokens.problem('tcp or udp was expected before a translation of ports', line);
      statements.push(statement);
    }
  }
  try {
    return {
      statements: withIcmpSaid(withTransport(statements, family), family),
      ...(comment !== undefined && { comment }),
    };
  } catch (error) {
    throw error instanceof ParseError ? tokens.problem(error.message, start) : error;
  }
}

/** In inet a plain `reject` answers either family; once the rule is about IPv4 its answer is ICMP's, and nft says so. */
function withIcmpSaid(statements: readonly NftStatement[], family: NftFamily): readonly NftStatement[] {
  if (family === 'ip') return statements.map(statement => withoutFamily(statement));
  const isIpv4 = statements.some(statement => fieldsOf(statement).some(field => field.startsWith('ip ')));
  return statements.map(statement =>
    isIpv4 && statement.kind === 'verdict' && statement.target.kind === 'REJECT'
      ? { ...statement, answers: 'ipv4' }
      : statement,
  );
}

function withoutFamily(statement: NftStatement): NftStatement {
  return statement.kind === 'verdict' ? { kind: 'verdict', target: statement.target } : statement;
}

function writesPort(statement: NftStatement): boolean {
  if (statement.kind === 'dnat-map') return statement.gives === 'address-and-port' || statement.port !== undefined;
  if (statement.kind !== 'verdict') return false;
  const { target } = statement;
  const translates = target.kind === 'DNAT' || target.kind === 'SNAT' || target.kind === 'REDIRECT';
  return translates && target.port !== undefined;
}

/** Ports are known only once the rule has said which transport it is about. Source: nftables src/evaluate.c. */
function saysTransport(statement: NftStatement): boolean {
  if (statement.kind !== 'compare' && statement.kind !== 'lookup') return false;
  const fields = statement.kind === 'compare' ? [statement.field] : statement.fields;
  return fields.some(field => /^(tcp |udp |meta l4proto|ip protocol)/.test(field));
}

function parseStatement(tokens: Tokens, mentions: Mentions): NftStatement {
  const verdict = parseVerdict(tokens, mentions);
  if (verdict !== undefined) return { kind: 'verdict', target: verdict };
  if (seesField(tokens)) return parseFieldStatement(tokens, mentions);
  if (tokens.sees('numgen')) {
    const key = parseNumgen(tokens);
    tokens.expect('vmap');
    return { kind: 'vmap', key, map: parseReference(tokens, ['integer'], 'verdict', mentions) };
  }
  if (tokens.take('counter')) return parseCounter(tokens, mentions);
  if (tokens.take('log'))
    return tokens.take('prefix') ? { kind: 'log', prefix: tokens.quoted('a prefix in quotes') } : { kind: 'log' };
  if (tokens.take('notrack')) return { kind: 'notrack' };
  if (tokens.take('reject')) {
    const isSaid = tokens.sees('with');
    const target: Target = { kind: 'REJECT', with: parseReject(tokens) };
    return isSaid ? { kind: 'verdict', target, answers: 'ipv4' } : { kind: 'verdict', target };
  }
  if (tokens.take('masquerade')) {
    const randomFully = tokens.take('fully-random');
    if (!randomFully) rejectUnknownOption(tokens, 'fully-random');
    return { kind: 'verdict', target: { kind: 'MASQUERADE', randomFully } };
  }
  if (tokens.take('redirect')) {
    if (!tokens.take('to')) return { kind: 'verdict', target: { kind: 'REDIRECT' } };
    tokens.expect(':');
    return { kind: 'verdict', target: { kind: 'REDIRECT', port: parsePort(tokens) } };
  }
  if (tokens.take('snat')) return { kind: 'verdict', target: parseSnat(tokens) };
  if (tokens.take('dnat')) return parseDnat(tokens, mentions);
  for (const action of ['add', 'update'] as const) if (tokens.take(action)) return parseNote(tokens, action, mentions);
  throw tokens.wrong(EXPECTED);
}

function rejectUnknownOption(tokens: Tokens, known: string): void {
  if (['random', 'persistent', 'to', 'fully-random'].some(option => tokens.sees(option)))
    throw tokens.wrong(`${known} or the next statement`);
}

function parseFieldStatement(tokens: Tokens, mentions: Mentions): NftStatement {
  const fields = parseList(tokens, () => parseField(tokens));
  const [field] = fields;
  if (field === undefined) throw tokens.wrong('a field');
  if (tokens.take('vmap')) {
    const map = parseReference(tokens, fields.map(typeOf), 'verdict', mentions);
    return { kind: 'vmap', key: { kind: 'fields', fields }, map };
  }
  if (field === 'meta mark' && fields.length === 1 && tokens.take('set')) return parseSetMark(tokens);
  if ((field === 'meta mark' || field === 'ct mark') && fields.length === 1 && takeOperator(tokens, 'and')) {
    const mask = tokens.number('a mask');
    const negated = tokens.oneOf(['==', '!='] as const) === '!=';
    return { kind: 'masked', field, mask, value: tokens.number('a mark'), negated };
  }
  const negated = tokens.take('!=');
  if (!negated) tokens.take('==');
  if (tokens.sees('{') || tokens.sees('@'))
    return lookupOrCompare(
      fields,
      parseReference(tokens, fields.map(typeOf), undefined, mentions),
      negated ? 'not-in' : 'in',
    );
  if (fields.length > 1) throw tokens.wrong('"@" and a set, "{" or vmap');
  if (field === 'ct state' || field === 'ct status') {
    const names: string[] = [];
    do names.push(nameOf(parsePart(tokens, typeOf(field))));
    while (tokens.take(','));
    return { kind: 'one-of', field, names: inOrder(typeOf(field), names), negated };
  }
  return { kind: 'compare', field, part: parsePart(tokens, typeOf(field)), negated };
}

const typeOf = (field: NftField): NftDatatype => FIELD_TYPES[field];
const nameOf = (part: NftPart): string => (part.kind === 'value' ? String(part.value) : '');

/** A set in the rule with one element says the same as the element alone, and that is how nft keeps it. */
function lookupOrCompare(fields: readonly NftField[], set: NftSetReference, test: 'in' | 'not-in'): NftStatement {
  const negated = test === 'not-in';
  const [field] = fields;
  const only = set.kind === 'here' && set.set.elements.length === 1 ? set.set.elements[0] : undefined;
  const [part] = only?.parts ?? [];
  const isPlain = only?.comment === undefined && fields.length === 1;
  if (part !== undefined && field !== undefined && isPlain) {
    if (field === 'ct state' || field === 'ct status') return { kind: 'one-of', field, names: [nameOf(part)], negated };
    return { kind: 'compare', field, part, negated };
  }
  return { kind: 'lookup', fields, set, negated };
}

/** `@name`, or `{ ... }` of these types. */
function parseReference(
  tokens: Tokens,
  types: readonly NftDatatype[],
  data: NftSet['data'] | 'any',
  mentions: Mentions,
): NftSetReference {
  if (tokens.take('@')) {
    const { line } = tokens;
    const name = tokens.word('the name of a set');
    mentions.push({ what: 'set', name, line, types, data });
    return { kind: 'named', name };
  }
  if (!tokens.sees('{')) throw tokens.wrong('"@" and the name of a set, or "{"');
  const known = data === 'any' ? undefined : data;
  const elements = parseElements(tokens, { types, ...(known !== undefined && { data: known }) }, mentions);
  return { kind: 'here', set: { name: '', types, flags: [], elements, ...(known !== undefined && { data: known }) } };
}

function parseNumgen(tokens: Tokens): NftKey {
  tokens.expect('numgen');
  tokens.expect('random');
  tokens.expect('mod');
  const mod = tokens.number('a number of choices');
  if (mod < 1) throw tokens.problem('a number of choices from 1 on was expected');
  return { kind: 'numgen', mod, offset: tokens.take('offset') ? tokens.number('a number') : 0 };
}

function parseCounter(tokens: Tokens, mentions: Mentions): NftStatement {
  if (tokens.take('name')) {
    const { line } = tokens;
    const name = tokens.text('the name of a counter');
    mentions.push({ what: 'counter', name, line });
    return { kind: 'named-counter', name };
  }
  if (!tokens.take('packets')) return { kind: 'counter', packets: 0, bytes: 0 };
  const packets = tokens.number('a number of packets');
  tokens.expect('bytes');
  return { kind: 'counter', packets, bytes: tokens.number('a number of bytes') };
}

const REJECT_WORDS: Readonly<Record<string, RejectWith>> = {
  'port-unreachable': 'icmp-port-unreachable',
  'host-unreachable': 'icmp-host-unreachable',
  'net-unreachable': 'icmp-net-unreachable',
  'prot-unreachable': 'icmp-proto-unreachable',
  'net-prohibited': 'icmp-net-prohibited',
  'host-prohibited': 'icmp-host-prohibited',
  'admin-prohibited': 'icmp-admin-prohibited',
};

/** The words behind `reject with icmp`, by what they answer with. */
export const REJECT_NAMES: ReadonlyMap<RejectWith, string> = new Map(
  Object.entries(REJECT_WORDS).map(([word, meant]) => [meant, word]),
);

function parseReject(tokens: Tokens): RejectWith {
  if (!tokens.take('with')) return 'icmp-port-unreachable';
  if (tokens.take('tcp')) {
    tokens.expect('reset');
    return 'tcp-reset';
  }
  tokens.expect('icmp');
  tokens.take('type');
  const word = tokens.oneOf(Object.keys(REJECT_WORDS));
  return REJECT_WORDS[word] ?? 'icmp-port-unreachable';
}

function parseAddress(tokens: Tokens): Ip {
  const { line } = tokens;
  const text = tokens.word('an IPv4 address');
  try {
    return ip(text);
  } catch {
    throw tokens.problem(`an IPv4 address was expected, not "${text}"`, line);
  }
}

function parsePort(tokens: Tokens): number {
  const part = parsePart(tokens, 'inet_service');
  if (part.kind === 'value' && typeof part.value === 'number') return part.value;
  throw tokens.problem('one port was expected, not a range');
}

function parseSnat(tokens: Tokens): Target {
  tokens.take('ip');
  tokens.expect('to');
  const address = parseAddress(tokens);
  const port = tokens.take(':') ? parsePort(tokens) : undefined;
  rejectUnknownOption(tokens, 'the end of the rule');
  const text = port === undefined ? address : `${address}:${port}`;
  return { kind: 'SNAT', address, ...(port !== undefined && { port }), text };
}

function parseDnat(tokens: Tokens, mentions: Mentions): NftStatement {
  const saysFamily = tokens.take('ip');
  if (saysFamily && tokens.take('addr')) {
    tokens.expect('.');
    tokens.expect('port');
  }
  tokens.expect('to');
  const mapped = tokens.sees('numgen') || seesField(tokens);
  if (!mapped) {
    const address = parseAddress(tokens);
    const port = tokens.take(':') ? parsePort(tokens) : undefined;
    rejectUnknownOption(tokens, 'the end of the rule');
    const text = port === undefined ? address : `${address}:${port}`;
    return { kind: 'verdict', target: { kind: 'DNAT', address, ...(port !== undefined && { port }), text } };
  }
  const key: NftKey = tokens.sees('numgen')
    ? parseNumgen(tokens)
    : { kind: 'fields', fields: parseList(tokens, () => parseField(tokens)) };
  const types: readonly NftDatatype[] = key.kind === 'numgen' ? ['integer'] : key.fields.map(typeOf);
  tokens.expect('map');
  const gives = saysFamily || givesPort(tokens) ? 'address-and-port' : 'address';
  const data: readonly NftDatatype[] = gives === 'address' ? ['ipv4_addr'] : ['ipv4_addr', 'inet_service'];
  const map = parseReference(tokens, types, data, mentions);
  const port = tokens.take(':') ? parsePort(tokens) : undefined;
  return { kind: 'dnat-map', key, map, gives, ...(port !== undefined && { port }) };
}

/** Whether the elements that follow give `ADDRESS . PORT`. */
function givesPort(tokens: Tokens): boolean {
  if (!tokens.sees('{')) return false;
  let at = 1;
  while (!isMark(tokens, at, ':') && !isMark(tokens, at, '}') && tokens.after(at).kind !== 'end') at++;
  for (at++; tokens.after(at).kind === 'break'; at++);
  return tokens.after(at + 1).text === '.';
}

const isMark = (tokens: Tokens, at: number, mark: string): boolean =>
  tokens.after(at).kind === 'mark' && tokens.after(at).text === mark;

/** `update @set { ip saddr }`. */
function parseNote(tokens: Tokens, action: 'add' | 'update', mentions: Mentions): NftStatement {
  tokens.expect('@');
  const { line } = tokens;
  const set = tokens.word('the name of a set');
  mentions.push({ what: 'set', name: set, line, types: ['ipv4_addr'], data: undefined });
  tokens.expect('{');
  tokens.expect('ip');
  const field = `ip ${tokens.oneOf(['saddr', 'daddr'] as const)}` as const;
  tokens.expect('}');
  return { kind: 'note', action, set, field };
}

/** How tightly the operators bind: `and` before `xor` before `or`. Source: nftables src/parser_bison.y. */
const OPERATORS = { and: '&', xor: '^', or: '|' } as const;
type Operator = keyof typeof OPERATORS;
const BY_TIGHTNESS: readonly Operator[] = ['and', 'xor', 'or'];

function takeOperator(tokens: Tokens, operator: Operator): boolean {
  return tokens.take(operator) || tokens.take(OPERATORS[operator]);
}

/** `meta mark set meta mark or 0x4000`: kept as a mask and what is then flipped, as the kernel does. */
function parseSetMark(tokens: Tokens): NftStatement {
  const isOld = tokens.take('meta') || tokens.sees('mark');
  if (isOld) tokens.expect('mark');
  let mask = isOld ? 0xffffffff : 0;
  let xor = isOld ? 0 : tokens.number(`${expectedOf('mark')} or meta mark`);
  let loosest = 0;
  for (;;) {
    const rank = BY_TIGHTNESS.findIndex(operator => takeOperator(tokens, operator));
    if (rank < 0) return { kind: 'set-mark', mask: mask >>> 0, xor: xor >>> 0 };
    if (rank < loosest) throw tokens.problem('operators were expected in the order "and", "xor", "or"');
    loosest = rank;
    const value = tokens.number('a mark');
    if (BY_TIGHTNESS[rank] === 'and') {
      mask &= value;
      xor &= value;
    } else if (BY_TIGHTNESS[rank] === 'xor') xor ^= value;
    else {
      mask &= ~value;
      xor |= value;
    }
  }
}
