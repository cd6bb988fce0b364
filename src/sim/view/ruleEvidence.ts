// The chains that a packet walked, rule by rule, each with why it did or did not act on it.
//
// The walk is judged again from the values that the trace kept, so that what is shown is what the linear walk of the
// kernel does, however the evaluation found its way.

import type { TableVerdict } from '../linux/netfilter/evaluate.ts';
import { renderAppend, renderMatch, renderTarget } from '../linux/netfilter/iptablesSave.ts';
import { type HookContext, matches, recentAddress } from '../linux/netfilter/matches.ts';
import type { MatchedRule } from '../linux/netfilter/ruleTable.ts';
import {
  type AnyRule,
  type AskedChain,
  commentOf,
  isNftRule,
  type RuleChain,
  type RuleTable,
} from '../linux/netfilter/ruleTable.ts';
import type { Match, Target } from '../linux/netfilter/types.ts';
import { renderNftRule } from '../linux/nftables/render.ts';
import { portsOf } from '../net/packet.ts';
import type { ChainView, EvidenceView, RuleRow } from './exchange.ts';
import { actionText, isDrawn, nftAction, nftConditions, nftWhyNot, setsMark } from './nftEvidence.ts';

/** Runs of rules that did not match are shown as one row from this length on. */
const FOLD_FROM = 3;

export function ruleEvidence(
  { table, chain: base }: AskedChain,
  context: HookContext,
  matched: readonly MatchedRule[],
  verdict: TableVerdict,
): EvidenceView {
  const visited = [base.name, ...matched.flatMap(chainCalled)];
  const chains = [...new Set(visited)].flatMap(name => {
    const chain = table.chains.get(name);
    return chain === undefined ? [] : [chainView(chain, table, context, matched, verdict)];
  });
  return {
    kind: 'rules',
    title: `${table.name} table, ${base.name}`,
    table: table.name,
    hook: context.hook,
    chains,
    verdict: verdictText(verdict),
  };
}

function chainCalled(match: MatchedRule): readonly string[] {
  const { target } = match;
  return target.kind === 'jump' || target.kind === 'goto' ? [target.chain] : [];
}

function verdictText(verdict: TableVerdict): string {
  if (verdict.kind === 'policy') return `policy ${verdict.policy}`;
  return targetText(verdict.target);
}

/** `DNAT to 10.244.2.2:8080` rather than `-j DNAT --to-destination ...`. */
function targetText(target: Target): string {
  switch (target.kind) {
    case 'jump':
    case 'goto':
      return target.chain;
    case 'DNAT':
    case 'SNAT':
      return `${target.kind} to ${target.text}`;
    case 'REJECT':
      return `REJECT with ${target.with}`;
    case 'none':
      return 'counts';
    default:
      return renderTarget(target).replace(/^-j /, '');
  }
}

function chainView(
  chain: RuleChain,
  table: RuleTable,
  context: HookContext,
  matched: readonly MatchedRule[],
  verdict: TableVerdict,
): ChainView {
  const here = matched.filter(match => match.chain === chain.name);
  const decider = verdict.kind === 'target' ? verdict.by : undefined;
  const last = here[here.length - 1];
  // After a rule that ended the walk (here, or in a chain called from here) the rest was not looked at.
  const ended = last !== undefined && endsWalk(last, decider, table, matched);
  const reachedTo = ended ? last.number : chain.rules.length;
  const rows = chain.rules.map((rule, i): RuleRow => {
    const number = i + 1;
    const hit = here.find(match => match.number === number);
    const text = isNftRule(rule) ? renderNftRule(rule) : renderAppend(chain.name, rule);
    const common = { number, matches: conditionsText(rule), target: rowTarget(rule, hit), text, count: 1 };
    if (hit !== undefined) return { ...common, ...outcomeOf(hit, decider) };
    if (number > reachedTo) return { ...common, outcome: 'not-reached', why: 'not reached' };
    return { ...common, outcome: 'no', why: `no: ${whyNot(rule, table, context, `${chain.name}/${i}`)}` };
  });
  return { name: chain.name, note: noteOf(chain), rows: folded(rows) };
}

function endsWalk(
  last: MatchedRule,
  decider: MatchedRule | undefined,
  table: RuleTable,
  matched: readonly MatchedRule[],
): boolean {
  if (last === decider || last.target.kind === 'RETURN' || last.target.kind === 'goto') return true;
  if (last.target.kind !== 'jump' || decider === undefined) return false;
  // The decision fell in a chain that was called from here, as the last thing that happened.
  return isCalledFrom(last.target.chain, decider.chain, table, matched);
}

function isCalledFrom(
  chain: string,
  wanted: string,
  table: RuleTable,
  matched: readonly MatchedRule[],
  depth = 0,
): boolean {
  if (chain === wanted) return true;
  if (depth > 20) return false;
  return matched.some(
    match =>
      match.chain === chain && chainCalled(match).some(next => isCalledFrom(next, wanted, table, matched, depth + 1)),
  );
}

function outcomeOf(hit: MatchedRule, decider: MatchedRule | undefined): Pick<RuleRow, 'outcome' | 'why'> {
  if (hit === decider) return { outcome: 'decides', why: 'decides' };
  const { rule } = hit;
  const isKnown = !isNftRule(rule) && rule.matches.some(match => match.kind === 'recent' && match.action !== 'set');
  const isChance = isNftRule(rule) ? isDrawn(rule) : rule.matches.some(match => match.kind === 'random');
  const drawn = isChance ? 'drawn, ' : isKnown ? 'was here before, ' : '';
  switch (hit.target.kind) {
    case 'jump':
    case 'goto':
      return { outcome: 'jump', why: `${drawn}jump` };
    case 'RETURN':
      return { outcome: 'passes', why: 'returns' };
    case 'MARK':
      return { outcome: 'passes', why: 'sets the mark' };
    default:
      return { outcome: 'passes', why: isNftRule(rule) && setsMark(rule) ? 'sets the mark' : 'matches' };
  }
}

/** The first condition that does not hold, in a few words. */
function whyNot(rule: AnyRule, table: RuleTable, context: HookContext, ruleId: string): string {
  if (isNftRule(rule)) return 'tool' in table ? nftWhyNot(rule, table, context, ruleId) : '';
  for (const match of rule.matches) {
    if (!matches(match, context, context.mark, match.kind === 'random' ? ruleId : '')) return reasonFor(match, context);
  }
  return 'the mark was another then';
}

function reasonFor(match: Match, context: HookContext): string {
  const { packet } = context;
  switch (match.kind) {
    case 'source':
      return match.negated ? `the source ${packet.src} is in ${match.prefix}` : `the source is ${packet.src}`;
    case 'destination':
      return match.negated ? `the destination ${packet.dst} is in ${match.prefix}` : `the destination is ${packet.dst}`;
    case 'in-interface':
      return `it came in by ${context.inInterface ?? 'no interface'}`;
    case 'out-interface':
      return `it leaves by ${context.outInterface ?? 'no interface'}`;
    case 'protocol':
      return `the protocol is ${packet.body.kind}`;
    case 'ports':
      return packet.body.kind === match.protocol
        ? `the port is ${portsOf(packet)?.dst ?? 'unknown'}`
        : `the protocol is ${packet.body.kind}`;
    case 'ctstate':
      return `the state is ${context.ctState}`;
    case 'ctdir':
      return `the direction is ${context.ctDirection}`;
    case 'mark':
      return `the mark is 0x${context.mark.toString(16)}`;
    case 'addrtype':
      return match.destination === undefined
        ? `the source is ${context.addressType(packet.src)}`
        : `the destination is ${context.addressType(packet.dst)}`;
    case 'random':
      return 'not drawn';
    case 'icmp-type':
      return packet.body.kind === 'icmp' ? `its type is ${packet.body.type}` : `the protocol is ${packet.body.kind}`;
    case 'multiport':
      return `the port is ${portsOf(packet)?.[match.side === 'source' ? 'src' : 'dst'] ?? 'unknown'}`;
    case 'iprange':
      return match.side === 'source' ? `the source is ${packet.src}` : `the destination is ${packet.dst}`;
    case 'physdev':
      return `it crosses ${context.physicalIn ?? 'no port'} to ${context.physicalOut ?? 'no port'}`;
    case 'connmark':
      return `the connection's mark is 0x${context.ctMark.toString(16)}`;
    case 'recent':
      return match.action === 'set'
        ? ''
        : `${recentAddress(match, packet)} was not noted in ${match.list}${match.seconds === undefined ? '' : ' lately'}`;
    case 'set':
      return match.negated ? `it is in the set ${match.set}` : `it is not in the set ${match.set}`;
    case 'mac-source':
      return `the source MAC is ${context.sourceMac ?? 'unknown'}`;
    case 'comment':
      return '';
  }
}

/** What the rule did with the packet; of one that did nothing, what it would have done. */
function rowTarget(rule: AnyRule, hit: MatchedRule | undefined): string {
  if (!isNftRule(rule)) return targetText(rule.target);
  if (hit !== undefined && hit.target.kind !== 'none') return targetText(hit.target);
  const action = nftAction(rule);
  if (action === undefined) return 'counts';
  return action.kind === 'verdict' ? targetText(action.target) : actionText(action);
}

function conditionsText(rule: AnyRule): string {
  if (isNftRule(rule)) return nftConditions(rule);
  return rule.matches
    .filter(match => match.kind !== 'comment')
    .map(renderMatch)
    .join(' ')
    .replaceAll('-m tcp --dport', 'dport')
    .replaceAll('-m udp --dport', 'dport')
    .replaceAll(/ ?-m (tcp|udp)$/g, '')
    .replaceAll('-m statistic --mode random --probability', 'random')
    .replaceAll('-m conntrack --ctstate', 'state')
    .replaceAll('-m recent', 'recent')
    .replaceAll(' --mask 255.255.255.255 --rsource', '')
    .replaceAll('-m mark', 'mark')
    .replaceAll('-m addrtype', 'addrtype')
    .replaceAll(/mark (! )?--mark/g, '$1mark');
}

/** What the chain stands for: the comment that its rules share. */
function noteOf(chain: RuleChain): string {
  const own = 'comment' in chain ? chain.comment : undefined;
  const first = own ?? chain.rules.map(commentOf).find(comment => comment !== undefined);
  if (first === undefined) return `${chain.rules.length} rule${chain.rules.length === 1 ? '' : 's'}`;
  const endpoint = /-> (\S+)$/.exec(first);
  if (chain.name.startsWith('KUBE-SEP-')) {
    const target = targetsOf(chain).find(t => t.kind === 'DNAT');
    return target?.kind === 'DNAT' ? `${first}, ${target.text}` : first;
  }
  if (chain.name.startsWith('KUBE-SVC-') || chain.name.startsWith('KUBE-SVL-')) {
    // With session affinity two rules lead to each endpoint.
    const { size: count } = new Set(
      targetsOf(chain).flatMap(target =>
        target.kind === 'jump' && target.chain.startsWith('KUBE-SEP-') ? [target.chain] : [],
      ),
    );
    const name = first.replace(/ (cluster IP|-> .*)$/, '');
    return `${name}, ${count} endpoint${count === 1 ? '' : 's'}`;
  }
  return endpoint?.[1] ?? `${chain.rules.length} rule${chain.rules.length === 1 ? '' : 's'}`;
}

function targetsOf(chain: RuleChain): readonly Target[] {
  return chain.rules.flatMap(rule => (isNftRule(rule) ? [] : [rule.target]));
}

/** Long runs of rules that did not match, or were not reached, become one row each. */
function folded(rows: readonly RuleRow[]): readonly RuleRow[] {
  const result: RuleRow[] = [];
  for (let i = 0; i < rows.length; ) {
    const row = rows[i];
    if (row === undefined) break;
    let runEnd = i;
    while (rows[runEnd]?.outcome === row.outcome && (row.outcome === 'no' || row.outcome === 'not-reached')) runEnd++;
    const run = runEnd - i;
    if (run >= FOLD_FROM) {
      result.push({
        ...row,
        count: run,
        matches: `${run} rules`,
        target: '',
        why: row.outcome === 'no' ? 'no' : 'not reached',
        text: rows
          .slice(i, runEnd)
          .map(r => r.text)
          .join('\n'),
      });
      i = runEnd;
    } else {
      result.push(row);
      i++;
    }
  }
  return result;
}
