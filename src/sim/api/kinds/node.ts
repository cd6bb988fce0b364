// Node: a machine that Pods run on.
//
// Read:    kubernetes pkg/registry/core/node/strategy.go; pkg/printers/internalversion/printers.go, `printNode`.

import type { Draft } from '../draft.ts';
import type { ApiObject, Condition } from '../objects.ts';
import { age } from '../timestamps.ts';
import { dnsSubdomain } from '../validation/formats.ts';
import { validateNode, validateNodeUpdate } from '../validation/node.ts';
import { column, type Kind, nameColumn, wideColumn } from './kind.ts';

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
  readonly timeAdded?: string;
}

export interface Node extends ApiObject {
  readonly spec: {
    readonly podCIDR?: string;
    readonly podCIDRs?: readonly string[];
    readonly providerID?: string;
    readonly unschedulable?: boolean;
    readonly taints?: readonly Taint[];
  };
  readonly status?: NodeStatus;
}

export interface NodeStatus {
  readonly capacity?: Readonly<Record<string, string>>;
  readonly allocatable?: Readonly<Record<string, string>>;
  readonly conditions?: readonly (Condition & { readonly lastHeartbeatTime?: string })[];
  readonly addresses?: readonly { readonly type: string; readonly address: string }[];
  readonly nodeInfo?: Readonly<Record<string, string>>;
}

const NONE = '<none>';
const UNKNOWN = '<unknown>';
const ROLE_PREFIX = 'node-role.kubernetes.io/';

/** The zone of a node. Source: kubernetes well-known labels. */
export const ZONE_LABEL = 'topology.kubernetes.io/zone';

export const nodes: Kind<Node> = {
  apiVersion: 'v1',
  kind: 'Node',
  resource: 'nodes',
  singular: 'node',
  shortNames: ['no'],
  categories: [],
  namespaced: false,
  subresources: ['status'],
  nameRule: dnsSubdomain,
  countsGenerations: false,
  deletionAnswers: 'status',
  defaults(node) {
    const { capacity, allocatable } = node.status ?? {};
    const hasToFill = capacity !== undefined && allocatable === undefined;
    return {
      ...node,
      spec: node.spec ?? {},
      ...(hasToFill && { status: { ...node.status, allocatable: capacity } }),
    };
  },
  prepareUpdate(node, old) {
    return { ...node, ...(old.status !== undefined && { status: old.status }) };
  },
  validate: validateNode,
  validateUpdate: validateNodeUpdate,
  validateStatus: (node, old) => [...validateNodeUpdate(node, old), ...validateNode(node)],
  columns: [
    nameColumn(),
    column('Status', statusText),
    column('Roles', rolesText),
    column('Age', (node, now) => age(node.metadata?.creationTimestamp, now)),
    column('Version', node => node.status?.nodeInfo?.kubeletVersion ?? ''),
    wideColumn('Internal-IP', node => addressText(node, 'InternalIP')),
    wideColumn('External-IP', node => addressText(node, 'ExternalIP')),
    wideColumn('OS-Image', node => node.status?.nodeInfo?.osImage || UNKNOWN),
    wideColumn('Kernel-Version', node => node.status?.nodeInfo?.kernelVersion || UNKNOWN),
    wideColumn('Container-Runtime', node => node.status?.nodeInfo?.containerRuntimeVersion || UNKNOWN),
  ],
  selectableFields: ['spec.unschedulable'],
  selectableField: (node, field) =>
    field === 'spec.unschedulable' ? String(node.spec.unschedulable ?? false) : undefined,
};

function statusText(node: Draft<Node>): string {
  const ready = node.status?.conditions?.find(condition => condition?.type === 'Ready');
  const text = ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady';
  return node.spec?.unschedulable === true ? `${text},SchedulingDisabled` : text;
}

/** Roles are labels: `node-role.kubernetes.io/control-plane`. */
function rolesText(node: Draft<Node>): string {
  const roles = new Set<string>();
  for (const [key, value] of Object.entries(node.metadata?.labels ?? {})) {
    if (key.startsWith(ROLE_PREFIX) && key.length > ROLE_PREFIX.length) roles.add(key.slice(ROLE_PREFIX.length));
    else if (key === 'kubernetes.io/role' && value) roles.add(value);
  }
  return roles.size === 0 ? NONE : [...roles].sort().join(',');
}

function addressText(node: Draft<Node>, type: 'InternalIP' | 'ExternalIP'): string {
  return node.status?.addresses?.find(address => address?.type === type)?.address ?? NONE;
}
