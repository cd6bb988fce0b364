// Sources of volumes, one row each, in the order in which the API server asks for them.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `validateVolumeSource` and what it calls.

import { eachInvalid, type FieldError, forbidden, invalid, notSupported, required, tooLong } from '../../fieldError.ts';
import { child, entry, type FieldPath, ROOT_PATH } from '../../fieldPath.ts';
import type { JsonObject } from '../../json.ts';
import { keysAt, listAt, numberAt, objectAt, peek, textAt } from '../../peek.ts';
import { quantityValue } from '../../quantity.ts';
import { validateClaimTemplate } from '../claim.ts';
import { dnsLabel, dnsSubdomain, inRange } from '../formats.ts';
import { FILE_FIELDS, validateFieldRef, validateResourceRef } from './fieldSelector.ts';
import { validateLocalPath, validateMode, validateNoBacksteps, validateVolumeFile } from './paths.ts';

export interface SourceContext {
  readonly volumeName: string;
  /** Empty where there is none yet. */
  readonly podName: string;
  readonly owner: 'pod' | 'template';
  readonly volume: FieldPath;
}

interface VolumeSource {
  /** How upstream's paths call the source, where that is not its name. */
  readonly at?: string;
  readonly forbiddenAt?: string;
  validate(source: JsonObject, place: FieldPath, context: SourceContext): FieldError[];
}

/** Texts that must be there. */
function needs(...names: readonly string[]): VolumeSource['validate'] {
  return (source, place) => names.flatMap(name => (textAt(source, name) === '' ? [required(child(place, name))] : []));
}

function needsList(name: string): VolumeSource['validate'] {
  return (source, place) => (listAt(source, name).length === 0 ? [required(child(place, name))] : []);
}

function all(...rules: readonly VolumeSource['validate'][]): VolumeSource['validate'] {
  return (source, place, context) => rules.flatMap(rule => rule(source, place, context));
}

const diskPartition: VolumeSource['validate'] = (source, place) => {
  const partition = numberAt(source, 'partition');
  return partition < 0 || partition > 255
    ? [invalid(child(place, 'partition'), partition, 'must be between 1 and 255, inclusive')]
    : [];
};

const namedSecret: VolumeSource['validate'] = (source, place) =>
  objectAt(source, 'secretRef') !== undefined && textAt(source, 'secretRef', 'name') === ''
    ? [required(child(place, 'secretRef', 'name'))]
    : [];

const defaultMode: VolumeSource['validate'] = (source, place) =>
  peek(source, 'defaultMode') === undefined
    ? []
    : validateMode(child(place, 'defaultMode'), numberAt(source, 'defaultMode'));

const items: VolumeSource['validate'] = (source, place) =>
  listAt(source, 'items').flatMap((item, i) => validateItem(item, child(place, 'items', i)));

export const VOLUME_SOURCES: Readonly<Record<string, VolumeSource>> = {
  emptyDir: {
    validate: (source, place) =>
      quantityValue(textAt(source, 'sizeLimit') || '0') < 0
        ? [forbidden(child(place, 'sizeLimit'), 'SizeLimit field must be a valid resource quantity')]
        : [],
  },
  hostPath: { validate: validateHostPath },
  gitRepo: {
    validate: all(needs('repository'), (source, place) =>
      validateLocalPath(child(place, 'directory'), textAt(source, 'directory')),
    ),
  },
  gcePersistentDisk: { at: 'persistentDisk', validate: all(needs('pdName'), diskPartition) },
  awsElasticBlockStore: { validate: all(needs('volumeID'), diskPartition) },
  secret: { validate: all(needs('secretName'), defaultMode, items) },
  nfs: {
    validate: all(needs('server', 'path'), (source, place) => {
      const path = textAt(source, 'path');
      return path.startsWith('/') ? [] : [invalid(child(place, 'path'), path, 'must be an absolute path')];
    }),
  },
  iscsi: { validate: validateIscsi },
  glusterfs: { validate: needs('endpoints', 'path') },
  flocker: { validate: validateFlocker },
  persistentVolumeClaim: { validate: needs('claimName') },
  rbd: { validate: all(needsList('monitors'), needs('image')) },
  cinder: { validate: all(needs('volumeID'), namedSecret) },
  cephfs: { forbiddenAt: 'cephFS', validate: needsList('monitors') },
  quobyte: { validate: validateQuobyte },
  downwardAPI: {
    forbiddenAt: 'downwarAPI',
    validate: all(defaultMode, (source, place) => listAt(source, 'items').flatMap(file => validateFile(file, place))),
  },
  fc: { validate: validateFibreChannel },
  flexVolume: { validate: all(needs('driver'), validateFlexOptions) },
  configMap: { validate: all(needs('name'), defaultMode, items) },
  azureFile: { validate: needs('secretName', 'shareName') },
  vsphereVolume: { validate: needs('volumePath') },
  photonPersistentDisk: { validate: needs('pdID') },
  portworxVolume: { validate: needs('volumeID') },
  azureDisk: { validate: validateAzureDisk },
  storageos: { validate: all(validateStorageOs, namedSecret) },
  // Its own file: projected.ts.
  projected: { validate: () => [] },
  scaleIO: { validate: needs('gateway', 'system', 'volumeName') },
  csi: { validate: validateCsi },
  ephemeral: { validate: validateEphemeral },
  image: {
    validate: (source, place, { owner }) => [
      ...(owner === 'pod' && textAt(source, 'reference') === '' ? [required(child(place, 'reference'))] : []),
      ...oneOf(source, 'pullPolicy', ['Always', 'IfNotPresent', 'Never'], place),
    ],
  },
};

function oneOf(source: JsonObject, name: string, supported: readonly string[], place: FieldPath): FieldError[] {
  const value = peek(source, name);
  return value === undefined || supported.includes(String(value))
    ? []
    : [notSupported(child(place, name), value, supported)];
}

const HOST_PATH_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
] as const;

function validateHostPath(source: JsonObject, place: FieldPath): FieldError[] {
  const path = textAt(source, 'path');
  if (path === '') return [required(child(place, 'path'))];
  return [...validateNoBacksteps(child(place, 'path'), path), ...oneOf(source, 'type', HOST_PATH_TYPES, place)];
}

/** A key of a ConfigMap or Secret as a file. */
export function validateItem(item: unknown, place: FieldPath): FieldError[] {
  const path = textAt(item, 'path');
  return [
    ...(textAt(item, 'key') === '' ? [required(child(place, 'key'))] : []),
    ...(path === '' ? [required(child(place, 'path'))] : []),
    ...validateVolumeFile(child(place, 'path'), path),
    ...(peek(item, 'mode') === undefined ? [] : validateMode(child(place, 'mode'), numberAt(item, 'mode'))),
  ];
}

/** A field of the Pod as a file. */
export function validateFile(file: unknown, place: FieldPath): FieldError[] {
  const path = textAt(file, 'path');
  const errors = path === '' ? [required(child(place, 'path'))] : [];
  errors.push(...validateVolumeFile(child(place, 'path'), path));
  const [fieldRef, resourceRef] = [objectAt(file, 'fieldRef'), objectAt(file, 'resourceFieldRef')];
  if (fieldRef !== undefined) {
    errors.push(...validateFieldRef(fieldRef, FILE_FIELDS, child(place, 'fieldRef')));
    if (resourceRef !== undefined)
      errors.push(invalid(place, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'));
  } else if (resourceRef !== undefined)
    errors.push(...validateResourceRef(resourceRef, 'names a container', child(place, 'resourceFieldRef')));
  else errors.push(required(place, 'one of fieldRef and resourceFieldRef is required'));
  if (peek(file, 'mode') !== undefined) errors.push(...validateMode(child(place, 'mode'), numberAt(file, 'mode')));
  return errors;
}

const INITIATORS: Readonly<Record<string, RegExp>> = {
  iqn: /iqn\.\d{4}-\d{2}\.([A-Za-z0-9\-.]+)(:[^,;*&$|\s]+)$/,
  eui: /^eui.[A-Za-z0-9]{16}$/,
  naa: /^naa.[A-Za-z0-9]{32}$/,
};

function validateInitiator(name: string, place: FieldPath): FieldError[] {
  const pattern = INITIATORS[name.slice(0, 3)];
  if (pattern === undefined) return [invalid(place, name, 'must be valid format starting with iqn, eui, or naa')];
  return pattern.test(name) ? [] : [invalid(place, name, 'must be valid format')];
}

function validateIscsi(source: JsonObject, place: FieldPath): FieldError[] {
  const errors = needs('targetPortal')(source, place, NO_CONTEXT);
  const iqn = textAt(source, 'iqn');
  errors.push(...(iqn === '' ? [required(child(place, 'iqn'))] : validateInitiator(iqn, child(place, 'iqn'))));
  const lun = numberAt(source, 'lun');
  errors.push(...eachInvalid(child(place, 'lun'), lun, inRange(lun, 0, 255)));
  const isSecret = peek(source, 'chapAuthDiscovery') === true || peek(source, 'chapAuthSession') === true;
  if (isSecret && objectAt(source, 'secretRef') === undefined) errors.push(required(child(place, 'secretRef')));
  if (peek(source, 'initiatorName') !== undefined)
    errors.push(...validateInitiator(textAt(source, 'initiatorName'), child(place, 'initiatorname')));
  return errors;
}

const NO_CONTEXT: SourceContext = { volumeName: '', podName: '', owner: 'pod', volume: ROOT_PATH };

function validateFlocker(source: JsonObject, place: FieldPath): FieldError[] {
  const [name, uuid] = [textAt(source, 'datasetName'), textAt(source, 'datasetUUID')];
  const errors: FieldError[] = [];
  if (name === '' && uuid === '') errors.push(required(place, 'one of datasetName and datasetUUID is required'));
  if (name !== '' && uuid !== '')
    errors.push(invalid(place, 'resource', 'datasetName and datasetUUID can not be specified simultaneously'));
  if (name.includes('/')) errors.push(invalid(child(place, 'datasetName'), name, "must not contain '/'"));
  return errors;
}

function validateQuobyte(source: JsonObject, place: FieldPath): FieldError[] {
  const registry = textAt(source, 'registry');
  const at = child(place, 'registry');
  const detail = 'must be a host:port pair or multiple pairs separated by commas';
  const errors: FieldError[] = [];
  if (registry === '') errors.push(required(at, detail));
  else if (textAt(source, 'tenant').length >= 65)
    errors.push(required(child(place, 'tenant'), 'must be a UUID and may not exceed a length of 64 characters'));
  else
    for (const pair of registry.split(','))
      if (!/^(\[[^\]]*\]|[^:[\]]*):[^:]*$/.test(pair)) errors.push(invalid(at, registry, detail));
  return [...errors, ...needs('volume')(source, place, NO_CONTEXT)];
}

function validateFibreChannel(source: JsonObject, place: FieldPath): FieldError[] {
  const [targets, wwids] = [listAt(source, 'targetWWNs'), listAt(source, 'wwids')];
  const at = child(place, 'targetWWNs');
  const errors: FieldError[] = [];
  if (targets.length === 0 && wwids.length === 0)
    errors.push(required(at, 'must specify either targetWWNs or wwids, but not both'));
  if (targets.length > 0 && wwids.length > 0)
    errors.push(invalid(at, targets, 'targetWWNs and wwids can not be specified simultaneously'));
  if (targets.length === 0) return errors;
  const lun = numberAt(source, 'lun');
  if (peek(source, 'lun') === undefined)
    errors.push(required(child(place, 'lun'), 'lun is required if targetWWNs is specified'));
  else errors.push(...eachInvalid(child(place, 'lun'), lun, inRange(lun, 0, 255)));
  return errors;
}

function validateFlexOptions(source: JsonObject, place: FieldPath): FieldError[] {
  return keysAt(source, 'options').flatMap(key => {
    const domain = `.${(key.split('/')[0] ?? '').toLowerCase()}`;
    return domain.endsWith('.kubernetes.io') || domain.endsWith('.k8s.io')
      ? [invalid(entry(child(place, 'options'), key), key, 'kubernetes.io and k8s.io namespaces are reserved')]
      : [];
  });
}

function validateAzureDisk(source: JsonObject, place: FieldPath): FieldError[] {
  const uri = textAt(source, 'diskURI');
  const kind = peek(source, 'kind');
  const errors = [
    ...needs('diskName', 'diskURI')(source, place, NO_CONTEXT),
    ...oneOf(source, 'cachingMode', ['None', 'ReadOnly', 'ReadWrite'], place),
    ...oneOf(source, 'kind', ['Dedicated', 'Managed', 'Shared'], place),
  ];
  const managed = '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}';
  const blob = 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd';
  if (kind === 'Managed' && !uri.startsWith('/subscriptions/'))
    errors.push(notSupported(child(place, 'diskURI'), uri, [managed]));
  if (kind !== undefined && kind !== 'Managed' && !uri.startsWith('https://'))
    errors.push(notSupported(child(place, 'diskURI'), uri, [blob]));
  return errors;
}

function validateStorageOs(source: JsonObject, place: FieldPath): FieldError[] {
  const [name, namespace] = [textAt(source, 'volumeName'), textAt(source, 'volumeNamespace')];
  const at = child(place, 'volumeName');
  return [
    ...(name === '' ? [required(at)] : eachInvalid(at, name, dnsLabel(name))),
    ...(namespace === '' ? [] : eachInvalid(child(place, 'volumeNamespace'), namespace, dnsLabel(namespace))),
  ];
}

function validateCsi(source: JsonObject, place: FieldPath): FieldError[] {
  const errors = validateCsiDriver(textAt(source, 'driver'), child(place, 'driver'));
  const secret = objectAt(source, 'nodePublishSecretRef');
  const name = textAt(secret, 'name');
  if (secret !== undefined)
    errors.push(
      ...(name === ''
        ? [required(child(place, 'nodePublishSecretRef', 'name'))]
        : eachInvalid(child(place, 'name'), name, dnsSubdomain(name))),
    );
  return errors;
}

/** The name of a driver of the Container Storage Interface. */
export function validateCsiDriver(driver: string, place: FieldPath): FieldError[] {
  return [
    ...(driver === '' ? [required(place)] : []),
    ...(driver.length > 63 ? [tooLong(place, 63)] : []),
    ...eachInvalid(place, driver, dnsSubdomain(driver.toLowerCase())),
  ];
}

function validateEphemeral(source: JsonObject, place: FieldPath, context: SourceContext): FieldError[] {
  const template = objectAt(source, 'volumeClaimTemplate');
  const errors =
    template === undefined
      ? [required(child(place, 'volumeClaimTemplate'))]
      : validateClaimTemplate(template, child(place, 'volumeClaimTemplate'));
  const { podName, volumeName, volume } = context;
  if (podName === '' || volumeName === '') return errors;
  const claim = `${podName}-${volumeName}`;
  const details = dnsSubdomain(claim).map(complaint => `PVC name ${JSON.stringify(claim)}: ${complaint}`);
  return [...errors, ...eachInvalid(child(volume, 'name'), volumeName, details)];
}
