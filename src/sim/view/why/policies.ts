// Which NetworkPolicies choose a Pod, and what they allow.

import type {
  NetworkPolicy,
  NetworkPolicyEgressRule,
  NetworkPolicyIngressRule,
  NetworkPolicyPeer,
  NetworkPolicyPort,
} from '../../api/kinds/networkPolicy.ts';
import type { Pod } from '../../api/kinds/pod.ts';
import { formatSelector, matchesLabels } from '../../api/selectors.ts';
import { counted, type Evidence, fact, inNamespace, listed, type WhyAnswer } from './answer.ts';

/** True of every cluster of the lab: MODEL.md, "Absent". */
const UNENFORCED = fact('In this lab no network plugin enforces policies: packets pass as if there were none.');

export function whichPolicies(pod: Pod, policies: readonly NetworkPolicy[]): WhyAnswer {
  const chosen = policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === pod.metadata.namespace && matchesLabels(spec.podSelector ?? {}, pod.metadata.labels),
  );
  const evidence =
    chosen.length === 0
      ? [
          fact('No NetworkPolicy chooses it.', {
            command: `kubectl get networkpolicies${inNamespace(pod.metadata.namespace)}`,
          }),
        ]
      : [...chosen.flatMap(policyRows), UNENFORCED];
  return { question: 'Which policies choose it?', evidence };
}

/** What there is in a namespace, and how many Pods each policy chooses. */
export function policiesOf(namespace: string, policies: readonly NetworkPolicy[], pods: readonly Pod[]): WhyAnswer {
  const rows = policies.flatMap(policy => {
    const selector = policy.spec.podSelector ?? {};
    const chosen = pods.filter(
      pod => pod.metadata.namespace === namespace && matchesLabels(selector, pod.metadata.labels),
    );
    const names = listed(chosen.slice(0, 3).map(pod => pod.metadata.name));
    const who =
      chosen.length === 0 ? 'no Pod' : `${counted(chosen.length, 'Pod')} (${names}${chosen.length > 3 ? ', ...' : ''})`;
    const first = chosen[0];
    return [
      fact(`NetworkPolicy ${policy.metadata.name} chooses ${who}.`, {
        ...(first !== undefined && { element: `pod/${namespace}/${first.metadata.name}` }),
        command: describing(policy),
      }),
      ...policyRows(policy).slice(1),
    ];
  });
  return {
    question: 'Which policies are here?',
    evidence: rows.length === 0 ? [fact('There is no NetworkPolicy here.')] : [...rows, UNENFORCED],
  };
}

const describing = ({ metadata }: NetworkPolicy): string =>
  `kubectl describe networkpolicy ${metadata.name}${inNamespace(metadata.namespace)}`;

function policyRows(policy: NetworkPolicy): readonly Evidence[] {
  const { name } = policy.metadata;
  const { policyTypes = [], ingress = [], egress = [], podSelector } = policy.spec;
  const command = describing(policy);
  const selector = formatSelector(podSelector);
  return [
    fact(`NetworkPolicy ${name} chooses it (${selector === '<none>' ? 'every Pod' : selector}).`, { command }),
    ...(policyTypes.includes('Ingress')
      ? [fact(`${name}, to it: ${allowed(ingress.map(rule => ruleText('from', rule)))}`, { command })]
      : []),
    ...(policyTypes.includes('Egress')
      ? [fact(`${name}, from it: ${allowed(egress.map(rule => ruleText('to', rule)))}`, { command })]
      : []),
  ];
}

const allowed = (rules: readonly string[]): string =>
  rules.length === 0 ? 'nothing is allowed.' : `allowed is ${rules.join('; or ')}.`;

function ruleText(side: 'from' | 'to', rule: NetworkPolicyIngressRule & NetworkPolicyEgressRule): string {
  const peers = rule[side] ?? [];
  const ports = rule.ports ?? [];
  const who = peers.length === 0 ? 'anybody' : peers.map(peerText).join(' or ');
  return `${side} ${who}, ${ports.length === 0 ? 'any port' : listed(ports.map(portText))}`;
}

function peerText({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer): string {
  if (ipBlock !== undefined)
    return ipBlock.except === undefined || ipBlock.except.length === 0
      ? ipBlock.cidr
      : `${ipBlock.cidr} except ${listed(ipBlock.except)}`;
  const pods = podSelector === undefined ? '<none>' : formatSelector(podSelector);
  const who = pods === '<none>' ? 'every Pod' : `Pods with ${pods}`;
  if (namespaceSelector === undefined) return who;
  const where = formatSelector(namespaceSelector);
  return `${who} of ${where === '<none>' ? 'all namespaces' : `namespaces with ${where}`}`;
}

function portText({ port, endPort, protocol = 'TCP' }: NetworkPolicyPort): string {
  if (port === undefined) return `all ports/${protocol}`;
  return endPort === undefined ? `${port}/${protocol}` : `${port}-${endPort}/${protocol}`;
}
