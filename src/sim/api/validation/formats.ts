// Formats of names, labels, ports and addresses. Each function returns what is wrong, in the API server's words; an empty
// list means that the value is fine.
//
// Models:  DNS-1123 and DNS-1035 names, qualified names, label values, port names and numbers, IP addresses and prefixes.
// Read:    k8s.io/apimachinery pkg/util/validation/validation.go, ip.go; pkg/api/validation/generic.go.

import { familyOf, type Ip, interfaceAddress, ip, isIp } from '../../net/address.ts';
import { ParseError } from '../../runtime/errors.ts';
import { type FieldError, invalid, required } from '../fieldError.ts';
import type { FieldPath } from '../fieldPath.ts';

/** What is wrong with a value; empty when nothing is. */
export type Complaints = readonly string[];

/** Says what is wrong with a name. With `isPrefix` it is a generateName, which may end in a dash. */
export type NameRule = (name: string, isPrefix?: boolean) => Complaints;

/** A name of this many characters at most. Source: RFC 1123 and RFC 1035 labels, Kubernetes label values. */
const LABEL_LENGTH = 63;
/** Source: RFC 1123, section 2.1. */
const SUBDOMAIN_LENGTH = 253;

/** Transport protocols, in the order in which the API server prints them. */
export const PROTOCOLS = ['SCTP', 'TCP', 'UDP'] as const;

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const LABEL_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const QUALIFIED_NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(${QUALIFIED_NAME})?`;
const CONFIG_MAP_KEY = '[-._a-zA-Z0-9]+';
const HTTP_PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";

const WORDS = {
  label:
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  subdomain:
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  searchDomain:
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character",
  wildcard:
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
  label1035:
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  qualifiedName:
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  labelValue:
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  percent: "a valid percent string must be a numeric string followed by an ending '%'",
  cIdentifier:
    "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'",
  httpHeader: "a valid HTTP header must consist of alphanumeric characters or '-'",
  configMapKey: "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
} as const;

const compiled = new Map<string, RegExp>();

function matches(text: string, pattern: string): boolean {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    expression = new RegExp(`^(?:${pattern})$`);
    compiled.set(pattern, expression);
  }
  return expression.test(text);
}

/** `... (e.g. 'my-name',  or '123-abc', regex used for validation is '...')`: the stray comma is upstream's. */
function patternComplaint(words: string, pattern: string, ...examples: readonly string[]): string {
  if (examples.length === 0) return `${words} (regex used for validation is '${pattern}')`;
  return `${words} (e.g. ${examples.map(example => `'${example}', `).join(' or ')}regex used for validation is '${pattern}')`;
}

function tooLongComplaint(limit: number): string {
  return `must be no more than ${limit} characters`;
}

/** The length of a text in bytes of UTF-8. Names are limited in bytes; those that pass the patterns are ASCII. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** A generateName may end in a dash: another character takes its place for the check. */
function maskedName(name: string, isPrefix: boolean): string {
  return isPrefix && name.endsWith('-') ? `${name.slice(0, -1)}a` : name;
}

/** `my-name`: RFC 1123 label. */
export const dnsLabel: NameRule = (name, isPrefix = false) => {
  const text = maskedName(name, isPrefix);
  const complaints = byteLength(text) > LABEL_LENGTH ? [tooLongComplaint(LABEL_LENGTH)] : [];
  if (matches(text, LABEL)) return complaints;
  return matches(text, SUBDOMAIN)
    ? [...complaints, 'must not contain dots']
    : [...complaints, patternComplaint(WORDS.label, LABEL, 'my-name', '123-abc')];
};

/** `example.com`: RFC 1123 subdomain. */
export const dnsSubdomain: NameRule = (name, isPrefix = false) => {
  const text = maskedName(name, isPrefix);
  const complaints = byteLength(text) > SUBDOMAIN_LENGTH ? [tooLongComplaint(SUBDOMAIN_LENGTH)] : [];
  return matches(text, SUBDOMAIN)
    ? complaints
    : [...complaints, patternComplaint(WORDS.subdomain, SUBDOMAIN, 'example.com')];
};

/** `_tcp.example.com`: a name to search in; some have underscores. Source: `IsDNS1123SubdomainWithUnderscore`. */
export function searchDomain(text: string): Complaints {
  const complaints = byteLength(text) > SUBDOMAIN_LENGTH ? [tooLongComplaint(SUBDOMAIN_LENGTH)] : [];
  const label = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
  const pattern = `${label}(\\.${label})*`;
  return matches(text, pattern)
    ? complaints
    : [...complaints, patternComplaint(WORDS.searchDomain, pattern, 'example.com')];
}

/** `my-name`, not beginning with a digit: RFC 1035 label, as Services need it. */
export const dns1035Label: NameRule = (name, isPrefix = false) => {
  const text = maskedName(name, isPrefix);
  const complaints = byteLength(text) > LABEL_LENGTH ? [tooLongComplaint(LABEL_LENGTH)] : [];
  return matches(text, LABEL_1035)
    ? complaints
    : [...complaints, patternComplaint(WORDS.label1035, LABEL_1035, 'my-name', 'abc-123')];
};

/** `*.example.com` */
export function wildcardSubdomain(text: string): Complaints {
  const complaints = byteLength(text) > SUBDOMAIN_LENGTH ? [tooLongComplaint(SUBDOMAIN_LENGTH)] : [];
  const pattern = `\\*\\.${SUBDOMAIN}`;
  return matches(text, pattern)
    ? complaints
    : [...complaints, patternComplaint(WORDS.wildcard, pattern, '*.example.com')];
}

/** `example.com/path`: who is in charge of something. Source: `IsDomainPrefixedPath`. */
export function validateDomainPath(place: FieldPath, text: string): FieldError[] {
  if (text === '') return [required(place)];
  const slash = text.indexOf('/');
  const [domain, path] = [text.slice(0, Math.max(slash, 0)), text.slice(slash + 1)];
  if (domain === '' || path === '')
    return [invalid(place, text, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  const errors = dnsSubdomain(domain).map(complaint => invalid(place, domain, complaint));
  if (!matches(path, HTTP_PATH)) errors.push(invalid(place, path, patternComplaint('Invalid path', HTTP_PATH)));
  return errors;
}

/** What every name must keep to, because it becomes a part of a URL. Source: pkg/api/validation/path/name.go. */
export const pathSegment: NameRule = (name, isPrefix = false) => {
  if (!isPrefix && (name === '.' || name === '..')) return [`may not be '${name}'`];
  return ['/', '%'].filter(part => name.includes(part)).map(part => `may not contain '${part}'`);
};

/** `example.com/my.name`: keys of labels and annotations, finalizers. */
export function qualifiedName(text: string): Complaints {
  const parts = text.split('/');
  const words = patternComplaint(WORDS.qualifiedName, QUALIFIED_NAME, 'MyName', 'my.name', '123-abc');
  if (parts.length > 2) {
    return [`a qualified name ${words} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const [prefix, name = ''] = parts.length === 2 ? parts : [undefined, parts[0]];
  const complaints: string[] = [];
  if (prefix === '') complaints.push('prefix part must be non-empty');
  else if (prefix !== undefined) complaints.push(...dnsSubdomain(prefix).map(complaint => `prefix part ${complaint}`));
  if (name === '') complaints.push('name part must be non-empty');
  else if (byteLength(name) > LABEL_LENGTH) complaints.push(`name part ${tooLongComplaint(LABEL_LENGTH)}`);
  if (!matches(name, QUALIFIED_NAME)) complaints.push(`name part ${words}`);
  return complaints;
}

export function labelValue(text: string): Complaints {
  const complaints = byteLength(text) > LABEL_LENGTH ? [tooLongComplaint(LABEL_LENGTH)] : [];
  return matches(text, LABEL_VALUE)
    ? complaints
    : [...complaints, patternComplaint(WORDS.labelValue, LABEL_VALUE, 'MyValue', 'my_value', '12345')];
}

/** From 1 to 65535. */
export function portNumber(port: number): Complaints {
  return inRange(port, 1, 65_535);
}

/** Both bounds belong to the range. */
export function inRange(value: number, low: number, high: number): Complaints {
  return value >= low && value <= high ? [] : [`must be between ${low} and ${high}, inclusive`];
}

/** Source: RFC 6335, section 5.1, in lower case. */
export function portName(name: string): Complaints {
  const complaints: string[] = [];
  if (byteLength(name) > 15) complaints.push(tooLongComplaint(15));
  if (!/^[-a-z0-9]+$/.test(name))
    complaints.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(name)) complaints.push('must contain at least one letter (a-z)');
  if (name.includes('--')) complaints.push('must not contain consecutive hyphens');
  if (name.startsWith('-') || name.endsWith('-')) complaints.push('must not begin or end with a hyphen');
  return complaints;
}

/** `25%` */
export function percent(text: string): Complaints {
  return /^[0-9]+%$/.test(text) ? [] : [patternComplaint(WORDS.percent, '[0-9]+%', '1%', '93%')];
}

/** `key.name`: keys of ConfigMaps and Secrets, which become names of files. Source: `IsConfigMapKey`. */
export function configMapKey(key: string): Complaints {
  const complaints = byteLength(key) > SUBDOMAIN_LENGTH ? [tooLongComplaint(SUBDOMAIN_LENGTH)] : [];
  if (!matches(key, CONFIG_MAP_KEY))
    complaints.push(patternComplaint(WORDS.configMapKey, CONFIG_MAP_KEY, 'key.name', 'KEY_NAME', 'key-name'));
  if (key === '.') complaints.push("must not be '.'");
  else if (key === '..') complaints.push("must not be '..'");
  else if (key.startsWith('..')) complaints.push("must not start with '..'");
  return complaints;
}

/** Any printable ASCII but `=`. Source: `IsRelaxedEnvVarName`, which is the rule since v1.34. */
export function environmentName(name: string): Complaints {
  if (name === '') return ['environment variable name must be non-empty'];
  return /^[ -<>-~]*$/.test(name)
    ? []
    : ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

/** `X-Header-Name` */
export function httpHeaderName(name: string): Complaints {
  return /^[-A-Za-z0-9]+$/.test(name) ? [] : [patternComplaint(WORDS.httpHeader, '[-A-Za-z0-9]+', 'X-Header-Name')];
}

/** Leading zeros are an error of their own: some programs read them as octal numbers. */
const SLOPPY_V4 = /^\d{1,3}(\.\d{1,3}){3}$/;

function withoutLeadingZeros(text: string): string {
  return text
    .split('.')
    .map(octet => String(Number(octet)))
    .join('.');
}

/** Source: `IsValidIPForLegacyField` with the feature StrictIPCIDRValidation, for what no two programs read alike. */
export function validateIp(path: FieldPath, text: string): FieldError[] {
  if (!isIp(text)) {
    if (SLOPPY_V4.test(text) && isIp(withoutLeadingZeros(text)))
      return [invalid(path, text, 'must not have leading 0s')];
    return [invalid(path, text, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')];
  }
  return /^::ffff:/i.test(ip(text)) ? [invalid(path, text, 'must not be an IPv4-mapped IPv6 address')] : [];
}

/** Bits beyond the length of the prefix do not count. Source: `IsValidCIDRForLegacyField`. */
export function validateCidr(path: FieldPath, text: string): FieldError[] {
  const malformed = invalid(path, text, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)');
  if (!text.includes('/')) return [malformed];
  try {
    interfaceAddress(text);
    return [];
  } catch (error) {
    if (error instanceof ParseError) return [malformed];
    throw error;
  }
}

/** Addresses that no other host can have. Source: pkg/apis/core/validation, `ValidateNonSpecialIP`. */
export function validateNonSpecialIp(path: FieldPath, text: string): FieldError[] {
  const address: Ip = ip(text);
  const isV4 = familyOf(address) === 'IPv4';
  if (address === '0.0.0.0' || address === '::') return [invalid(path, text, 'may not be unspecified (0.0.0.0 or ::)')];
  if (isV4 ? address.startsWith('127.') : address === '::1')
    return [invalid(path, text, 'may not be in the loopback range (127.0.0.0/8, ::1/128)')];
  if (isV4 ? address.startsWith('169.254.') : /^fe[89ab]/.test(address))
    return [invalid(path, text, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)')];
  if (isV4 ? address.startsWith('224.0.0.') : /^ff.2:/.test(address))
    return [invalid(path, text, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)')];
  return [];
}
