// One rule as a learner types it, read as iptables 1.8.9 (nf_tables) reads it: other spellings, checks, and its errors.
//
// Omits:   `-m state` is kept as `-m conntrack`, which is what it asks.
// Read:    iptables(8), iptables-extensions(8); iptables 1.8.9 libxtables/xtables.c, iptables/xshared.c.

import { type Match, ParseError, parseRuleWords, type Rule, type TableName } from '../../sim/index.ts';
import type { EditRefusal } from './iptablesEdit.ts';
import { servicePort } from './services.ts';

/** Where the rule is to stand. */
export interface RulePlace {
  readonly table: TableName;
  readonly chain: string;
  /** The chains that it may lead to; undefined: that is looked at later. */
  readonly chains: ReadonlyMap<string, unknown> | undefined;
}

/** Several addresses after one -s or -d stand for several rules. */
export type ReadRules =
  | { readonly kind: 'rules'; readonly rules: readonly Rule[] }
  | { readonly kind: 'refused'; readonly refusal: EditRefusal };

const no = (kind: EditRefusal['kind'], message: string): ReadRules => ({ kind: 'refused', refusal: { kind, message } });

export function readRules(typed: readonly string[], place: RulePlace): ReadRules {
  const stray = strayWord(typed);
  if (stray !== undefined) return no('words', `Bad argument \`${stray}'`);
  const nat =
    typed[typed.findIndex(word => word === '-j' || word === '--jump') + 1] === 'SNAT'
      ? '--to-source'
      : '--to-destination';
  // Any beginning of an option is enough for iptables; this one is often typed.
  const whole = typed.map(word => (word === '--to' ? nat : word));
  const words = whole.flatMap(spelledOut).map((word, i, all) => plainValue(all[i - 1], word));
  const twice = ['-s', '-d', '-p', '-i', '-o', '-j'].find(option => words.filter(word => word === option).length > 1);
  if (twice !== undefined) return no('usage', `multiple ${twice} flags not allowed`);
  const rules: Rule[] = [];
  for (const one of perAddress(words)) {
    try {
      rules.push(inOrder(parseRuleWords(withoutAll(one))));
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      return { kind: 'refused', refusal: refusalOf(error.message, words) };
    }
  }
  for (const rule of rules) {
    const refusal = wrongRule(rule, place);
    if (refusal !== undefined) return { kind: 'refused', refusal };
  }
  return { kind: 'rules', rules };
}

/** `--dport=80` and `-ptcp` as two words. */
function spelledOut(word: string): readonly string[] {
  const long = /^(--[\w-]+)=(.*)$/.exec(word);
  if (long !== null) return [SHORT[long[1] ?? ''] ?? long[1] ?? '', long[2] ?? ''];
  const short = /^(-[sdiopmjg])(.+)$/.exec(word);
  if (short !== null && !word.startsWith('--')) return [short[1] ?? '', short[2] ?? ''];
  return [SHORT[word] ?? word];
}

/** Options by the names under which rules are kept. */
const SHORT: Readonly<Record<string, string>> = {
  '--src': '-s',
  '--source': '-s',
  '--dst': '-d',
  '--destination': '-d',
  '--proto': '-p',
  '--protocol': '-p',
  '--in-interface': '-i',
  '--out-interface': '-o',
  '--match': '-m',
  '--jump': '-j',
  '--goto': '-g',
};
const PORT_OPTIONS = ['--dport', '--destination-port', '--sport', '--source-port'];

/** Names of ports and short forms of addresses in the form in which rules are kept. */
function plainValue(option: string | undefined, word: string): string {
  if (option === '-s' || option === '-d') return word.split(',').map(range).join(',');
  if (option !== undefined && (PORT_OPTIONS.includes(option) || ['--dports', '--sports', '--ports'].includes(option)))
    return word
      .replaceAll(/[a-z][\w-]*/g, name => String(servicePort(name) ?? name))
      .replace(/^:(?=\d)/, '0:')
      .replace(/(?<=\d):$/, ':65535');
  return word;
}

/** `0/0` and `10.0.0.0/255.0.0.0` with the length of the prefix. */
function range(text: string): string {
  const [address = '', mask] = text.split('/');
  if (mask === undefined) return text;
  if (address === '0' && mask === '0') return '0.0.0.0/0';
  if (!mask.includes('.')) return text;
  const bits = mask
    .split('.')
    .map(octet => Number(octet).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(bits) ? `${address}/${bits.indexOf('0') < 0 ? 32 : bits.indexOf('0')}` : text;
}

function perAddress(words: readonly string[]): readonly (readonly string[])[] {
  const at = words.findIndex((word, i) => ['-s', '-d'].includes(words[i - 1] ?? '') && word.includes(','));
  if (at < 0) return [words];
  return (words[at] ?? '').split(',').flatMap(address => perAddress(words.with(at, address)));
}

/** Every address and every protocol are no condition. */
function withoutAll(words: readonly string[]): readonly string[] {
  const isAll = (i: number): boolean =>
    (['-s', '-d'].includes(words[i] ?? '') && words[i + 1] === '0.0.0.0/0' && words[i - 1] !== '!') ||
    (words[i] === '-p' && ['all', '0'].includes(words[i + 1] ?? ''));
  return words.filter((_, i) => !isAll(i) && !isAll(i - 1));
}

/** Source: extensions/libxt_conntrack.c, `print_state`. */
const STATES = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED', 'SNAT', 'DNAT'] as const;

/** States in the order in which iptables keeps them. */
function inOrder(rule: Rule): Rule {
  const ordered = (match: Match): Match =>
    match.kind === 'ctstate' ? { ...match, states: STATES.filter(state => match.states.includes(state)) } : match;
  return { ...rule, matches: rule.matches.map(ordered) };
}

/** Options that stand without a value. */
export const ALONE = (
  '! --random-fully --reap --rsource --rdest --set --rcheck --update --remove --physdev-is-bridged --physdev-is-in ' +
  '--notrack --save-mark --restore-mark --syn --clamp-mss-to-pmtu'
).split(' ');

/** A word where an option was expected. */
function strayWord(words: readonly string[]): string | undefined {
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (!word.startsWith('-') && word !== '!') return word;
    if (ALONE.includes(word) || (word.startsWith('--') && word.includes('=')) || /^-[sdiopmjg]./.test(word)) continue;
    i += word === '--match-set' || word === '--tcp-flags' ? 2 : 1;
  }
  return undefined;
}

/** What iptables has and this lab does not: a refusal of the lab, not of iptables. */
const OTHER_TARGETS = 'NFLOG NFQUEUE QUEUE NETMAP TCPMSS TPROXY TTL TOS DSCP CT CLASSIFY SET TRACE TEE CHECKSUM'.split(
  ' ',
);
const OTHER_MATCHES = (
  'limit hashlimit connlimit connbytes connlabel length owner pkttype string ' +
  'time tos ttl dscp u32 quota helper ipvs rpfilter socket sctp dccp esp ah cluster cpu devgroup bpf cgroup'
).split(' ');

const OTHER_OPTIONS = ['--syn', '--tcp-flags', '--tcp-option', '--mss', '--uid-owner', '--hex-string'];

/** Checks that the words alone do not show. */
function wrongRule(rule: Rule, { table, chain, chains }: RulePlace): EditRefusal | undefined {
  const { matches, target } = rule;
  const usage = (message: string): EditRefusal => ({ kind: 'usage', message });
  const protocol = matches.find(match => match.kind === 'protocol' && !match.negated);
  for (const match of matches) {
    if (match.kind === 'ports' && !(protocol?.kind === 'protocol' && protocol.protocol === match.protocol))
      return usage(match.protocol === 'tcp' ? "TCP match requires '-p tcp'" : "UDP match requires '-p udp'");
    if (match.kind !== 'in-interface' && match.kind !== 'out-interface') continue;
    if (match.name.length > 15) return usage(`interface name \`${match.name}' must be shorter than IFNAMSIZ (15)`);
    const never = match.kind === 'in-interface' ? ['OUTPUT', 'POSTROUTING'] : ['INPUT', 'PREROUTING'];
    if (never.includes(chain)) return usage(`Can't use ${match.kind === 'in-interface' ? '-i' : '-o'} with ${chain}\n`);
  }
  if (target.kind === 'jump' || target.kind === 'goto') {
    if (OTHER_TARGETS.includes(target.chain))
      return { kind: 'lab', message: `this lab's kernel does not have the target ${target.chain}` };
    if (chains?.has(target.chain) === false) return usage(`Chain '${target.chain}' does not exist`);
  }
  if (table === 'nat' && target.kind === 'DROP')
    return usage('\nThe "nat" table is not intended for filtering, the use of DROP is therefore inhibited.\n\n');
  const isTcp = protocol?.kind === 'protocol' && protocol.protocol === 'tcp';
  const isWrong =
    isWrongPlace(rule, table, chain) || (target.kind === 'REJECT' && target.with === 'tcp-reset' && !isTcp);
  return isWrong
    ? { kind: 'busy', message: `RULE_APPEND failed (Invalid argument): rule in chain ${chain}` }
    : undefined;
}

/** Where the kernel refuses a target. Source: kernel net/netfilter/x_tables.c, `xt_check_target`. */
function isWrongPlace({ target: { kind } }: Rule, table: TableName, chain: string): boolean {
  switch (kind) {
    case 'DNAT':
      return table !== 'nat' || chain === 'INPUT' || chain === 'POSTROUTING';
    case 'SNAT':
      return table !== 'nat' || chain === 'PREROUTING' || chain === 'OUTPUT';
    case 'MASQUERADE':
      return table !== 'nat' || ['PREROUTING', 'INPUT', 'OUTPUT'].includes(chain);
    case 'REJECT':
      return table !== 'filter';
    case 'REDIRECT':
      return table !== 'nat' || chain === 'INPUT' || chain === 'POSTROUTING';
    case 'NOTRACK':
      return table !== 'raw';
    default:
      return false;
  }
}

/** The parser's words as iptables has them. */
function refusalOf(message: string, words: readonly string[]): EditRefusal {
  const quoted = /"([^"]*)"/.exec(message)?.[1] ?? '';
  const usage = (text: string): EditRefusal => ({ kind: 'usage', message: text });
  const begins = (...starts: readonly string[]): boolean => starts.some(start => message.startsWith(start));
  if (begins('unknown match') && OTHER_MATCHES.includes(quoted))
    return { kind: 'lab', message: `this lab's kernel does not have the match ${quoted}` };
  if (begins('unknown match')) return usage(`Couldn't load match \`${quoted}':No such file or directory\n`);
  if (begins('unknown option') && OTHER_OPTIONS.includes(quoted))
    return { kind: 'lab', message: `this lab's kernel does not have the option ${quoted}` };
  if (begins('"--comment" was')) return usage('comment: option "--comment" must be specified\n');
  if (begins('unknown option')) return usage(`unknown option "${quoted}"`);
  if (begins('unknown protocol')) return usage(`unknown protocol "${quoted}" specified`);
  if (begins('unknown ICMP type')) return usage(`Unknown ICMP type \`${quoted}'`);
  if (begins('unknown state')) return usage(`Bad ctstate "${quoted}"`);
  if (begins('unknown kind of rejection')) return usage(`unknown reject type "${quoted}"`);
  if (begins('not a prefix')) return usage(`invalid mask \`${quoted.split('/')[1] ?? ''}' specified`);
  if (begins('not an IP address')) return usage(`host/network \`${quoted.split('/')[0] ?? quoted}' not found`);
  if (begins('not a port')) return usage(`invalid port/service \`${quoted}' specified`);
  if (begins('not a mark')) {
    const option = words[words.indexOf(quoted) - 1] ?? '--mark';
    const owner = option === '--mark' ? 'mark' : 'MARK';
    return usage(`${owner}: bad integer value for option "${option}", or out of range.\n`);
  }
  if (begins('"-p tcp" or'))
    return usage(`unknown option "${words.find(word => PORT_OPTIONS.includes(word)) ?? '--dport'}"`);
  if (begins('"--to-destination" was', '"--to-source" was'))
    return usage(`${words.at(words.indexOf('-j') + 1) ?? ''}: option "${quoted}" must be specified\n`);
  if (begins('"--ctstate"')) return usage('conntrack: At least one option is required');
  return usage(message);
}
