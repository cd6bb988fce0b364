// kubectl expose: a Service for what selects Pods.
//
// Read:    kubectl pkg/cmd/expose/expose.go.

import type { Json, JsonObject } from '../../sim/index.ts';
import { createObject, numberFlag } from './create.ts';
import { listAt, numberAt, objectAt } from './fields.ts';
import type { FlagTable } from './flags.ts';
import { chooseResources, pathOf } from './resources.ts';
import { labelsOf } from './run.ts';
import { type KubectlCall, KubectlError, mustGet } from './session.ts';

export const EXPOSE_FLAGS: FlagTable = {
  port: { kind: 'value' },
  'target-port': { kind: 'value' },
  name: { kind: 'value' },
  type: { kind: 'value' },
  protocol: { kind: 'value' },
  selector: { kind: 'value' },
  'cluster-ip': { kind: 'value' },
  'dry-run': { kind: 'value', bare: 'unchanged' },
  output: { short: 'o', kind: 'value' },
};

export async function expose(call: KubectlCall): Promise<number> {
  const { flags } = call;
  if (flags.words.length === 0)
    throw new KubectlError(
      "error: You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'",
    );
  const [chosen] = await chooseResources(call, flags.words);
  if (chosen?.name === undefined) throw new KubectlError('error: resource(s) were provided, but no name was specified');
  const { kind, group } = chosen.resource;
  if (!['Pod', 'Service', 'Deployment', 'ReplicaSet'].includes(kind))
    throw new KubectlError(`error: cannot expose a ${kind}${group === '' ? '' : `.${group}`}`);
  const object = await mustGet(call, pathOf(chosen.resource, call.namespace, chosen.name));
  const selector = labelsOf(flags.value('selector')) ?? selectorOf(kind, object);
  const ports = portsOf(call, kind, object);
  const protocol = flags.value('protocol');
  const target = flags.value('target-port');
  const clusterIP = flags.value('cluster-ip');
  const service: JsonObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { labels: objectAt(object, 'metadata', 'labels'), name: flags.value('name') ?? chosen.name },
    spec: {
      ...(clusterIP !== undefined && { clusterIP }),
      ports: ports.map((port, i) => ({
        ...(ports.length > 1 && { name: `port-${i + 1}` }),
        port,
        protocol: protocol ?? 'TCP',
        targetPort: target === undefined ? port : /^\d+$/.test(target) ? Number(target) : target,
      })),
      selector,
      ...(flags.value('type') !== undefined && { type: flags.value('type') ?? '' }),
    },
    status: { loadBalancer: {} },
  };
  return createObject(call, service);
}

function selectorOf(kind: string, object: Json): JsonObject {
  if (kind === 'Pod') {
    const labels = objectAt(object, 'metadata', 'labels');
    if (Object.keys(labels).length === 0)
      throw new KubectlError(
        "error: couldn't retrieve selectors via --selector flag or introspection: the pod has no labels and cannot be exposed",
      );
    return labels;
  }
  return kind === 'Service'
    ? objectAt(object, 'spec', 'selector')
    : objectAt(object, 'spec', 'selector', 'matchLabels');
}

function portsOf(call: KubectlCall, kind: string, object: Json): readonly number[] {
  const port = numberFlag(call, 'port');
  if (port !== undefined) return [port];
  const template = kind === 'Pod' ? objectAt(object, 'spec') : objectAt(object, 'spec', 'template', 'spec');
  const found =
    kind === 'Service'
      ? listAt(object, 'spec', 'ports').map(entry => numberAt(entry, 'port'))
      : listAt(template, 'containers').flatMap(container =>
          listAt(container, 'ports').map(entry => numberAt(entry, 'containerPort')),
        );
  const ports = found.filter(value => value !== undefined);
  if (ports.length === 0)
    throw new KubectlError(
      "error: couldn't find port via --port flag or introspection\nSee 'kubectl expose -h' for help and examples",
    );
  return ports;
}
