// Reads one rule in the language of iptables: `-d 10.96.0.10/32 -p tcp -m tcp --dport 80 -j KUBE-SVC-...`.
//
// Only what the model has is read. An option that it does not know is an error, never a guess.
//
// Read:    iptables(8), iptables-extensions(8).

import { prefix } from '../../net/address.ts';
import { ParseError } from '../../runtime/errors.ts';
import { parseMatch, parsePortMatch } from './parseMatch.ts';
import { parseTarget } from './parseTarget.ts';
import { splitWords, Words } from './ruleWords.ts';
import type { Match, Rule, Target } from './types.ts';

/**
 * Reads the words after `-A CHAIN`.
 * @throws ParseError that names the option and what was expected
 */
export function parseRule(line: string): Rule {
  return parseRuleWords(splitWords(line));
}

/** The same for words that a shell has split already. */
export function parseRuleWords(rule: readonly string[]): Rule {
  const words = new Words(rule);
  const matches: Match[] = [];
  let target: Target = { kind: 'none' };
  while (!words.done) {
    const option = words.peekOption();
    if (option === undefined) throw new ParseError('an option was expected after "!"');
    words.skip(option);
    switch (option.option) {
      case '-s':
      case '--source':
        matches.push({ kind: 'source', prefix: prefix(words.next('an address')), negated: option.negated });
        break;
      case '-d':
      case '--destination':
        matches.push({ kind: 'destination', prefix: prefix(words.next('an address')), negated: option.negated });
        break;
      case '-i':
      case '--in-interface':
        matches.push({ kind: 'in-interface', name: words.next('an interface'), negated: option.negated });
        break;
      case '-o':
      case '--out-interface':
        matches.push({ kind: 'out-interface', name: words.next('an interface'), negated: option.negated });
        break;
      case '-p':
      case '--protocol':
        matches.push({ kind: 'protocol', protocol: parseProtocol(words.next('a protocol')), negated: option.negated });
        break;
      case '-m':
      case '--match':
        parseMatch(words.next('the name of a match'), words, matches);
        break;
      case '-j':
      case '--jump':
        target = parseTarget(words.next('a target'), words);
        break;
      case '-g':
      case '--goto':
        target = { kind: 'goto', chain: words.next('a chain') };
        break;
      case '--dport':
      case '--destination-port':
      case '--sport':
      case '--source-port':
        // `-p tcp --dport 80` loads the match of the protocol by itself.
        words.back(option);
        matches.push(parsePortMatch(portProtocol(matches), words));
        break;
      case '--icmp-type':
        if (!matches.some(match => match.kind === 'protocol' && match.protocol === 'icmp'))
          throw new ParseError('unknown option "--icmp-type"');
        words.back(option);
        parseMatch('icmp', words, matches);
        break;
      default:
        throw new ParseError(`unknown option "${option.option}"`);
    }
  }
  return { matches, target };
}

function portProtocol(matches: readonly Match[]): 'tcp' | 'udp' {
  for (const match of matches)
    if (match.kind === 'protocol' && !match.negated && (match.protocol === 'tcp' || match.protocol === 'udp'))
      return match.protocol;
  throw new ParseError('"-p tcp" or "-p udp" was expected before a port');
}

function parseProtocol(text: string): 'tcp' | 'udp' | 'icmp' | 'ipip' {
  switch (text) {
    case 'tcp':
    case '6':
      return 'tcp';
    case 'udp':
    case '17':
      return 'udp';
    case 'icmp':
    case '1':
      return 'icmp';
    case 'ipencap':
    case '4':
      return 'ipip';
    default:
      throw new ParseError(`unknown protocol "${text}" (tcp, udp, icmp or ipencap was expected)`);
  }
}
