// What was said of a lab's nodes, as commands for the nodes of another cluster: there they exist already.

import { isJsonObject, type Json, type JsonObject } from '../../sim/index.ts';
import { at, listAt, textAt } from './walk.ts';

/**
 * @param objects a lab's manifests; only its Nodes count
 * @param names the names of the nodes in the other cluster
 */
export function nodeCommands(objects: readonly JsonObject[], names: ReadonlyMap<string, string>): readonly string[] {
  return objects
    .filter(({ kind }) => kind === 'Node')
    .flatMap(node => {
      const name = names.get(textAt(node, 'metadata', 'name'));
      return name === undefined ? [] : commandsFor(node, name);
    });
}

function commandsFor(node: JsonObject, name: string): readonly string[] {
  const labels = at(node, 'metadata', 'labels');
  const pairs = isJsonObject(labels) ? Object.entries(labels).map(([key, value]) => `${key}=${String(value)}`) : [];
  const taints = listAt(node, 'spec', 'taints').filter(taint => textAt(taint, 'key') !== CONTROL_PLANE);
  return [
    ...(pairs.length === 0 ? [] : [`kubectl label node ${name} ${pairs.join(' ')}`]),
    ...(taints.length === 0 ? [] : [`kubectl taint node ${name} ${taints.map(taintText).join(' ')}`]),
    ...(at(node, 'spec', 'unschedulable') === true ? [`kubectl cordon ${name}`] : []),
  ];
}

/** The taint that every control plane has. */
const CONTROL_PLANE = 'node-role.kubernetes.io/control-plane';

/** `key=value:NoSchedule`, as kubectl takes it. */
function taintText(taint: Json): string {
  const value = textAt(taint, 'value');
  return `${textAt(taint, 'key')}${value === '' ? '' : `=${value}`}:${textAt(taint, 'effect')}`;
}
