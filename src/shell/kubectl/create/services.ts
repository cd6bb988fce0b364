// kubectl create service clusterip, nodeport, loadbalancer and externalname.
//
// Read:    kubectl pkg/cmd/create/create_service.go.

import type { Json, JsonObject } from '../../../sim/index.ts';
import type { FlagTable } from '../flags.ts';
import { type KubectlCall, KubectlError } from '../session.ts';
import { type Generator, newMetadata } from './generator.ts';

const TCP: FlagTable = { tcp: { kind: 'words' } };

export const clusterIp: Generator = {
  summary: 'Create a ClusterIP service',
  usage: 'NAME [--tcp=<port>:<targetPort>] [--dry-run=server|client|none]',
  flags: { ...TCP, clusterip: { kind: 'value' } },
  failure: 'failed to create ClusterIP service: ',
  make(call, name) {
    const clusterIP = call.flags.value('clusterip') ?? '';
    const ports = portsOf(call);
    if (clusterIP !== 'None' && ports.length === 0) throw noPorts();
    return serviceOf(name, ports, { type: 'ClusterIP', ...(clusterIP !== '' && { clusterIP }) });
  },
};

export const nodePort: Generator = {
  summary: 'Create a NodePort service',
  usage: 'NAME [--tcp=port:targetPort] [--dry-run=server|client|none]',
  flags: { ...TCP, 'node-port': { kind: 'number' } },
  failure: 'failed to create NodePort service: ',
  make(call, name) {
    const port = Number(call.flags.value('node-port') ?? 0);
    const ports = portsOf(call).map(entry => (port === 0 ? entry : { ...entry, nodePort: port }));
    if (ports.length === 0) throw noPorts();
    return serviceOf(name, ports, { type: 'NodePort' });
  },
};

export const loadBalancer: Generator = {
  summary: 'Create a LoadBalancer service',
  usage: 'NAME [--tcp=port:targetPort] [--dry-run=server|client|none]',
  flags: TCP,
  failure: 'failed to create LoadBalancer service: ',
  make(call, name) {
    const ports = portsOf(call);
    if (ports.length === 0) throw noPorts();
    return serviceOf(name, ports, { type: 'LoadBalancer' });
  },
};

export const externalName: Generator = {
  summary: 'Create an ExternalName service',
  usage: 'NAME --external-name external.name [--dry-run=server|client|none]',
  flags: { ...TCP, 'external-name': { kind: 'value', isRequired: true } },
  failure: 'failed to create ExternalName service: ',
  make: (call, name) =>
    serviceOf(name, portsOf(call), { type: 'ExternalName', externalName: call.flags.value('external-name') ?? '' }),
};

function noPorts(): KubectlError {
  return new KubectlError('error: at least one tcp port specifier must be provided');
}

function serviceOf(name: string, ports: readonly JsonObject[], spec: JsonObject): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: newMetadata(name, { labels: { app: name } }),
    spec: { ...(ports.length > 0 && { ports }), selector: { app: name }, ...spec },
    status: { loadBalancer: {} },
  };
}

function portsOf(call: KubectlCall): readonly JsonObject[] {
  return call.flags.list('tcp').map(text => {
    const [port = '', target = port, ...rest] = text.split(':');
    if (rest.length > 0) throw new KubectlError(`error: invalid port specification, ${text}`);
    return { name: text.replace(':', '-'), port: portNumber(port), protocol: 'TCP', targetPort: targetOf(target) };
  });
}

/** Source: `parsePorts`, k8s.io/utils/net `ParsePort`. */
function portNumber(text: string): number {
  if (!/^\d+$/.test(text))
    throw new KubectlError(`error: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`);
  const port = Number(text);
  if (port > 65535)
    throw new KubectlError(`error: strconv.ParseUint: parsing ${JSON.stringify(text)}: value out of range`);
  return port;
}

function targetOf(text: string): Json {
  if (/^\d+$/.test(text)) return portNumber(text);
  if (!/^(?=.*[a-z])[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(text) || text.length > 15 || text.includes('--'))
    throw new KubectlError(`error: ${portNameProblems(text).join(',')}`);
  return text;
}

/** Source: k8s.io/apimachinery pkg/util/validation, `IsValidPortName`. */
function portNameProblems(text: string): readonly string[] {
  const problems: string[] = [];
  if (text.length > 15) problems.push('must be no more than 15 characters');
  if (!/^[-a-z0-9]+$/.test(text))
    problems.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(text)) problems.push('must contain at least one letter (a-z)');
  if (text.includes('--')) problems.push('must not contain consecutive hyphens');
  if (text.startsWith('-') || text.endsWith('-')) problems.push('must not begin or end with a hyphen');
  return problems;
}
