// `kubectl describe node`.
//
// Read:    kubectl v1.34 pkg/describe/describe.go, `describeNode`, `describeNodeLease`.

import type { Json } from '../../../sim/index.ts';
import { at, listAt, objectAt, textAt } from '../fields.ts';
import { KubectlError } from '../session.ts';
import { eventLines } from './events.ts';
import { compare, labelAndAnnotationLines, line, longTime, sortedEntries, taintLines } from './lines.ts';
import { nodeResourceLines } from './nodeResources.ts';
import { parseQuantity, quantityText } from './quantity.ts';
import type { Lines, Related } from './related.ts';
import { orNone } from './selectorText.ts';

const ROLE_PREFIX = 'node-role.kubernetes.io/';
const ROLE_LABEL = 'kubernetes.io/role';
/** Title and field of what the kubelet says about its machine. */
const SYSTEM_INFO: readonly (readonly [string, string])[] = [
  ['Machine ID', 'machineID'],
  ['System UUID', 'systemUUID'],
  ['Boot ID', 'bootID'],
  ['Kernel Version', 'kernelVersion'],
  ['OS Image', 'osImage'],
  ['Operating System', 'operatingSystem'],
  ['Architecture', 'architecture'],
  ['Container Runtime Version', 'containerRuntimeVersion'],
  ['Kubelet Version', 'kubeletVersion'],
  ['Kube-Proxy Version', 'kubeProxyVersion'],
];

export async function nodeLines(node: Json, related: Related): Promise<Lines> {
  const [spec, status] = [at(node, 'spec'), at(node, 'status')];
  const name = textAt(node, 'metadata', 'name');
  const pods = await related.list('/api/v1/pods', {
    fieldSelector: `spec.nodeName=${name},status.phase!=Succeeded,status.phase!=Failed`,
  });
  return [
    line(0, 'Name:', name),
    line(0, 'Roles:', orNone(rolesOf(node).join(','))),
    ...labelAndAnnotationLines(node),
    line(0, 'CreationTimestamp:', longTime(textAt(node, 'metadata', 'creationTimestamp'))),
    ...taintLines('Taints', listAt(spec, 'taints')),
    line(0, 'Unschedulable:', String(at(spec, 'unschedulable') === true)),
    ...(await leaseLines(name, related)),
    ...conditionLines(node),
    line(0, 'Addresses:'),
    ...listAt(status, 'addresses').map(address => line(1, `${textAt(address, 'type')}:`, textAt(address, 'address'))),
    ...amountLines('Capacity', at(status, 'capacity')),
    ...amountLines('Allocatable', at(status, 'allocatable')),
    line(0, 'System Info:'),
    ...SYSTEM_INFO.map(([title, field]) => line(1, `${title}:`, textAt(status, 'nodeInfo', field))),
    ...given('PodCIDR:', textAt(spec, 'podCIDR')),
    ...given('PodCIDRs:', listAt(spec, 'podCIDRs').map(String).join(',')),
    ...given('ProviderID:', textAt(spec, 'providerID')),
    ...nodeResourceLines(node, pods, related.now),
    ...eventLines(related),
  ];
}

function given(title: string, text: string): Lines {
  return text === '' ? [] : [line(0, title, text)];
}

/** From labels such as `node-role.kubernetes.io/control-plane`. */
function rolesOf(node: Json): readonly string[] {
  const roles = sortedEntries(at(node, 'metadata', 'labels')).flatMap(([key, value]) => {
    if (key.startsWith(ROLE_PREFIX)) return [key.slice(ROLE_PREFIX.length)];
    return key === ROLE_LABEL ? [value] : [];
  });
  return [...new Set(roles.filter(role => role !== ''))].sort(compare);
}

async function leaseLines(name: string, related: Related): Promise<Lines> {
  const resource = 'leases.coordination.k8s.io';
  try {
    const leases = await related.list('/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases', {
      fieldSelector: `metadata.name=${name}`,
    });
    const [lease] = leases;
    if (lease === undefined) return [line(0, 'Lease:', `Failed to get lease: ${resource} "${name}" not found`)];
    const time = (field: string): string => {
      const text = textAt(lease, 'spec', field);
      return text === '' ? '<unset>' : longTime(text);
    };
    return [
      line(0, 'Lease:'),
      line(1, 'HolderIdentity:', textAt(lease, 'spec', 'holderIdentity') || '<unset>'),
      line(1, 'AcquireTime:', time('acquireTime')),
      line(1, 'RenewTime:', time('renewTime')),
    ];
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    const problem = error.message.replace(/^Error from server(?: \(\w+\))?: /, '');
    return [line(0, 'Lease:', `Failed to get lease: ${problem}`)];
  }
}

function conditionLines(node: Json): Lines {
  const conditions = listAt(node, 'status', 'conditions');
  if (conditions.length === 0) return [];
  return [
    line(0, 'Conditions:'),
    line(1, 'Type', 'Status', 'LastHeartbeatTime', 'LastTransitionTime', 'Reason', 'Message'),
    line(1, '----', '------', '-----------------', '------------------', '------', '-------'),
    ...conditions.map(condition =>
      // The spaces before the ends of cells are kubectl's.
      line(
        1,
        `${textAt(condition, 'type')} `,
        `${textAt(condition, 'status')} `,
        `${longTime(textAt(condition, 'lastHeartbeatTime'))} `,
        `${longTime(textAt(condition, 'lastTransitionTime'))} `,
        `${textAt(condition, 'reason')} `,
        textAt(condition, 'message'),
      ),
    ),
  ];
}

function amountLines(title: string, amounts: Json | undefined): Lines {
  const entries = sortedEntries(objectAt(amounts));
  if (entries.length === 0) return [];
  return [
    line(0, `${title}:`),
    ...entries.map(([resource, amount]) => line(1, `${resource}:`, quantityText(parseQuantity(amount)))),
  ];
}
