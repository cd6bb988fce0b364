// Routes and policy rules of a spec, as it writes them.
//
// Read:    ip-route(8), ip-rule(8).

import { ip, prefix } from '../net/address.ts';
import { ParseError } from '../runtime/errors.ts';
import type { addRoute } from './administer.ts';
import type { RouteSpec } from './kernelSpec.ts';
import { DEFAULT_TABLE, LOCAL_TABLE, MAIN_TABLE, type PolicyRule } from './routes.ts';

/** `ip rule add` gives the number before the lowest of the others. Source: kernel net/core/fib_rules.c. */
export const FIRST_PRIORITY = 32_765;
const TABLES: Readonly<Record<string, number>> = { main: MAIN_TABLE, local: LOCAL_TABLE, default: DEFAULT_TABLE };

export function policyRule(text: string, priority: number): PolicyRule {
  const words = text.split(/\s+/).filter(word => word !== '' && word !== 'add');
  const rule: { -readonly [Key in keyof PolicyRule]: PolicyRule[Key] } = { priority, table: MAIN_TABLE };
  for (let i = 0; i < words.length; i += 2) {
    const [key = '', value = ''] = [words[i], words[i + 1]];
    if (key === 'from' || key === 'to') {
      if (value !== 'all') rule[key] = prefix(value);
    } else if (key === 'iif') rule.inInterface = value;
    else if (key === 'fwmark') {
      const [mark = '0', mask = '0xffffffff'] = value.split('/');
      rule.mark = { value: Number(mark), mask: Number(mask) };
    } else if (key === 'lookup' || key === 'table') rule.table = tableNumber(value);
    else if (key === 'priority' || key === 'pref' || key === 'preference') rule.priority = Number(value);
    else throw new ParseError(`unknown word "${key}" (from, to, iif, fwmark, lookup or priority was expected)`);
  }
  return rule;
}

const ROUTE_OPTIONS: readonly string[] = ['via', 'dev', 'src', 'proto', 'scope', 'metric', 'table', 'mtu'];
const ROUTE_TYPES = ['unicast', 'blackhole', 'unreachable', 'prohibit', 'throw'] as const;

/** @throws ParseError that says what was expected */
export function readRoute(spec: RouteSpec): Parameters<typeof addRoute>[1] {
  const type = ROUTE_TYPES.find(known => known === (spec.type ?? 'unicast'));
  if (type === undefined)
    throw new ParseError(`unknown route type "${spec.type}" (expected one of ${ROUTE_TYPES.join(', ')})`);
  return {
    type,
    dst: prefix(spec.dst === 'default' ? '0.0.0.0/0' : spec.dst),
    ...(spec.via !== undefined && { via: ip(spec.via) }),
    ...(spec.dev !== undefined && { dev: spec.dev }),
    ...(spec.src !== undefined && { src: ip(spec.src) }),
    ...(spec.metric !== undefined && { metric: wholeNumber(spec.metric, 'metric') }),
    ...(spec.onlink !== undefined && { onlink: spec.onlink }),
    ...(spec.table !== undefined && { table: tableNumber(String(spec.table)) }),
    ...(spec.mtu !== undefined && { mtu: wholeNumber(spec.mtu, 'mtu') }),
    ...(spec.proto !== undefined && { protocol: String(spec.proto) }),
    ...(spec.scope !== undefined && { scope: scopeOf(spec.scope) }),
  };
}

function tableNumber(text: string): number {
  const named = TABLES[text];
  if (named !== undefined || /^\d+$/.test(text)) return named ?? Number(text);
  throw new ParseError(`unknown table "${text}" (${Object.keys(TABLES).join(', ')} or a number was expected)`);
}

function wholeNumber(value: unknown, what: string): number {
  const read = Number(value);
  if (Number.isInteger(read) && read >= 0) return read;
  throw new ParseError(`${what} ${JSON.stringify(value)} (a number was expected)`);
}

const SCOPES = ['global', 'link', 'host'] as const;

function scopeOf(text: string): (typeof SCOPES)[number] {
  const known = SCOPES.find(scope => scope === text);
  if (known !== undefined) return known;
  throw new ParseError(`unknown scope "${text}" (expected one of ${SCOPES.join(', ')})`);
}

/** `default via 172.18.0.1`, `blackhole default`. */
export function parseRouteText(text: string): RouteSpec {
  const words = text.split(/\s+/);
  const type = ROUTE_TYPES.find(known => known === words[0]);
  if (type !== undefined) words.shift();
  const [dst = '', ...options] = words;
  const values = new Map<string, string>();
  for (let i = 0; i < options.length; i++) {
    const key = options[i] ?? '';
    if (key === 'onlink') {
      values.set(key, 'yes');
      continue;
    }
    const value = options[++i];
    if (!ROUTE_OPTIONS.includes(key) || value === undefined)
      throw new ParseError(`one of ${ROUTE_OPTIONS.join(', ')} with a value was expected at "${key}"`);
    values.set(key, value);
  }
  const said = (key: string): Record<string, string> => {
    const value = values.get(key);
    return value === undefined ? {} : { [key]: value };
  };
  const number = (key: string): Record<string, number> => {
    const value = values.get(key);
    return value === undefined ? {} : { [key]: Number(value) };
  };
  return {
    dst,
    ...(type !== undefined && { type }),
    ...said('via'),
    ...said('dev'),
    ...said('src'),
    ...said('proto'),
    ...said('scope'),
    ...number('metric'),
    ...number('table'),
    ...number('mtu'),
    ...(values.has('onlink') && { onlink: true }),
  };
}
