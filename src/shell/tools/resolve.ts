// A host name as a program's C library resolves it: an address stands for itself, then the files, then DNS. Every question
// to a server is a UDP exchange of its own, and its journey is kept.

import {
  askServers,
  asksServer,
  DNS_PORT,
  type DnsQuery,
  type DnsTransport,
  type HostResolution,
  type Ip,
  parseResolvConf,
  type QueryOutcome,
  type ResolverHost,
  resolveHost,
  reverseName,
} from '../../sim/index.ts';
import type { CommandContext } from '../command.ts';
import { fileText } from '../filters/input.ts';

export type Resolution =
  /** `name` is the canonical one: with its domain, as the file or the server has it. */
  | { readonly kind: 'address'; readonly address: Ip; readonly name: string }
  | Exclude<HostResolution, { readonly kind: 'found' }>;

/**
 * All addresses of a name, in the order of the answer.
 * @param limitMs how long the program lets it take; undefined: as long as the resolver needs
 */
export function resolveNames(host: string, context: CommandContext, limitMs: number | undefined): HostResolution {
  return resolveHost(host, resolverOf(context), limitMs);
}

/** The first address. */
export function resolveName(host: string, context: CommandContext, limitMs: number | undefined): Resolution {
  const resolved = resolveNames(host, context, limitMs);
  if (resolved.kind !== 'found') return resolved;
  const [address] = resolved.addresses;
  return address === undefined ? { kind: 'no-data' } : { kind: 'address', address, name: resolved.name };
}

/** The name of an address: from the file, else from DNS; undefined: nobody knows one. */
export function nameOfAddress(address: string, context: CommandContext): string | undefined {
  return namesOfAddress(address, resolverOf(context))[0];
}

export function namesOfAddress(address: string, host: ResolverHost): readonly string[] {
  const line = host.hosts.split('\n').find(text => text.split(/\s+/)[0] === address);
  if (line !== undefined) return line.replace(/#.*$/, '').trim().split(/\s+/).slice(1);
  const outcome = askServers(reverseName(address), 'PTR', host);
  const records = outcome.kind === 'answered' ? outcome.reply.records : [];
  return records.filter(record => record.type === 'PTR').map(record => record.data.replace(/\.$/, ''));
}

/** The resolver of the place where a command runs, with the files of that place. */
export function resolverOf(context: CommandContext): ResolverHost {
  return {
    hosts: fileText('/etc/hosts', context) ?? '',
    conf: parseResolvConf(fileText('/etc/resolv.conf', context) ?? ''),
    now: () => context.lab.now,
    ask: (server, query, timeoutMs, transport) => askServer(context, server, query, timeoutMs, transport),
  };
}

export function askServer(
  context: CommandContext,
  server: Ip,
  query: DnsQuery,
  timeoutMs: number,
  transport: DnsTransport,
): QueryOutcome {
  const { exchange } = context.exchange(
    { from: context.place.netns, to: server, ...asksServer(query, transport), timeoutMs },
    `${server}:${DNS_PORT}`,
  );
  if (exchange.verdict === 'ok' && exchange.response?.kind === 'dns-answer')
    return { kind: 'answered', reply: exchange.response };
  const { verdict, errno, icmp, sendError } = exchange;
  if (verdict === 'timeout' && transport === 'tcp') return { kind: 'timeout', while: 'connecting' };
  if (verdict === 'timeout' || verdict === 'stalled' || verdict === 'ok') return { kind: 'timeout' };
  if (errno === undefined || (transport === 'tcp' ? !SETUP_ERRORS[errno] : icmp !== undefined))
    return { kind: 'refused' };
  return { kind: 'unsent', call: sendError === undefined ? 'connect' : 'send', errno };
}

/** BIND's words for errors of connect(2). Source: bind9 lib/isc/errno2result.c; measured with dig 9.18. */
const SETUP_ERRORS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  EINVAL: 'invalid file',
};

/** What dig and nslookup print when a server gives no answer. They wait in full after a send() that failed. */
export function describeSilence(
  outcome: Exclude<QueryOutcome, { readonly kind: 'answered' }>,
  server: Ip,
  name: string,
  timeoutMs: number,
  transport: DnsTransport,
  context: CommandContext,
): void {
  const at = `${server}#${DNS_PORT}`;
  if (transport === 'tcp' && !isConnected(outcome)) {
    const why =
      outcome.kind === 'unsent'
        ? (SETUP_ERRORS[outcome.errno] ?? 'unexpected error')
        : outcome.kind === 'timeout'
          ? 'timed out'
          : 'connection refused';
    context.output.write('out', `;; Connection to ${at}(${server}) for ${name} failed: ${why}.\n${NO_SERVERS}`);
    return;
  }
  if (outcome.kind === 'unsent' && outcome.call === 'connect') {
    const why = SETUP_ERRORS[outcome.errno] ?? 'unexpected error';
    context.output.write('out', `;; UDP setup with ${at}(${server}) for ${name} failed: ${why}.\n${NO_SERVERS}`);
    return;
  }
  if (outcome.kind === 'unsent') context.sleep(timeoutMs);
  const why = outcome.kind === 'refused' ? 'connection refused' : 'timed out';
  context.output.write('out', `;; communications error to ${at}: ${why}\n`);
}

/** The server was not even asked: the kernel would not send, or over TCP no connection stood. */
export function isUnasked(outcome: QueryOutcome, transport: DnsTransport): boolean {
  return transport === 'tcp' ? !isConnected(outcome) : outcome.kind === 'unsent' && outcome.call === 'connect';
}

/** A connection to the server stood, and the answer did not come. */
function isConnected(outcome: QueryOutcome): boolean {
  return outcome.kind === 'answered' || (outcome.kind === 'timeout' && outcome.while === undefined);
}

/** What dig and nslookup say when they ask again for an answer that was cut. */
export const TRUNCATED = ';; Truncated, retrying in TCP mode.\n';

export const NO_SERVERS = ';; no servers could be reached\n';

/** What getaddrinfo(3) calls a failure. Source: glibc, gai_strerror. */
export function resolutionError({ kind }: Exclude<Resolution, { readonly kind: 'address' }>): string {
  switch (kind) {
    case 'no-name':
      return 'Name or service not known';
    case 'no-data':
      return 'No address associated with hostname';
    default:
      return 'Temporary failure in name resolution';
  }
}
