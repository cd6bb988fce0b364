// The lab in which both kubectls read: what runs, what waits, what is broken, and what nobody told.

import { SANDBOX_LAB } from '../../../src/client/sandboxLab.ts';
import { MANY_KINDS } from './manyKinds.ts';

/** Texts that YAML must quote, or seems to have to. */
const ODD_TEXTS = [
  'y',
  'Y',
  'yes',
  'No',
  'on',
  'off',
  'null',
  '~',
  'Null',
  '0o17',
  '017',
  '0x1F',
  '0b11',
  '1_000',
  '1e3',
  '1E3',
  '.5',
  '+1',
  '-1',
  '1:30',
  '12:30:45',
  '=',
  '<<',
  '!x',
  '@a',
  '%b',
  '- a',
  '-a',
  'a: b',
  'a:b',
  'a #b',
  'a#b',
  '#a',
  ' lead',
  'trail ',
  'tab\there',
  'multi\nline',
  'multi\n',
  'two\n\n\n',
  '\nlead',
  '  indent\nx',
  '"q"',
  "it's",
  '{a}',
  '[b]',
  '*c',
  '&d',
  '?',
  '? x',
  '?x',
  '|',
  '>',
  '-',
  '---',
  '--- a',
  '...',
  'true',
  'True',
  '2026-01-01',
  '2026-01-01T00:00:00Z',
  '2026-1-1',
  '.inf',
  '-.Inf',
  'NaN',
  '.nan',
  '\u00e9',
  '\u2603',
  '\u0007',
  '\u2028',
  'a,b',
  'a, b',
  ',a',
  '`x',
  'a\\b',
  '.',
  '..',
  'end:',
  'trailing tab\t',
  '\ttab',
  '',
  '0',
  '00',
  '08',
  '1.0.0',
  '1.',
  '0.1',
  'a\r\nb',
  '\ud83d\ude00',
  '\u00a0',
  'a\u00a0b',
  'x'.repeat(200),
  'word '.repeat(40),
  'word '.repeat(40).trim(),
  `${'word  '.repeat(30)}\u0007 end`,
];

/** The manifests that the lab opens with. */
export const WORLD = `${SANDBOX_LAB}---
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: blue}}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web, tier: front}
  annotations: {example.com/owner: blue}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web, tier: front}}
    spec:
      containers:
        - name: web
          image: nginx
          ports: [{name: http, containerPort: 80}]
          env: [{name: COLOUR, value: blue}]
          resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 128Mi}}
---
apiVersion: v1
kind: Service
metadata: {name: web, labels: {app: web}}
spec:
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: http}]
---
apiVersion: v1
kind: Service
metadata:
  name: outside
  namespace: shop
  annotations: ${JSON.stringify(Object.fromEntries(ODD_TEXTS.map((text, i) => [`odd-${i}`, text])))}
spec: {type: ExternalName, externalName: example.com}
---
apiVersion: v1
kind: Pod
metadata: {name: broken, namespace: shop, labels: {app: broken}}
spec: {containers: [{name: main, image: nowhere/nothing:1}]}
---
apiVersion: v1
kind: Pod
metadata: {name: talker, namespace: shop}
spec:
  initContainers: [{name: setup, image: busybox, command: [sh, -c, echo ready]}]
  containers:
    - {name: talk, image: busybox, command: [sh, -c, 'echo one; echo two; sleep 1; echo three; sleep 3600']}
    - {name: other, image: busybox, command: [sh, -c, 'echo four; sleep 3600']}
---
apiVersion: v1
kind: Pod
metadata: {name: crash, namespace: shop}
spec: {containers: [{name: main, image: busybox, command: [sh, -c, 'echo oops; exit 3']}]}
---
apiVersion: v1
kind: Pod
metadata: {name: huge, namespace: shop}
spec:
  nodeSelector: {disk: ssd}
  containers: [{name: main, image: nginx}]
${MANY_KINDS}`;

/** Files in the working folder of both. */
export const FILES: Readonly<Record<string, string>> = {
  'web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {replicas: 3}
---
apiVersion: v1
kind: Service
metadata: {name: web}
`,
  'nothing.yaml': `apiVersion: v1
kind: Pod
metadata: {name: nothing}
`,
  'names.tpl': '{{range .items}}{{.metadata.name}}\n{{end}}',
  'names.jsonpath': '{range .items[*]}{.metadata.name}{"\\n"}{end}',
  'names.columns': 'NAME           LABELS\nmetadata.name  .metadata.labels.app\n',
};
