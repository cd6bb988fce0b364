// What one command of iptables does to a table: -A, -I, -D, -R, -C, -P, -N, -X, -F, -E. For iptables and iptables-restore.
//
// Read:    iptables(8); iptables 1.8.9 iptables/nft-shared.c, nft.c; the errors are those of its nf_tables variant.

import { BASE_CHAINS, type Rule, renderRule, type TableName } from '../../sim/index.ts';
import { readRules } from './iptablesRule.ts';

/** A table that is being written: its chains by name. */
export type ChainDraft = { policy: 'ACCEPT' | 'DROP' | undefined; rules: readonly Rule[] };
export type TableDraft = Map<string, ChainDraft>;

/**
 * Why a command is refused.
 * - `usage`: the words are wrong: `iptables v1.8.9 (nf_tables): MESSAGE`, then where to get help; exit code 2.
 * - `words`: the words are wrong, and the message stands alone before the help; exit code 2.
 * - `kernel`: the table does not have it: `iptables: MESSAGE`; exit code 1.
 * - `busy`: the kernel refused the change; exit code 4.
 * - `lab`: iptables has it, this lab does not; exit code 2.
 */
export interface EditRefusal {
  readonly kind: 'usage' | 'words' | 'kernel' | 'busy' | 'lab';
  readonly message: string;
}

export type Edited = { readonly kind: 'done' } | ({ readonly kind: 'refused' } & { readonly refusal: EditRefusal });

const DONE: Edited = { kind: 'done' };
const refused = (kind: EditRefusal['kind'], message: string): Edited => ({
  kind: 'refused',
  refusal: { kind, message },
});

const LONG_VERBS: Readonly<Record<string, string>> = {
  '--append': '-A',
  '--insert': '-I',
  '--delete': '-D',
  '--replace': '-R',
  '--check': '-C',
  '--policy': '-P',
  '--new-chain': '-N',
  '--delete-chain': '-X',
  '--flush': '-F',
  '--rename-chain': '-E',
  '--zero': '-Z',
};
export const EDIT_VERBS = Object.values(LONG_VERBS);

/** `--append` as `-A`. */
export const shortVerb = (word: string): string => LONG_VERBS[word] ?? word;

const NO_CHAIN = 'No chain/target/match by that name.';
const NO_RULE = 'Bad rule (does a matching rule exist in that chain?).';

/** Whether a rule may lead only to a chain that is there now, or to one that is there in the end. */
export type Jumps = 'checked-now' | 'checked-later';

/** Does what the words say, starting with the verb. The draft changes only when it is done. */
export function editTable(
  draft: TableDraft,
  table: TableName,
  words: readonly string[],
  jumps: Jumps = 'checked-now',
): Edited {
  const [typed = '', name, ...rest] = words;
  const verb = shortVerb(typed);
  const isBase = name !== undefined && isBaseChain(table, name);
  switch (verb) {
    case '-F':
    case '-Z': {
      if (name !== undefined && !draft.has(name)) return refused('kernel', NO_CHAIN);
      if (verb === '-F')
        for (const [key, chain] of draft)
          if (name === undefined || key === name) draft.set(key, { ...chain, rules: [] });
      return DONE;
    }
    case '-X': {
      const names = name === undefined ? [...draft.keys()].filter(other => !isBaseChain(table, other)) : [name];
      return deleteChains(draft, table, names);
    }
    default:
  }
  if (name === undefined) return refused('usage', `option "${typed}" requires an argument`);
  switch (verb) {
    case '-N':
      if (draft.has(name)) return refused('kernel', 'Chain already exists.');
      draft.set(name, { policy: undefined, rules: [] });
      return DONE;
    case '-P':
      return setPolicy(draft, name, isBase, rest[0]);
    case '-E': {
      const chain = draft.get(name);
      if (rest[0] === undefined) return refused('usage', '-E requires old-chain-name and new-chain-name');
      // Both ways to fail have one name. Source: iptables/nft.c, `nft_chain_user_rename`.
      if (chain === undefined || draft.has(rest[0])) return refused('kernel', 'File exists.');
      renameChain(draft, name, rest[0]);
      return DONE;
    }
    default:
      return editRules(draft, table, verb, name, rest, jumps);
  }
}

function deleteChains(draft: TableDraft, table: TableName, names: readonly string[]): Edited {
  for (const name of names) {
    const chain = draft.get(name);
    if (chain === undefined) return refused('kernel', NO_CHAIN);
    if (isBaseChain(table, name)) return refused('kernel', 'Directory not empty.');
    const isUsed = [...draft].some(
      ([other, { rules }]) => !names.includes(other) && rules.some(rule => leadsTo(rule, name)),
    );
    if (isUsed || (names.length === 1 && chain.rules.length > 0))
      return refused('busy', `CHAIN_DEL failed (Device or resource busy): chain ${name}`);
  }
  for (const name of names) draft.delete(name);
  return DONE;
}

function renameChain(draft: TableDraft, from: string, to: string): void {
  const entries = [...draft].map(([name, chain]): [string, ChainDraft] => [
    name === from ? to : name,
    { ...chain, rules: chain.rules.map(rule => (leadsTo(rule, from) ? led(rule, to) : rule)) },
  ]);
  draft.clear();
  for (const [name, chain] of entries) draft.set(name, chain);
}

function led(rule: Rule, chain: string): Rule {
  const { target } = rule;
  return target.kind === 'jump' || target.kind === 'goto' ? { ...rule, target: { kind: target.kind, chain } } : rule;
}

function setPolicy(draft: TableDraft, name: string, isBase: boolean, policy: string | undefined): Edited {
  if (policy === undefined) return refused('usage', '-P requires a chain and a policy');
  if (policy !== 'ACCEPT' && policy !== 'DROP')
    return refused('kernel', "Bad policy name. Run `dmesg' for more information.");
  const chain = draft.get(name);
  if (!isBase || chain === undefined) return refused('kernel', 'Bad built-in chain name.');
  draft.set(name, { ...chain, policy });
  return DONE;
}

function editRules(
  draft: TableDraft,
  table: TableName,
  verb: string,
  name: string,
  rest: readonly string[],
  jumps: Jumps,
): Edited {
  const chain = draft.get(name);
  const numbered = /^\d+$/.test(rest[0] ?? '') && verb !== '-A' && verb !== '-C';
  const number = numbered ? Number(rest[0]) : undefined;
  const ruleWords = numbered ? rest.slice(1) : rest;
  if (number === 0) return refused('usage', "Invalid rule number `0'");
  if (verb === '-D' && number !== undefined) {
    if (chain === undefined) return refused('kernel', NO_CHAIN);
    if (number < 1 || number > chain.rules.length) return refused('kernel', 'Index of deletion too big.');
    draft.set(name, { ...chain, rules: chain.rules.toSpliced(number - 1, 1) });
    return DONE;
  }
  const read = readRules(ruleWords, { table, chain: name, chains: jumps === 'checked-now' ? draft : undefined });
  if (read.kind === 'refused') return read;
  if (chain === undefined) return refused('kernel', NO_CHAIN);
  const { rules } = chain;
  const texts = read.rules.map(renderRule);
  const [text = ''] = texts;
  const at = rules.findIndex(other => renderRule(other) === text);
  switch (verb) {
    case '-A':
      draft.set(name, { ...chain, rules: [...rules, ...read.rules] });
      return DONE;
    case '-I': {
      const place = number ?? 1;
      if (place < 1 || place > rules.length + 1) return refused('kernel', 'Index of insertion too big.');
      draft.set(name, { ...chain, rules: rules.toSpliced(place - 1, 0, ...read.rules) });
      return DONE;
    }
    case '-R':
      if (number === undefined) return refused('usage', '-R requires a rule number');
      if (number < 1 || number > rules.length) return refused('kernel', 'Index of replacement too big.');
      draft.set(name, { ...chain, rules: rules.toSpliced(number - 1, 1, ...read.rules) });
      return DONE;
    default:
      if (at < 0) return refused('kernel', NO_RULE);
      if (verb === '-D') draft.set(name, { ...chain, rules: rules.toSpliced(at, 1) });
      return DONE;
  }
}

export function isBaseChain(table: TableName, name: string): boolean {
  return BASE_CHAINS[table].some(base => base === name);
}

function leadsTo({ target }: Rule, chain: string): boolean {
  return (target.kind === 'jump' || target.kind === 'goto') && target.chain === chain;
}

/** Rules that lead in a circle, or too deep. */
export function tooManyLinks(chain: string): string {
  return `RULE_APPEND failed (Too many links): rule in chain ${chain}`;
}
