// The words of an `ip` command, read one after the other, and how a command that cannot be carried out ends.

import { type Interface, type Ip, isIp, type Prefix, parseIp, parsePrefix } from '../../sim/index.ts';
import type { IpCall } from './ip.ts';

/** A command that ends with a message, in the words of iproute2; thrown where it is found, told by `ip`. */
export class IpRefusal extends Error {
  readonly code: number;
  constructor(message: string, code: number) {
    super(message);
    this.code = code;
  }
}

/** Reads words from the left. */
export class IpWords {
  readonly #words: readonly string[];
  #at = 0;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  get left(): number {
    return this.#words.length - this.#at;
  }

  next(): string | undefined {
    return this.#words[this.#at++];
  }

  peek(): string | undefined {
    return this.#words[this.#at];
  }

  /** The word that belongs to the one before. */
  value(): string {
    const word = this.next();
    if (word === undefined) throw new IpRefusal('Command line is not complete. Try option "help"', 255);
    return word;
  }
}

/** iproute2 takes any beginning of a word. Source: iproute2 lib/utils.c, `matches`. */
export function begins(word: string, full: string): boolean {
  return word !== '' && full.startsWith(word);
}

export function wrongArgument(value: string, why: string): IpRefusal {
  return new IpRefusal(`Error: argument "${value}" is wrong: ${why}\n`, 255);
}

export function garbage(word: string): IpRefusal {
  return new IpRefusal(`Error: either "dev" is duplicate, or "${word}" is a garbage.`, 255);
}

export function unknownVerb(word: string, object: string): IpRefusal {
  return new IpRefusal(`Command "${word}" is unknown, try "ip ${object} help".`, 255);
}

export function deviceOf(call: IpCall, name: string): Interface {
  const device = call.netns.interface(name);
  if (device === undefined) throw new IpRefusal(`Cannot find device "${name}"`, 1);
  return device;
}

export function addressOf(text: string): Ip {
  if (!isIp(text)) throw new IpRefusal(`Error: inet address is expected rather than "${text}".`, 1);
  return parseIp(text);
}

/** `default`, `10.0.0.0/8`, or an address alone. */
export function prefixOf(text: string): Prefix {
  if (text === 'default' || text === 'any' || text === 'all') return parsePrefix('0.0.0.0/0');
  if (isIp(text.split('/')[0] ?? '')) {
    try {
      return parsePrefix(text);
    } catch {
      // Told below.
    }
  }
  throw new IpRefusal(`Error: any valid prefix is expected rather than "${text}".`, 1);
}

export function numberOf(text: string, what: string): number {
  if (!/^(0x[0-9a-f]+|\d+)$/i.test(text)) throw wrongArgument(text, what);
  return Number(text);
}

/** Says what the kernel refused. */
export function carry(result: { readonly ok: boolean; readonly error?: { readonly message: string } }): void {
  if (result.ok || result.error === undefined) return;
  throw new IpRefusal(result.error.message, result.error.message.startsWith('Cannot find') ? 1 : 2);
}
