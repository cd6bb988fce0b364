// dig: asks a DNS server and shows what it said, in the words of BIND 9.18.
//
// Omits:   EDNS (as with +noedns), DNSSEC, +trace; several questions in one line.
// Read:    dig(1); bind9 bin/dig/dig.c `printmessage`, `short_answer`; dighost.c; recordings (tests/shell/tools/dig.test.ts).

import {
  candidates,
  DNS_PORT,
  type DnsReply,
  type DnsTransport,
  dnsQuery,
  type Ip,
  isIp,
  LENGTH_BEFORE,
  parseIp,
  replyTo,
  reverseName,
  settingsOf,
} from '../../sim/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { dateParts } from './dateText.ts';
import { askServer, describeSilence, isUnasked, NO_SERVERS, resolveName, resolverOf, TRUNCATED } from './resolve.ts';

const VERSION = '9.18.49-1~deb12u3-Debian';
const TYPES = ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT', 'ANY'];
/** Source: dig(1), +time and +tries. */
const DEFAULTS = { seconds: 5, tries: 3 } as const;

const USAGE = `Usage:  dig [@global-server] [domain] [q-type] [q-class] {q-opt}
            {global-d-opt} host [@local-server] {local-d-opt}
            [ host [@local-server] {local-d-opt} [...]]

Use "dig -h" (or "dig -h | more") for complete list of options`;

interface Wishes {
  readonly name: string;
  readonly type: string;
  readonly server: string | undefined;
  readonly short: boolean;
  readonly search: boolean;
  readonly timeoutMs: number;
  readonly tries: number;
  readonly transport: DnsTransport;
  /** Of an answer that was cut: whether it is asked for again over TCP. */
  readonly ifCut: 'asks-again' | 'takes-it';
  /** The command line as the answer's first line repeats it. */
  readonly line: string;
  /** The parts of an answer that are left out: `+noall`, `+nocomments` ... */
  readonly parts: ReadonlySet<Part>;
}

const PARTS = ['cmd', 'comments', 'question', 'answer', 'stats'] as const;
type Part = (typeof PARTS)[number];

type Read =
  | { readonly kind: 'wishes'; readonly wishes: Wishes }
  | { readonly kind: 'refused'; readonly message: string };

export const dig: Command = {
  name: 'dig',
  at: ['host', 'container'],
  summary: 'ask a DNS server: dig +short NAME',
  run(words, context) {
    if (words[0] === '-v') {
      context.output.write('out', `DiG ${VERSION}\n`);
      return 0;
    }
    const read = readWords(words);
    if (read.kind === 'refused') {
      context.output.write('err', `${read.message}\n`);
      return 1;
    }
    const { wishes } = read;
    const servers = serversOf(wishes.server, context);
    if (servers === undefined) {
      context.output.write('err', `dig: couldn't get address for '${wishes.server}': not found\n`);
      return 1;
    }
    return lookUp(wishes, servers, context);
  },
};

function readWords(words: readonly string[]): Read {
  let name: string | undefined;
  let type: string | undefined;
  let server: string | undefined;
  let short = false;
  let search = false;
  let transport: DnsTransport = 'udp';
  let ifCut: Wishes['ifCut'] = 'asks-again';
  let seconds: number = DEFAULTS.seconds;
  let tries: number = DEFAULTS.tries;
  const parts = new Set<Part>(PARTS);
  const refused = (message: string): Read => ({ kind: 'refused', message });
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (word.startsWith('@')) server = word.slice(1);
    else if (word === '-x') {
      const address = words[++i] ?? '';
      if (!isIp(address)) return refused(`Invalid IP address ${address}`);
      [name, type] = [reverseName(parseIp(address)), 'PTR'];
    } else if (word === '-t') type = (words[++i] ?? '').toUpperCase();
    else if (word === '-4') continue;
    else if (word.startsWith('+')) {
      const [, no, option = '', value] = /^\+(no)?([a-z]+)(?:=(.*))?$/.exec(word) ?? [];
      const part = PARTS.find(known => known === option);
      if (option === 'short') short = no === undefined;
      else if (option === 'tcp' || option === 'vc') transport = no === undefined ? 'tcp' : 'udp';
      else if (option === 'ignore') ifCut = no === undefined ? 'takes-it' : 'asks-again';
      else if (option === 'search' || option === 'defname') search = no === undefined;
      else if ((option === 'time' || option === 'timeout') && Number(value) >= 0) seconds = Math.max(1, Number(value));
      else if (option === 'tries' && Number(value) > 0) tries = Number(value);
      else if (option === 'retry' && Number(value) >= 0) tries = Number(value) + 1;
      else if (option === 'all') for (const known of PARTS) no === undefined ? parts.add(known) : parts.delete(known);
      else if (part !== undefined) no === undefined ? parts.add(part) : parts.delete(part);
      else if (!['edns', 'cookie', 'recurse', 'rec', 'dnssec'].includes(option))
        return refused(option === 'trace' ? `dig: this lab has no ${word}` : `Invalid option: ${word}\n${USAGE}`);
    } else if (word === '-q') {
      const value = words[++i];
      if (value === undefined) return refused(`Invalid option: -q\n${USAGE}`);
      name = value;
    } else if (word === '-p') {
      if (words[++i] !== String(DNS_PORT)) return refused(`dig: this lab asks port ${DNS_PORT} only`);
    } else if (word.startsWith('-')) return refused(`Invalid option: ${word}\n${USAGE}`);
    else if (TYPES.includes(word.toUpperCase()) && type === undefined) type = word.toUpperCase();
    else if (word.toUpperCase() !== 'IN') name = word;
  }
  return {
    kind: 'wishes',
    wishes: {
      name: name ?? '.',
      type: type ?? (name === undefined ? 'NS' : 'A'),
      server,
      short,
      search,
      timeoutMs: seconds * 1000,
      tries,
      transport,
      ifCut,
      line: words.join(' '),
      parts,
    },
  };
}

function serversOf(named: string | undefined, context: CommandContext): readonly Ip[] | undefined {
  if (named === undefined) return settingsOf(resolverOf(context).conf).servers.map(name => parseIp(name));
  const resolved = resolveName(named, context, undefined);
  return resolved.kind === 'address' ? [resolved.address] : undefined;
}

function lookUp(wishes: Wishes, servers: readonly Ip[], context: CommandContext): number {
  const print = (text: string): void => context.output.write('out', text);
  const asIs = wishes.name.replace(/\.$/, '');
  const names = wishes.search ? candidates(resolverOf(context).conf, wishes.name).map(({ name }) => name) : [asIs];
  for (const [i, name] of names.entries()) {
    const answer = ask(name, servers, wishes, context);
    if (answer === 'unsent') return 9;
    if (answer === undefined) {
      if (!wishes.short && wishes.parts.has('cmd')) print(heading(wishes));
      print(NO_SERVERS);
      return 9;
    }
    if (answer.reply.rcode === 'NXDOMAIN' && i < names.length - 1) continue;
    print(wishes.short ? shortText(answer.reply) : answerText(answer, wishes, context));
    return 0;
  }
  return 0;
}

interface Answer {
  readonly reply: DnsReply;
  readonly server: Ip;
  readonly transport: DnsTransport;
  readonly ms: number;
}

/** Every server in turn, all of them again at each try. */
function ask(
  name: string,
  servers: readonly Ip[],
  wishes: Wishes,
  context: CommandContext,
): Answer | 'unsent' | undefined {
  const { transport } = wishes;
  let isUnsent = false;
  for (let tries = wishes.tries; tries > 0; tries--) {
    for (const server of servers) {
      if (context.isCancelled()) return undefined;
      const began = context.lab.now;
      const query = dnsQuery(name, wishes.type, began, tries);
      const outcome = askServer(context, server, query, wishes.timeoutMs, transport);
      if (outcome.kind === 'answered') {
        const { reply } = outcome;
        if (!reply.truncated || wishes.ifCut === 'takes-it')
          return { reply, server, transport, ms: Math.round(context.lab.now - began) };
        if (!wishes.short && wishes.parts.has('comments')) context.output.write('out', TRUNCATED);
        return ask(name, servers, { ...wishes, transport: 'tcp' }, context);
      }
      describeSilence(outcome, server, name, wishes.timeoutMs, transport, context);
      isUnsent = isUnasked(outcome, transport);
    }
  }
  return isUnsent ? 'unsent' : undefined;
}

function heading({ line, server }: Wishes): string {
  const found = server === undefined ? '' : '; (1 server found)\n';
  return `\n; <<>> DiG ${VERSION} <<>>${line === '' ? '' : ` ${line}`}\n${found};; global options: +cmd\n`;
}

function shortText(reply: DnsReply): string {
  return reply.records.map(({ data }) => `${data}\n`).join('');
}

/** The name ends in .local. Source: bin/dig/dig.c, `printmessage`. */
const MULTICAST =
  ';; WARNING: .local is reserved for Multicast DNS\n;; You are currently testing what happens when an mDNS query is leaked to DNS\n';

function answerText({ reply, server, transport, ms }: Answer, wishes: Wishes, context: CommandContext): string {
  const { parts } = wishes;
  const when = (part: Part, text: string): string => (parts.has(part) ? text : '');
  const flags = `qr${reply.authoritative ? ' aa' : ''}${reply.truncated ? ' tc' : ''} rd${reply.authoritative ? '' : ' ra'}`;
  const name = reply.name.endsWith('.') ? reply.name : `${reply.name}.`;
  const warning = reply.authoritative ? ';; WARNING: recursion requested but not available\n' : '';
  const isLocal = /(^|\.)local\.$/i.test(name) ? MULTICAST : '';
  const header = `;; Got answer:\n${isLocal};; ->>HEADER<<- opcode: QUERY, status: ${reply.rcode}, id: ${reply.id}\n;; flags: ${flags}; QUERY: 1, ANSWER: ${reply.records.length}, AUTHORITY: 0, ADDITIONAL: 0\n${warning}\n`;
  const title = (text: string): string => when('comments', `;; ${text} SECTION:\n`);
  const question = `${title('QUESTION')};${inColumns([
    [name, 0],
    ['IN', 32],
    [reply.type, 40],
  ])}\n\n`;
  const records = reply.records.map(record => {
    const owner = record.name.endsWith('.') ? record.name : `${record.name}.`;
    return `${inColumns([
      [owner, 0],
      [String(record.ttl), 24],
      ['IN', 32],
      [record.type, 40],
      [record.data, 48],
    ])}\n`;
  });
  const answer = records.length === 0 ? '' : `${title('ANSWER')}${records.join('')}\n`;
  const stats = `;; Query time: ${ms} msec\n;; SERVER: ${server}#${DNS_PORT}(${server}) (${transport.toUpperCase()})\n;; WHEN: ${dateText(context)}\n;; MSG SIZE  rcvd: ${sizeOf(reply, transport)}\n\n`;
  return [
    when('cmd', heading(wishes)),
    when('comments', header),
    when('question', question),
    when('answer', answer),
    when('stats', stats),
  ].join('');
}

/** Words at their columns: tabs of eight up to there, one blank at least. Source: bind9 lib/dns/masterdump.c, `indent`. */
function inColumns(cells: readonly (readonly [text: string, column: number])[]): string {
  let line = '';
  let at = 0;
  for (const [text, column] of cells) {
    if (line !== '') {
      const to = Math.max(column, at + 1);
      const tabs = Math.floor(to / 8) - Math.floor(at / 8);
      const from = tabs > 0 ? Math.floor(to / 8) * 8 : at;
      line += '\t'.repeat(tabs) + ' '.repeat(to - from);
      at = to;
    }
    line += text;
    at += text.length;
  }
  return line;
}

/** `Thu Jan 01 00:00:07 UTC 2026`. */
function dateText(context: CommandContext): string {
  const { weekday, month, day, time, year } = dateParts(context.lab.now);
  return `${weekday} ${month} ${day} ${time} UTC ${year}`;
}

/** As a datagram of any size: without the length that TCP has before it. */
function sizeOf(reply: DnsReply, transport: DnsTransport): number {
  const { id, name, type, records } = reply;
  const query = { kind: 'dns-query', id, name, type } as const;
  return replyTo(query, { rcode: 'NOERROR', records, from: 'authority' }, transport).bytes - LENGTH_BEFORE[transport];
}
