// The resolver's configuration of a machine or a container, `/etc/resolv.conf`, and the names that it makes a resolver try.
//
// Models:  nameserver, search, and the options ndots, timeout and attempts; other options are kept and do nothing.
// Omits:   domain, sortlist, rotate, servers with IPv6 addresses.
// Read:    resolv.conf(5); glibc resolv/res_init.c for the limits.

import { isIp } from '../net/address.ts';

export interface ResolvConf {
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  /** As written: `ndots:5`, `single-request`. */
  readonly options: readonly string[];
}

/** The last `search` and `options` win, `nameserver` lines add up. */
export function parseResolvConf(text: string): ResolvConf {
  let search: readonly string[] = [];
  let options: readonly string[] = [];
  const nameservers: string[] = [];
  for (const line of text.split('\n')) {
    const [keyword = '', ...words] = line.trim().split(/\s+/);
    if (keyword === 'nameserver' && words[0] !== undefined) nameservers.push(words[0]);
    else if (keyword === 'search') search = words.map(word => word.replace(/\.$/, ''));
    else if (keyword === 'options') options = words;
  }
  return { nameservers, search, options };
}

/** The file as containerd writes it. Source: containerd internal/cri/server/sandbox_run_linux.go, `parseDNSOptions`. */
export function formatResolvConf({ nameservers, search, options }: ResolvConf): string {
  return [
    ...(search.length === 0 ? [] : [`search ${search.join(' ')}\n`]),
    ...nameservers.map(server => `nameserver ${server}\n`),
    ...(options.length === 0 ? [] : [`options ${options.join(' ')}\n`]),
  ].join('');
}

/** What a resolver takes from the file. */
interface ResolverSettings {
  readonly servers: readonly string[];
  /** A name with fewer dots is tried with the search list first. */
  readonly ndots: number;
  /** How long the first server may take, in seconds. */
  readonly timeoutS: number;
  /** How often all servers are asked. */
  readonly attempts: number;
}

/** glibc asks three servers at most. Source: resolv.h, MAXNS. */
const MAX_SERVERS = 3;

export function settingsOf(conf: ResolvConf): ResolverSettings {
  const number = (name: string, otherwise: number, most: number): number => {
    const value = conf.options.findLast(option => option.startsWith(`${name}:`))?.slice(name.length + 1) ?? '';
    return /^\d+$/.test(value) ? Math.min(most, Number(value)) : otherwise;
  };
  const servers = conf.nameservers.filter(server => isIp(server) && !server.includes(':')).slice(0, MAX_SERVERS);
  return {
    // Without a server, the one on this machine is asked.
    servers: servers.length === 0 ? ['127.0.0.1'] : servers,
    ndots: number('ndots', 1, 15),
    timeoutS: Math.max(1, number('timeout', 5, 30)),
    attempts: Math.max(1, number('attempts', 2, 5)),
  };
}

/** The full names to ask for, in order; `as-is` is the name that was written. */
export function candidates(
  conf: ResolvConf,
  name: string,
): readonly { readonly name: string; readonly kind: 'as-is' | 'searched' }[] {
  const asIs = { name: name.replace(/\.$/, ''), kind: 'as-is' } as const;
  if (name.endsWith('.')) return [asIs];
  const searched = conf.search
    .filter(domain => domain !== '' && domain !== '.')
    .map(domain => ({ name: `${name}.${domain}`, kind: 'searched' }) as const);
  const dots = name.split('.').length - 1;
  return dots >= settingsOf(conf).ndots ? [asIs, ...searched] : [...searched, asIs];
}
