// kubectl create configmap, secret generic, secret tls and secret docker-registry.
//
// Read:    kubectl pkg/cmd/create/create_configmap.go, create_secret.go, create_secret_tls.go, create_secret_docker.go.

import type { JsonObject } from '../../../sim/index.ts';
import { withMetadata } from '../fields.ts';
import { type KubectlCall, KubectlError } from '../session.ts';
import { type Generator, newMetadata } from './generator.ts';
import { contentHash, fileText, keyValues, SOURCES } from './keyValues.ts';

export const configMap: Generator = {
  summary: 'Create a config map from a local file, directory or literal value',
  usage: 'NAME [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
  aliases: ['cm'],
  flags: SOURCES,
  failure: 'failed to create configmap: ',
  make(call, name) {
    const data = Object.fromEntries(keyValues(call, 'ConfigMap', name));
    const object = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      ...(Object.keys(data).length > 0 && { data }),
      metadata: newMetadata(name),
    };
    return hashed(call, object, { data, kind: 'ConfigMap', name });
  },
};

export const genericSecret: Generator = {
  summary: 'Create a secret from a local file, directory, or literal value',
  usage: 'NAME [--type=string] [--from-file=[key=]source] [--from-literal=key1=value1] [--dry-run=server|client|none]',
  flags: { ...SOURCES, type: { kind: 'value' } },
  failure: 'failed to create secret ',
  make: (call, name) => secretOf(call, name, keyValues(call, 'Secret', name), call.flags.value('type') ?? ''),
};

export const tlsSecret: Generator = {
  summary: 'Create a TLS secret',
  usage: 'NAME --cert=path/to/cert/file --key=path/to/key/file [--dry-run=server|client|none]',
  flags: { 'append-hash': { kind: 'flag' }, cert: { kind: 'value' }, key: { kind: 'value' } },
  failure: 'failed to create secret ',
  make(call, name) {
    const [cert = '', key = ''] = [call.flags.value('cert'), call.flags.value('key')];
    if (cert === '' || key === '') throw new KubectlError('error: key and cert must be specified');
    const data = new Map([
      ['tls.crt', pem(call, cert, 'certificate')],
      ['tls.key', pem(call, key, 'key')],
    ]);
    return secretOf(call, name, data, 'kubernetes.io/tls');
  },
};

/** Simplified: what stands between the lines of a PEM block is not looked into, nor whether the key fits. */
function pem(call: KubectlCall, path: string, what: 'certificate' | 'key'): string {
  const text = call.context.files.get(path.replace(/^\.\//, ''));
  if (text === undefined)
    throw new KubectlError(`error: Cannot read file ${path}, open ${path}: no such file or directory`);
  if (!/-----BEGIN [A-Z ]+-----/.test(text))
    throw new KubectlError(`error: tls: failed to find any PEM data in ${what} input`);
  return fileText(call, path);
}

export const registrySecret: Generator = {
  summary: 'Create a secret for use with a Docker registry',
  usage:
    'NAME --docker-username=user --docker-password=password --docker-email=email [--docker-server=string] [--from-file=[key=]source] [--dry-run=server|client|none]',
  flags: {
    'append-hash': { kind: 'flag' },
    'docker-email': { kind: 'value' },
    'docker-password': { kind: 'value' },
    'docker-server': { kind: 'value', initial: "'https://index.docker.io/v1/'" },
    'docker-username': { kind: 'value' },
    'from-file': { kind: 'words' },
  },
  failure: 'failed to create secret ',
  make(call, name) {
    const value = (flag: string): string => call.flags.value(flag) ?? '';
    const type = 'kubernetes.io/dockerconfigjson';
    if (call.flags.list('from-file').length > 0) return secretOf(call, name, keyValues(call, 'Secret', name), type);
    const [username, password, email] = [value('docker-username'), value('docker-password'), value('docker-email')];
    const server = call.flags.value('docker-server') ?? 'https://index.docker.io/v1/';
    if (username === '' || password === '' || server === '')
      throw new KubectlError(
        'error: either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
      );
    const entry = { username, password, ...(email !== '' && { email }), auth: base64(`${username}:${password}`) };
    return secretOf(call, name, new Map([['.dockerconfigjson', JSON.stringify({ auths: { [server]: entry } })]]), type);
  },
};

function secretOf(call: KubectlCall, name: string, values: ReadonlyMap<string, string>, type: string): JsonObject {
  const data = Object.fromEntries([...values].map(([key, value]) => [key, base64(value)]));
  const object = {
    apiVersion: 'v1',
    ...(values.size > 0 && { data }),
    kind: 'Secret',
    metadata: newMetadata(name),
    ...(type !== '' && { type }),
  };
  return hashed(call, object, { data, kind: 'Secret', name, type });
}

function hashed(call: KubectlCall, object: JsonObject, content: JsonObject): JsonObject {
  if (!call.flags.has('append-hash')) return object;
  return withMetadata(object, { name: `${String(content.name)}-${contentHash(content)}` });
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
