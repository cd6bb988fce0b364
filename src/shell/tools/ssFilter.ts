// The filters of ss: `sport = :80`, `src 10.244.1.2`, `( sport = :80 or sport = :443 ) and not dst 10.0.0.1`.
//
// Read:    ss(8), FILTER; iproute2 6.1 misc/ssfilter.y.

import { isIp, type Prefix, parseIp, parsePrefix, prefixContains } from '../../sim/index.ts';
import { servicePort } from './services.ts';

/** A socket as filters see it; listeners have the peer 0.0.0.0 and no peer port. */
export interface FilteredSocket {
  readonly address: string;
  readonly port: number;
}

export type SocketTest = (socket: FilteredSocket) => boolean;

export type ReadFilter =
  | { readonly kind: 'test'; readonly test: SocketTest }
  | { readonly kind: 'refused'; readonly message: string };

class FilterError extends Error {}

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '==': (a, b) => a === b,
  eq: (a, b) => a === b,
  '!=': (a, b) => a !== b,
  ne: (a, b) => a !== b,
  neq: (a, b) => a !== b,
  '>': (a, b) => a > b,
  gt: (a, b) => a > b,
  '<': (a, b) => a < b,
  lt: (a, b) => a < b,
  '>=': (a, b) => a >= b,
  ge: (a, b) => a >= b,
  '<=': (a, b) => a <= b,
  le: (a, b) => a <= b,
};

export function readFilter(words: readonly string[]): ReadFilter {
  const tokens = words.join(' ').match(/[()]|[<>=!]=?|[^\s()<>=!]+/g) ?? [];
  if (tokens.length === 0) return { kind: 'test', test: () => true };
  const reader = new FilterReader(tokens);
  try {
    return { kind: 'test', test: reader.whole() };
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    return { kind: 'refused', message: error.message };
  }
}

class FilterReader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  whole(): SocketTest {
    const test = this.#either();
    if (this.#at < this.#tokens.length)
      throw new FilterError(`an operator was expected at "${this.#tokens[this.#at]}"`);
    return test;
  }

  #take(...words: readonly string[]): boolean {
    const found = words.includes(this.#tokens[this.#at] ?? '');
    if (found) this.#at++;
    return found;
  }

  #next(expected: string): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new FilterError(`${expected} was expected at the end`);
    return token;
  }

  #either(): SocketTest {
    let left = this.#both();
    while (this.#take('or', '|', '||')) {
      const [a, b] = [left, this.#both()];
      left = socket => a(socket) || b(socket);
    }
    return left;
  }

  #both(): SocketTest {
    let left = this.#one();
    // Two conditions one after the other both hold.
    while (this.#take('and', '&', '&&') || this.#begins()) {
      const [a, b] = [left, this.#one()];
      left = socket => a(socket) && b(socket);
    }
    return left;
  }

  #begins(): boolean {
    return ['(', 'not', '!', 'sport', 'dport', 'src', 'dst'].includes(this.#tokens[this.#at] ?? '');
  }

  #one(): SocketTest {
    if (this.#take('not', '!')) {
      const test = this.#one();
      return socket => !test(socket);
    }
    if (this.#take('(')) {
      const test = this.#either();
      if (!this.#take(')')) throw new FilterError('")" was expected');
      return test;
    }
    const word = this.#next('a condition');
    if (word === 'sport' || word === 'dport') return this.#port(word);
    if (word === 'src' || word === 'dst') {
      this.#take('=', '==', 'eq');
      return addressTest(word, this.#next('an address'));
    }
    throw new FilterError(`sport, dport, src or dst was expected, not "${word}"`);
  }

  #port(side: 'sport' | 'dport'): SocketTest {
    const compare = COMPARE[this.#tokens[this.#at] ?? ''];
    if (compare !== undefined) this.#at++;
    const text = this.#next('a port').replace(/^.*:/, '');
    const port = /^\d+$/.test(text) ? Number(text) : servicePort(text);
    if (port === undefined) throw new FilterError(`not a port: "${text}"`);
    return socket => (compare ?? Object.is)(side === 'sport' ? socket.port : 0, port);
  }
}

function addressTest(side: 'src' | 'dst', text: string): SocketTest {
  const [, range = '', port] = /^\[?([^:\]]*)\]?(?::(\w+))?$/.exec(text) ?? [];
  let wanted: Prefix | undefined;
  if (range !== '' && range !== '*') {
    if (!isIp(range.split('/')[0] ?? '')) throw new FilterError(`an inet prefix was expected rather than "${text}"`);
    wanted = parsePrefix(range);
  }
  const number = port === undefined || port === '*' ? undefined : Number(port);
  return socket =>
    (wanted === undefined || prefixContains(wanted, parseIp(side === 'src' ? socket.address : '0.0.0.0'))) &&
    (number === undefined || (side === 'src' ? socket.port : 0) === number);
}
