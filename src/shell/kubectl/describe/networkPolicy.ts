// `kubectl describe networkpolicy`.
//
// Read:    kubectl pkg/describe/describe.go, `describeNetworkPolicy`.

import type { Json } from '../../../sim/index.ts';
import { at, listAt, textAt } from '../fields.ts';
import { headLines, line } from './lines.ts';
import type { Lines } from './related.ts';
import { orNone, selectorText } from './selectorText.ts';

export function networkPolicyLines(policy: Json): Lines {
  const [head = '', namespace = '', ...labels] = headLines(policy);
  const spec = at(policy, 'spec');
  const types = listAt(spec, 'policyTypes').map(String);
  const selector = selectorText(at(spec, 'podSelector'));
  const created = textAt(policy, 'metadata', 'creationTimestamp').replace('T', ' ').replace('Z', ' +0000 UTC');
  return [
    head,
    namespace,
    line(0, 'Created on:', created),
    ...labels,
    line(0, 'Spec:'),
    line(1, `PodSelector:     ${selector || '<none> (Allowing the specific traffic to all pods in this namespace)'}`),
    ...directionLines('ingress', types.includes('Ingress'), listAt(spec, 'ingress')),
    ...directionLines('egress', types.includes('Egress'), listAt(spec, 'egress')),
    line(1, `Policy Types: ${types.join(', ')}`),
  ];
}

type Direction = 'ingress' | 'egress';

function directionLines(direction: Direction, isAffected: boolean, rules: readonly Json[]): Lines {
  if (!isAffected) return [line(1, `Not affecting ${direction} traffic`)];
  if (rules.length === 0)
    return [
      line(1, `Allowing ${direction} traffic:`),
      line(2, `<none> (Selected pods are isolated for ${direction} connectivity)`),
    ];
  return [
    line(1, `Allowing ${direction} traffic:`),
    ...rules.flatMap((rule, i) => [...(i === 0 ? [] : [line(2, '----------')]), ...ruleLines(direction, rule)]),
  ];
}

function ruleLines(direction: Direction, rule: Json): Lines {
  const [word, field, end] =
    direction === 'ingress' ? (['From', 'from', 'source'] as const) : (['To', 'to', 'destination'] as const);
  const ports = listAt(rule, 'ports');
  const peers = listAt(rule, field);
  return [
    ...(ports.length === 0 ? [line(2, 'To Port: <any> (traffic allowed to all ports)')] : ports.map(portLine)),
    ...(peers.length === 0
      ? [line(2, `${word}: <any> (traffic not restricted by ${end})`)]
      : peers.flatMap(peer => [line(2, `${word}:`), ...peerLines(peer)])),
  ];
}

function portLine(port: Json): string {
  const protocol = textAt(port, 'protocol') || 'TCP';
  const number = textAt(port, 'port');
  const last = textAt(port, 'endPort');
  return line(2, last === '' ? `To Port: ${number}/${protocol}` : `To Port Range: ${number}-${last}/${protocol}`);
}

function peerLines(peer: Json): Lines {
  const selector = (title: string, field: string): Lines =>
    at(peer, field) === undefined ? [] : [line(3, `${title}: ${orNone(selectorText(at(peer, field)))}`)];
  const block = at(peer, 'ipBlock');
  return [
    ...selector('NamespaceSelector', 'namespaceSelector'),
    ...selector('PodSelector', 'podSelector'),
    ...(block === undefined
      ? []
      : [
          line(3, 'IPBlock:'),
          line(4, `CIDR: ${textAt(block, 'cidr')}`),
          line(4, `Except: ${listAt(block, 'except').map(String).join(', ')}`),
        ]),
  ];
}
