import type { Snippet } from './snippets.ts';

const policy = (name: string, spec: string): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
spec:
${spec}`;

/** No labels: every Pod of the namespace. */
const EVERY_POD = '  podSelector: {}\n';
const WEB_PODS = '  podSelector:\n    matchLabels:\n      app: web\n';
const PORT_80 = '      ports:\n        - protocol: TCP\n          port: 80\n';

export const POLICIES: readonly Snippet[] = [
  {
    label: 'NetworkPolicy, deny all incoming',
    file: 'deny-ingress.yaml',
    text: policy('deny-ingress', `${EVERY_POD}  policyTypes:\n    - Ingress\n`),
  },
  {
    label: 'NetworkPolicy, deny all in and out',
    file: 'deny-all.yaml',
    text: policy('deny-all', `${EVERY_POD}  policyTypes:\n    - Ingress\n    - Egress\n`),
  },
  {
    label: 'NetworkPolicy, allow from Pods',
    file: 'allow-from-pods.yaml',
    text: policy(
      'allow-from-pods',
      `${WEB_PODS}  policyTypes:
    - Ingress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: client
${PORT_80}`,
    ),
  },
  {
    label: 'NetworkPolicy, allow from a namespace',
    file: 'allow-from-namespace.yaml',
    text: policy(
      'allow-from-namespace',
      `${WEB_PODS}  policyTypes:
    - Ingress
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: default
${PORT_80}`,
    ),
  },
  {
    label: 'NetworkPolicy, allow from addresses',
    file: 'allow-from-addresses.yaml',
    text: policy(
      'allow-from-addresses',
      `${WEB_PODS}  policyTypes:
    - Ingress
  ingress:
    - from:
        - ipBlock:
            cidr: 198.51.100.0/24
            except:
              - 198.51.100.128/25
${PORT_80}`,
    ),
  },
  {
    label: 'NetworkPolicy, only DNS goes out',
    file: 'allow-dns.yaml',
    text: policy(
      'allow-dns',
      `${EVERY_POD}  policyTypes:
    - Egress
  egress:
    - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kube-system
          podSelector:
            matchLabels:
              k8s-app: kube-dns
      ports:
        - protocol: UDP
          port: 53
        - protocol: TCP
          port: 53
`,
    ),
  },
];
