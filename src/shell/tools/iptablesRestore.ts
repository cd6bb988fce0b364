// iptables-restore: a whole text of rules, table by table, as iptables 1.8.9 (nf_tables) takes it.
//
// Read:    iptables-restore(8); iptables 1.8.9 iptables/xtables-restore.c; recordings (tests/shell/tools/iptablesRestore.test.ts).

import {
  makeTable,
  type Netns,
  type Rule,
  splitWords,
  TABLE_NAMES,
  type TableName,
  wrongJumpOf,
} from '../../sim/index.ts';
import type { Command } from '../command.ts';
import { readSources } from '../filters/input.ts';
import { parseOptions } from './flags.ts';
import { type EditRefusal, editTable, isBaseChain, type TableDraft, tooManyLinks } from './iptablesEdit.ts';

const PROGRAM = 'iptables-restore';
const VERSION = `${PROGRAM} v1.8.9 (nf_tables)`;

const OPTIONS = {
  '-n': 'flag',
  '--noflush': 'flag',
  '-t': 'flag',
  '--test': 'flag',
  '-c': 'flag',
  '--counters': 'flag',
  '-v': 'flag',
  '--verbose': 'flag',
  '-w': 'value',
  '--wait': 'flag',
  '-T': 'value',
  '--table': 'value',
} as const;

/** Which chains stay: `--noflush` keeps those that the text does not name. */
type Keeping = 'keep-others' | 'flush-table';

interface Refused {
  readonly message: string;
  readonly code: number;
}

export const iptablesRestore: Command = {
  name: 'iptables-restore',
  at: ['host', 'container'],
  summary: 'write netfilter rules from a text',
  run(words, context) {
    const parsed = parseOptions(words, OPTIONS);
    if (parsed.kind !== 'parsed') {
      context.output.write(
        'err',
        `${PROGRAM}: ${parsed.option.startsWith('--') ? `unrecognized option '${parsed.option}'` : `invalid option -- '${parsed.option.slice(1)}'`}\nTry \`${PROGRAM} -h' for more information.\n`,
      );
      return 1;
    }
    const { flags, values, rest } = parsed;
    const { sources, failed } = readSources(
      PROGRAM,
      rest.slice(0, 1),
      context,
      name => `Can't open ${name}: No such file or directory`,
    );
    const [source] = sources;
    if (failed === 'some' || source === undefined) return 1;
    context.lab.read(context.place.netns);
    const refused = restoreRules(context.lab.world.get(context.place.netns), source.text, {
      keeping: flags.has('-n') || flags.has('--noflush') ? 'keep-others' : 'flush-table',
      onlyTable: values.get('-T') ?? values.get('--table'),
      effect: flags.has('-t') || flags.has('--test') ? 'test' : 'write',
    });
    if (refused === undefined) return 0;
    context.output.write('err', refused.message);
    return refused.code;
  },
};

interface RestoreWishes {
  readonly keeping: Keeping;
  readonly onlyTable: string | undefined;
  readonly effect: 'write' | 'test';
}

/** Writes each table at its COMMIT: those before a bad line stay written. */
function restoreRules(netns: Netns, text: string, wishes: RestoreWishes): Refused | undefined {
  let table: TableName | undefined;
  let draft: TableDraft = new Map();
  /** The lines of the rules that stand last in their chains. */
  const appended = new Map<Rule, number>();
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  for (const [i, raw] of lines.entries()) {
    const line = raw.trim();
    const at = i + 1;
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('*') && table === undefined) {
      const name = line.slice(1).split(/\s/)[0] ?? '';
      table = TABLE_NAMES.find(known => known === name);
      if (table === undefined) return usage(`${PROGRAM}: line ${at} table name '${name}' invalid`, at);
      draft = draftOf(netns, table, wishes.keeping);
    } else if (table === undefined) return { message: `${PROGRAM}: line ${at} failed\n`, code: 1 };
    else if (line === 'COMMIT') {
      if (wishes.onlyTable === undefined || wishes.onlyTable === table) {
        const refused = commit(netns, table, draft, appended, wishes.effect, at);
        if (refused !== undefined) return refused;
      }
      table = undefined;
    } else if (line.startsWith(':')) {
      const [name = '', policy] = line.slice(1).split(/\s+/);
      if (policy === undefined) return usage(`${PROGRAM}: line ${at} policy invalid`, at);
      if (!isBaseChain(table, name)) draft.set(name, { policy: undefined, rules: [] });
      else if (policy === 'ACCEPT' || policy === 'DROP')
        draft.set(name, { rules: draft.get(name)?.rules ?? [], policy });
      else if (policy !== '-') return { message: `${PROGRAM}: line ${at} failed: Bad policy name.\n`, code: 1 };
    } else {
      const refused = command(draft, table, line, at);
      if (refused !== undefined) return refused;
      const last = draft.get(line.split(/\s+/)[1] ?? '')?.rules.at(-1);
      if (last !== undefined && !appended.has(last)) appended.set(last, at);
    }
  }
  return table === undefined
    ? undefined
    : { message: `${PROGRAM}: COMMIT expected at line ${lines.length + 1}\n`, code: 1 };
}

/** What a table begins with: what it has, or nothing. */
export function draftOf(netns: Netns, table: TableName, keeping: Keeping): TableDraft {
  const chains = netns.config.netfilter.tables.get(table)?.chains ?? makeTable(table, new Map()).chains;
  const kept = [...chains.values()].filter(({ name }) => keeping === 'keep-others' || isBaseChain(table, name));
  return new Map(
    kept.map(chain => [
      chain.name,
      keeping === 'keep-others' ? { policy: chain.policy, rules: chain.rules } : { policy: 'ACCEPT', rules: [] },
    ]),
  );
}

function commit(
  netns: Netns,
  table: TableName,
  draft: TableDraft,
  lines: ReadonlyMap<Rule, number>,
  effect: 'write' | 'test',
  at: number,
): Refused | undefined {
  const wrong = wrongJumpOf(table, draft);
  if (wrong?.kind === 'missing') return usage(`Chain '${wrong.to}' does not exist`, at);
  if (wrong !== undefined) {
    const rule = draft.get(wrong.chain)?.rules[wrong.number - 1];
    const line = rule === undefined ? undefined : lines.get(rule);
    return said({ kind: 'busy', message: tooManyLinks(wrong.chain) }, line ?? at);
  }
  const made = makeTable(table, draft);
  if (effect === 'write')
    netns.configure({ netfilter: { tables: new Map([...netns.config.netfilter.tables, [table, made]]) } });
  return undefined;
}

function command(draft: TableDraft, table: TableName, line: string, at: number): Refused | undefined {
  // Counters in front of a rule: the lab counts no packets of rules.
  const words = splitWords(line.replace(/^\[\d+:\d+\]\s*/, ''));
  if (words[0]?.startsWith('-') !== true) return { message: `Bad argument \`${words[0] ?? ''}'\n${help(at)}`, code: 2 };
  const edited = editTable(draft, table, words, 'checked-later');
  return edited.kind === 'done' ? undefined : said(edited.refusal, at);
}

function said({ kind, message }: EditRefusal, at: number): Refused {
  switch (kind) {
    case 'usage':
      return usage(message, at);
    case 'words':
      return { message: `${message}\n${help(at)}`, code: 2 };
    case 'lab':
      return { message: `${PROGRAM}: line ${at}: ${message}\n`, code: 2 };
    case 'kernel':
      return { message: `${PROGRAM}: line ${at} failed: ${message}\n`, code: 1 };
    case 'busy':
      return { message: `${VERSION}: \nline ${at}: ${message}\n`, code: 4 };
  }
}

function usage(message: string, at: number): Refused {
  return { message: `${VERSION}: ${message}\n${help(at)}`, code: 2 };
}

function help(at: number): string {
  return `Error occurred at line: ${at}\nTry \`${PROGRAM} -h' or '${PROGRAM} --help' for more information.\n`;
}
