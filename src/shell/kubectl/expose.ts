// kubectl expose: a Service for what selects Pods.
//
// Omits:   --overrides.
// Read:    kubectl pkg/cmd/expose/expose.go; pkg/polymorphichelpers, for the ports, protocols and selectors of each kind.

import type { Json, JsonObject } from '../../sim/index.ts';
import { createMade } from './createMade.ts';
import { at, listAt, numberAt, objectAt, textAt } from './fields.ts';
import { DRY_RUN, FILES, fieldManager, PRINT, RECORD, SAVE_CONFIG } from './flagGroups.ts';
import { type KubectlCall, KubectlError } from './session.ts';
import { allTargetsOf, type Target } from './targets.ts';
import type { Verb } from './verb.ts';

export const expose: Verb = {
  summary: 'Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service',
  usage:
    'kubectl expose (-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP] [--target-port=number-or-name] [--name=name] [--external-ip=external-ip-of-service] [--type=type]',
  flags: {
    ...FILES,
    ...PRINT,
    ...DRY_RUN,
    ...SAVE_CONFIG,
    ...RECORD,
    ...fieldManager('kubectl-expose'),
    'cluster-ip': { kind: 'value' },
    'external-ip': { kind: 'value' },
    labels: { short: 'l', kind: 'value' },
    'load-balancer-ip': { kind: 'value' },
    name: { kind: 'value' },
    'override-type': { kind: 'value', initial: "'merge'" },
    overrides: { kind: 'value' },
    port: { kind: 'value' },
    protocol: { kind: 'value' },
    selector: { kind: 'value' },
    'session-affinity': { kind: 'value' },
    'target-port': { kind: 'value' },
    type: { kind: 'value' },
  },
  run: exposeAll,
};

const EXPOSED = ['Service', 'ReplicationController', 'Pod', 'Deployment', 'ReplicaSet'];

async function exposeAll(call: KubectlCall): Promise<number> {
  const { flags } = call;
  if (flags.value('overrides') !== undefined)
    throw new KubectlError('error: this kubectl has no --overrides: print the object with --dry-run=client -o yaml');
  // The selector of the Service is no selector of what is exposed.
  const choosing = { ...flags, value: (name: string) => (name === 'selector' ? undefined : flags.value(name)) };
  const targets = await allTargetsOf({ ...call, flags: choosing }, { words: flags.words, as: 'live' });
  for (const target of targets) await exposeOne(call, target);
  return 0;
}

async function exposeOne(call: KubectlCall, target: Target): Promise<void> {
  const { kind, group } = target.resource;
  if (!EXPOSED.includes(kind))
    throw new KubectlError(`error: cannot expose a ${kind}${group === '' ? '' : `.${group}`}`);
  await createMade(call, serviceOf(call, target), {
    done: 'exposed',
    manager: 'kubectl-expose',
    namespace: target.namespace,
  });
}

function serviceOf(call: KubectlCall, { resource, object, name }: Target): JsonObject {
  const { flags } = call;
  const kind = resource.kind;
  const given = (flag: string): string | undefined => flags.value(flag) || undefined;
  const selector = labelsOf(given('selector')) ?? selectorOf(kind, object);
  const clusterIP = given('cluster-ip');
  const ports = portsOf(given('port'), kind, object);
  const isHeadless = clusterIP === 'None' && ports.length === 0;
  if (ports.length === 0 && !isHeadless)
    throw new KubectlError("error: couldn't find port via --port flag or introspection");
  const labels = labelsOf(given('labels')) ?? objectAt(object, 'metadata', 'labels');
  const type = given('type');
  const externalIp = given('external-ip');
  const balancerIp = given('load-balancer-ip');
  const affinity = given('session-affinity');
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      creationTimestamp: null,
      ...(Object.keys(labels).length > 0 && { labels }),
      name: given('name') ?? name.slice(0, 63),
    },
    spec: {
      ...(clusterIP !== undefined && { clusterIP }),
      ...(externalIp !== undefined && { externalIPs: [externalIp] }),
      ...(balancerIp !== undefined && type === 'LoadBalancer' && { loadBalancerIP: balancerIp }),
      ...(ports.length > 0 && { ports: ports.map((port, i) => portOf(call, port, i, ports.length)) }),
      selector,
      ...(affinity !== undefined && { sessionAffinity: affinity }),
      ...(type !== undefined && { type }),
    },
    status: { loadBalancer: {} },
  };
}

interface ExposedPort {
  readonly port: number;
  readonly protocol: string;
}

function portOf(call: KubectlCall, { port, protocol }: ExposedPort, index: number, count: number): JsonObject {
  const target = call.flags.value('target-port') || undefined;
  return {
    ...(count > 1 && { name: `port-${index + 1}` }),
    port,
    protocol: call.flags.value('protocol') || protocol,
    targetPort: target === undefined ? port : /^\d+$/.test(target) ? Number(target) : target,
  };
}

function selectorOf(kind: string, object: Json): JsonObject {
  const missing = (why: string): KubectlError =>
    new KubectlError(`error: couldn't retrieve selectors via --selector flag or introspection: ${why}`);
  if (kind === 'Pod') {
    const labels = objectAt(object, 'metadata', 'labels');
    if (Object.keys(labels).length === 0) throw missing('the pod has no labels and cannot be exposed');
    return labels;
  }
  if (kind === 'Service' || kind === 'ReplicationController') {
    const selector = objectAt(object, 'spec', 'selector');
    if (Object.keys(selector).length === 0)
      throw missing(`the ${kind === 'Service' ? 'service' : 'replication controller'} has no pod selector set`);
    return selector;
  }
  if (listAt(object, 'spec', 'selector', 'matchExpressions').length > 0)
    throw missing(
      `couldn't convert expressions - "${JSON.stringify(listAt(object, 'spec', 'selector', 'matchExpressions'))}" to map-based selector format`,
    );
  return objectAt(object, 'spec', 'selector', 'matchLabels');
}

function portsOf(given: string | undefined, kind: string, object: Json): readonly ExposedPort[] {
  const found = introspected(kind, object);
  if (given === undefined) return found;
  return given.split(',').map(text => {
    if (!/^\d+$/.test(text.trim()))
      throw new KubectlError(`error: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
    const port = Number(text);
    return { port, protocol: found.find(other => other.port === port)?.protocol ?? 'TCP' };
  });
}

function introspected(kind: string, object: Json): readonly ExposedPort[] {
  const template = kind === 'Pod' ? at(object, 'spec') : at(object, 'spec', 'template', 'spec');
  const entries =
    kind === 'Service'
      ? listAt(object, 'spec', 'ports').map(entry => [numberAt(entry, 'port'), textAt(entry, 'protocol')] as const)
      : listAt(template, 'containers')
          .flatMap(container => listAt(container, 'ports'))
          .map(entry => [numberAt(entry, 'containerPort'), textAt(entry, 'protocol')] as const);
  return entries.flatMap(([port, protocol]) => (port === undefined ? [] : [{ port, protocol: protocol || 'TCP' }]));
}

/** `app=web,tier=front`. Source: kubectl pkg/cmd/util, `ParseLabels`. */
export function labelsOf(text: string | undefined): JsonObject | undefined {
  if (text === undefined || text === '') return undefined;
  return Object.fromEntries(
    text.split(',').map((pair): [string, string] => {
      const [key = '', value = '', ...rest] = pair.split('=');
      if (!pair.includes('=') || rest.length > 0) throw new KubectlError(`error: unexpected label spec: ${pair}`);
      return [key, value];
    }),
  );
}
