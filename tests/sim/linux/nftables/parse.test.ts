import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseNft } from '../../../../src/sim/linux/nftables/parse.ts';
import { renderNft } from '../../../../src/sim/linux/nftables/render.ts';
import { ParseError } from '../../../../src/sim/runtime/errors.ts';

const inChain = (rule: string, hook = 'forward'): string =>
  `table ip t {\n chain c {\n  type filter hook ${hook} priority 0;\n  ${rule}\n }\n}\n`;

describe('what is not known is an error with its line', () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ['a statement', inChain('quota 5 mbytes'), 'line 4: ip, tcp, udp'],
    ['a word behind a field', inChain('ip ttl 5'), 'line 4: "saddr" or "daddr" or "protocol" was expected, not "ttl"'],
    ['an address', inChain('ip saddr 10.0.0.300 accept'), 'line 4: '],
    ['a port', inChain('tcp dport http accept'), 'line 4: a port or a range of ports was expected, not "http"'],
    ['a state', inChain('ct state fresh accept'), 'line 4: a state (invalid, established, related, new, untracked)'],
    ['a set that nobody made', inChain('ip saddr @nope accept'), 'line 4: there is no set "nope" in table ip t'],
    ['a chain that nobody made', inChain('jump nope'), 'line 4: there is no chain "nope" in table ip t'],
    ['a jump to a base chain', inChain('jump c'), 'line 4: "c" is a base chain'],
    [
      'an option of masquerade',
      inChain('masquerade random'),
      'line 4: fully-random or the next statement was expected',
    ],
    ['words behind the comment', inChain('accept comment "x" drop'), 'line 4: the end of the rule behind its comment'],
    [
      'operators out of order',
      inChain('meta mark set mark or 1 and 2'),
      'line 4: operators were expected in the order',
    ],
    ['a hook', inChain('accept', 'ingress'), 'line 3: "prerouting" or "input"'],
    ['a family', 'table ip6 t {\n}\n', 'line 1: "ip" or "inet" was expected, not "ip6"'],
    ['a command', 'delete table ip t\n', 'line 1: "table", "add" or "flush ruleset" was expected, not "delete"'],
    ['a table that nobody made', 'add chain ip t c\n', 'line 1: there is no table ip t'],
    [
      'a name of another hook',
      'table ip t {\n chain c { type nat hook output priority dstnat; }\n}\n',
      'line 2: a number or raw',
    ],
    ['a port without a protocol', inChain('dnat to 10.0.0.1:80'), 'line 4: tcp or udp was expected before'],
    [
      'a range in a set of single values',
      'table ip t {\n set s {\n  type ipv4_addr\n  elements = { 10.0.0.0/8 }\n }\n}\n',
      'line 4: "flags interval" was expected of the set "s"',
    ],
    ['an empty rule', 'table ip t {\n}\nadd chain ip t c\nadd rule ip t c\n', 'line 4: ip, tcp'],
    ['an end that is missing', 'table ip t {\n chain c {\n', 'line 3: '],
    [
      'keys of another type',
      'table ip t {\n set s { type inet_service; }\n chain c { ip saddr @s accept; }\n}\n',
      'line 3: "s" has keys of inet_service, not of ipv4_addr',
    ],
    [
      'a set where a verdict map belongs',
      'table ip t {\n set s { type ipv4_addr; }\n chain c { ip saddr vmap @s; }\n}\n',
      'line 3: "s" is a set, a verdict map was expected',
    ],
  ];
  it.each(rows)('%s', (_, text, message) => {
    expect(() => parseNft(text)).toThrow(message);
  });
});

describe('an nft text', () => {
  it('that is cut off anywhere is read or refused', () => {
    const text = readFileSync(new URL('./recorded/vocabulary.nft', import.meta.url), 'utf8');
    for (let length = 0; length < text.length; length += 37) {
      try {
        parseNft(text.slice(0, length));
      } catch (error) {
        expect(error).toBeInstanceOf(ParseError);
      }
    }
  });

  it('flushes what was there before', () => {
    const text = 'table ip a {\n}\nflush ruleset\ntable ip b {\n}\n';
    expect(renderNft(parseNft(text))).toBe('table ip b {\n}\n');
  });

  it('adds to a table that it has made already', () => {
    const text =
      'table ip a {\n chain c {\n  accept\n }\n}\nadd rule ip a c drop\ntable ip a {\n chain c {\n  return\n }\n}\n';
    expect(renderNft(parseNft(text))).toBe('table ip a {\n\tchain c {\n\t\taccept\n\t\tdrop\n\t\treturn\n\t}\n}\n');
  });

  it('goes on behind a backslash at the end of a line, and leaves comments out', () => {
    const text = '# first\nadd table ip a # here\nadd chain ip a c\nadd rule ip a c \\\n  accept\n';
    expect(renderNft(parseNft(text))).toContain('\t\taccept\n');
  });
});
