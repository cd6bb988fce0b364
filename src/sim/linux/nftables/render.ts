// Prints tables as `nft list ruleset` does.
//
// Models:  the format of nft 1.0.6, compared with what it printed (tests/sim/linux/nftables).
// Omits:   what packets wrote: counters are always 0, notes of dynamic sets are not listed.
// Read:    nftables src/rule.c, src/expression.c, `calculate_delim`.

import type { Hook, Target } from '../netfilter/types.ts';
import { REJECT_NAMES } from './parseRule.ts';
import { renderPriority } from './priorities.ts';
import {
  FIELD_TYPES,
  type NftChain,
  type NftCounter,
  type NftDatatype,
  type NftElement,
  type NftKey,
  type NftRule,
  type NftRuleset,
  type NftSet,
  type NftSetReference,
  type NftStatement,
  type NftTable,
} from './types.ts';
import { asPrefix, renderMark, renderPart } from './values.ts';

/** All tables. */
export function renderNft(ruleset: NftRuleset): string {
  return ruleset.map(renderNftTable).join('');
}

export function renderNftTable(table: NftTable): string {
  const objects = [
    ...[...table.counters.values()].map(renderCounter),
    ...[...table.sets.values()].map(renderSet),
    ...[...table.chains.values()].map(renderChain),
  ];
  const comment = table.comment === undefined ? [] : [`\tcomment "${table.comment}"`];
  // Between two objects is an empty line; the table's comment stands right above the first one.
  const body = objects.flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
  return `${[`table ${table.name} {`, ...comment, ...body, '}'].join('\n')}\n`;
}

function block(head: string, lines: readonly string[]): readonly string[] {
  return [`\t${head} {`, ...lines.map(line => `\t\t${line}`), '\t}'];
}

function commented(comment: string | undefined): readonly string[] {
  return comment === undefined ? [] : [`comment "${comment}"`];
}

function renderCounter({ name, comment }: NftCounter): readonly string[] {
  return block(`counter ${name}`, [...commented(comment), 'packets 0 bytes 0']);
}

function renderChain({ name, comment, base, policy, rules }: NftChain): readonly string[] {
  const head =
    base === undefined
      ? []
      : [
          `type ${base.type} hook ${hookWord(base.hook)} priority ${renderPriority(base.hook, base.priority)}; policy ${policy === 'DROP' ? 'drop' : 'accept'};`,
        ];
  return block(`chain ${name}`, [...commented(comment), ...head, ...rules.map(renderNftRule)]);
}

const hookWord = (hook: Hook): string => hook.toLowerCase();

function renderSet(set: NftSet): readonly string[] {
  const word = set.declaredBy === undefined ? 'type' : 'typeof';
  const key = (set.declaredBy ?? set.types).join(' . ');
  const data = set.data === undefined ? '' : ` : ${dataText(set)}`;
  const lines = [
    `${word} ${key}${data}`,
    ...(set.size === undefined ? [] : [`size ${set.size}`]),
    ...(set.flags.length === 0 ? [] : [`flags ${set.flags.join(',')}`]),
    ...(set.timeoutSeconds === undefined ? [] : [`timeout ${renderDuration(set.timeoutSeconds)}`]),
    ...commented(set.comment),
    ...(set.elements.length === 0 ? [] : [elementLines(set)]),
  ];
  return block(`${set.data === undefined ? 'set' : 'map'} ${set.name}`, lines);
}

function dataText({ data, dataDeclaredBy }: NftSet): string {
  if (data === undefined || data === 'verdict') return 'verdict';
  return (dataDeclaredBy ?? data).join(' . ');
}

/** Elements on one line of a list. Source: nftables src/expression.c, `calculate_delim`. */
const A_LINE: Readonly<Partial<Record<NftDatatype, number>>> = {
  ipv4_addr: 2,
  inet_proto: 5,
  inet_service: 5,
  mark: 5,
};

function elementLines(set: NftSet): string {
  const [type] = set.types;
  const perLine = set.types.length > 1 || type === undefined ? 1 : (A_LINE[type] ?? 1);
  const texts = set.elements.map(element => renderElement(set, element));
  const rows: string[] = [];
  for (let i = 0; i < texts.length; i += perLine) rows.push(texts.slice(i, i + perLine).join(', '));
  return `elements = { ${rows.join(',\n\t\t\t     ')} }`;
}

function renderElement({ types, data }: Pick<NftSet, 'types' | 'data'>, element: NftElement): string {
  const key = partsText(types, element.parts);
  const comment = element.comment === undefined ? '' : ` comment "${element.comment}"`;
  if (element.verdict !== undefined) return `${key}${comment} : ${renderNftTarget(element.verdict)}`;
  if (element.data === undefined || data === undefined || data === 'verdict') return `${key}${comment}`;
  return `${key}${comment} : ${partsText(data, element.data)}`;
}

function partsText(types: readonly NftDatatype[], parts: NftElement['parts']): string {
  const texts = parts.map((part, i) => {
    const type = types[i] ?? 'integer';
    return renderPart(type, type === 'ipv4_addr' ? asPrefix(part) : part);
  });
  return texts.join(' . ');
}

function renderDuration(seconds: number): string {
  const parts: readonly (readonly [string, number])[] = [
    ['d', Math.floor(seconds / 86400)],
    ['h', Math.floor(seconds / 3600) % 24],
    ['m', Math.floor(seconds / 60) % 60],
    ['s', seconds % 60],
  ];
  const said = parts.filter(([, count]) => count > 0).map(([unit, count]) => `${count}${unit}`);
  return said.length === 0 ? '0s' : said.join('');
}

/** One rule, as it stands in its chain. */
export function renderNftRule({ statements, comment }: NftRule): string {
  const texts = statements.filter(statement => !isImplied(statement)).map(renderStatement);
  return [...texts, ...commented(comment)].join(' ');
}

/** Whether nft leaves it out where it prints the rule. */
export function isImplied(statement: NftStatement): boolean {
  return statement.kind === 'compare' && statement.implied === true;
}

export function renderStatement(statement: NftStatement): string {
  switch (statement.kind) {
    case 'compare':
      return `${statement.field} ${not(statement)}${renderPart(FIELD_TYPES[statement.field], statement.part)}`;
    case 'one-of':
      return `${statement.field} ${not(statement)}${statement.names.join(',')}`;
    case 'masked': {
      const { field, mask, value, negated } = statement;
      return `${field} & ${renderMark(mask)} ${negated ? '!=' : '=='} ${renderMark(value)}`;
    }
    case 'lookup':
      return `${statement.fields.join(' . ')} ${not(statement)}${renderReference(statement.set)}`;
    case 'vmap':
      return `${renderKey(statement.key)} vmap ${renderReference(statement.map)}`;
    case 'set-mark':
      return `meta mark set ${markExpression(statement.mask, statement.xor)}`;
    case 'note':
      return `${statement.action} @${statement.set} { ${statement.field} }`;
    case 'counter':
      return `counter packets ${statement.packets} bytes ${statement.bytes}`;
    case 'named-counter':
      return `counter name "${statement.name}"`;
    case 'log':
      return statement.prefix === undefined ? 'log' : `log prefix "${statement.prefix}"`;
    case 'notrack':
      return 'notrack';
    case 'verdict':
      return renderNftTarget(statement.target, statement.answers);
    case 'dnat-map': {
      const family = statement.gives === 'address-and-port' ? ' ip' : '';
      const port = statement.port === undefined ? '' : `:${statement.port}`;
      return `dnat${family} to ${renderKey(statement.key)} map ${renderReference(statement.map)}${port}`;
    }
  }
}

const not = (statement: { readonly negated: boolean }): string => (statement.negated ? '!= ' : '');

export function renderKey(key: NftKey): string {
  if (key.kind === 'fields') return key.fields.join(' . ');
  return `numgen random mod ${key.mod}${key.offset === 0 ? '' : ` offset ${key.offset}`}`;
}

function renderReference(reference: NftSetReference): string {
  if (reference.kind === 'named') return `@${reference.name}`;
  return `{ ${reference.set.elements.map(element => renderElement(reference.set, element)).join(', ')} }`;
}

/** What the kernel keeps is `(mark & mask) ^ xor`. Source: nftables src/netlink_delinearize.c, `netlink_parse_bitwise`. */
function markExpression(mask: number, xor: number): string {
  if (mask === 0) return renderMark(xor);
  const or = (~mask & xor) >>> 0;
  const flipped = (xor & mask) >>> 0;
  const kept = (mask | or) >>> 0;
  const parts = [
    ...(kept === 0xffffffff ? [] : [` & ${renderMark(kept)}`]),
    ...(flipped === 0 ? [] : [` ^ ${renderMark(flipped)}`]),
    ...(or === 0 ? [] : [` | ${renderMark(or)}`]),
  ];
  return `meta mark${parts.join('')}`;
}

/** A verdict or a translation. */
export function renderNftTarget(target: Target, answers?: 'ipv4'): string {
  switch (target.kind) {
    case 'ACCEPT':
    case 'DROP':
    case 'RETURN':
      return target.kind.toLowerCase();
    case 'jump':
    case 'goto':
      return `${target.kind} ${target.chain}`;
    case 'REJECT':
      if (target.with === 'icmp-port-unreachable' && answers === undefined) return 'reject';
      return target.with === 'tcp-reset'
        ? 'reject with tcp reset'
        : `reject with icmp ${REJECT_NAMES.get(target.with)}`;
    case 'DNAT':
    case 'SNAT':
      return `${target.kind.toLowerCase()} to ${target.text}`;
    case 'MASQUERADE':
      return target.randomFully ? 'masquerade fully-random' : 'masquerade';
    case 'REDIRECT':
      return target.port === undefined ? 'redirect' : `redirect to :${target.port}`;
    default:
      return '';
  }
}
