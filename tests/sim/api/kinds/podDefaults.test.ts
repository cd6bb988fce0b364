// What a Pod has that its manifest does not say. Facts follow upstream's tests (kubernetes v1.34
// pkg/apis/core/v1/defaults_test.go).

import { expect, it } from 'vitest';
import { defaultPod, defaultPodTemplate } from '../../../../src/sim/api/kinds/podDefaults.ts';
import { defaultVolume } from '../../../../src/sim/api/kinds/volumeDefaults.ts';

it.each([
  ['no source', {}, { emptyDir: {} }],
  ['a host path', { hostPath: { path: '/a' } }, { hostPath: { path: '/a', type: '' } }],
  ['a ConfigMap', { configMap: { name: 'a' } }, { configMap: { name: 'a', defaultMode: 420 } }],
  [
    'a mode of its own',
    { secret: { secretName: 'a', defaultMode: 0 } },
    { secret: { secretName: 'a', defaultMode: 0 } },
  ],
  [
    'fields of the Pod',
    { downwardAPI: { items: [{ path: 'a', fieldRef: { fieldPath: 'metadata.name' } }] } },
    {
      downwardAPI: {
        items: [{ path: 'a', fieldRef: { fieldPath: 'metadata.name', apiVersion: 'v1' } }],
        defaultMode: 420,
      },
    },
  ],
  [
    'a token',
    { projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } },
    { projected: { sources: [{ serviceAccountToken: { path: 'token', expirationSeconds: 3600 } }], defaultMode: 420 } },
  ],
  ['an image', { image: { reference: 'a:1' } }, { image: { reference: 'a:1', pullPolicy: 'IfNotPresent' } }],
])('a volume with %s', (_, source, expected) => {
  expect(defaultVolume({ name: 'data', ...source })).toEqual({ name: 'data', ...expected });
});

it("on the network of the node, ports of Pods are the node's; templates leave that to their Pods", () => {
  const spec = { hostNetwork: true, containers: [{ name: 'a', image: 'a', ports: [{ containerPort: 80 }] }] };
  expect(defaultPod({ spec }).spec?.containers?.[0]?.ports).toEqual([
    { containerPort: 80, hostPort: 80, protocol: 'TCP' },
  ]);
  expect(defaultPodTemplate({ spec }).spec?.containers?.[0]?.ports).toEqual([{ containerPort: 80, protocol: 'TCP' }]);
});

it('a service account has two names', () => {
  const spec = defaultPod({ spec: { serviceAccount: 'bot' } }).spec;
  expect(spec).toMatchObject({ serviceAccount: 'bot', serviceAccountName: 'bot' });
});
