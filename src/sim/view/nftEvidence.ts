// The words for one rule of nft: its conditions, and which of them did not hold.

import type { HookContext } from '../linux/netfilter/matches.ts';
import { fieldOf, found, keyOf, statementHolds } from '../linux/nftables/judge.ts';
import { isImplied, renderKey, renderStatement } from '../linux/nftables/render.ts';
import {
  FIELD_TYPES,
  type NftField,
  type NftKey,
  type NftRule,
  type NftSetReference,
  type NftStatement,
  type NftTable,
} from '../linux/nftables/types.ts';
import { renderMark, renderValue } from '../linux/nftables/values.ts';

/** What a rule asks of the packet. What it writes stands with it when a verdict follows. */
export function nftConditions(rule: NftRule): string {
  const ends = rule.statements.some(isEnd);
  return rule.statements
    .filter(statement => !isImplied(statement))
    .filter(statement => statement.kind !== 'verdict' && statement.kind !== 'counter' && (ends || !isEffect(statement)))
    .map(shortened)
    .join(' ');
}

/** What the rule would do: its verdict, the map that gives one, or what it writes. */
export function nftAction(rule: NftRule): NftStatement | undefined {
  return rule.statements.find(isEnd) ?? rule.statements.find(isEffect);
}

function isEnd(statement: NftStatement): boolean {
  return statement.kind === 'verdict' || statement.kind === 'vmap' || statement.kind === 'dnat-map';
}

function isEffect({ kind }: NftStatement): boolean {
  return kind === 'set-mark' || kind === 'note' || kind === 'notrack' || kind === 'log';
}

/** The elements of a map that stands in the rule are many words; the row's text has them. */
function shortened(statement: NftStatement): string {
  if (statement.kind === 'vmap') return `${renderKey(statement.key)} vmap ${mapName(statement.map)}`;
  if (statement.kind === 'dnat-map') return `${renderKey(statement.key)} map ${mapName(statement.map)}`;
  return renderStatement(statement);
}

/** For the column of the target, where the verdict is not known: the map that would give it. */
export function actionText(statement: NftStatement): string {
  return statement.kind === 'vmap' || statement.kind === 'dnat-map'
    ? `by ${mapName(statement.map)}`
    : renderStatement(statement);
}

function mapName(reference: NftSetReference): string {
  return reference.kind === 'named' ? `@${reference.name}` : '{ ... }';
}

/** Whether the rule writes the packet's mark. */
export function setsMark(rule: NftRule): boolean {
  return rule.statements.some(statement => statement.kind === 'set-mark');
}

/** Whether chance had a part in what the rule did. */
export function isDrawn(rule: NftRule): boolean {
  return rule.statements.some(
    statement => (statement.kind === 'vmap' || statement.kind === 'dnat-map') && statement.key.kind === 'numgen',
  );
}

/** The first statement that does not hold, in a few words. */
export function nftWhyNot(rule: NftRule, table: NftTable, context: HookContext, ruleId: string): string {
  let { mark } = context;
  for (const statement of rule.statements) {
    if (statement.kind === 'set-mark') mark = ((mark & statement.mask) ^ statement.xor) >>> 0;
    else if (statement.kind === 'vmap' || statement.kind === 'dnat-map') {
      if (found(statement, table, context, mark, ruleId) !== undefined) continue;
      return `${keyText(statement.key, context, mark, ruleId)} is not in ${nameOf(statement.map)}`;
    } else if (!statementHolds(statement, table, context, mark)) return reasonFor(statement, context, mark);
  }
  return 'the mark was another then';
}

function nameOf(reference: NftSetReference): string {
  return reference.kind === 'named' ? reference.name : 'the map';
}

function keyText(key: NftKey, context: HookContext, mark: number, ruleId: string): string {
  const values = keyOf(key, context, mark, ruleId);
  if (values === undefined) return key.kind === 'fields' ? withoutField(key.fields, context, mark) : 'the packet';
  if (key.kind === 'numgen') return `the number ${values.join('')}`;
  return values.map((value, i) => textOf(key.fields[i], value)).join(' . ');
}

function textOf(field: NftField | undefined, value: number | string): string {
  if (field === undefined) return String(value);
  if (FIELD_TYPES[field] === 'ifname') return value === '' ? 'no interface' : String(value);
  return renderValue(FIELD_TYPES[field], value);
}

function withoutField(fields: readonly NftField[], context: HookContext, mark: number): string {
  const missing = fields.find(field => fieldOf(field, context, mark) === undefined);
  return `a packet of ${context.packet.body.kind} (it has no ${missing ?? 'such field'})`;
}

function reasonFor(statement: NftStatement, context: HookContext, mark: number): string {
  switch (statement.kind) {
    case 'compare':
      return valueText(statement.field, context, mark);
    case 'one-of':
      return valueText(statement.field, context, mark);
    case 'masked':
      return `the ${statement.field === 'meta mark' ? '' : "connection's "}mark is ${renderMark(
        statement.field === 'meta mark' ? mark : context.ctMark,
      )}`;
    case 'lookup': {
      const key = keyText({ kind: 'fields', fields: statement.fields }, context, mark, '');
      const set = statement.set.kind === 'named' ? statement.set.name : 'the set';
      return statement.negated ? `${key} is in ${set}` : `${key} is not in ${set}`;
    }
    default:
      return '';
  }
}

const FIELD_WORDS: Readonly<Record<NftField, string>> = {
  'ip saddr': 'the source is',
  'ip daddr': 'the destination is',
  'ip protocol': 'the protocol is',
  'meta l4proto': 'the protocol is',
  'th sport': 'the source port is',
  'th dport': 'the port is',
  'tcp sport': 'the source port is',
  'tcp dport': 'the port is',
  'udp sport': 'the source port is',
  'udp dport': 'the port is',
  'meta mark': 'the mark is',
  'ct mark': "the connection's mark is",
  iifname: 'it came in by',
  oifname: 'it leaves by',
  'ct state': 'the state is',
  'ct status': 'its flow is translated as',
  'ct direction': 'the direction is',
  'fib saddr type': 'the source is',
  'fib daddr type': 'the destination is',
};

function valueText(field: NftField, context: HookContext, mark: number): string {
  const value = fieldOf(field, context, mark);
  if (value === undefined) return `the protocol is ${context.packet.body.kind}`;
  if (field === 'ct status' && value === '') return 'its flow is not translated';
  return `${FIELD_WORDS[field]} ${textOf(field, value)}`;
}
