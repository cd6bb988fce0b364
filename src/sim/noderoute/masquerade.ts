// flannel's own rules: Pods' traffic is forwarded, and what leaves the Pod network is masqueraded.
//
// Read:    flannel-io/flannel pkg/trafficmngr/iptables/iptables.go, `masqRules`, `forwardRules`.

import { withChains, withRule } from '../linux/netfilter/restore.ts';
import {
  ACCEPT,
  comment,
  from,
  jump,
  MASQUERADE_RANDOM,
  marked,
  notFrom,
  notTo,
  RETURN,
  rule,
  to,
} from '../linux/netfilter/rule.ts';
import type { Rule, Ruleset } from '../linux/netfilter/types.ts';
import { type Prefix, prefix } from '../net/address.ts';

const MASQ = comment('flanneld masq');
const FORWARD = comment('flanneld forward');
const MULTICAST = prefix('224.0.0.0/4');
/** Packets that kube-proxy has marked are its business. */
const KUBE_PROXY_MARK = 0x4000;

/** The ruleset with flannel's chains as they should be on a node. Unchanged (the same object) when they are. */
export function withFlannelRules(ruleset: Ruleset, network: Prefix, subnet: Prefix): Ruleset {
  const masquerade: readonly Rule[] = [
    rule(RETURN, marked(KUBE_PROXY_MARK), MASQ),
    rule(RETURN, from(subnet), to(network), MASQ),
    rule(RETURN, from(network), to(subnet), MASQ),
    rule(RETURN, notFrom(network), to(subnet), MASQ),
    rule(MASQUERADE_RANDOM, from(network), notTo(MULTICAST), MASQ),
    rule(MASQUERADE_RANDOM, notFrom(network), to(network), MASQ),
  ];
  const forward: readonly Rule[] = [rule(ACCEPT, from(network), FORWARD), rule(ACCEPT, to(network), FORWARD)];
  const chains = withChains(
    ruleset,
    new Map([
      ['nat', new Map([['FLANNEL-POSTRTG', masquerade]])],
      ['filter', new Map([['FLANNEL-FWD', forward]])],
    ]),
  );
  const jumped = withRule(chains, 'nat', 'POSTROUTING', rule(jump('FLANNEL-POSTRTG'), MASQ), 'last');
  return withRule(jumped, 'filter', 'FORWARD', rule(jump('FLANNEL-FWD'), FORWARD), 'last');
}
