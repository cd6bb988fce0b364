// nslookup: one question to a DNS server and what it said, in the words of BIND 9.18, as the netshoot image has it.
//
// Omits:   the second question for AAAA, interactive mode, -debug and the options beside -type, -timeout and -retry.
// Read:    bind9 bin/dig/nslookup.c `printmessage` and `printsection`; bin/dig/dighost.c for the search and the retries.

import {
  candidates,
  DNS_PORT,
  type DnsReply,
  type DnsTransport,
  dnsQuery,
  type Ip,
  isIp,
  parseIp,
  reverseName,
  settingsOf,
} from '../../sim/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { askServer, describeSilence, isUnasked, NO_SERVERS, resolveName, resolverOf, TRUNCATED } from './resolve.ts';

/** Source: bin/dig/dighost.c: `tries`, UDP_TIMEOUT. */
const DEFAULTS = { tries: 3, timeoutS: 5 } as const;
const TYPES = ['A', 'AAAA', 'CNAME', 'PTR', 'SRV'] as const;

const USAGE = `Usage:
   nslookup [-opt ...]             # interactive mode using default server
   nslookup [-opt ...] - server    # interactive mode using 'server'
   nslookup [-opt ...] host        # just look up 'host' using default server
   nslookup [-opt ...] host server # just look up 'host' using 'server'
`;

interface Wishes {
  /** Undefined: addresses of a name, the name of an address. */
  readonly type: string | undefined;
  readonly timeoutMs: number;
  readonly tries: number;
  readonly transport: DnsTransport;
}

/** A server as it was named, and its address. */
interface Server {
  readonly name: string;
  readonly address: Ip;
}

export const nslookup: Command = {
  name: 'nslookup',
  at: ['host', 'container'],
  summary: 'ask a DNS server: nslookup NAME [SERVER]',
  run(words, context) {
    const read = wishesOf(words, context);
    const [name, serverName, ...extra] = words.filter(word => !word.startsWith('-'));
    if (extra.length > 0) {
      context.output.write('err', USAGE);
      return 1;
    }
    if (name === undefined) {
      context.output.write(
        'err',
        'nslookup: no interactive mode in this terminal; give a name: nslookup NAME [SERVER]\n',
      );
      return 1;
    }
    const servers = serversOf(serverName, context);
    return servers === undefined ? 1 : lookUp(name, servers, read, context);
  },
};

function wishesOf(words: readonly string[], context: CommandContext): Wishes {
  let type: string | undefined;
  let timeoutS: number = DEFAULTS.timeoutS;
  let tries: number = DEFAULTS.tries;
  let transport: DnsTransport = 'udp';
  for (const word of words.filter(other => other.startsWith('-'))) {
    const [, option = '', value = ''] = /^-(\w+)(?:=(.*))?$/.exec(word) ?? [];
    if (['type', 'query', 'querytype', 'q', 'ty'].includes(option)) {
      const known = TYPES.find(other => other === value.toUpperCase());
      if (known === undefined) context.output.write('out', `unknown query type: ${value}\n`);
      else type = known;
    } else if (option === 'vc' || option === 'novc') transport = option === 'vc' ? 'tcp' : 'udp';
    else if (option === 'timeout' && Number(value) > 0) timeoutS = Number(value);
    else if (option === 'retry' && Number(value) > 0) tries = Number(value);
    else context.output.write('out', `*** Invalid option: ${word.slice(1)}\n`);
  }
  return { type, timeoutMs: timeoutS * 1000, tries, transport };
}

function serversOf(named: string | undefined, context: CommandContext): readonly Server[] | undefined {
  if (named === undefined)
    return settingsOf(resolverOf(context).conf).servers.map(name => ({ name, address: parseIp(name) }));
  const resolved = resolveName(named, context, undefined);
  if (resolved.kind === 'address') return [{ name: named, address: resolved.address }];
  context.output.write('err', `nslookup: couldn't get address for '${named}': not found\n`);
  return undefined;
}

function lookUp(name: string, servers: readonly Server[], wishes: Wishes, context: CommandContext): number {
  const print = (text: string): void => context.output.write('out', text);
  const isReverse = isIp(name) && (wishes.type === undefined || wishes.type === 'PTR');
  const type = isReverse ? 'PTR' : (wishes.type ?? 'A');
  const tried = isReverse ? [{ name: reverseName(name) }] : candidates(resolverOf(context).conf, name);
  for (const [i, candidate] of tried.entries()) {
    const answer = askInTurn(candidate.name, type, servers, wishes, context);
    if (answer === undefined) return 1;
    const { reply, server } = answer;
    // Only a name that does not exist makes it try the next one.
    if (reply.rcode === 'NXDOMAIN' && i < tried.length - 1) continue;
    // The name of an address comes without the server's.
    if (!(isReverse && wishes.type === undefined))
      print(`Server:\t\t${server.name}\nAddress:\t${server.address}#${DNS_PORT}\n\n`);
    print(`${replyText(reply, name)}\n`);
    return reply.rcode === 'NOERROR' ? 0 : 1;
  }
  return 1;
}

/** The first answer; a server that is silent is asked again, then the next one is. */
function askInTurn(
  name: string,
  type: string,
  servers: readonly Server[],
  wishes: Wishes,
  context: CommandContext,
): { readonly reply: DnsReply; readonly server: Server } | undefined {
  const { transport } = wishes;
  let tries = wishes.tries;
  let isUnsent = false;
  for (const server of servers) {
    for (; ; tries--) {
      const query = dnsQuery(name, type, context.lab.now, tries);
      const outcome = askServer(context, server.address, query, wishes.timeoutMs, transport);
      if (outcome.kind === 'answered') {
        if (!outcome.reply.truncated) return { reply: outcome.reply, server };
        context.output.write('out', TRUNCATED);
        return askInTurn(name, type, servers, { ...wishes, transport: 'tcp' }, context);
      }
      describeSilence(outcome, server.address, name, wishes.timeoutMs, transport, context);
      isUnsent = isUnasked(outcome, transport);
      if (context.isCancelled()) return undefined;
      if (tries <= 1) break;
    }
  }
  context.output.write('out', `${isUnsent ? '' : NO_SERVERS}\n`);
  return undefined;
}

function replyText(reply: DnsReply, written: string): string {
  if (reply.rcode !== 'NOERROR') return `** server can't find ${reply.name}: ${reply.rcode}\n`;
  const isAddress = reply.type === 'A' || reply.type === 'AAAA';
  const head = reply.authoritative || reply.type === 'PTR' ? '' : 'Non-authoritative answer:\n';
  const tail = reply.authoritative || isAddress ? '' : '\nAuthoritative answers can be found from:\n';
  if (reply.records.length === 0) return `${head}*** Can't find ${written}: No answer\n${tail}`;
  return `${head}${reply.records.map(recordText).join('')}${tail}`;
}

const RECORD_WORDS: Readonly<Record<string, string>> = {
  CNAME: 'canonical name = ',
  PTR: 'name = ',
  SRV: 'service = ',
};

function recordText({ name, type, data }: DnsReply['records'][number]): string {
  const owner = name.replace(/\.$/, '');
  if (type === 'A' || type === 'AAAA') return `Name:\t${owner}\nAddress: ${data}\n`;
  return `${owner}\t${RECORD_WORDS[type] ?? `${type} `}${data}\n`;
}
