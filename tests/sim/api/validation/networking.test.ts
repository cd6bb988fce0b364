// What the API server objects to in what stands around Pods. Facts follow upstream's tests (kubernetes v1.34
// pkg/apis/networking/validation/validation_test.go, pkg/apis/core/validation/validation_test.go: TestValidateEndpointsCreate).

import { describe } from 'vitest';
import { check, spread } from './rows.ts';

describe('NetworkPolicy', () => {
  check(
    [
      ['is fine', {}, []],
      ['allows all', { ingress: [{}], egress: [{}] }, []],
      [
        'has ports within bounds',
        { ingress: [{ ports: [{ port: 123_456 }] }] },
        ['spec.ingress[0].ports[0].port: Invalid value: 123456: must be between 1 and 65535, inclusive'],
      ],
      [
        'has ports with sound names',
        { ingress: [{ ports: [{ port: '!@#$' }] }] },
        [
          'spec.ingress[0].ports[0].port: Invalid value: "!@#$": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
          'spec.ingress[0].ports[0].port: Invalid value: "!@#$": must contain at least one letter (a-z)',
        ],
      ],
      [
        'knows three protocols',
        { ingress: [{ ports: [{ protocol: 'DCCP', port: 80 }] }] },
        ['spec.ingress[0].ports[0].protocol: Unsupported value: "DCCP": supported values: "TCP", "UDP", "SCTP"'],
      ],
      [
        'has ranges that begin',
        { ingress: [{ ports: [{ endPort: 35_000 }] }] },
        ['spec.ingress[0].ports[0].endPort: Invalid value: 35000: may not be specified when `port` is not specified'],
      ],
      [
        'has ranges of numbers',
        { ingress: [{ ports: [{ port: 'dns', endPort: 35_000 }] }] },
        ['spec.ingress[0].ports[0].endPort: Invalid value: 35000: may not be specified when `port` is non-numeric'],
      ],
      [
        'has ranges that go up',
        { ingress: [{ ports: [{ port: 32_000, endPort: 30_000 }] }] },
        ['spec.ingress[0].ports[0].endPort: Invalid value: 32000: must be greater than or equal to `port`'],
      ],
      ['needs a peer', { ingress: [{ from: [{}] }] }, ['spec.ingress[0].from[0]: Required value: must specify a peer']],
      [
        'has peers by address or by labels',
        { ingress: [{ from: [{ podSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } }] }] },
        ['spec.ingress[0].from[0]: Forbidden: may not specify both ipBlock and another peer'],
      ],
      [
        'needs a range',
        { ingress: [{ from: [{ ipBlock: {} }] }] },
        ['spec.ingress[0].from[0].ipBlock.cidr: Required value'],
      ],
      [
        'has ranges that are ranges',
        { egress: [{ to: [{ ipBlock: { cidr: '10.0.0' } }] }] },
        [
          'spec.egress[0].to[0].ipBlock.cidr: Invalid value: "10.0.0": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
        ],
      ],
      [
        'leaves out part of the range',
        { ingress: [{ from: [{ ipBlock: { cidr: '192.168.8.0/24', except: ['192.168.9.1/24'] } }] }] },
        [
          'spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: "192.168.9.1/24": must be a strict subset of `cidr`',
        ],
      ],
      [
        'leaves out less than the range',
        { ingress: [{ from: [{ ipBlock: { cidr: '192.168.8.0/24', except: ['192.168.8.0/24'] } }] }] },
        [
          'spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: "192.168.8.0/24": must be a strict subset of `cidr`',
        ],
      ],
      [
        'has labels that are labels',
        { podSelector: { matchLabels: { 'invalid character %': 'b' } } },
        [
          "spec.podSelector.matchLabels: Invalid value: \"invalid character %\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
        ],
      ],
      [
        'knows two types',
        { policyTypes: ['foo'] },
        ['spec.policyTypes[0]: Unsupported value: "foo": supported values: "Ingress", "Egress"'],
      ],
      [
        'has two types at most',
        { policyTypes: ['Ingress', 'Egress', 'Ingress'] },
        ['spec.policyTypes: Invalid value: ["Ingress","Egress","Ingress"]: may not specify more than two policyTypes'],
      ],
    ],
    spec => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'rules' },
      spec: { podSelector: {}, ...spread(spec) },
    }),
  );
});

describe('Ingress', () => {
  check(
    [
      ['is fine', { defaultBackend: { service: { name: 'web', port: { number: 80 } } } }, []],
      [
        'needs a backend or rules',
        {},
        ['spec: Invalid value: null: either `defaultBackend` or `rules` must be specified'],
      ],
      [
        'has backends with sound names',
        { defaultBackend: { service: { name: 'Web', port: { number: 80 } } } },
        [
          "spec.defaultBackend.service.name: Invalid value: \"Web\": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
        ],
      ],
      [
        'has backends with ports',
        { defaultBackend: { service: { name: 'web', port: {} } } },
        ['spec.defaultBackend: Required value: port name or number is required'],
      ],
      [
        'has backends with one port',
        { defaultBackend: { service: { name: 'web', port: { name: 'http', number: 80 } } } },
        ['spec.defaultBackend: Invalid value: "": cannot set both port name & port number'],
      ],
      [
        'has backends of one sort',
        { defaultBackend: { service: { name: 'web', port: { number: 80 } }, resource: { kind: 'Bucket', name: 'b' } } },
        ['spec.defaultBackend: Invalid value: "": cannot set both resource and service backends'],
      ],
      [
        'has hosts that are names',
        {
          rules: [
            {
              host: 'foobar:80',
              http: {
                paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }],
              },
            },
          ],
        },
        [
          "spec.rules[0].host: Invalid value: \"foobar:80\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
        ],
      ],
      [
        'has hosts that are not addresses',
        {
          rules: [
            {
              host: '10.0.0.1',
              http: {
                paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }],
              },
            },
          ],
        },
        ['spec.rules[0].host: Invalid value: "10.0.0.1": must be a DNS name, not an IP address'],
      ],
      [
        'has wild cards at the beginning',
        {
          rules: [
            {
              host: 'foo.*.com',
              http: {
                paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }],
              },
            },
          ],
        },
        [
          "spec.rules[0].host: Invalid value: \"foo.*.com\": a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
        ],
      ],
      [
        'needs paths',
        { rules: [{ host: 'a.example', http: { paths: [] } }] },
        ['spec.rules[0].http.paths: Required value'],
      ],
      [
        'needs types of paths',
        { rules: [{ http: { paths: [{ path: '/', backend: { service: { name: 'web', port: { number: 80 } } } }] } }] },
        ['spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified'],
      ],
      [
        'knows three types of paths',
        {
          rules: [
            {
              http: {
                paths: [{ path: '/', pathType: 'Regex', backend: { service: { name: 'web', port: { number: 80 } } } }],
              },
            },
          ],
        },
        [
          'spec.rules[0].http.paths[0].pathType: Unsupported value: "Regex": supported values: "Exact", "ImplementationSpecific", "Prefix"',
        ],
      ],
      [
        'has paths that begin with a slash',
        {
          rules: [
            {
              http: {
                paths: [{ path: 'a', pathType: 'Exact', backend: { service: { name: 'web', port: { number: 80 } } } }],
              },
            },
          ],
        },
        ['spec.rules[0].http.paths[0].path: Invalid value: "a": must be an absolute path'],
      ],
      [
        'has paths without dots',
        {
          rules: [
            {
              http: {
                paths: [
                  { path: '/a/../b', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } },
                ],
              },
            },
          ],
        },
        ['spec.rules[0].http.paths[0].path: Invalid value: "/a/../b": must not contain \'/../\''],
      ],
      [
        'has TLS hosts that are names',
        { defaultBackend: { service: { name: 'web', port: { number: 80 } } }, tls: [{ hosts: ['test.*.bar.com'] }] },
        [
          "spec.tls[0].hosts[0]: Invalid value: \"test.*.bar.com\": a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
        ],
      ],
    ],
    spec => ({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name: 'web' }, spec }),
  );
});

describe('Endpoints', () => {
  check(
    [
      ['are fine', { addresses: [{ ip: '10.10.1.1' }], ports: [{ port: 80 }] }, []],
      [
        'need addresses',
        { ports: [{ port: 80 }] },
        ['subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`'],
      ],
      [
        'have addresses that are addresses',
        { addresses: [{ ip: '[2001:0db8::1]' }], ports: [{ port: 80 }] },
        [
          'subsets[0].addresses[0].ip: Invalid value: "[2001:0db8::1]": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
        ],
      ],
      [
        'are not at home',
        { addresses: [{ ip: '127.0.0.1' }], ports: [{ port: 80 }] },
        [
          'subsets[0].addresses[0].ip: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
        ],
      ],
      [
        'are not in the link',
        { addresses: [{ ip: '169.254.169.254' }], ports: [{ port: 80 }] },
        [
          'subsets[0].addresses[0].ip: Invalid value: "169.254.169.254": may not be in the link-local range (169.254.0.0/16, fe80::/10)',
        ],
      ],
      [
        'need names for several ports',
        { addresses: [{ ip: '10.10.1.1' }], ports: [{ port: 80 }, { port: 81 }] },
        ['subsets[0].ports[0].name: Required value', 'subsets[0].ports[1].name: Required value'],
      ],
      [
        'know three protocols',
        { addresses: [{ ip: '10.10.1.1' }], ports: [{ port: 80, protocol: 'HTTP' }] },
        ['subsets[0].ports[0].protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP"'],
      ],
      [
        'have ports within bounds',
        { addresses: [{ ip: '10.10.1.1' }], ports: [{ port: 66_000 }] },
        ['subsets[0].ports[0].port: Invalid value: 66000: must be between 1 and 65535, inclusive'],
      ],
    ],
    subset => ({ apiVersion: 'v1', kind: 'Endpoints', metadata: { name: 'web' }, subsets: [subset] }),
  );
});
