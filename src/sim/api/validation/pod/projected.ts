// Volumes that put several sources into one directory.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `validateProjectionSources`; names.go, `ValidateSignerName`.

import type { Draft } from '../../draft.ts';
import { eachInvalid, type FieldError, forbidden, invalid, notSupported, required, tooLong } from '../../fieldError.ts';
import { child, type FieldPath } from '../../fieldPath.ts';
import { asJson, type JsonObject } from '../../json.ts';
import type { LabelSelector } from '../../objects.ts';
import { listAt, numberAt, objectAt, peek, textAt } from '../../peek.ts';
import { dnsLabel, dnsSubdomain } from '../formats.ts';
import { validateSelector } from '../labelSelector.ts';
import { validateMode, validateVolumeFile } from './paths.ts';
import { validateFile, validateItem } from './volumeSources.ts';

/** No file may be written by two sources. Upstream reports that at the volume. */
type Claimed = (file: string, badValue: string) => FieldError[];

const SOURCES = ['secret', 'configMap', 'downwardAPI', 'serviceAccountToken', 'clusterTrustBundle', 'podCertificate'];

export function validateProjected(projected: JsonObject, place: FieldPath): FieldError[] {
  const taken = new Set<string>();
  const claim: Claimed = (file, badValue) => {
    if (taken.has(file)) return [invalid(place, badValue, 'conflicting duplicate paths')];
    taken.add(file);
    return [];
  };
  const mode =
    peek(projected, 'defaultMode') === undefined
      ? []
      : validateMode(child(place, 'defaultMode'), numberAt(projected, 'defaultMode'));
  return [
    ...mode,
    ...listAt(projected, 'sources').flatMap((source, i) => {
      const at = child(place, 'sources', i);
      const count = SOURCES.filter(name => objectAt(source, name) !== undefined).length;
      return [
        ...validateKeys(objectAt(source, 'secret'), child(at, 'secret'), claim),
        ...validateKeys(objectAt(source, 'configMap'), child(at, 'configMap'), claim),
        ...validateFields(objectAt(source, 'downwardAPI'), child(at, 'downwardAPI'), claim),
        ...validateToken(objectAt(source, 'serviceAccountToken'), child(at, 'serviceAccountToken'), place),
        ...validateTrust(objectAt(source, 'clusterTrustBundle'), child(at, 'clusterTrustBundle'), claim),
        ...validateCertificate(objectAt(source, 'podCertificate'), child(at, 'podCertificate'), claim),
        ...(count > 1 ? [forbidden(at, 'may not specify more than 1 volume type per source')] : []),
      ];
    }),
  ];
}

type Source = JsonObject | undefined;

function validateKeys(source: Source, place: FieldPath, claim: Claimed): FieldError[] {
  if (source === undefined) return [];
  const name = textAt(source, 'name');
  return [
    ...(name === '' ? [required(child(place, 'name'))] : []),
    ...listAt(source, 'items').flatMap((item, i) => {
      const file = textAt(item, 'path');
      return [...validateItem(item, child(place, 'items', i)), ...(file === '' ? [] : claim(file, name))];
    }),
  ];
}

function validateFields(source: Source, place: FieldPath, claim: Claimed): FieldError[] {
  return listAt(source, 'items').flatMap(item => {
    const file = textAt(item, 'path');
    return [...validateFile(item, place), ...(file === '' ? [] : claim(file, file))];
  });
}

const TEN_MINUTES_S = 600;

function validateToken(source: Source, place: FieldPath, volume: FieldPath): FieldError[] {
  if (source === undefined) return [];
  const at = child(place, 'expirationSeconds');
  const seconds = numberAt(source, 'expirationSeconds');
  const file = textAt(source, 'path');
  return [
    ...(seconds < TEN_MINUTES_S ? [invalid(at, seconds, 'may not specify a duration less than 10 minutes')] : []),
    ...(seconds > 2 ** 32 ? [invalid(at, seconds, 'may not specify a duration larger than 2^32 seconds')] : []),
    ...(file === '' ? [required(child(volume, 'path'))] : validateVolumeFile(child(volume, 'path'), file)),
  ];
}

function validateTrust(source: Source, place: FieldPath, claim: Claimed): FieldError[] {
  if (source === undefined) return [];
  const [name, signer] = [peek(source, 'name'), peek(source, 'signerName')];
  const selector = objectAt(source, 'labelSelector');
  const errors: FieldError[] = [];
  if (name !== undefined && signer !== undefined)
    errors.push(invalid(place, asJson(source), 'only one of name and signerName may be used'));
  else if (name !== undefined) {
    const at = child(place, 'name');
    if (name === '') errors.push(required(at, 'must be a valid object name'));
    const own = String(name).slice(String(name).lastIndexOf(':') + 1);
    const details = dnsSubdomain(own).map(complaint => `not a valid clustertrustbundlename: ${complaint}`);
    errors.push(...eachInvalid(at, name, details));
    if (selector !== undefined)
      errors.push(invalid(child(place, 'labelSelector'), selector, 'labelSelector must be unset if name is specified'));
  } else if (signer !== undefined) {
    const at = child(place, 'signerName');
    if (signer === '') errors.push(required(at, 'must be a valid signer name'));
    errors.push(...validateSigner(String(signer), at));
    if (selector !== undefined)
      errors.push(...validateSelector(selector as Draft<LabelSelector>, child(place, 'labelSelector')));
  } else errors.push(required(place, 'either name or signerName must be specified'));
  const file = textAt(source, 'path');
  if (file === '') errors.push(required(child(place, 'path')));
  return [...errors, ...validateVolumeFile(child(place, 'path'), file), ...claim(file, file)];
}

const KEY_TYPES = ['RSA3072', 'RSA4096', 'ECDSAP256', 'ECDSAP384', 'ECDSAP521', 'ED25519'];
const HOUR_S = 3600;
const DAY_S = 86_400;

function validateCertificate(source: Source, place: FieldPath, claim: Claimed): FieldError[] {
  if (source === undefined) return [];
  const signer = textAt(source, 'signerName');
  const keyType = textAt(source, 'keyType');
  const errors = validateSigner(signer, child(place, 'signerName'));
  if (!KEY_TYPES.includes(keyType)) errors.push(notSupported(child(place, 'keyType'), keyType, KEY_TYPES));
  if (peek(source, 'maxExpirationSeconds') !== undefined) {
    const at = child(place, 'maxExpirationSeconds');
    const seconds = numberAt(source, 'maxExpirationSeconds');
    const most = /(^|\.)kubernetes\.io\//.test(signer) ? DAY_S : 91 * DAY_S;
    if (seconds < HOUR_S) errors.push(invalid(at, seconds, 'if provided, maxExpirationSeconds must be >= 3600'));
    if (seconds > most) errors.push(invalid(at, seconds, `if provided, maxExpirationSeconds must be <= ${most}`));
  }
  const files = ['credentialBundlePath', 'keyPath', 'certificateChainPath'].filter(name => textAt(source, name) !== '');
  for (const name of files) {
    const file = textAt(source, name);
    errors.push(...validateVolumeFile(child(place, name), file), ...claim(file, file));
  }
  if (files.length === 0)
    errors.push(required(place, 'specify at least one of credentialBundlePath, keyPath, and certificateChainPath'));
  return errors;
}

/** `example.com/signer` */
function validateSigner(signer: string, place: FieldPath): FieldError[] {
  if (signer === '') return [required(place)];
  const [domain = '', name = '', ...more] = signer.split('/');
  if (!signer.includes('/') || more.length > 0) {
    const detail = "must be a fully qualified domain and path of the form 'example.com/signer-name'";
    return [invalid(place, signer, detail)];
  }
  const firstWrong = (text: string, rule: (label: string) => readonly string[]) => {
    const label = text.split('.').find(part => rule(part).length > 0);
    if (label === undefined) return [];
    return eachInvalid(
      place,
      text,
      rule(label).map(complaint => `validating label ${JSON.stringify(label)}: ${complaint}`),
    );
  };
  return [
    ...(domain.length > 253 ? [tooLong(place, 253)] : []),
    ...firstWrong(domain, dnsLabel),
    ...(domain.includes('.')
      ? []
      : [invalid(place, domain, 'should be a domain with at least two segments separated by dots')]),
    ...firstWrong(name, dnsSubdomain),
    ...(signer.length > 571 ? [tooLong(place, 571)] : []),
  ];
}
