// Which rules of the nodes' kernels are about an address or a Service, counted by chain.

import { renderAppend } from '../../linux/netfilter/iptablesSave.ts';
import { commentOf } from '../../linux/netfilter/ruleTable.ts';
import type { Rule, Ruleset } from '../../linux/netfilter/types.ts';
import { contains, type Ip, type Prefix, prefixBits } from '../../net/address.ts';
import { cause, counted, type Evidence, fact, head, listed, type WhyAnswer } from './answer.ts';

export interface NodeRules {
  readonly node: string;
  readonly ruleset: Ruleset;
  /** How many tables of nft there are beside those of iptables. */
  readonly nftTables: number;
}

/**
 * - `names`: it has the address, or the Service, by itself.
 * - `covers`: it is about a network that the address lies in.
 */
type Touch = 'names' | 'covers' | 'no';

/** Rows that are shown of what holds on the same nodes. */
const MOST = 12;

export function rulesOfAddress(address: Ip, nodes: readonly NodeRules[]): WhyAnswer {
  return answer(nodes, rule => touchOfAddress(rule, address), address);
}

/** @param service `NAMESPACE/NAME`, as kube-proxy writes it into comments */
export function rulesOfService(service: string, clusterIP: Ip | undefined, nodes: readonly NodeRules[]): WhyAnswer {
  const touch = (rule: Rule): Touch => {
    const [first = ''] = (commentOf(rule) ?? '').split(' ');
    if (first === service || first.startsWith(`${service}:`)) return 'names';
    return clusterIP === undefined ? 'no' : touchOfAddress(rule, clusterIP);
  };
  return answer(nodes, touch, `Service ${service}`);
}

function touchOfAddress({ matches, target }: Rule, address: Ip): Touch {
  if (target.kind === 'DNAT' && target.address === address) return 'names';
  let touch: Touch = 'no';
  for (const match of matches) {
    if ((match.kind !== 'source' && match.kind !== 'destination') || match.negated) continue;
    if (!contains(match.prefix, address) || prefixBits(match.prefix).length === 0) continue;
    if (isHost(match.prefix)) return 'names';
    touch = 'covers';
  }
  return touch;
}

const isHost = (prefix: Prefix): boolean => prefixBits(prefix).length === 32;

/** What holds on the same nodes stands together: most rows are the same on all. */
function answer(nodes: readonly NodeRules[], touch: (rule: Rule) => Touch, what: string): WhyAnswer {
  const rows = new Map<string, { readonly row: Evidence; readonly on: string[] }>();
  for (const node of nodes) {
    for (const row of rowsOf(node, touch, what)) {
      const key = `${row.sentence} ${row.line}`;
      const known = rows.get(key);
      if (known === undefined) rows.set(key, { row, on: [node.node] });
      else known.on.push(node.node);
    }
  }
  const groups = new Map<string, Evidence[]>();
  for (const { row, on } of rows.values()) {
    const names = listed(on);
    const group = groups.get(names);
    if (group === undefined) groups.set(names, [row]);
    else group.push(row);
  }
  const evidence = [...groups].flatMap(([names, group]) => [
    head(`On ${names}:`),
    ...group.slice(0, MOST),
    ...(group.length > MOST ? [fact(`${group.length - MOST} more.`)] : []),
  ]);
  const nft = nodes.filter(({ nftTables }) => nftTables > 0).map(({ node }) => node);
  if (nft.length > 0)
    evidence.push(
      fact(`${listed(nft)} also ${nft.length === 1 ? 'has' : 'have'} tables of nft, which are not searched here.`, {
        command: `ssh ${nft[0]} nft list ruleset`,
      }),
    );
  return {
    question: 'Which rules are about it?',
    evidence: evidence.length === 0 ? [fact(`No rule of iptables on any node is about ${what}.`)] : evidence,
  };
}

function rowsOf({ node, ruleset }: NodeRules, touch: (rule: Rule) => Touch, what: string): Evidence[] {
  const ending: Evidence[] = [];
  const naming: Evidence[] = [];
  const covering: Evidence[] = [];
  for (const table of ruleset.tables.values()) {
    const command = `ssh ${node} iptables-save -t ${table.name}`;
    for (const chain of table.chains.values()) {
      let names = 0;
      for (const rule of chain.rules) {
        const found = touch(rule);
        if (found === 'no') continue;
        if (rule.target.kind === 'DROP' || rule.target.kind === 'REJECT')
          ending.push(
            cause(`A rule of ${table.name} ends packets:`, { line: renderAppend(chain.name, rule), command }),
          );
        else if (found === 'covers')
          covering.push(
            fact(`A rule of ${table.name} is about a network that it lies in:`, {
              line: renderAppend(chain.name, rule),
              command,
            }),
          );
        else names++;
      }
      if (names > 0)
        naming.push(
          fact(`${table.name} ${chain.name}: ${counted(names, 'rule names', 'rules name')} ${what}.`, { command }),
        );
    }
  }
  return [...ending, ...naming, ...covering];
}
