// ip rule: which packets look in which routing table.
//
// Omits:   `not`, port and protocol selectors, goto; actions other than a table.
// Read:    ip-rule(8); iproute2 6.1 ip/iprule.c; kernel net/core/fib_rules.c.

import { isIp, type PolicyRule, type Prefix, parsePrefix } from '../../sim/index.ts';
import type { IpCall } from './ip.ts';

const TABLES: Readonly<Record<string, number>> = { local: 255, main: 254, default: 253 };

export function ruleCommand(call: IpCall): number {
  const [verb = 'show', ...rest] = call.words;
  if (verb === 'add') return add(call, rest);
  if (verb === 'del' || verb === 'delete') return remove(call, rest);
  if (verb === 'flush') {
    // The rule of the local table stays.
    call.netns.configure({ policyRules: call.netns.config.policyRules.filter(rule => rule.priority === 0) });
    return 0;
  }
  if (!'show'.startsWith(verb) && verb !== 'list' && verb !== 'lst' && verb !== 'ls')
    return call.refuse(`Command "${verb}" is unknown, try "ip rule help".`, 255);
  const read = readSelector(call, rest);
  if (read.kind === 'refused') return read.code;
  for (const rule of call.netns.config.policyRules) if (fits(rule, read.wanted)) call.print(`${lineOf(rule)}\n`);
  return 0;
}

function lineOf(rule: PolicyRule): string {
  const address = (range: Prefix | undefined): string => (range === undefined ? 'all' : range.replace(/\/32$/, ''));
  const mark =
    rule.mark === undefined
      ? ''
      : ` fwmark 0x${rule.mark.value.toString(16)}${rule.mark.mask === 0xffffffff ? '' : `/0x${rule.mark.mask.toString(16)}`}`;
  const table = Object.keys(TABLES).find(name => TABLES[name] === rule.table) ?? String(rule.table);
  return `${rule.priority}:\tfrom ${address(rule.from)}${rule.to === undefined ? '' : ` to ${address(rule.to)}`}${mark}${rule.inInterface === undefined ? '' : ` iif ${rule.inInterface}`} lookup ${table}`;
}

/** Words of the real one that this lab does not have. */
const KNOWN = ['not', 'oif', 'tos', 'uidrange', 'ipproto', 'sport', 'dport', 'goto', 'nat', 'realms', 'protocol'];

/** What a command names of a rule. */
type Selector = { -readonly [Key in keyof PolicyRule]?: PolicyRule[Key] };

type Read =
  | { readonly kind: 'selector'; readonly wanted: Selector }
  | { readonly kind: 'refused'; readonly code: number };

function readSelector(call: IpCall, words: readonly string[]): Read {
  const wanted: Selector = {};
  const refused = (message: string, code: number): Read => ({ kind: 'refused', code: call.refuse(message, code) });
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const value = words[i + 1] ?? '';
    switch (word) {
      case 'from':
      case 'to': {
        i++;
        if (value === 'all' || value === 'any' || value === 'default') break;
        const range = prefixOf(value);
        if (range === undefined) return refused(`Error: any valid prefix is expected rather than "${value}".`, 1);
        wanted[word] = range;
        break;
      }
      case 'table':
      case 'lookup': {
        i++;
        const table = TABLES[value] ?? Number(value);
        if (!Number.isInteger(table) || value === '')
          return refused(`Error: argument "${value}" is wrong: invalid table ID\n`, 255);
        wanted.table = table;
        break;
      }
      case 'pref':
      case 'preference':
      case 'priority':
      case 'order':
        i++;
        if (!/^\d+$/.test(value))
          return refused(`Error: argument "${value}" is wrong: preference value is invalid\n`, 255);
        wanted.priority = Number(value);
        break;
      case 'fwmark': {
        i++;
        const [mark = '', mask] = value.split('/');
        const numbers = { value: Number(mark), mask: mask === undefined ? 0xffffffff : Number(mask) };
        if (mark === '' || !Number.isInteger(numbers.value) || !Number.isInteger(numbers.mask))
          return refused(`Error: argument "${mark}" is wrong: fwmark value is invalid\n`, 255);
        wanted.mark = numbers;
        break;
      }
      case 'iif':
      case 'dev':
        i++;
        wanted.inInterface = value;
        break;
      default:
        return KNOWN.includes(word)
          ? refused(`ip rule: this lab has no "${word}"; from, to, fwmark, iif, lookup and pref are here`, 255)
          : refused(`Error: argument "${word}" is wrong: Failed to parse rule type\n`, 255);
    }
  }
  return { kind: 'selector', wanted };
}

function prefixOf(text: string): Prefix | undefined {
  if (!isIp(text.split('/')[0] ?? '')) return undefined;
  try {
    return parsePrefix(text);
  } catch {
    return undefined;
  }
}

function fits(rule: PolicyRule, wanted: Selector): boolean {
  return (
    (wanted.priority === undefined || rule.priority === wanted.priority) &&
    (wanted.table === undefined || rule.table === wanted.table) &&
    (wanted.from === undefined || rule.from === wanted.from) &&
    (wanted.to === undefined || rule.to === wanted.to) &&
    (wanted.inInterface === undefined || rule.inInterface === wanted.inInterface) &&
    (wanted.mark === undefined || (rule.mark?.value === wanted.mark.value && rule.mark.mask === wanted.mark.mask))
  );
}

function add(call: IpCall, words: readonly string[]): number {
  if (words.length === 0) return call.refuse('"ip rule add" requires arguments.', 1);
  const read = readSelector(call, words);
  if (read.kind === 'refused') return read.code;
  const { policyRules } = call.netns.config;
  // In front of the second rule. Source: kernel net/core/fib_rules.c, `fib_default_rule_pref`.
  const behind = policyRules[1]?.priority ?? 0;
  const added: PolicyRule = {
    ...read.wanted,
    priority: read.wanted.priority ?? Math.max(0, behind - 1),
    table: read.wanted.table ?? TABLES.main ?? 0,
  };
  const isThere = policyRules.some(rule => lineOf(rule) === lineOf(added));
  if (isThere) return call.refuse('RTNETLINK answers: File exists');
  const at = policyRules.findIndex(rule => rule.priority > added.priority);
  call.netns.configure({ policyRules: policyRules.toSpliced(at < 0 ? policyRules.length : at, 0, added) });
  return 0;
}

function remove(call: IpCall, words: readonly string[]): number {
  if (words.length === 0) return call.refuse('"ip rule del" requires arguments.', 1);
  const read = readSelector(call, words);
  if (read.kind === 'refused') return read.code;
  const { policyRules } = call.netns.config;
  const found = policyRules.find(rule => fits(rule, read.wanted));
  if (found === undefined) return call.refuse('RTNETLINK answers: No such file or directory');
  call.netns.configure({ policyRules: policyRules.filter(rule => rule !== found) });
  return 0;
}
