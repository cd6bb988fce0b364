// The command line of curl 7.88.1: its options, what this lab has of them, and the words for what it cannot read.
//
// Models:  short options that are joined, long ones by any beginning that is theirs alone, values in the next word or joined
//          to the letter.
// Read:    curl(1); curl src/tool_getparam.c.

export interface CurlWishes {
  readonly urls: readonly string[];
  readonly silent: boolean;
  readonly showError: boolean;
  readonly verbose: boolean;
  /** `none`: --no-progress-meter. */
  readonly meter: 'shown' | 'none';
  readonly include: boolean;
  readonly head: boolean;
  /** What an HTTP status of 400 and more is: -f, --fail-with-body, or an answer like any other. */
  readonly fail: 'without-body' | 'with-body' | 'never';
  readonly family: 'any' | 'IPv4' | 'IPv6';
  readonly maxTimeMs: number | undefined;
  readonly connectTimeoutMs: number | undefined;
  /** Where the bodies of the URLs go, in order; missing ones to stdout. */
  readonly outputs: readonly string[];
  readonly writeOut: string | undefined;
  readonly headers: readonly string[];
  readonly userAgent: string;
  readonly method: string | undefined;
  /** The body to send; undefined: none. */
  readonly data: string | undefined;
  readonly resolve: readonly string[];
}

export type ReadCurl =
  | { readonly kind: 'wishes'; readonly wishes: CurlWishes }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  /** The usage error, without `curl: `. */
  | { readonly kind: 'refused'; readonly message: string };

/** `flag`, `value`, or why this lab does not have it. */
type Takes = 'flag' | 'value' | { readonly missing: string };

const NO_TLS = { missing: 'this lab has no TLS, so there is no certificate to check or to skip; use http://' };
const NO_FILES = { missing: 'this terminal keeps no files' };
const NO_PROXY = { missing: 'this lab has no proxies' };

/** By long name; the letter where there is one. */
const OPTIONS: Readonly<Record<string, readonly [letter: string, takes: Takes]>> = {
  silent: ['s', 'flag'],
  'show-error': ['S', 'flag'],
  verbose: ['v', 'flag'],
  include: ['i', 'flag'],
  head: ['I', 'flag'],
  fail: ['f', 'flag'],
  'fail-with-body': ['', 'flag'],
  location: ['L', 'flag'],
  'no-buffer': ['N', 'flag'],
  'no-progress-meter': ['', 'flag'],
  'no-keepalive': ['', 'flag'],
  globoff: ['g', 'flag'],
  get: ['G', 'flag'],
  'http1.1': ['', 'flag'],
  ipv4: ['4', 'flag'],
  ipv6: ['6', 'flag'],
  help: ['h', 'flag'],
  version: ['V', 'flag'],
  'max-time': ['m', 'value'],
  'connect-timeout': ['', 'value'],
  output: ['o', 'value'],
  'write-out': ['w', 'value'],
  header: ['H', 'value'],
  'user-agent': ['A', 'value'],
  request: ['X', 'value'],
  data: ['d', 'value'],
  'data-raw': ['', 'value'],
  'data-binary': ['', 'value'],
  resolve: ['', 'value'],
  url: ['', 'value'],
  insecure: ['k', NO_TLS],
  cacert: ['', NO_TLS],
  cert: ['E', NO_TLS],
  key: ['', NO_TLS],
  'tlsv1.2': ['', NO_TLS],
  'remote-name': ['O', NO_FILES],
  'upload-file': ['T', NO_FILES],
  'cookie-jar': ['c', NO_FILES],
  config: ['K', NO_FILES],
  'dump-header': ['D', NO_FILES],
  proxy: ['x', NO_PROXY],
  socks5: ['', NO_PROXY],
  http2: ['', { missing: 'this lab speaks HTTP/1.1 only' }],
  'http2-prior-knowledge': ['', { missing: 'this lab speaks HTTP/1.1 only' }],
  http3: ['', { missing: 'this lab speaks HTTP/1.1 only' }],
  user: ['u', { missing: 'no server in this lab asks for a password' }],
  cookie: ['b', { missing: 'no server in this lab knows cookies' }],
  form: ['F', { missing: 'no server in this lab takes forms' }],
  retry: ['', { missing: 'this lab repeats no transfer by itself' }],
  'retry-connrefused': ['', { missing: 'this lab repeats no transfer by itself' }],
  interface: ['', { missing: 'this lab binds no transfer to an interface' }],
  'limit-rate': ['', { missing: 'this lab has no bandwidth' }],
  'unix-socket': ['', { missing: 'this lab has no Unix sockets' }],
};

export function readCurl(words: readonly string[]): ReadCurl {
  const flags = new Set<string>();
  const values = new Map<string, string[]>();
  const urls: string[] = [];
  const refused = (message: string): ReadCurl => ({ kind: 'refused', message });
  let areOptionsOver = false;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (areOptionsOver || !word.startsWith('-') || word === '-') {
      urls.push(word);
      continue;
    }
    if (word === '--') {
      areOptionsOver = true;
      continue;
    }
    const long = word.startsWith('--') ? longName(word.slice(2)) : undefined;
    if (long !== undefined && long.kind !== 'name') return refused(`option ${word}: is ${long.kind}`);
    const letters = long === undefined ? word.slice(1) : '';
    const names = long === undefined ? [...letters] : [long.name];
    for (const [k, letter] of names.entries()) {
      const name = long === undefined ? nameOfLetter(letter) : letter;
      const shown = long === undefined ? `-${letter}` : word;
      const takes = name === undefined ? undefined : OPTIONS[name]?.[1];
      if (name === undefined || takes === undefined)
        return refused(`option ${long === undefined ? word : shown}: is unknown`);
      if (typeof takes === 'object') return refused(`option ${shown}: ${takes.missing}`);
      if (takes === 'flag') {
        flags.add(name);
        continue;
      }
      const joined = long === undefined && k + 1 < letters.length ? letters.slice(k + 1) : undefined;
      const value = joined ?? words[++i];
      if (value === undefined) return refused(`option ${long === undefined ? word : shown}: requires parameter`);
      if ((name === 'max-time' || name === 'connect-timeout') && !/^\d+(\.\d*)?$|^\.\d+$/.test(value))
        return refused(`option ${shown}: expected a proper numerical parameter`);
      values.set(name, [...(values.get(name) ?? []), value]);
      break;
    }
  }
  if (flags.has('help')) return { kind: 'help' };
  if (flags.has('version')) return { kind: 'version' };
  urls.push(...(values.get('url') ?? []));
  if (urls.length === 0) return refused(words.length === 0 ? '' : 'no URL specified!');
  return { kind: 'wishes', wishes: wishesOf(flags, values, urls) };
}

function nameOfLetter(letter: string): string | undefined {
  return Object.entries(OPTIONS).find(([, [own]]) => own === letter)?.[0];
}

/** Any beginning of a long name that is the beginning of no other. */
function longName(
  typed: string,
): { readonly kind: 'name'; readonly name: string } | { readonly kind: 'unknown' | 'ambiguous' } {
  if (Object.hasOwn(OPTIONS, typed)) return { kind: 'name', name: typed };
  const [name, ...more] = Object.keys(OPTIONS).filter(known => typed !== '' && known.startsWith(typed));
  if (name === undefined) return { kind: 'unknown' };
  return more.length > 0 ? { kind: 'ambiguous' } : { kind: 'name', name };
}

function wishesOf(
  flags: ReadonlySet<string>,
  values: ReadonlyMap<string, readonly string[]>,
  urls: readonly string[],
): CurlWishes {
  const last = (name: string): string | undefined => values.get(name)?.at(-1);
  // Zero is no limit.
  const milliseconds = (name: string): number | undefined => Number(last(name) ?? 0) * 1000 || undefined;
  const pieces = ['data', 'data-raw', 'data-binary'].flatMap(name => values.get(name) ?? []);
  const isQuery = flags.has('get');
  const query = isQuery && pieces.length > 0 ? pieces.join('&') : undefined;
  return {
    urls: query === undefined ? urls : urls.map(url => `${url}${url.includes('?') ? '&' : '?'}${query}`),
    silent: flags.has('silent'),
    showError: flags.has('show-error'),
    verbose: flags.has('verbose'),
    meter: flags.has('no-progress-meter') ? 'none' : 'shown',
    include: flags.has('include'),
    head: flags.has('head'),
    fail: flags.has('fail-with-body') ? 'with-body' : flags.has('fail') ? 'without-body' : 'never',
    family: flags.has('ipv6') ? 'IPv6' : flags.has('ipv4') ? 'IPv4' : 'any',
    maxTimeMs: milliseconds('max-time'),
    connectTimeoutMs: milliseconds('connect-timeout'),
    outputs: values.get('output') ?? [],
    writeOut: last('write-out'),
    headers: values.get('header') ?? [],
    userAgent: last('user-agent') ?? 'curl/7.88.1',
    method: last('request'),
    data: pieces.length === 0 || isQuery ? undefined : pieces.join('&'),
    resolve: values.get('resolve') ?? [],
  };
}
