// kubectl create -f, create deployment, create service, create namespace.
//
// Models:  -f, deployment (--image, --replicas, --port), namespace, service clusterip|nodeport, --dry-run, -o.
// Omits:   the other generators.
// Read:    kubectl pkg/cmd/create.

import type { Json, JsonObject } from '../../sim/index.ts';
import { textAt, withMetadata } from './fields.ts';
import type { FlagTable } from './flags.ts';
import { formatOf, objectText } from './formats.ts';
import { closingMessages, manifestsOf } from './manifests.ts';
import { type ApiResource, discover, pathOf, qualifiedKind } from './resources.ts';
import {
  type KubectlCall,
  KubectlError,
  print,
  printError,
  printWarnings,
  serverError,
  serverRefusal,
} from './session.ts';

export const CREATE_FLAGS: FlagTable = {
  filename: { short: 'f', kind: 'list' },
  image: { kind: 'list' },
  replicas: { short: 'r', kind: 'value' },
  port: { kind: 'value' },
  tcp: { kind: 'list' },
  clusterip: { kind: 'value' },
  'dry-run': { kind: 'value', bare: 'unchanged' },
  output: { short: 'o', kind: 'value' },
};

export async function create(call: KubectlCall): Promise<number> {
  const { flags } = call;
  if (flags.list('filename').length > 0) return createFiles(call);
  const [what, ...names] = flags.words;
  switch (what) {
    case undefined:
      throw new KubectlError("error: must specify one of -f and -k\nSee 'kubectl create -h' for help and examples");
    case 'deployment':
    case 'deploy':
    case 'dep':
      return createObject(call, deploymentOf(call, nameOf(names)));
    case 'namespace':
    case 'ns':
      return createObject(call, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: nameOf(names) } });
    case 'service':
    case 'svc':
      return createObject(call, serviceOf(call, names));
    default:
      throw new KubectlError(`error: the lab creates "${what}" from a file only: kubectl create -f FILE`);
  }
}

function nameOf(names: readonly string[]): string {
  const [name] = names;
  if (name === undefined || names.length > 1)
    throw new KubectlError(
      `error: exactly one NAME is required, got ${names.length}\nSee 'kubectl create -h' for help and examples`,
    );
  return name;
}

async function createFiles(call: KubectlCall): Promise<number> {
  const read = await manifestsOf(call, call.flags.list('filename'));
  const problems = [...read.problems];
  for (const { object, resource, source } of read.manifests) {
    const response = await send(call, resource, object);
    if (response.status >= 400) problems.push(serverRefusal(response, `error when creating "${source}": `));
    else report(call, resource, response.body);
  }
  if (problems.length > 0) printError(call, closingMessages(problems));
  return problems.length > 0 ? 1 : 0;
}

/** Creates one object, or prints it with --dry-run=client. */
export async function createObject(call: KubectlCall, object: JsonObject): Promise<number> {
  const resource = (await discover(call)).find(
    other => other.kind === object.kind && other.apiVersion === object.apiVersion,
  );
  if (resource === undefined) throw new KubectlError(`error: no matches for kind "${String(object.kind)}"`);
  if (call.flags.value('dry-run') === 'client') {
    report(call, resource, object);
    return 0;
  }
  const response = await send(call, resource, object);
  if (response.status >= 400)
    throw new KubectlError(
      serverError(response, textAt(response.body, 'reason') === 'AlreadyExists' ? '' : failedTo(resource)),
    );
  report(call, resource, response.body);
  return 0;
}

/** Source: kubectl create_deployment.go wraps what the server says; run.go does not. */
function failedTo(resource: ApiResource): string {
  return resource.kind === 'Deployment' ? 'failed to create deployment: ' : '';
}

async function send(call: KubectlCall, resource: ApiResource, object: JsonObject) {
  const namespace = resource.namespaced ? textAt(object, 'metadata', 'namespace') || call.namespace : undefined;
  const dryRun = call.flags.value('dry-run');
  const response = await call.context.request({
    method: 'POST',
    path: pathOf(resource, namespace),
    query: { fieldValidation: 'Strict', ...(dryRun === 'server' && { dryRun: 'All' }) },
    headers: { 'content-type': 'application/json', 'user-agent': 'kubectl' },
    body: namespace === undefined ? object : withMetadata(object, { namespace }),
  });
  printWarnings(call, response);
  return response;
}

function report(call: KubectlCall, resource: ApiResource, object: Json): void {
  const output = call.flags.value('output');
  const format = formatOf(call);
  if (output !== undefined && format.kind !== 'table') {
    print(call, objectText(object, format));
    return;
  }
  const mode = call.flags.value('dry-run');
  const suffix = mode === 'client' ? ' (dry run)' : mode === 'server' ? ' (server dry run)' : '';
  print(call, `${qualifiedKind(resource)}/${textAt(object, 'metadata', 'name')} created${suffix}\n`);
}

function deploymentOf(call: KubectlCall, name: string): JsonObject {
  const images = call.flags.list('image');
  if (images.length === 0) throw new KubectlError('error: required flag(s) "image" not set');
  const port = numberFlag(call, 'port');
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { labels, name },
    spec: {
      replicas: numberFlag(call, 'replicas') ?? 1,
      selector: { matchLabels: labels },
      strategy: {},
      template: {
        metadata: { labels },
        spec: {
          containers: images.map(image => ({
            image,
            name: containerName(image),
            resources: {},
            ...(port !== undefined && { ports: [{ containerPort: port }] }),
          })),
        },
      },
    },
    status: {},
  };
}

/** `nginx` of `docker.io/library/nginx:1.27@sha256:...`. */
function containerName(image: string): string {
  return (image.split('/').at(-1) ?? image).split('@')[0]?.split(':')[0]?.toLowerCase() ?? image;
}

/** @throws KubectlError in pflag's words when it is no number */
export function numberFlag(call: KubectlCall, name: string): number | undefined {
  const text = call.flags.value(name);
  if (text === undefined) return undefined;
  if (!/^-?\d+$/.test(text))
    throw new KubectlError(
      `error: invalid argument "${text}" for "--${name}" flag: strconv.ParseInt: parsing "${text}": invalid syntax`,
    );
  return Number(text);
}

function serviceOf(call: KubectlCall, [type, ...names]: readonly string[]): JsonObject {
  if (type !== 'clusterip' && type !== 'nodeport')
    throw new KubectlError('error: the lab creates services of these types: clusterip, nodeport');
  const name = nameOf(names);
  const tcp = call.flags.list('tcp').flatMap(pairs => pairs.split(','));
  if (tcp.length === 0 && call.flags.value('clusterip') !== 'None')
    throw new KubectlError('error: at least one tcp port specifier must be provided');
  const ports = tcp.map(pair => {
    const [port = '', target = port] = pair.split(':');
    return {
      name: pair.replace(':', '-'),
      port: Number(port),
      protocol: 'TCP',
      targetPort: /^\d+$/.test(target) ? Number(target) : target,
    };
  });
  const clusterIP = call.flags.value('clusterip');
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { labels: { app: name }, name },
    spec: {
      ...(clusterIP !== undefined && { clusterIP }),
      ports,
      selector: { app: name },
      type: type === 'nodeport' ? 'NodePort' : 'ClusterIP',
    },
    status: { loadBalancer: {} },
  };
}
