// What the API server objects to, kind by kind. Facts follow upstream's validation tests (kubernetes
// pkg/apis/core/validation/validation_test.go, pkg/apis/apps/validation, pkg/apis/discovery/validation).

import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/sim/api/request.ts';
import { check, messages, spread } from './rows.ts';

describe('Service', () => {
  const service = (spec: Json): Json => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...spread(spec) },
  });
  check(
    [
      ['is fine', {}, []],
      ['needs ports', { ports: [] }, ['spec.ports: Required value']],
      ['is fine without ports when it is headless', { ports: [], clusterIP: 'None' }, []],
      [
        'has ports within bounds',
        { ports: [{ port: 70_000, targetPort: 80 }] },
        ['spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive'],
      ],
      [
        'needs the number of a port',
        { ports: [{ targetPort: 80 }] },
        ['spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive'],
      ],
      [
        'needs names for several ports',
        { ports: [{ port: 80 }, { port: 81 }] },
        ['spec.ports[0].name: Required value', 'spec.ports[1].name: Required value'],
      ],
      [
        'has each name once',
        {
          ports: [
            { name: 'a', port: 80 },
            { name: 'a', port: 81 },
          ],
        },
        ['spec.ports[1].name: Duplicate value: "a"'],
      ],
      [
        'has each port once',
        {
          ports: [
            { name: 'a', port: 80 },
            { name: 'b', port: 80 },
          ],
        },
        [
          'spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}',
        ],
      ],
      [
        'may have a port over two protocols',
        {
          ports: [
            { name: 'a', port: 53 },
            { name: 'b', port: 53, protocol: 'UDP' },
          ],
        },
        [],
      ],
      [
        'knows three protocols',
        { ports: [{ port: 80, protocol: 'tcp' }] },
        ['spec.ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"'],
      ],
      [
        'has target ports with sound names',
        { ports: [{ port: 80, targetPort: 'my_port' }] },
        [
          'spec.ports[0].targetPort: Invalid value: "my_port": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
        ],
      ],
      [
        'knows four types',
        { type: 'Loadbalancer' },
        [
          'spec.type: Unsupported value: "Loadbalancer": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
          'spec.internalTrafficPolicy: Required value',
        ].slice(0, 1),
      ],
      [
        'has node ports only by type',
        { ports: [{ port: 80, nodePort: 30_080 }] },
        ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"],
      ],
      [
        'has an address that is one',
        { clusterIP: '10.96.0' },
        ['spec.clusterIPs[0]: Invalid value: "10.96.0": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'],
      ],
      [
        'has two ways to say its address that agree',
        { clusterIP: '10.96.0.9', clusterIPs: ['10.96.0.8'] },
        ['spec.clusterIPs: Invalid value: ["10.96.0.8"]: first value must match `clusterIP`'],
      ],
      [
        'is not headless with node ports',
        { type: 'NodePort', clusterIP: 'None' },
        ['spec.clusterIPs[0]: Invalid value: "None": may not be set to \'None\' for NodePort services'],
      ],
      ['of type ExternalName needs the name', { type: 'ExternalName' }, ['spec.externalName: Required value']],
      [
        'of type ExternalName has no address',
        { type: 'ExternalName', externalName: 'example.com', clusterIP: '10.96.0.9' },
        ['spec.clusterIPs: Forbidden: may not be set for ExternalName services'],
      ],
      [
        'has an outer policy only for outer traffic',
        { externalTrafficPolicy: 'Local' },
        ['spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services'],
      ],
      [
        'knows two policies',
        { internalTrafficPolicy: 'local' },
        ['spec.internalTrafficPolicy: Unsupported value: "local": supported values: "Cluster", "Local"'],
      ],
      [
        'knows two affinities',
        { sessionAffinity: 'Cookie' },
        ['spec.sessionAffinity: Unsupported value: "Cookie": supported values: "ClientIP", "None"'],
      ],
      [
        'has no affinity for days',
        { sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 90_000 } } },
        [
          'spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 90000: must be greater than 0 and less than 86400',
        ],
      ],
      [
        'has external addresses that can be reached',
        { externalIPs: ['127.0.0.1'] },
        ['spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)'],
      ],
      [
        'has source ranges only with a load balancer',
        { loadBalancerSourceRanges: ['10.0.0.0/8'] },
        ["spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'"],
      ],
      [
        'has a class only with a load balancer',
        { loadBalancerClass: 'example.com/lb' },
        ["spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'"],
      ],
      [
        'knows how traffic can be distributed',
        { trafficDistribution: 'Random' },
        [
          'spec.trafficDistribution: Unsupported value: "Random": supported values: "PreferClose", "PreferSameZone", "PreferSameNode"',
        ],
      ],
    ],
    service,
  );

  it('has a name that begins with a letter', () => {
    expect(messages({ ...spread(service({})), metadata: { name: '2048' } } as Json)).toEqual([
      expect.stringMatching(/^metadata\.name: Invalid value: "2048": a DNS-1035 label must consist of /),
    ]);
  });
});

describe('Pod', () => {
  const container = (part: Json): Json => [{ name: 'main', image: 'nginx', ...spread(part) }];
  check(
    [
      ['is fine', { containers: container({}) }, []],
      ['needs containers', {}, ['spec.containers: Required value']],
      [
        'needs names and images',
        { containers: [{}] },
        ['spec.containers[0].name: Required value', 'spec.containers[0].image: Required value'],
      ],
      [
        'has each name once',
        {
          containers: [
            { name: 'a', image: 'x' },
            { name: 'a', image: 'x' },
          ],
        },
        ['spec.containers[1].name: Duplicate value: "a"'],
      ],
      [
        'has no blanks around images',
        { containers: container({ image: ' nginx ' }) },
        ['spec.containers[0].image: Invalid value: " nginx ": must not have leading or trailing whitespace'],
      ],
      [
        'needs container ports',
        { containers: container({ ports: [{}] }) },
        ['spec.containers[0].ports[0].containerPort: Required value'],
      ],
      [
        'has port names once',
        {
          containers: container({
            ports: [
              { name: 'a', containerPort: 1 },
              { name: 'a', containerPort: 2 },
            ],
          }),
        },
        ['spec.containers[0].ports[1].name: Duplicate value: "a"'],
      ],
      [
        'has host ports once',
        {
          containers: container({
            ports: [
              { containerPort: 1, hostPort: 80 },
              { containerPort: 2, hostPort: 80 },
            ],
          }),
        },
        ['spec.containers[0].ports[1].hostPort: Duplicate value: "TCP//80"'],
      ],
      [
        "has the node's ports on its network",
        { hostNetwork: true, containers: container({ ports: [{ containerPort: 80, hostPort: 81 }] }) },
        [
          'spec.containers[0].ports[0].hostPort: Invalid value: 81: must match `containerPort` when `hostNetwork` is true',
        ],
      ],
      [
        'knows three pull policies',
        { containers: container({ imagePullPolicy: 'Sometimes' }) },
        [
          'spec.containers[0].imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"',
        ],
      ],
      [
        'knows three restart policies',
        { restartPolicy: 'Sometimes', containers: container({}) },
        ['spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"'],
      ],
      [
        'mounts volumes that are there',
        { containers: container({ volumeMounts: [{ name: 'data', mountPath: '/data' }] }) },
        ['spec.containers[0].volumeMounts[0].name: Not found: "data"'],
      ],
      [
        'has probes that do something',
        { containers: container({ livenessProbe: {} }) },
        ['spec.containers[0].livenessProbe: Required value: must specify a handler type'],
      ],
      [
        'has probes that do one thing',
        { containers: container({ readinessProbe: { exec: { command: ['x'] }, tcpSocket: { port: 80 } } }) },
        ['spec.containers[0].readinessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type'],
      ],
      [
        'asks for no more than it may have',
        { containers: container({ resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } }) },
        ['spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1'],
      ],
      [
        'tolerates with an operator',
        { tolerations: [{ effect: 'NoSchedule' }], containers: container({}) },
        [
          'spec.tolerations[0].operator: Invalid value: "": operator must be Exists when `key` is empty, which means "match all values and all keys"',
        ],
      ],
      [
        'has DNS servers when it has no other',
        { dnsPolicy: 'None', containers: container({}) },
        ['spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None'],
      ],
      [
        'has volumes of one sort',
        { volumes: [{ name: 'a', emptyDir: {}, hostPath: { path: '/' } }], containers: container({}) },
        ['spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type'],
      ],
    ],
    spec => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec }),
  );
});

describe('Deployment', () => {
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'main', image: 'nginx' }] } };
  const selector = { matchLabels: { app: 'web' } };
  check(
    [
      ['is fine', { selector, template }, []],
      [
        'needs a selector',
        { template },
        [
          'spec.selector: Required value',
          'spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`',
        ],
      ],
      [
        'has a selector that is not empty',
        { selector: {}, template },
        ['spec.selector: Invalid value: {}: empty selector is invalid for deployment'],
      ],
      [
        'selects its own Pods',
        { selector: { matchLabels: { app: 'wbe' } }, template },
        ['spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`'],
      ],
      [
        'has no less than no replicas',
        { replicas: -1, selector, template },
        ['spec.replicas: Invalid value: -1: must be greater than or equal to 0'],
      ],
      [
        'restarts its Pods always',
        { selector, template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } } },
        ['spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"'],
      ],
      [
        'knows two strategies',
        { selector, template, strategy: { type: 'BlueGreen' } },
        [
          'spec.strategy: Unsupported value: {"Type":"BlueGreen","RollingUpdate":null}: supported values: "Recreate", "RollingUpdate"',
        ],
      ],
      [
        'recreates without steps',
        { selector, template, strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } },
        ["spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"],
      ],
      [
        'can move at all',
        { selector, template, strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } },
        ['spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0'],
      ],
      [
        'cannot miss more than all',
        { selector, template, strategy: { rollingUpdate: { maxUnavailable: '120%' } } },
        ['spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "120%": must not be greater than 100%'],
      ],
      [
        'gives itself enough time',
        { selector, template, minReadySeconds: 600 },
        ['spec.progressDeadlineSeconds: Invalid value: 600: must be greater than minReadySeconds'],
      ],
      [
        "reports the template's faults",
        { selector, template: { ...template, spec: {} } },
        ['spec.template.spec.containers: Required value'],
      ],
    ],
    spec => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec }),
  );
});

describe('EndpointSlice', () => {
  check(
    [
      ['is fine', { addressType: 'IPv4', endpoints: [{ addresses: ['10.244.1.2'] }], ports: [{ port: 80 }] }, []],
      ['needs a type of addresses', { endpoints: [] }, ['addressType: Required value']],
      [
        'knows three',
        { addressType: 'IP' },
        ['addressType: Unsupported value: "IP": supported values: "FQDN", "IPv4", "IPv6"'],
      ],
      [
        'has addresses of its type',
        { addressType: 'IPv4', endpoints: [{ addresses: ['fd00::1'] }] },
        ['endpoints[0].addresses[0]: Invalid value: "fd00::1": must be an IPv4 address'],
      ],
      [
        'has addresses',
        { addressType: 'IPv4', endpoints: [{}] },
        ['endpoints[0].addresses: Required value: must contain at least 1 address'],
      ],
      [
        'has port names once',
        { addressType: 'IPv4', ports: [{ port: 80 }, { port: 81 }] },
        ['ports[1].name: Duplicate value: ""'],
      ],
    ],
    part => ({
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'web-1' },
      ...spread(part),
    }),
  );
});

describe('Node', () => {
  check(
    [
      ['is fine', { taints: [{ key: 'a', effect: 'NoSchedule' }] }, []],
      [
        'has known effects',
        { taints: [{ key: 'a', effect: 'Never' }] },
        [
          'metadata.taints[0].effect: Unsupported value: "Never": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
        ],
      ],
      [
        'has a range that is one',
        { podCIDR: '10.244.0.0' },
        [
          'spec.podCIDRs[0]: Invalid value: "10.244.0.0": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
        ],
      ],
      [
        'has one range of each family',
        { podCIDRs: ['10.244.0.0/24', '10.244.1.0/24'] },
        [
          'spec.podCIDRs: Invalid value: ["10.244.0.0/24","10.244.1.0/24"]: may specify no more than one CIDR for each IP family',
        ],
      ],
    ],
    spec => ({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1' }, spec }),
  );
});

describe('metadata', () => {
  check(
    [
      ['needs a name', {}, ['metadata.name: Required value: name or generateName is required']],
      ['may ask for one', { generateName: 'team-' }, []],
      [
        'has labels with sound keys',
        { name: 'a', labels: { 'a=b': 'c' } },
        [expect.stringMatching(/^metadata\.labels: Invalid value: "a=b": name part must consist of /)],
      ],
      [
        'has annotations with sound keys',
        { name: 'a', annotations: { 'A b': 'c' } },
        [expect.stringMatching(/^metadata\.annotations: Invalid value: "A b": name part must consist of /)],
      ],
      [
        'has owners that are complete',
        { name: 'a', ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p' }] },
        ['metadata.ownerReferences.uid: Invalid value: "": must not be empty'],
      ],
    ],
    metadata => ({ apiVersion: 'v1', kind: 'Namespace', metadata }),
  );
});
