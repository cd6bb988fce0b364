// The text form of rules: what `iptables-save` prints and `iptables-restore` reads.
//
// Models:  the format of iptables 1.8.9 (nf_tables): tables and user chains by name, rules chain by chain.
// Omits:   packet counters (always [0:0]).
// Read:    iptables-save(8).

import { ParseError } from '../../runtime/errors.ts';
import { LayeredChains } from './chainMap.ts';
import { type WrongJump, wrongJump, wrongJumpText } from './jumps.ts';
import { parseRule } from './parseRule.ts';
import { rightPlace } from './places.ts';
import {
  BASE_CHAINS,
  type Chain,
  type Match,
  type Rule,
  type Ruleset,
  TABLE_NAMES,
  type Table,
  type TableName,
  type Target,
} from './types.ts';

/** The whole ruleset, each table between `*name` and `COMMIT`, in the order in which iptables-save lists tables. */
export function renderRuleset(ruleset: Ruleset, only?: TableName): string {
  const names = [...ruleset.tables.keys()].sort();
  return names
    .filter(name => only === undefined || name === only)
    .map(name => {
      const table = ruleset.tables.get(name);
      return table === undefined ? '' : renderTable(table);
    })
    .join('');
}

export function renderTable(table: Table): string {
  const chains = [...table.chains.values()];
  const lines = [
    `*${table.name}`,
    ...chains.map(chain => `:${chain.name} ${chain.policy ?? '-'} [0:0]`),
    ...chains.flatMap(chain => chain.rules.map(rule => renderAppend(chain.name, rule))),
    'COMMIT',
  ];
  return `${lines.join('\n')}\n`;
}

/** One line of `iptables -S`: `-A CHAIN ...`. */
export function renderAppend(chain: string, rule: Rule): string {
  const text = renderRule(rule);
  return text === '' ? `-A ${chain}` : `-A ${chain} ${text}`;
}

export function renderRule(rule: Rule): string {
  const words = [...rule.matches].sort((a, b) => headRank(a) - headRank(b)).map(renderMatch);
  const target = renderTarget(rule.target);
  return [...words, ...(target === '' ? [] : [target])].join(' ');
}

/** Addresses, interfaces and the protocol stand before the `-m` matches; those keep their order. */
function headRank(match: Match): number {
  switch (match.kind) {
    case 'source':
      return 0;
    case 'destination':
      return 1;
    case 'in-interface':
      return 2;
    case 'out-interface':
      return 3;
    case 'protocol':
      return 4;
    default:
      return 5;
  }
}

export function renderMatch(match: Match): string {
  switch (match.kind) {
    case 'source':
      return `${not(match)}-s ${match.prefix}`;
    case 'destination':
      return `${not(match)}-d ${match.prefix}`;
    case 'in-interface':
      return `${not(match)}-i ${match.name}`;
    case 'out-interface':
      return `${not(match)}-o ${match.name}`;
    case 'protocol':
      return `${not(match)}-p ${match.protocol === 'ipip' ? 'ipencap' : match.protocol}`;
    case 'comment':
      return `-m comment --comment ${quote(match.text)}`;
    case 'ports': {
      const range = (option: string, ports: typeof match.source): string =>
        ports === undefined
          ? ''
          : ` ${not(ports)}${option} ${ports.first === ports.last ? ports.first : `${ports.first}:${ports.last}`}`;
      return `-m ${match.protocol}${range('--sport', match.source)}${range('--dport', match.destination)}`;
    }
    case 'ctstate':
      return `-m conntrack ${not(match)}--ctstate ${match.states.join(',')}`;
    case 'ctdir':
      return `-m conntrack --ctdir ${match.direction.toUpperCase()}`;
    case 'mark':
      return `-m mark ${not(match)}--mark ${masked(match.value, match.mask)}`;
    case 'addrtype': {
      const type = (option: string, wanted: typeof match.source): string =>
        wanted === undefined ? '' : ` ${not(wanted)}${option} ${wanted.type}`;
      return `-m addrtype${type('--src-type', match.source)}${type('--dst-type', match.destination)}`;
    }
    case 'random':
      return `-m statistic --mode random --probability ${match.probability.toFixed(11)}`;
    case 'mac-source':
      return `-m mac ${not(match)}--mac-source ${match.mac}`;
    case 'icmp-type': {
      const code = match.code === undefined ? '' : `/${match.code}`;
      return `-m icmp ${not(match)}--icmp-type ${match.type === 255 ? 'any' : `${match.type}${code}`}`;
    }
    case 'multiport': {
      const option = { source: '--sports', destination: '--dports', either: '--ports' }[match.side];
      const ranges = match.ranges.map(({ first, last }) => (first === last ? String(first) : `${first}:${last}`));
      return `-m multiport ${not(match)}${option} ${ranges.join(',')}`;
    }
    case 'iprange':
      return `-m iprange ${not(match)}--${match.side === 'source' ? 'src' : 'dst'}-range ${match.first}-${match.last}`;
    case 'physdev': {
      const named = (option: string, wanted: typeof match.in): string =>
        wanted === undefined ? '' : ` ${not(wanted)}${option} ${wanted.name}`;
      const flag = (option: string, wanted: typeof match.isIn): string =>
        wanted === undefined ? '' : ` ${not(wanted)}${option}`;
      return `-m physdev${named('--physdev-in', match.in)}${flag('--physdev-is-in', match.isIn)}${named('--physdev-out', match.out)}${flag('--physdev-is-bridged', match.isBridged)}`;
    }
    case 'connmark':
      return `-m connmark ${not(match)}--mark ${masked(match.value, match.mask)}`;
    case 'recent': {
      const seconds = match.seconds === undefined ? '' : ` --seconds ${match.seconds}`;
      const hits = match.hitcount === undefined ? '' : ` --hitcount ${match.hitcount}`;
      const options = `${seconds}${match.reap ? ' --reap' : ''}${hits} --name ${match.list} --mask ${match.mask}`;
      return `-m recent ${not(match)}--${match.action}${options} --r${match.side === 'source' ? 'source' : 'dest'}`;
    }
    case 'set':
      return `-m set ${not(match)}--match-set ${match.set} ${match.sides.join(',')}`;
  }
}

export function renderTarget(target: Target): string {
  switch (target.kind) {
    case 'none':
      return '';
    case 'jump':
      return `-j ${target.chain}`;
    case 'goto':
      return `-g ${target.chain}`;
    case 'REJECT':
      return `-j REJECT --reject-with ${target.with}`;
    case 'DNAT':
      return `-j DNAT --to-destination ${target.text}`;
    case 'SNAT':
      return `-j SNAT --to-source ${target.text}`;
    case 'MASQUERADE':
      return `-j MASQUERADE${target.randomFully ? ' --random-fully' : ''}`;
    case 'MARK':
      return `-j MARK --set-xmark 0x${target.value.toString(16)}/0x${target.mask.toString(16)}`;
    case 'CONNMARK': {
      const mask = `0x${target.mask.toString(16)}`;
      if (target.action === 'set') return `-j CONNMARK --set-xmark 0x${target.value.toString(16)}/${mask}`;
      return `-j CONNMARK --${target.action}-mark --nfmask ${mask} --ctmask ${mask}`;
    }
    case 'REDIRECT':
      return `-j REDIRECT${target.port === undefined ? '' : ` --to-ports ${target.port}`}`;
    case 'LOG':
      return `-j LOG${target.prefix === undefined ? '' : ` --log-prefix ${quote(target.prefix)}`}`;
    default:
      return `-j ${target.kind}`;
  }
}

function not(part: { readonly negated: boolean }): string {
  return part.negated ? '! ' : '';
}

function masked(value: number, mask: number): string {
  return mask === 0xffffffff ? `0x${value.toString(16)}` : `0x${value.toString(16)}/0x${mask.toString(16)}`;
}

/** iptables quotes all but the plainest words. Source: iptables libxtables/xtables.c, `xtables_save_string`. */
function quote(text: string): string {
  return /^[\w-]+$/.test(text) ? text : `"${text.replaceAll(/(["'\\])/g, '\\$1')}"`;
}

/**
 * Reads a whole `iptables-save` text.
 * @param sets what rules may ask by name; absent: not looked at
 * @throws ParseError `line 12: unknown match "foo"`, or the line of a rule that leads to no chain, or in a circle
 */
export function parseRuleset(text: string, sets?: ReadonlyMap<string, unknown>): Ruleset {
  const tables = new Map<TableName, Table>();
  let current: { readonly name: TableName; readonly chains: Map<string, ChainText>; readonly head: number } | undefined;
  text.split('\n').forEach((raw, at) => {
    const line = raw.trim();
    const here = (message: string): ParseError => new ParseError(`line ${at + 1}: ${message}`);
    if (line === '' || line.startsWith('#')) return;
    if (line.startsWith('*')) {
      const name = TABLE_NAMES.find(known => known === line.slice(1));
      if (name === undefined)
        throw here(`unknown table "${line.slice(1)}" (expected one of ${TABLE_NAMES.join(', ')})`);
      current = { name, chains: new Map(), head: at + 1 };
    } else if (current === undefined) {
      throw here('a table was expected first: "*filter"');
    } else if (line === 'COMMIT') {
      const wrong = wrongJumpOf(current.name, current.chains);
      if (wrong !== undefined) {
        const rule = current.chains.get(wrong.chain)?.lines[wrong.number - 1];
        throw new ParseError(`line ${rule ?? current.head}: ${wrongJumpText(wrong)}`);
      }
      tables.set(current.name, makeTable(current.name, current.chains));
      current = undefined;
    } else if (line.startsWith(':')) {
      const [name = '', policy] = line.slice(1).split(/\s+/);
      current.chains.set(name, {
        policy: policy === 'ACCEPT' || policy === 'DROP' ? policy : undefined,
        rules: [],
        lines: [],
      });
    } else {
      const append = /^-A\s+(\S+)\s*(.*)$/.exec(line);
      if (append === null) throw here(`"-A CHAIN ..." was expected, not "${line}"`);
      const [, name = '', rest = ''] = append;
      const chain = current.chains.get(name);
      if (chain === undefined) throw here(`no chain "${name}" in table ${current.name}`);
      try {
        const rule = parseRule(rest);
        const place = rightPlace(rule.target, current.name, name);
        if (place !== undefined)
          throw new ParseError(`${rule.target.kind} in ${name} of table ${current.name} (${place} was expected)`);
        const missing = rule.matches.find(match => match.kind === 'set' && sets?.has(match.set) === false);
        if (missing?.kind === 'set') throw new ParseError(`Set ${missing.set} doesn't exist.`);
        chain.rules.push(rule);
        chain.lines.push(at + 1);
      } catch (error) {
        throw error instanceof ParseError ? here(error.message) : error;
      }
    }
  });
  if (current !== undefined) throw new ParseError(`"COMMIT" was expected at the end of table ${current.name}`);
  return { tables };
}

/** A chain as it is read, with the line of each rule. */
interface ChainText {
  readonly policy: Chain['policy'];
  readonly rules: Rule[];
  readonly lines: number[];
}

/** The first rule of a table that leads where it must not. */
export function wrongJumpOf(
  table: TableName,
  chains: ReadonlyMap<string, { readonly rules: readonly Rule[] }>,
): WrongJump | undefined {
  return wrongJump(chains, BASE_CHAINS[table], ({ target }) =>
    target.kind === 'jump' || target.kind === 'goto' ? [target.chain] : [],
  );
}

/** Chains of the same rules are one object: a hundred nodes with the same rules keep them once. */
const userChains = new WeakMap<readonly Rule[], Chain>();

function userChain(name: string, rules: readonly Rule[]): Chain {
  const known = userChains.get(rules);
  if (known?.name === name) return known;
  const made: Chain = { name, rules };
  userChains.set(rules, made);
  return made;
}

/**
 * Puts chains into the order of `iptables-save` and checks that every jump has a chain to go to.
 * @param shared chains of somebody else's under them
 */
export function makeTable(
  name: TableName,
  chains: ReadonlyMap<string, { readonly policy: Chain['policy']; readonly rules: readonly Rule[] }>,
  shared?: ReadonlyMap<string, Chain>,
): Table {
  const base = BASE_CHAINS[name];
  const users = [...chains.keys()].filter(chain => !base.some(hook => hook === chain)).sort();
  const own = new Map<string, Chain>();
  for (const chain of base)
    own.set(chain, {
      name: chain,
      policy: chains.get(chain)?.policy ?? 'ACCEPT',
      rules: chains.get(chain)?.rules ?? [],
    });
  for (const chain of users) own.set(chain, userChain(chain, chains.get(chain)?.rules ?? []));
  const all = shared === undefined ? own : new LayeredChains(own, shared);
  for (const chain of own.values()) {
    for (const { target } of chain.rules) {
      if ((target.kind === 'jump' || target.kind === 'goto') && !all.has(target.chain)) {
        throw new ParseError(`table ${name}, chain ${chain.name}: no chain "${target.chain}" to jump to`);
      }
    }
  }
  return { name, chains: all };
}
