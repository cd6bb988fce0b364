// A lab as files for a cluster of kind: its config, the manifests with images that can be pulled, and what to run there.
//
// Read:    kind.sigs.k8s.io/docs/user/configuration; github.com/flannel-io/flannel Documentation/configuration.md and
//          issue 1847 (the plugin bridge is not in kind's node image); kubernetes.io/docs (agnhost netexec).

import { isJsonArray, isJsonObject, type Json, type JsonObject, type Lab, type LabConfig } from '../../sim/index.ts';
import type { LabText } from '../labSession.ts';
import type { EditorFile } from '../port.ts';
import { configOf, labManifests, streamOf } from './labText.ts';
import { nodeCommands } from './nodeCommands.ts';
import { realImages } from './realImages.ts';
import { realReadme } from './realReadme.ts';
import { textAt } from './walk.ts';

/** @param lines command lines that sent packets in the lab */
export function realCluster(lab: Lab, source: LabText, lines: readonly string[]): readonly EditorFile[] {
  const config = configOf(source.source);
  if (config === undefined) return [];
  const nodes = kindNodes(config);
  const all = labManifests(lab, source);
  const own = all.filter(object => object.kind !== 'Node' && textAt(object, 'metadata', 'namespace') !== 'kube-system');
  const { manifests, replaced } = realImages(own.map(object => renamed(object, nodes)));
  const nodeLines = nodeCommands(all, nodes);
  return [
    { name: 'kind.yaml', text: streamOf([kindConfig(config)]) },
    { name: 'manifests.yaml', text: streamOf(manifests) },
    { name: 'README.md', text: realReadme({ config, nodes, nodeLines, replaced, lines, manifests }) },
  ];
}

/** The node names of the lab with the names that kind gives: `lab-control-plane`, `lab-worker`, `lab-worker2`. */
function kindNodes({ name, nodes }: LabConfig): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  return new Map(
    nodes.map(node => {
      const count = (counts.get(node.role) ?? 0) + 1;
      counts.set(node.role, count);
      return [node.name, `${name}-${node.role}${count === 1 ? '' : count}`];
    }),
  );
}

function kindConfig({ name, nodes, podSubnet, serviceSubnet }: LabConfig): JsonObject {
  // kind does not make a cluster without one.
  const extra = nodes.some(({ role }) => role === 'control-plane') ? [] : [{ role: 'control-plane' }];
  return {
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    kind: 'Cluster',
    name,
    networking: { disableDefaultCNI: true, kubeProxyMode: 'iptables', podSubnet, serviceSubnet },
    nodes: [...extra, ...nodes.map(({ role }) => ({ role }))],
  };
}

const HOSTNAME = 'kubernetes.io/hostname';

/** The object with the nodes' other names, wherever it asks for a node by name. */
function renamed(object: JsonObject, nodes: ReadonlyMap<string, string>): JsonObject {
  const name = (value: Json | undefined): Json | undefined =>
    typeof value === 'string' ? (nodes.get(value) ?? value) : value;
  const visit = (value: Json): Json => {
    if (isJsonArray(value)) return value.map(visit);
    if (!isJsonObject(value)) return value;
    const asksForNodes = value.key === HOSTNAME && isJsonArray(value.values);
    const entries = Object.entries(value).flatMap(([key, member]): [string, Json][] => {
      if (member === undefined) return [];
      if (key === 'nodeName' || key === HOSTNAME) return [[key, name(member) ?? member]];
      if (key === 'values' && asksForNodes && isJsonArray(member))
        return [[key, member.map(each => name(each) ?? each)]];
      return [[key, visit(member)]];
    });
    return Object.fromEntries(entries);
  };
  const { spec } = object;
  return isJsonObject(spec) ? { ...object, spec: visit(spec) } : object;
}
