// Writes src/server/http/protobufMessages.json: which field of which message has which number, for the kinds that
// programs send as protobuf.
//
//   node tests/support/protobufMessages.mjs API APIMACHINERY > src/server/http/protobufMessages.json
//
// API and APIMACHINERY: folders of k8s.io/api and k8s.io/apimachinery at v0.34.0. Numbers and types are those of
// generated.proto; the names in JSON, and what is left out there, those of the tags in types.go.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [api, machinery] = process.argv.slice(2);
if (api === undefined || machinery === undefined) {
  console.error('usage: node tests/support/protobufMessages.mjs API APIMACHINERY');
  process.exit(2);
}

const GROUPS = {
  v1: 'core/v1',
  'apps/v1': 'apps/v1',
  'authentication.k8s.io/v1': 'authentication/v1',
  'authorization.k8s.io/v1': 'authorization/v1',
  'autoscaling/v1': 'autoscaling/v1',
  'autoscaling/v2': 'autoscaling/v2',
  'batch/v1': 'batch/v1',
  'coordination.k8s.io/v1': 'coordination/v1',
  'discovery.k8s.io/v1': 'discovery/v1',
  'events.k8s.io/v1': 'events/v1',
  'networking.k8s.io/v1': 'networking/v1',
  'policy/v1': 'policy/v1',
  'rbac.authorization.k8s.io/v1': 'rbac/v1',
  'scheduling.k8s.io/v1': 'scheduling/v1',
  'storage.k8s.io/v1': 'storage/v1',
};
const META = 'k8s.io.apimachinery.pkg.apis.meta.v1';
/** Messages whose JSON is not an object of their fields. */
const SPECIAL = {
  [`${META}.Time`]: 'time',
  [`${META}.MicroTime`]: 'microTime',
  [`${META}.Duration`]: 'duration',
  [`${META}.FieldsV1`]: 'json',
  'k8s.io.apimachinery.pkg.api.resource.Quantity': 'quantity',
  'k8s.io.apimachinery.pkg.util.intstr.IntOrString': 'intOrString',
  'k8s.io.apimachinery.pkg.runtime.RawExtension': 'json',
  'k8s.io.api.authentication.v1.ExtraValue': 'strings',
  'k8s.io.api.authorization.v1.ExtraValue': 'strings',
};
const SCALARS = { int32: 'int', int64: 'int', bool: 'bool', string: 'string', bytes: 'bytes', double: 'double' };

/** Full name of a message to its fields by number. */
const messages = new Map();

function readFolder(folder, name) {
  const proto = readFileSync(join(folder, 'generated.proto'), 'utf8').replace(/\/\/.*$/gm, '');
  const tags = readTags(folder);
  for (const [, message, body] of proto.matchAll(/^message (\w+) \{\n([\s\S]*?)^\}/gm)) {
    const fields = [
      ...body.matchAll(/(optional|repeated|map<string, ?([\w.]+)>)\s+(?:([\w.]+)\s+)?(\w+) = (\d+);/g),
    ].map(([, label, value, single, field, number]) => {
      const type = fullType(value ?? single, name);
      const shape = value !== undefined ? '{}' : label === 'repeated' ? '[]' : '';
      const tag = tags.get(`${message}.${number}`);
      return { number, name: tag?.json ?? field, isInline: tag?.isInline, keepsZero: tag?.keepsZero, type, shape };
    });
    messages.set(`${name}.${message}`, fields);
  }
}

const fullType = (type, name) => SCALARS[type] ?? (type.startsWith('.') ? type.slice(1) : `${name}.${type}`);

/** What the tags of Go's structs say, by `Struct.number`. */
function readTags(folder) {
  const tags = new Map();
  for (const file of readdirSync(folder).filter(other =>
    /^(types|.*_types|duration|time|micro_time)\.go$/.test(other),
  )) {
    let struct = '';
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
      struct = /^type (\w+) struct/.exec(line)?.[1] ?? struct;
      const match = /^\s+(?:\w+\s+)?(\S+)\s+`json:"([^",]*)([^"]*)"[^`]*protobuf:"\w+,(\d+),/.exec(line);
      if (match === null) continue;
      const [, goType, json, options, number] = match;
      const isInline = options.includes('inline');
      const keepsZero = goType.startsWith('*') || !options.includes('omitempty');
      tags.set(`${struct}.${number}`, { json: json === '' ? undefined : json, isInline, keepsZero });
    }
  }
  return tags;
}

for (const folder of Object.values(GROUPS)) readFolder(join(api, folder), `k8s.io.api.${folder.replace('/', '.')}`);
readFolder(join(machinery, 'pkg/apis/meta/v1'), META);

const kinds = {};
const written = {};
const shortName = full => full.replace(/^k8s\.io\.api\./, '').replace(`${META}.`, 'meta.');

function write(full) {
  const short = shortName(full);
  if (written[short] !== undefined) return short;
  const fields = messages.get(full);
  if (fields === undefined) throw new Error(`no message ${full}`);
  written[short] = '';
  written[short] = fields
    .map(({ number, name, isInline, keepsZero, type, shape }) => {
      const known = Object.values(SCALARS).includes(type) ? type : (SPECIAL[type] ?? write(type));
      return `${number}${keepsZero ? '!' : ''}=${isInline ? '' : name}:${shape}${known}`;
    })
    .join(' ');
  return short;
}

for (const [groupVersion, folder] of Object.entries(GROUPS)) {
  const prefix = `k8s.io.api.${folder.replace('/', '.')}.`;
  for (const [full, fields] of messages) {
    const isKind = fields.some(({ name, type }) => name === 'metadata' && type === `${META}.ObjectMeta`);
    if (full.startsWith(prefix) && isKind && !/Template(?:Spec)?$/.test(full))
      kinds[`${groupVersion} ${full.slice(prefix.length)}`] = write(full);
  }
}
kinds['v1 DeleteOptions'] = write(`${META}.DeleteOptions`);
const origin = 'numbers and names of fields of k8s.io/api and k8s.io/apimachinery v0.34.0 (protobufMessages.mjs)';
console.log(JSON.stringify({ origin, kinds, messages: written }, undefined, 2));
