// What one command of iptables does to a table: -A, -I, -D, -R, -C, -P, -N, -X, -F, -E. For iptables and iptables-restore.
//
// Read:    iptables(8); iptables 1.8.9 iptables/nft-shared.c, nft.c; the errors are those of its nf_tables variant.

import { BASE_CHAINS, ParseError, parseRuleWords, type Rule, renderRule, type TableName } from '../../sim/index.ts';

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

/** Does what the words say, starting with the verb. The draft changes only when it is done. */
export function editTable(draft: TableDraft, table: TableName, words: readonly string[]): Edited {
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
      if (chain === undefined || rest[0] === undefined) return refused('kernel', NO_CHAIN);
      if (draft.has(rest[0])) return refused('kernel', 'File exists.');
      draft.delete(name);
      draft.set(rest[0], chain);
      return DONE;
    }
    default:
      return editRules(draft, table, verb, name, rest);
  }
}

function deleteChains(draft: TableDraft, table: TableName, names: readonly string[]): Edited {
  for (const name of names) {
    const chain = draft.get(name);
    if (chain === undefined) return refused('kernel', NO_CHAIN);
    const isUsed = [...draft].some(
      ([other, { rules }]) => !names.includes(other) && rules.some(rule => leadsTo(rule, name)),
    );
    if (isUsed || (names.length === 1 && chain.rules.length > 0) || isBaseChain(table, name))
      return refused('busy', `CHAIN_DEL failed (Device or resource busy): chain ${name}`);
  }
  for (const name of names) draft.delete(name);
  return DONE;
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

function editRules(draft: TableDraft, table: TableName, verb: string, name: string, rest: readonly string[]): Edited {
  const chain = draft.get(name);
  const numbered = /^\d+$/.test(rest[0] ?? '') && verb !== '-A' && verb !== '-C';
  const number = numbered ? Number(rest[0]) : undefined;
  const ruleWords = numbered ? rest.slice(1) : rest;
  if (verb === '-D' && number !== undefined) {
    if (chain === undefined) return refused('kernel', NO_CHAIN);
    if (number < 1 || number > chain.rules.length) return refused('kernel', 'Index of deletion too big.');
    draft.set(name, { ...chain, rules: chain.rules.toSpliced(number - 1, 1) });
    return DONE;
  }
  const read = readRule(draft, table, name, ruleWords);
  if (read.kind === 'refused') return read;
  if (chain === undefined) return refused('kernel', NO_CHAIN);
  const { rules } = chain;
  const { rule } = read;
  const text = renderRule(rule);
  const at = rules.findIndex(other => renderRule(other) === text);
  switch (verb) {
    case '-A':
      draft.set(name, { ...chain, rules: [...rules, rule] });
      return DONE;
    case '-I': {
      const place = number ?? 1;
      if (place < 1 || place > rules.length + 1) return refused('kernel', 'Index of insertion too big.');
      draft.set(name, { ...chain, rules: rules.toSpliced(place - 1, 0, rule) });
      return DONE;
    }
    case '-R':
      if (number === undefined) return refused('usage', '-R requires a rule number');
      if (number < 1 || number > rules.length) return refused('kernel', 'Index of replacement too big.');
      draft.set(name, { ...chain, rules: rules.toSpliced(number - 1, 1, rule) });
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

type ReadRule = { readonly kind: 'rule'; readonly rule: Rule } | Extract<Edited, { readonly kind: 'refused' }>;

function readRule(draft: TableDraft, table: TableName, chain: string, words: readonly string[]): ReadRule {
  const no = (kind: EditRefusal['kind'], message: string): ReadRule => ({
    kind: 'refused',
    refusal: { kind, message },
  });
  const stray = strayWord(words);
  if (stray !== undefined) return no('words', `Bad argument \`${stray}'`);
  let rule: Rule;
  try {
    rule = parseRuleWords(words.flatMap(spelledOut));
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { kind: 'refused', refusal: refusalOf(error.message) };
  }
  const { target } = rule;
  if ((target.kind === 'jump' || target.kind === 'goto') && !draft.has(target.chain)) {
    if (OTHER_TARGETS.includes(target.chain))
      return no('lab', `this lab's kernel does not have the target ${target.chain}`);
    return no('usage', `Chain '${target.chain}' does not exist`);
  }
  const needed = wrongPlace(target.kind, table, chain);
  return needed === undefined ? { kind: 'rule', rule } : no('busy', needed);
}

/** `--dport=80` and `-ptcp` as two words. */
function spelledOut(word: string): readonly string[] {
  const long = /^(--[\w-]+)=(.*)$/.exec(word);
  if (long !== null) return [long[1] ?? '', long[2] ?? ''];
  const short = /^(-[sdiopmjg])(.+)$/.exec(word);
  if (short !== null && !word.startsWith('--')) return [short[1] ?? '', short[2] ?? ''];
  return [WORDS[word] ?? word];
}

/** Names that iptables takes beside those that the rules are kept in. */
const WORDS: Readonly<Record<string, string>> = {
  '--src': '-s',
  '--dst': '-d',
  '--proto': '-p',
  '--in': '-i',
  '--out': '-o',
};

/** A word where an option was expected. Every option of the model but these takes one value. */
function strayWord(words: readonly string[]): string | undefined {
  const alone = ['!', '--random-fully', '--reap', '--rsource', '--rdest', '--set', '--rcheck', '--update', '--remove'];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (!word.startsWith('-') && word !== '!') return word;
    if (alone.includes(word) || (word.startsWith('--') && word.includes('=')) || /^-[a-z]./.test(word)) continue;
    i += word === '--match-set' ? 2 : 1;
  }
  return undefined;
}

/** Targets and matches that iptables has and this lab does not: a refusal of the lab, not of iptables. */
const OTHER_TARGETS = [
  'LOG NFLOG NFQUEUE QUEUE REDIRECT NETMAP TCPMSS TPROXY TTL TOS DSCP CT CONNMARK CLASSIFY SET TRACE TEE CHECKSUM AUDIT',
].flatMap(text => text.split(' '));
const OTHER_MATCHES = (
  'multiport limit hashlimit connlimit connmark connbytes connlabel icmp iprange length owner physdev pkttype state ' +
  'string time tos ttl dscp u32 quota helper ipvs rpfilter socket sctp dccp esp ah cluster cpu devgroup bpf cgroup'
).split(' ');

/** The parser's words as iptables has them. */
function refusalOf(message: string): EditRefusal {
  const quoted = /"([^"]*)"/.exec(message)?.[1] ?? '';
  if (message.startsWith('unknown match'))
    return OTHER_MATCHES.includes(quoted)
      ? { kind: 'lab', message: `this lab's kernel does not have the match ${quoted}` }
      : { kind: 'usage', message: `Couldn't load match \`${quoted}':No such file or directory\n` };
  if (message.startsWith('unknown option')) return { kind: 'usage', message: `unknown option "${quoted}"` };
  if (message.startsWith('unknown protocol'))
    return { kind: 'usage', message: `unknown protocol "${quoted}" specified` };
  if (message.startsWith('not an IP address') || message.startsWith('not a prefix'))
    return { kind: 'usage', message: `host/network \`${quoted.split('/')[0] ?? quoted}' not found` };
  if (message.startsWith('not a port'))
    return { kind: 'usage', message: `invalid port/service \`${quoted}' specified` };
  if (message.startsWith('"-p tcp" or')) return { kind: 'usage', message: 'unknown option "--dport"' };
  return { kind: 'usage', message };
}

/** Where the kernel refuses a target. Source: kernel `xt_check_target`. */
function wrongPlace(target: string, table: TableName, chain: string): string | undefined {
  const natOnly = ['DNAT', 'SNAT', 'MASQUERADE'];
  const isWrong =
    (natOnly.includes(target) && table !== 'nat') ||
    (target === 'REJECT' && table !== 'filter') ||
    (target === 'NOTRACK' && table !== 'raw') ||
    (target === 'DNAT' && (chain === 'INPUT' || chain === 'POSTROUTING')) ||
    (target === 'SNAT' && (chain === 'PREROUTING' || chain === 'OUTPUT')) ||
    (target === 'MASQUERADE' && isBaseChain(table, chain) && chain !== 'POSTROUTING');
  return isWrong ? `RULE_APPEND failed (Invalid argument): rule in chain ${chain}` : undefined;
}
