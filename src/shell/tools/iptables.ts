// iptables: lists and changes the rules of a table, as iptables 1.8.9 (nf_tables) does.
//
// Read:    iptables(8); iptables 1.8.9 iptables/xtables.c; recordings (tests/shell/tools/iptables.test.ts).

import {
  makeTable,
  type Netns,
  type Rule,
  renderAppend,
  TABLE_NAMES,
  type TableName,
  wrongJumpOf,
} from '../../sim/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { EDIT_VERBS, type EditRefusal, editTable, shortVerb, tooManyLinks } from './iptablesEdit.ts';
import { chainText, type ListFormat, ruleLine } from './iptablesList.ts';
import { draftOf } from './iptablesRestore.ts';
import { ALONE } from './iptablesRule.ts';

const PROGRAM = 'iptables v1.8.9 (nf_tables)';
const HELP = "Try `iptables -h' or 'iptables --help' for more information.\n";
const LIST_VERBS: Readonly<Record<string, string>> = { '--list': '-L', '--list-rules': '-S' };
const VERBS = [...EDIT_VERBS, '-L', '-S'];

/** A command line taken apart. */
interface Call {
  readonly table: string;
  readonly verb: string;
  /** The chain and what follows it. */
  readonly words: readonly string[];
  readonly format: ListFormat;
}

type Read = { readonly kind: 'call'; readonly call: Call } | { readonly kind: 'usage'; readonly message: string };

export const iptables: Command = {
  name: 'iptables',
  at: ['host', 'container'],
  summary: 'list and change the netfilter rules',
  run(words, context) {
    if (words.includes('-V') || words.includes('--version')) {
      context.output.write('out', `${PROGRAM}\n`);
      return 0;
    }
    const read = readCall(words);
    const say = (text: string): void => context.output.write('err', text);
    if (read.kind === 'usage') {
      say(`${PROGRAM}: ${read.message}\n${HELP}`);
      return 2;
    }
    const { call } = read;
    const table = TABLE_NAMES.find(known => known === call.table);
    if (table === undefined) {
      say(`${PROGRAM}: table '${call.table}' does not exist\nPerhaps iptables or your kernel needs to be upgraded.\n`);
      return 3;
    }
    context.lab.read(context.place.netns);
    const netns = context.lab.world.get(context.place.netns);
    return call.verb === '-L' || call.verb === '-S' ? list(netns, table, call, context) : edit(netns, table, call, say);
  },
  complete: words => {
    const last = words.at(-2) ?? '';
    if (last === '-t') return TABLE_NAMES;
    return words.length <= 1 ? ['-t', '-L', '-S', '-A', '-I', '-D', '-P'] : ['-n', '-v', '--line-numbers'];
  },
};

const FLAGS: Readonly<Record<string, string>> = {
  '--numeric': '-n',
  '--verbose': '-v',
  '--exact': '-x',
  '--line-numbers': '-0',
  '-4': '-4',
};

function readCall(typed: readonly string[]): Read {
  let table = 'filter';
  let verb: string | undefined;
  const flags = new Set<string>();
  const words: string[] = [];
  const pending = typed.flatMap(splitCluster);
  for (let i = 0; i < pending.length; i++) {
    const word = pending[i] ?? '';
    const flag = FLAGS[word] ?? word;
    if (['-n', '-v', '-x', '-0', '-4'].includes(flag)) flags.add(flag);
    else if (word === '-t' || word === '--table') table = pending[++i] ?? '';
    else if (word.startsWith('--table=')) table = word.slice('--table='.length);
    else if (word === '-w' || word === '--wait') {
      if (/^\d+$/.test(pending[i + 1] ?? '')) i++;
    } else if (VERBS.includes(LIST_VERBS[word] ?? shortVerb(word))) {
      const meant = LIST_VERBS[word] ?? shortVerb(word);
      if (verb !== undefined) return { kind: 'usage', message: `Cannot use ${meant} with ${verb}` };
      verb = meant;
    } else {
      words.push(word);
      const takesValue =
        word.startsWith('-') && !ALONE.includes(word) && !(word.startsWith('--') && word.includes('='));
      if (!takesValue) continue;
      const count = word === '--match-set' ? 2 : 1;
      const values = pending.slice(i + 1, i + 1 + count);
      if (values.length < count && verb !== undefined && /^-[sdiopmjg]$/.test(word))
        return { kind: 'usage', message: `option "${word}" requires an argument` };
      words.push(...values);
      i += values.length;
    }
  }
  if (verb === undefined) {
    const [first = ''] = words;
    const isOption = first.startsWith('-') && !/^-[sdiopmjg]$/.test(first);
    return { kind: 'usage', message: isOption ? `unknown option "${first}"` : 'no command specified' };
  }
  return {
    kind: 'call',
    call: {
      table,
      verb,
      words,
      format: {
        names: flags.has('-n') ? 'numeric' : 'named',
        detail: flags.has('-v') ? 'verbose' : 'plain',
        counters: flags.has('-x') ? 'exact' : 'short',
        lineNumbers: flags.has('-0') ? 'numbered' : 'plain',
      },
    },
  };
}

/** `-nvL KUBE-SERVICES` as `-n -v -L KUBE-SERVICES`: behind the letter of a command stands its chain. */
function splitCluster(word: string): readonly string[] {
  const cluster = /^-([nvx]*)([LSFZXADIRCPNE]?)(.*)$/.exec(word);
  if (cluster === null || word.startsWith('--')) return [word];
  const [, letters = '', verb = '', rest = ''] = cluster;
  if (verb === '' && (rest !== '' || letters === '')) return [word];
  return [
    ...[...letters].map(letter => `-${letter}`),
    ...(verb === '' ? [] : [`-${verb}`]),
    ...(rest === '' ? [] : [rest]),
  ];
}

function list(netns: Netns, table: TableName, { verb, words, format }: Call, context: CommandContext): number {
  const chains = netns.config.netfilter.tables.get(table)?.chains ?? makeTable(table, new Map()).chains;
  const [name, number] = words;
  if (name !== undefined && !chains.has(name)) {
    context.output.write('err', `${PROGRAM}: chain \`${name}' in table \`${table}' is incompatible, use 'nft' tool.\n`);
    return 1;
  }
  const print = (text: string): void => context.output.write('out', text);
  const wanted = [...chains.values()].filter(chain => name === undefined || chain.name === name);
  if (name !== undefined && number !== undefined) {
    const rule = wanted[0]?.rules[Number(number) - 1];
    if (rule !== undefined)
      print(`${verb === '-S' ? saved(name, rule, format) : ruleLine(rule, Number(number), format)}\n`);
    return 0;
  }
  if (verb === '-S') {
    const counters = format.detail === 'verbose' ? ' -c 0 0' : '';
    for (const chain of wanted)
      print(chain.policy === undefined ? `-N ${chain.name}\n` : `-P ${chain.name} ${chain.policy}${counters}\n`);
    for (const chain of wanted) for (const rule of chain.rules) print(`${saved(chain.name, rule, format)}\n`);
    return 0;
  }
  const all = [...chains.values()].flatMap(chain => chain.rules);
  const referencesTo = (chain: string): number =>
    all.filter(({ target }) => (target.kind === 'jump' || target.kind === 'goto') && target.chain === chain).length;
  print(
    wanted
      .map(({ name: chain, policy, rules }) =>
        chainText({ name: chain, policy, rules, references: referencesTo(chain) }, format),
      )
      .join('\n'),
  );
  return 0;
}

/** A line of `-S`; with -v its counters stand before the target. */
function saved(chain: string, rule: Rule, format: ListFormat): string {
  if (format.detail === 'plain') return renderAppend(chain, rule);
  const without = renderAppend(chain, { ...rule, target: { kind: 'none' } });
  return `${without} -c 0 0${renderAppend(chain, { matches: [], target: rule.target }).slice(`-A ${chain}`.length)}`;
}

function edit(netns: Netns, table: TableName, { verb, words }: Call, say: (text: string) => void): number {
  const draft = draftOf(netns, table, 'keep-others');
  const edited = editTable(draft, table, [verb, ...words]);
  if (edited.kind === 'refused') return refuse(edited.refusal, say);
  if (verb === '-C') return 0;
  if (wrongJumpOf(table, draft) !== undefined)
    return refuse({ kind: 'busy', message: tooManyLinks(words[0] ?? '') }, say);
  const made = makeTable(table, draft);
  netns.configure({ netfilter: { tables: new Map([...netns.config.netfilter.tables, [table, made]]) } });
  return 0;
}

function refuse({ kind, message }: EditRefusal, say: (text: string) => void): number {
  switch (kind) {
    case 'usage':
      say(`${PROGRAM}: ${message}\n${HELP}`);
      return 2;
    case 'words':
      say(`${message}\n${HELP}`);
      return 2;
    case 'lab':
      say(`iptables: ${message}\n`);
      return 2;
    case 'kernel':
      say(`iptables: ${message}\n`);
      return 1;
    case 'busy':
      say(`${PROGRAM}:  ${message}\n`);
      return 4;
  }
}
