// How curl comes from a host name to a connection: the addresses of the name, one after the other.
//
// Models:  localhost that curl answers by itself, --resolve, literals of both families, half of the time that is left for
//          each address but the last.
// Omits:   trying two families at once: the lab has no IPv6, so an IPv6 address fails before a packet leaves.
// Read:    curl 7.88.1 lib/connect.c (`baller_start`, `is_connected`), lib/hostip.c; recordings of curl 7.88.1.

import type { AppMessage, Exchange } from '../../sim/index.ts';
import type { CommandContext } from '../command.ts';
import type { CurlWishes } from './curlOptions.ts';
import { errnoText } from './errnoWords.ts';
import { resolveNames } from './resolve.ts';

export interface Target {
  /** As the URL has it, without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
}

export type Addresses =
  | { readonly kind: 'found'; readonly addresses: readonly string[]; readonly from: 'cache' | 'resolver' }
  | { readonly kind: 'failed'; readonly code: number; readonly message: string };

const isIpv6 = (address: string): boolean => address.includes(':');

/** Names that were resolved, `host:port` to addresses: --resolve fills it before the first transfer. */
export type DnsCache = Map<string, readonly string[]>;

export function findAddresses(target: Target, wishes: CurlWishes, cache: DnsCache, context: CommandContext): Addresses {
  const key = `${target.host}:${target.port}`;
  const cached = cache.get(key);
  if (cached !== undefined) return { kind: 'found', addresses: cached, from: 'cache' };
  const ofFamily = (addresses: readonly string[]): readonly string[] =>
    addresses.filter(address => wishes.family === 'any' || isIpv6(address) === (wishes.family === 'IPv6'));
  const found = (addresses: readonly string[]): Addresses => {
    const usable = ofFamily(addresses);
    if (usable.length === 0) return { kind: 'failed', code: 7, message: "Couldn't connect to server" };
    cache.set(key, usable);
    return { kind: 'found', addresses: usable, from: 'resolver' };
  };
  if (isIpv6(target.host)) return found([target.host]);
  if (/^(.*\.)?localhost\.?$/i.test(target.host)) return found(['127.0.0.1', '::1']);
  const resolved = resolveNames(target.host, context, leastOf(wishes.maxTimeMs, wishes.connectTimeoutMs));
  if (resolved.kind === 'found') return found(resolved.addresses);
  return resolved.kind === 'interrupted'
    ? { kind: 'failed', code: 28, message: `Resolving timed out after ${Math.round(resolved.afterMs)} milliseconds` }
    : { kind: 'failed', code: 6, message: `Could not resolve host: ${target.host}` };
}

/** The smaller of two limits that may be absent. */
function leastOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

export type Connected =
  | { readonly kind: 'connected'; readonly address: string; readonly exchange: Exchange; readonly beforeMs: number }
  | {
      readonly kind: 'failed';
      readonly code: 7 | 28;
      readonly message: string;
      readonly address: string | undefined;
      readonly exchange: Exchange | undefined;
    };

/** curl gives up connecting by itself after five minutes. Source: curl lib/connect.h, DEFAULT_CONNECT_TIMEOUT. */
const DEFAULT_TIMEOUT_MS = 300_000;
/** Shorter times are not halved. Source: curl lib/connect.c, TIMEOUT_LARGE. */
const HALVED_FROM_MS = 600;

/** What a transfer tells while it goes on: a `* ` line, and that time has passed. */
export interface Teller {
  note(text: string): void;
  elapsedMs(): number;
}

/** Tries one address after the other; the request goes out with the first connection that stands. */
export function connectInTurn(
  target: Target,
  addresses: readonly string[],
  request: { readonly message: AppMessage; readonly bytes: number },
  wishes: CurlWishes,
  teller: Teller,
  context: CommandContext,
): Connected {
  const limitMs = wishes.maxTimeMs ?? DEFAULT_TIMEOUT_MS;
  let end: 'refused' | 'timed-out' | 'moved-on' = 'refused';
  let last: { readonly address: string; readonly exchange: Exchange } | undefined;
  for (const [i, address] of addresses.entries()) {
    const shown = isIpv6(address) ? `[${address}]` : address;
    teller.note(`  Trying ${shown}:${target.port}...`);
    if (isIpv6(address)) {
      const why = address === '::1' ? 'Cannot assign requested address' : 'Network is unreachable';
      teller.note(`Immediate connect fail for ${address}: ${why}`);
      end = 'refused';
      continue;
    }
    const beforeMs = teller.elapsedMs();
    const leftMs = Math.max(0, Math.min(limitMs, wishes.connectTimeoutMs ?? DEFAULT_TIMEOUT_MS) - beforeMs);
    const patienceMs = i < addresses.length - 1 && leftMs > HALVED_FROM_MS ? leftMs / 2 : leftMs;
    const { exchange } = context.exchange(
      {
        from: context.place.netns,
        to: address as Exchange['question']['to'],
        protocol: 'tcp',
        port: target.port,
        message: request.message,
        requestBytes: request.bytes,
        timeoutMs: Math.max(0, limitMs - beforeMs),
        connectTimeoutMs: patienceMs,
      },
      `${target.host}:${target.port}`,
    );
    if (exchange.connectedUs !== undefined || exchange.verdict === 'ok')
      return { kind: 'connected', address, exchange, beforeMs };
    last = { address, exchange };
    const ms = Math.round(teller.elapsedMs());
    if (exchange.verdict !== 'timeout') {
      end = 'refused';
      const why = errnoText(exchange.errno);
      teller.note(
        exchange.verdict === 'unreachable-local'
          ? `Immediate connect fail for ${address}: ${why}`
          : `connect to ${address} port ${target.port} failed: ${why}`,
      );
    } else if (wishes.maxTimeMs !== undefined && ms >= wishes.maxTimeMs)
      return { kind: 'failed', code: 28, message: `Connection timed out after ${ms} milliseconds`, ...last };
    else if (Math.round(exchange.elapsedUs / 1000) >= Math.round(patienceMs)) {
      end = 'moved-on';
      teller.note(`ipv4 connect timeout after ${Math.round(patienceMs)}ms, move on!`);
    } else {
      end = 'timed-out';
      teller.note(`connect to ${address} port ${target.port} failed: ${errnoText('ETIMEDOUT')}`);
    }
  }
  const why = end === 'moved-on' ? 'Timeout was reached' : "Couldn't connect to server";
  const ms = Math.round(teller.elapsedMs());
  return {
    kind: 'failed',
    code: end === 'refused' ? 7 : 28,
    message: `Failed to connect to ${target.host} port ${target.port} after ${ms} ms: ${why}`,
    address: last?.address,
    exchange: last?.exchange,
  };
}
