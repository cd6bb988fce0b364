// Reads what `nft -f` reads: tables in blocks, as `nft list ruleset` prints them, and `add` commands, as kube-proxy
// writes them.
//
// Read:    nft(8), "table", "chain", "rule"; nftables src/parser_bison.y.

import { wrongJump, wrongJumpText } from '../netfilter/jumps.ts';
import type { Hook, Target } from '../netfilter/types.ts';
import { parseNftRule } from './parseRule.ts';
import { inListOrder, type Mention, type Mentions, parseElements, parseSetBody } from './parseSet.ts';
import { namedPriority, priorityNames } from './priorities.ts';
import { Tokens } from './tokens.ts';
import {
  NFT_FAMILIES,
  type NftBase,
  type NftChain,
  type NftCounter,
  type NftFamily,
  type NftRule,
  type NftRuleset,
  type NftSet,
  type NftStatement,
  type NftTable,
  setOf,
} from './types.ts';

interface ChainDraft {
  comment?: string;
  base?: NftBase;
  policy?: 'ACCEPT' | 'DROP';
  rules: NftRule[];
}

interface TableDraft {
  readonly family: NftFamily;
  readonly name: string;
  comment?: string;
  readonly sets: Map<string, NftSet>;
  readonly counters: Map<string, NftCounter>;
  readonly chains: Map<string, ChainDraft>;
  /** What the text names, to be found at its end. */
  readonly mentions: Mentions;
}

/** Tables by family and name, in the order in which they are made. */
type Drafts = Map<string, TableDraft>;

/**
 * Reads a whole nft text into a ruleset of its own: nothing was there before.
 * @throws ParseError `line 3: "prerouting" or ... was expected, not "ingress"`, or what a rule names and nobody made
 */
export function parseNft(text: string): NftRuleset {
  const tokens = new Tokens(text);
  const drafts: Drafts = new Map();
  for (tokens.skipBreaks(); !tokens.isDone; tokens.skipBreaks()) {
    parseCommand(tokens, drafts);
    tokens.expectEnd('the end of the line or ";"');
  }
  for (const draft of drafts.values()) for (const mention of draft.mentions) check(tokens, draft, mention);
  const tables = [...drafts.values()].map(finished);
  for (const [i, draft] of [...drafts.values()].entries()) checkJumps(tokens, draft.mentions, tables[i]);
  return tables;
}

/** The last place that names the chain is taken for the one that closes the circle. */
function checkJumps(tokens: Tokens, mentions: Mentions, table: NftTable | undefined): void {
  if (table === undefined) return;
  const bases = [...table.chains.values()].filter(({ base }) => base !== undefined).map(({ name }) => name);
  const wrong = wrongJump(table.chains, bases, rule => rule.statements.flatMap(statement => jumpsOf(table, statement)));
  if (wrong === undefined) return;
  const line = mentions.findLast(({ what, name }) => what === 'chain' && name === wrong.to)?.line;
  throw tokens.problem(wrongJumpText(wrong), line);
}

function jumpsOf(table: NftTable, statement: NftStatement): readonly string[] {
  const called = (target: Target | undefined): readonly string[] =>
    target?.kind === 'jump' || target?.kind === 'goto' ? [target.chain] : [];
  if (statement.kind === 'verdict') return called(statement.target);
  if (statement.kind !== 'vmap') return [];
  return (setOf(table, statement.map)?.elements ?? []).flatMap(({ verdict }) => called(verdict));
}

function parseCommand(tokens: Tokens, drafts: Drafts): void {
  if (tokens.take('table')) {
    parseTable(tokens, drafts);
    return;
  }
  if (tokens.take('flush')) {
    tokens.expect('ruleset');
    drafts.clear();
    return;
  }
  if (!tokens.take('add')) throw tokens.wrong('"table", "add" or "flush ruleset"');
  const what = tokens.oneOf(['table', 'chain', 'rule', 'set', 'map', 'element', 'counter'] as const);
  if (what === 'table') {
    parseTable(tokens, drafts);
    return;
  }
  const family = parseFamily(tokens);
  const { line } = tokens;
  const tableName = tokens.word('the name of a table');
  const table = drafts.get(`${family} ${tableName}`);
  if (table === undefined) throw tokens.problem(`there is no table ${family} ${tableName}`, line);
  switch (what) {
    case 'chain':
    case 'set':
    case 'map':
    case 'counter':
      parseObject(tokens, table, what);
      return;
    case 'rule': {
      const name = tokens.word('the name of a chain');
      const chain = table.chains.get(name);
      if (chain === undefined)
        throw tokens.problem(`there is no chain "${name}" in table ${family} ${tableName}`, line);
      chain.rules.push(parseNftRule(tokens, table.mentions, family));
      return;
    }
    case 'element': {
      const name = tokens.word('the name of a set');
      const set = table.sets.get(name);
      if (set === undefined) throw tokens.problem(`there is no set "${name}" in table ${family} ${tableName}`, line);
      const elements = [...set.elements, ...parseElements(tokens, set, table.mentions)];
      table.sets.set(name, { ...set, elements: inListOrder(set, elements) });
    }
  }
}

function parseFamily(tokens: Tokens): NftFamily {
  const known = NFT_FAMILIES.find(family => tokens.sees(family));
  if (known !== undefined) return tokens.oneOf([known]);
  if (['ip6', 'arp', 'bridge', 'netdev'].some(family => tokens.sees(family))) throw tokens.wrong('"ip" or "inet"');
  return 'ip';
}

function parseTable(tokens: Tokens, drafts: Drafts): void {
  const family = parseFamily(tokens);
  const name = tokens.word('the name of a table');
  const key = `${family} ${name}`;
  const table: TableDraft = drafts.get(key) ?? {
    family,
    name,
    sets: new Map(),
    counters: new Map(),
    chains: new Map(),
    mentions: [],
  };
  drafts.set(key, table);
  if (!tokens.take('{')) return;
  for (tokens.skipBreaks(); !tokens.take('}'); tokens.skipBreaks()) {
    if (tokens.take('comment')) table.comment = tokens.quoted('a comment in quotes');
    else if (['set', 'map', 'chain', 'counter'].some(word => tokens.sees(word)))
      parseObject(tokens, table, tokens.oneOf(['set', 'map', 'chain', 'counter'] as const));
    else throw tokens.wrong('set, map, chain, counter, comment or "}"');
    tokens.expectEnd('the end of the line or ";"');
  }
}

function parseObject(tokens: Tokens, table: TableDraft, what: 'chain' | 'set' | 'map' | 'counter'): void {
  const { line } = tokens;
  const name = tokens.word(`the name of a ${what}`);
  switch (what) {
    case 'chain': {
      const chain = table.chains.get(name) ?? { rules: [] };
      table.chains.set(name, chain);
      if (tokens.take('{')) parseChainBody(tokens, chain, table);
      return;
    }
    case 'counter':
      table.counters.set(name, parseCounterObject(tokens, name));
      return;
    default: {
      tokens.expect('{');
      if (table.sets.has(name)) throw tokens.problem(`there is a set "${name}" already`, line);
      table.sets.set(name, parseSetBody(tokens, what, name, table.mentions));
    }
  }
}

function parseCounterObject(tokens: Tokens, name: string): NftCounter {
  let comment: string | undefined;
  if (tokens.take('{'))
    for (tokens.skipBreaks(); !tokens.take('}'); tokens.skipBreaks()) {
      if (tokens.take('comment')) comment = tokens.quoted('a comment in quotes');
      else {
        tokens.expect('packets');
        tokens.number('a number of packets');
        tokens.expect('bytes');
        tokens.number('a number of bytes');
      }
    }
  return { name, ...(comment !== undefined && { comment }) };
}

function parseChainBody(tokens: Tokens, chain: ChainDraft, { mentions, family }: TableDraft): void {
  for (tokens.skipBreaks(); !tokens.take('}'); tokens.skipBreaks()) {
    if (tokens.sees('type')) {
      chain.base = parseBase(tokens);
      chain.policy ??= 'ACCEPT';
    } else if (tokens.sees('policy')) {
      if (chain.base === undefined) throw tokens.wrong('type, hook and priority before the policy');
      tokens.expect('policy');
      chain.policy = tokens.oneOf(['accept', 'drop'] as const) === 'drop' ? 'DROP' : 'ACCEPT';
    } else if (tokens.sees('comment')) {
      tokens.expect('comment');
      chain.comment = tokens.quoted('a comment in quotes');
    } else chain.rules.push(parseNftRule(tokens, mentions, family));
    tokens.expectEnd('the end of the rule');
  }
}

const HOOKS = {
  prerouting: 'PREROUTING',
  input: 'INPUT',
  forward: 'FORWARD',
  output: 'OUTPUT',
  postrouting: 'POSTROUTING',
} as const satisfies Readonly<Record<string, Hook>>;

/** `type nat hook prerouting priority dstnat - 5`. */
function parseBase(tokens: Tokens): NftBase {
  tokens.expect('type');
  const type = tokens.oneOf(['filter', 'nat'] as const);
  tokens.expect('hook');
  const hook = HOOKS[tokens.oneOf(Object.keys(HOOKS) as (keyof typeof HOOKS)[])];
  if (type === 'nat' && hook === 'FORWARD') throw tokens.problem('a chain of type nat has no hook forward');
  tokens.expect('priority');
  const { line } = tokens;
  const names = priorityNames(hook);
  if (!names.some(name => tokens.sees(name)))
    return checked(tokens, line, { type, hook, priority: tokens.number(`a number or ${names.join(', ')}`) });
  const base = namedPriority(hook, tokens.word('a priority')) ?? 0;
  if (tokens.take('+')) return checked(tokens, line, { type, hook, priority: base + tokens.number('a number') });
  if (tokens.take('-')) return checked(tokens, line, { type, hook, priority: base - tokens.number('a number') });
  return checked(tokens, line, { type, hook, priority: base });
}

/** The priority of the connection lookup: nothing can be translated before it. */
const CONNTRACK_PRIORITY = -200;

function checked(tokens: Tokens, line: number, base: NftBase): NftBase {
  if (base.type === 'nat' && base.priority <= CONNTRACK_PRIORITY)
    throw tokens.problem(`a priority above ${CONNTRACK_PRIORITY} was expected of a chain of type nat`, line);
  return base;
}

/** Every chain, set and counter that rules name is there, and fits. */
function check(tokens: Tokens, table: TableDraft, { what, name, line, types, data }: Mention): void {
  const where = `in table ${table.family} ${table.name}`;
  if (what === 'chain') {
    const chain = table.chains.get(name);
    if (chain === undefined) throw tokens.problem(`there is no chain "${name}" ${where}`, line);
    if (chain.base !== undefined) throw tokens.problem(`"${name}" is a base chain: no rule can go there`, line);
    return;
  }
  if (what === 'counter') {
    if (!table.counters.has(name)) throw tokens.problem(`there is no counter "${name}" ${where}`, line);
    return;
  }
  const set = table.sets.get(name);
  if (set === undefined) throw tokens.problem(`there is no set "${name}" ${where}`, line);
  if (types !== undefined && types.join(' . ') !== set.types.join(' . '))
    throw tokens.problem(`"${name}" has keys of ${set.types.join(' . ')}, not of ${types.join(' . ')}`, line);
  if (data !== 'any' && textOf(data) !== textOf(set.data))
    throw tokens.problem(`"${name}" is ${textOf(set.data)}, ${textOf(data)} was expected`, line);
}

function textOf(data: NftSet['data']): string {
  if (data === undefined) return 'a set';
  return data === 'verdict' ? 'a verdict map' : `a map to ${data.join(' . ')}`;
}

function finished({ family, name, comment, sets, counters, chains }: TableDraft): NftTable {
  return {
    tool: 'nft',
    name: `${family} ${name}`,
    family,
    ...(comment !== undefined && { comment }),
    sets,
    counters,
    chains: new Map<string, NftChain>([...chains].map(([chain, draft]) => [chain, { name: chain, ...draft }])),
  };
}
