// What the API server objects to in Pods. Facts follow upstream's tests (kubernetes v1.34
// pkg/apis/core/validation/validation_test.go: TestValidateContainers, TestValidatePod, TestValidatePodSpec,
// TestValidateVolumes and what they call).

import { describe } from 'vitest';
import { check, spread } from './rows.ts';

describe('Pod security', () => {
  check(
    [
      [
        'takes a group that is not negative',
        { securityContext: { fsGroup: -1 } },
        ['spec.securityContext.fsGroup: Invalid value: -1: must be between 0 and 2147483647, inclusive'],
      ],
      [
        'runs as a user that may be',
        { securityContext: { runAsUser: -1, runAsGroup: -1 } },
        [
          'spec.securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive',
          'spec.securityContext.runAsGroup: Invalid value: -1: must be between 0 and 2147483647, inclusive',
        ],
      ],
      [
        'knows the profiles of seccomp',
        { securityContext: { seccompProfile: { type: 'Anything' } } },
        [
          'spec.securityContext.seccompProfile.type: Unsupported value: "Anything": supported values: "Localhost", "RuntimeDefault", "Unconfined"',
        ],
      ],
      [
        'names a local seccomp profile',
        { securityContext: { seccompProfile: { type: 'Localhost' } } },
        [
          'spec.securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost',
        ],
      ],
      [
        'has a local seccomp profile below its folder',
        { securityContext: { seccompProfile: { type: 'Localhost', localhostProfile: '../foo' } } },
        ['spec.securityContext.seccompProfile.localhostProfile: Invalid value: "../foo": must not contain \'..\''],
      ],
      [
        'names no profile that is not local',
        { securityContext: { appArmorProfile: { type: 'RuntimeDefault', localhostProfile: 'foo' } } },
        [
          'spec.securityContext.appArmorProfile.localhostProfile: Invalid value: "foo": can only be set when AppArmor type is Localhost',
        ],
      ],
      [
        'names a local AppArmor profile',
        { securityContext: { appArmorProfile: { type: 'Localhost' } } },
        [
          'spec.securityContext.appArmorProfile.localhostProfile: Required value: must be set when AppArmor type is Localhost',
        ],
      ],
      [
        'has sysctls once',
        {
          securityContext: {
            sysctls: [
              { name: 'kernel.shmmax', value: '1' },
              { name: 'kernel.shmmax', value: '2' },
            ],
          },
        },
        ['spec.securityContext.sysctls[1].name: Duplicate value: "kernel.shmmax"'],
      ],
      [
        'has sound names of sysctls',
        { securityContext: { sysctls: [{ name: 'a..b', value: '1' }] } },
        [
          'spec.securityContext.sysctls[0].name: Invalid value: "a..b": must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$',
        ],
      ],
      [
        'does not raise a container without privilege escalation',
        {
          containers: [
            { name: 'main', image: 'nginx', securityContext: { privileged: true, allowPrivilegeEscalation: false } },
          ],
        },
        [
          'spec.containers[0].securityContext: Invalid value: {"privileged":true,"allowPrivilegeEscalation":false}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
        ],
      ],
    ],
    spec => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: { containers: [{ name: 'main', image: 'nginx' }], ...spread(spec) },
    }),
  );
});

describe('Pod annotations', () => {
  check(
    [
      ['may cost less than nothing', { 'controller.kubernetes.io/pod-deletion-cost': '-100' }, []],
      [
        'cost a number',
        { 'controller.kubernetes.io/pod-deletion-cost': 'text' },
        [
          'metadata.annotations[controller.kubernetes.io/pod-deletion-cost]: Invalid value: "text": must be a 32bit integer',
        ],
      ],
      [
        'cost a number without a plus',
        { 'controller.kubernetes.io/pod-deletion-cost': '+10' },
        [
          'metadata.annotations[controller.kubernetes.io/pod-deletion-cost]: Invalid value: "+10": must be a 32bit integer',
        ],
      ],
      [
        'cost a number without leading zeros',
        { 'controller.kubernetes.io/pod-deletion-cost': '0008' },
        [
          'metadata.annotations[controller.kubernetes.io/pod-deletion-cost]: Invalid value: "0008": must be a 32bit integer',
        ],
      ],
      [
        'make no mirror without a node',
        { 'kubernetes.io/config.mirror': 'x' },
        [
          'metadata.annotations[kubernetes.io/config.mirror]: Invalid value: "x": must set spec.nodeName if mirror pod annotation is set',
        ],
      ],
      [
        'have AppArmor profiles of known forms',
        { 'container.apparmor.security.beta.kubernetes.io/main': 'bad-name' },
        [
          'metadata.annotations[container.apparmor.security.beta.kubernetes.io/main]: Invalid value: "bad-name": invalid AppArmor profile name: "bad-name"',
        ],
      ],
    ],
    annotations => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', annotations },
      spec: { containers: [{ name: 'main', image: 'nginx' }] },
    }),
  );
});

describe('Pod containers', () => {
  check(
    [
      [
        'have names that are labels',
        { name: 'a.b' },
        ['spec.containers[0].name: Invalid value: "a.b": must not contain dots'],
      ],
      [
        'know two termination policies',
        { terminationMessagePolicy: 'Unknown' },
        [
          'spec.containers[0].terminationMessagePolicy: Unsupported value: "Unknown": supported values: "File", "FallbackToLogsOnError"',
        ],
      ],
      [
        'do something before they stop',
        { lifecycle: { preStop: {} } },
        ['spec.containers[0].lifecycle.preStop: Required value: must specify a handler type'],
      ],
      [
        'run a command before they stop',
        { lifecycle: { preStop: { exec: {} } } },
        ['spec.containers[0].lifecycle.preStop.exec.command: Required value'],
      ],
      [
        'ask a port that is one',
        { lifecycle: { preStop: { tcpSocket: { port: 0 } } } },
        [
          'spec.containers[0].lifecycle.preStop.tcpSocket.port: Invalid value: 0: must be between 1 and 65535, inclusive',
        ],
      ],
      ['have variables with names', { env: [{ value: 'x' }] }, ['spec.containers[0].env[0].name: Required value']],
      [
        'have variables whose names have no equals sign',
        { env: [{ name: 'a=b', value: 'x' }] },
        [
          'spec.containers[0].env[0].name: Invalid value: "a=b": a valid environment variable name must consist only of printable ASCII characters other than \'=\'',
        ],
      ],
      [
        'have variables from one source',
        { env: [{ name: 'a', value: 'x', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] },
        ['spec.containers[0].env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty'],
      ],
      [
        'have variables from one source of two',
        {
          env: [
            {
              name: 'a',
              valueFrom: { fieldRef: { fieldPath: 'metadata.name' }, configMapKeyRef: { name: 'x', key: 'y' } },
            },
          ],
        },
        [
          'spec.containers[0].env[0].valueFrom: Invalid value: "": may not have more than one field specified at a time',
        ],
      ],
      [
        'have variables from fields that can be read',
        { env: [{ name: 'a', valueFrom: { fieldRef: { fieldPath: 'metadata.whoops' } } }] },
        [
          'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "metadata.whoops": error converting fieldPath: field label not supported: metadata.whoops',
        ],
      ],
      [
        'have variables from keys of labels',
        { env: [{ name: 'a', valueFrom: { fieldRef: { fieldPath: "metadata.labels['app']" } } }] },
        [],
      ],
      [
        'have variables from resources that can be read',
        { env: [{ name: 'a', valueFrom: { resourceFieldRef: { resource: 'limits.gpu' } } }] },
        [
          'spec.containers[0].env[0].valueFrom.resourceFieldRef.resource: Unsupported value: "limits.gpu": supported values: "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"',
        ],
      ],
      [
        'have variables of Secrets by name',
        { envFrom: [{ secretRef: {} }] },
        ['spec.containers[0].envFrom[0].secretRef.name: Required value'],
      ],
      [
        'mount at paths',
        { volumeMounts: [{ name: 'data', mountPath: '' }] },
        [
          'spec.containers[0].volumeMounts[0].name: Not found: "data"',
          'spec.containers[0].volumeMounts[0].mountPath: Required value',
        ],
      ],
      [
        'have sizes that are not negative',
        { resources: { limits: { memory: '-200m' } } },
        [
          'spec.containers[0].resources.limits[memory]: Invalid value: "-200m": must be greater than or equal to 0',
          'spec.containers[0].resources.requests[memory]: Invalid value: "-200m": must be greater than or equal to 0',
        ],
      ],
      [
        'know the resources',
        { resources: { limits: { disk: '10G' } } },
        [
          'spec.containers[0].resources.limits[disk]: Invalid value: "disk": must be a standard resource type or fully qualified',
          'spec.containers[0].resources.limits[disk]: Invalid value: "disk": must be a standard resource for containers',
          'spec.containers[0].resources.requests[disk]: Invalid value: "disk": must be a standard resource type or fully qualified',
          'spec.containers[0].resources.requests[disk]: Invalid value: "disk": must be a standard resource for containers',
        ],
      ],
      [
        'ask for whole devices',
        { resources: { requests: { 'example.com/a': '500m' }, limits: { 'example.com/a': '500m' } } },
        [
          'spec.containers[0].resources.limits[example.com/a]: Invalid value: "500m": must be an integer',
          'spec.containers[0].resources.requests[example.com/a]: Invalid value: "500m": must be an integer',
        ],
      ],
      [
        'ask for devices up to the limit',
        { resources: { requests: { 'example.com/a': '1' }, limits: { 'example.com/a': '2' } } },
        ['spec.containers[0].resources.requests: Invalid value: "1": must be equal to example.com/a limit of 2'],
      ],
      [
        'limit the devices they ask for',
        { resources: { requests: { 'example.com/a': '1' } } },
        ['spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources'],
      ],
      [
        'are live after one success',
        { livenessProbe: { tcpSocket: { port: 80 }, successThreshold: 2 } },
        ['spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1'],
      ],
      [
        'wait a time that is not negative',
        { readinessProbe: { tcpSocket: { port: 80 }, initialDelaySeconds: -1 } },
        [
          'spec.containers[0].readinessProbe.initialDelaySeconds: Invalid value: -1: must be greater than or equal to 0',
        ],
      ],
      [
        'are asked at a port with a name',
        { readinessProbe: { httpGet: { path: '/', port: 'no_port' } } },
        [
          'spec.containers[0].readinessProbe.httpGet.port: Invalid value: "no_port": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
        ],
      ],
      [
        'have no restart policy of their own',
        { restartPolicy: 'Always' },
        ['spec.containers[0].restartPolicy: Forbidden: may not be set for non-init containers'],
      ],
    ],
    part => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: { containers: [{ name: 'main', image: 'nginx', ...spread(part) }] },
    }),
  );
});

describe('Pod scheduling', () => {
  check(
    [
      ['tolerates all with Exists', { tolerations: [{ operator: 'Exists' }] }, []],
      [
        'needs Exists without a key',
        { tolerations: [{ operator: 'Equal', value: 'b', effect: 'NoSchedule' }] },
        [
          'spec.tolerations[0].operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means "match all values and all keys"',
        ],
      ],
      [
        'knows two operators',
        { tolerations: [{ key: 'a', operator: 'In', value: 'b' }] },
        ['spec.tolerations[0].operator: Unsupported value: "In": supported values: "Equal", "Exists"'],
      ],
      [
        'tolerates for a while what drives it out',
        { tolerations: [{ key: 'a', effect: 'NoSchedule', tolerationSeconds: 20 }] },
        [
          'spec.tolerations[0].effect: Invalid value: "NoSchedule": effect must be \'NoExecute\' when `tolerationSeconds` is set',
        ],
      ],
      [
        'needs terms',
        { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } } },
        [
          'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term',
        ],
      ],
      [
        'needs values for In',
        {
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'In' }] }],
              },
            },
          },
        },
        [
          "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
        ],
      ],
      [
        'compares with one number',
        {
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1', '2'] }] }],
              },
            },
          },
        },
        [
          "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values: Required value: must be specified single value when `operator` is 'Lt' or 'Gt'",
        ],
      ],
      [
        'weighs from 1 to 100',
        {
          affinity: {
            nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 101, preference: {} }] },
          },
        },
        [
          'spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 101: must be in the range 1-100',
        ],
      ],
      [
        'needs a topology',
        { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: {} }] } } },
        [
          'spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Required value: can not be empty',
          'spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Invalid value: "": name part must be non-empty',
          "spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Invalid value: \"\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
        ],
      ],
      [
        'spreads over a topology',
        { topologySpreadConstraints: [{ maxSkew: 0, whenUnsatisfiable: 'Sometimes' }] },
        [
          'spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than 0',
          'spec.topologySpreadConstraints[0].topologyKey: Required value: can not be empty',
          'spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: "Sometimes": supported values: "DoNotSchedule", "ScheduleAnyway"',
        ],
      ],
      [
        'has gates with sound names',
        { schedulingGates: [{ name: 'a b' }] },
        [
          "spec.schedulingGates[0]: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
        ],
      ],
      [
        'has gates once',
        { schedulingGates: [{ name: 'a' }, { name: 'a' }] },
        ['spec.schedulingGates[1]: Duplicate value: "a"'],
      ],
      [
        'has a service account with a sound name',
        { serviceAccountName: 'invalidName' },
        [
          "spec.serviceAccountName: Invalid value: \"invalidName\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
        ],
      ],
      ['ends at once rather than earlier', { terminationGracePeriodSeconds: -1 }, []],
      [
        'has a deadline',
        { activeDeadlineSeconds: 0 },
        ['spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive'],
      ],
      [
        'has host names that are names',
        { hostAliases: [{ ip: '999.1.1.1', hostnames: ['@#$^#'] }] },
        [
          'spec.hostAliases[0].ip: Invalid value: "999.1.1.1": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
          "spec.hostAliases[0].hostnames[0]: Invalid value: \"@#$^#\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
        ],
      ],
      [
        'knows four DNS policies',
        { dnsPolicy: 'Other' },
        [
          'spec.dnsPolicy: Unsupported value: "Other": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"',
        ],
      ],
      [
        'has three servers at most',
        { dnsConfig: { nameservers: ['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4'] } },
        [
          'spec.dnsConfig.nameservers: Invalid value: ["1.1.1.1","1.1.1.2","1.1.1.3","1.1.1.4"]: must not have more than 3 nameservers',
        ],
      ],
      [
        'runs on its host with the ports of its host',
        {
          hostNetwork: true,
          containers: [{ name: 'main', image: 'nginx', ports: [{ containerPort: 80, hostPort: 81 }] }],
        },
        [
          'spec.containers[0].ports[0].hostPort: Invalid value: 81: must match `containerPort` when `hostNetwork` is true',
        ],
      ],
      [
        'starts with containers that have their own names',
        { initContainers: [{ name: 'main', image: 'nginx' }] },
        ['spec.initContainers[0].name: Duplicate value: "main"'],
      ],
      [
        'starts with containers without readiness',
        { initContainers: [{ name: 'first', image: 'nginx', readinessProbe: { tcpSocket: { port: 80 } } }] },
        [
          'spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
        ],
      ],
    ],
    spec => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: { containers: [{ name: 'main', image: 'nginx' }], ...spread(spec) },
    }),
  );
});

describe('Pod volumes', () => {
  check(
    [
      ['are empty without a source', {}, []],
      ['have a name', { name: '', emptyDir: {} }, ['spec.volumes[0].name: Required value']],
      ['have modes', { secret: { secretName: 'x', defaultMode: 511 } }, []],
      [
        'have modes up to 0777',
        { configMap: { name: 'x', defaultMode: 512 } },
        [
          'spec.volumes[0].configMap.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive',
        ],
      ],
      [
        'have files below them',
        { configMap: { name: 'x', items: [{ key: 'a', path: '../b' }] } },
        ['spec.volumes[0].configMap.items[0].path: Invalid value: "../b": must not contain \'..\''],
      ],
      [
        'know the sorts of host paths',
        { hostPath: { path: '/a', type: 'Anything' } },
        [
          'spec.volumes[0].hostPath.type: Unsupported value: "Anything": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"',
        ],
      ],
      [
        'do not go up the host',
        { hostPath: { path: '/a/../b' } },
        ['spec.volumes[0].hostPath.path: Invalid value: "/a/../b": must not contain \'..\''],
      ],
      [
        'have a server',
        { nfs: { path: 'a' } },
        [
          'spec.volumes[0].nfs.server: Required value',
          'spec.volumes[0].nfs.path: Invalid value: "a": must be an absolute path',
        ],
      ],
      [
        'have fields that can be read',
        { downwardAPI: { items: [{ path: 'a', fieldRef: { fieldPath: 'spec.nodeName' } }] } },
        [
          'spec.volumes[0].downwardAPI.fieldRef.fieldPath: Unsupported value: "spec.nodeName": supported values: "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"',
        ],
      ],
      [
        'name a claim',
        { persistentVolumeClaim: {} },
        ['spec.volumes[0].persistentVolumeClaim.claimName: Required value'],
      ],
      [
        'are of a size',
        { emptyDir: { sizeLimit: '-1' } },
        ['spec.volumes[0].emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity'],
      ],
      [
        'bring tokens that last',
        { projected: { sources: [{ serviceAccountToken: { path: 'token', expirationSeconds: 60 } }] } },
        [
          'spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes',
          'spec.volumes[0].projected.sources[0].serviceAccountToken: Forbidden: must not be specified when serviceAccountName is not set',
        ],
      ],
    ],
    volume => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: { containers: [{ name: 'main', image: 'nginx' }], volumes: [{ name: 'data', ...spread(volume) }] },
    }),
  );
});
