// What the API server fills in where a volume of a Pod, or of a template, says nothing.
//
// Read:    kubernetes v1.34 pkg/apis/core/v1/defaults.go, zz_generated.defaults.go (SetObjectDefaults_Pod).

import type { Draft } from '../draft.ts';
import { field, isJsonArray, isJsonObject, type JsonObject } from '../json.ts';
import type { Json } from '../request.ts';
import type { Volume } from './pod.ts';

/** 0644. */
const DEFAULT_MODE = 420;
const HOUR_S = 3600;

const SOURCES: Readonly<Record<string, (source: JsonObject) => JsonObject>> = {
  hostPath: source => filled(source, { type: '' }),
  secret: source => filled(source, { defaultMode: DEFAULT_MODE }),
  configMap: source => filled(source, { defaultMode: DEFAULT_MODE }),
  downwardAPI: source => withFieldVersions(filled(source, { defaultMode: DEFAULT_MODE })),
  projected: source => withEach(filled(source, { defaultMode: DEFAULT_MODE }), 'sources', defaultProjection),
  ephemeral: source =>
    within(source, 'volumeClaimTemplate', template =>
      within(template, 'spec', spec => filled(spec, { volumeMode: 'Filesystem' })),
    ),
  image: source => filled(source, { pullPolicy: defaultPullPolicy(String(field(source, 'reference') ?? '')) }),
  iscsi: source => filled(source, { iscsiInterface: 'default' }),
  rbd: source => filled(source, { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' }),
  azureDisk: source => filled(source, { cachingMode: 'ReadWrite', fsType: 'ext4', readOnly: false, kind: 'Shared' }),
  scaleIO: source => filled(source, { storageMode: 'ThinProvisioned', fsType: 'xfs' }),
};

export function defaultVolume(volume: Draft<Volume>): Draft<Volume> {
  const sources = Object.entries(volume).filter(([key, value]) => key !== 'name' && isPresent(value));
  if (sources.length === 0) return { ...volume, emptyDir: {} };
  return {
    ...volume,
    ...Object.fromEntries(
      sources.map(([key, value]) => {
        const fill = Object.hasOwn(SOURCES, key) ? SOURCES[key] : undefined;
        return [key, fill !== undefined && isJsonObject(value) ? fill(value) : value];
      }),
    ),
  };
}

/** `latest` may be another image tomorrow, so it is pulled each time. Source: `SetDefaults_Container`. */
export function defaultPullPolicy(image: string): string {
  if (image.includes('@')) return 'IfNotPresent';
  const tag = /:([^/:]*)$/.exec(image)?.[1] ?? 'latest';
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function defaultProjection(projection: JsonObject): JsonObject {
  return within(within(projection, 'downwardAPI', withFieldVersions), 'serviceAccountToken', token =>
    filled(token, { expirationSeconds: HOUR_S }),
  );
}

const withFieldVersions = (source: JsonObject): JsonObject =>
  withEach(source, 'items', item => within(item, 'fieldRef', ref => filled(ref, { apiVersion: 'v1' })));

/** What is missing, or empty where that is no value of its own. */
function filled(source: JsonObject, defaults: JsonObject): JsonObject {
  const missing = Object.entries(defaults).filter(([key]) => {
    const value = field(source, key);
    return !isPresent(value) || value === '';
  });
  return missing.length === 0 ? source : { ...source, ...Object.fromEntries(missing) };
}

function within(object: JsonObject, key: string, change: (inner: JsonObject) => JsonObject): JsonObject {
  const inner = field(object, key);
  return isJsonObject(inner) ? { ...object, [key]: change(inner) } : object;
}

function withEach(object: JsonObject, key: string, change: (item: JsonObject) => JsonObject): JsonObject {
  const list = field(object, key);
  if (!isJsonArray(list)) return object;
  return { ...object, [key]: list.map(item => (isJsonObject(item) ? change(item) : item)) };
}

const isPresent = (value: Json | undefined): boolean => value !== undefined && value !== null;
