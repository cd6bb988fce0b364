// Which rules of the nodes' kernels are about an address or a Service, counted by chain.

import { renderAppend } from '../../linux/netfilter/iptablesSave.ts';
import { commentOf } from '../../linux/netfilter/ruleTable.ts';
import type { Rule, Ruleset } from '../../linux/netfilter/types.ts';
import { contains, type Ip, type Prefix, prefixBits } from '../../net/address.ts';
import { cause, counted, type Evidence, fact, listed, type WhyAnswer } from './answer.ts';

export interface NodeRules {
  readonly node: string;
  readonly ruleset: Ruleset;
  /** Tables of nft beside those of iptables. */
  readonly nftTables: number;
}

/**
 * - `names`: it has the address, or the Service, by itself.
 * - `covers`: it is about a network that the address lies in.
 */
type Touch = 'names' | 'covers' | 'no';

/** Chains that are shown of one node. */
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

function answer(nodes: readonly NodeRules[], touch: (rule: Rule) => Touch, what: string): WhyAnswer {
  const groups = new Map<string, { readonly nodes: string[]; readonly rows: readonly Evidence[] }>();
  for (const node of nodes) {
    const rows = rowsOf(node, touch, what);
    const key = JSON.stringify(rows.map(({ sentence, line }) => [sentence, line]));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { nodes: [node.node], rows });
    else group.nodes.push(node.node);
  }
  const evidence = [...groups.values()].flatMap(group => [
    fact(
      group.rows.length === 0
        ? `On ${listed(group.nodes)} no rule of iptables is about ${what}.`
        : `On ${listed(group.nodes)}${group.nodes.length > 1 ? ', each' : ''}:`,
      group.nodes.length === 1 ? { element: `node/${group.nodes[0]}` } : {},
    ),
    ...group.rows,
  ]);
  return { question: 'Which rules are about it?', evidence };
}

function rowsOf({ node, ruleset, nftTables }: NodeRules, touch: (rule: Rule) => Touch, what: string): Evidence[] {
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
  const rows = [...ending, ...naming, ...covering];
  const shown = rows.slice(0, MOST);
  if (rows.length > MOST) shown.push(fact(`${rows.length - MOST} more.`, { command: `ssh ${node} iptables-save` }));
  if (nftTables > 0)
    shown.push(
      fact(`${counted(nftTables, 'table')} of nft beside them, not searched here.`, {
        command: `ssh ${node} nft list ruleset`,
      }),
    );
  return shown;
}
