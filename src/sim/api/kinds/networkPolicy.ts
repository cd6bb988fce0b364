// NetworkPolicy: who may talk to the chosen Pods, and to whom they may talk. Kept and checked, not enforced yet.
//
// Read:    kubernetes pkg/apis/networking/v1/defaults.go; pkg/apis/networking/validation/validation.go;
//          pkg/printers/internalversion/printers.go, `printNetworkPolicy`.

import type { Draft } from '../draft.ts';
import type { ApiObject, LabelSelector } from '../objects.ts';
import { formatSelector } from '../selectors.ts';
import { age } from '../timestamps.ts';
import { dnsSubdomain } from '../validation/formats.ts';
import { validateNetworkPolicy } from '../validation/networkPolicy.ts';
import { column, type Kind, nameColumn } from './kind.ts';

export interface NetworkPolicyPort {
  readonly protocol?: string;
  /** By number, or by the name of a container port; absent: all. */
  readonly port?: number | string;
  /** The last one of a range that begins with `port`. */
  readonly endPort?: number;
}

export interface IpBlock {
  readonly cidr: string;
  readonly except?: readonly string[];
}

/** Pods, by themselves or by their namespaces, or a range of addresses. */
export interface NetworkPolicyPeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: IpBlock;
}

export interface NetworkPolicyIngressRule {
  readonly ports?: readonly NetworkPolicyPort[];
  readonly from?: readonly NetworkPolicyPeer[];
}

export interface NetworkPolicyEgressRule {
  readonly ports?: readonly NetworkPolicyPort[];
  readonly to?: readonly NetworkPolicyPeer[];
}

export interface NetworkPolicySpec {
  readonly podSelector?: LabelSelector;
  readonly ingress?: readonly NetworkPolicyIngressRule[];
  readonly egress?: readonly NetworkPolicyEgressRule[];
  /** `Ingress`, `Egress`: which directions are closed but for the rules. */
  readonly policyTypes?: readonly string[];
}

export interface NetworkPolicy extends ApiObject {
  readonly spec: NetworkPolicySpec;
}

export const networkPolicies: Kind<NetworkPolicy> = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  resource: 'networkpolicies',
  singular: 'networkpolicy',
  shortNames: ['netpol'],
  categories: [],
  namespaced: true,
  subresources: [],
  nameRule: dnsSubdomain,
  countsGenerations: true,
  deletionAnswers: 'status',
  effect: 'none',
  defaults(policy) {
    const spec = policy.spec ?? {};
    const { ingress, egress, policyTypes = [] } = spec;
    const hasEgress = (egress ?? []).length > 0;
    return {
      ...policy,
      spec: {
        ...spec,
        podSelector: spec.podSelector ?? {},
        ...(ingress !== undefined && { ingress: ingress.map(withProtocols) }),
        ...(egress !== undefined && { egress: egress.map(withProtocols) }),
        policyTypes: policyTypes.length > 0 ? policyTypes : hasEgress ? ['Ingress', 'Egress'] : ['Ingress'],
      },
    };
  },
  validate: validateNetworkPolicy,
  columns: [
    nameColumn(),
    column('Pod-Selector', policy => formatSelector(policy.spec?.podSelector)),
    column('Age', (policy, now) => age(policy.metadata?.creationTimestamp, now)),
  ],
};

function withProtocols<Rule extends { readonly ports?: readonly Draft<NetworkPolicyPort>[] | undefined }>(
  rule: Rule,
): Rule {
  if (rule.ports === undefined) return rule;
  return { ...rule, ports: rule.ports.map(port => ({ ...port, protocol: port.protocol ?? 'TCP' })) };
}
