// Formats of names, ports and addresses, with the API server's complaints.

import { describe, expect, it } from 'vitest';
import { formatFieldError } from '../../../../src/sim/api/fieldError.ts';
import { path } from '../../../../src/sim/api/fieldPath.ts';
import {
  dns1035Label,
  dnsLabel,
  dnsSubdomain,
  environmentName,
  labelValue,
  percent,
  portName,
  portNumber,
  qualifiedName,
  validateCidr,
  validateIp,
  validateNonSpecialIp,
} from '../../../../src/sim/api/validation/formats.ts';

const LABEL_WORDS =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const LABEL_1035_WORDS =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";

describe('names', () => {
  it.each([
    ['a label', dnsLabel, '123-abc', []],
    ['capitals', dnsLabel, 'Web', [LABEL_WORDS]],
    ['dots', dnsLabel, 'my.web', ['must not contain dots']],
    ['64 characters', dnsLabel, 'a'.repeat(64), ['must be no more than 63 characters']],
    ['nothing', dnsLabel, '', [LABEL_WORDS]],
    ['a Service that begins with a digit', dns1035Label, '1web', [LABEL_1035_WORDS]],
    ['a subdomain', dnsSubdomain, 'example.com', []],
    [
      'an underscore',
      dnsSubdomain,
      'my_web',
      [
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      ],
    ],
  ])('%s', (_, rule, name, complaints) => expect(rule(name)).toEqual(complaints));

  it('a generateName may end in a dash', () => {
    expect(dnsLabel('web-', true)).toEqual([]);
    expect(dnsLabel('web-')).toEqual([LABEL_WORDS]);
  });
});

describe('keys and values of labels', () => {
  it.each([
    ['app', []],
    ['example.com/app', []],
    ['/app', ['prefix part must be non-empty']],
    ['example.com/', 2],
    ['a/b/c', 1],
    ['a=b', 1],
  ])('%s', (key, complaints) => {
    const actual = qualifiedName(key);
    if (typeof complaints === 'number') expect(actual).toHaveLength(complaints);
    else expect(actual).toEqual(complaints);
  });

  it.each([
    ['', 0],
    ['v1.2_a', 0],
    ['-x', 1],
    ['a b', 1],
    ['a'.repeat(64), 1],
  ])('the value %j', (value, count) => expect(labelValue(value)).toHaveLength(count));
});

describe('ports', () => {
  it.each([
    [1, []],
    [65_535, []],
    [0, ['must be between 1 and 65535, inclusive']],
    [70_000, ['must be between 1 and 65535, inclusive']],
  ])('%d', (port, complaints) => expect(portNumber(port)).toEqual(complaints));

  it.each([
    ['http', []],
    ['8080', ['must contain at least one letter (a-z)']],
    ['a--b', ['must not contain consecutive hyphens']],
    ['-a', ['must not begin or end with a hyphen']],
    [
      'HTTP',
      [
        'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
        'must contain at least one letter (a-z)',
      ],
    ],
    ['abcdefghijklmnop', ['must be no more than 15 characters']],
  ])('%s', (name, complaints) => expect(portName(name)).toEqual(complaints));
});

it('shares are whole numbers with a percent sign', () => {
  expect(percent('25%')).toEqual([]);
  expect(percent('2.5%')).toEqual([
    "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
  ]);
});

it('environment variables may have almost any name', () => {
  expect(environmentName('my.var-1 !')).toEqual([]);
  expect(environmentName('a=b')).toHaveLength(1);
});

describe('addresses', () => {
  const words = (errors: ReturnType<typeof validateIp>) => errors.map(formatFieldError);
  it.each([
    ['10.0.0.1', []],
    ['2001:db8::1', []],
    ['1.2.3', ['a: Invalid value: "1.2.3": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)']],
    ['010.0.0.1', ['a: Invalid value: "010.0.0.1": must not have leading 0s']],
    ['2001:DB8::1', []],
    ['::ffff:10.0.0.1', ['a: Invalid value: "::ffff:10.0.0.1": must not be an IPv4-mapped IPv6 address']],
  ])('%s', (text, expected) => expect(words(validateIp(path('a'), text))).toEqual(expected));

  it.each([
    ['10.0.0.0/8', []],
    ['10.0.0.1/8', []],
    ['10.0.0.0', ['a: Invalid value: "10.0.0.0": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)']],
    [
      '10.0.0.0/33',
      ['a: Invalid value: "10.0.0.0/33": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'],
    ],
  ])('%s', (text, expected) => expect(words(validateCidr(path('a'), text))).toEqual(expected));

  it.each([
    ['198.51.100.7', []],
    ['0.0.0.0', ['a: Invalid value: "0.0.0.0": may not be unspecified (0.0.0.0 or ::)']],
    ['127.0.0.1', ['a: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)']],
    [
      '169.254.1.1',
      ['a: Invalid value: "169.254.1.1": may not be in the link-local range (169.254.0.0/16, fe80::/10)'],
    ],
  ])('%s as an external address', (text, expected) => {
    expect(words(validateNonSpecialIp(path('a'), text))).toEqual(expected);
  });
});
