import type { Snippet } from './snippets.ts';

/** A Service for `app: web`; `more` are lines of its spec. */
const service = (more: string): string => `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
${more}  selector:
    app: web
  ports:
    - name: http
      port: 80
      targetPort: 80
`;

export const SERVICES: readonly Snippet[] = [
  { label: 'Service, ClusterIP', file: 'service.yaml', text: service('') },
  { label: 'Service, NodePort', file: 'nodeport.yaml', text: service('  type: NodePort\n') },
  { label: 'Service, LoadBalancer', file: 'loadbalancer.yaml', text: service('  type: LoadBalancer\n') },
  { label: 'Service, headless', file: 'headless.yaml', text: service('  clusterIP: None\n') },
  {
    label: 'Service, ExternalName',
    file: 'externalname.yaml',
    text: `apiVersion: v1
kind: Service
metadata:
  name: outside
spec:
  type: ExternalName
  externalName: example.com
`,
  },
  {
    label: 'Service without selector, with its EndpointSlice',
    file: 'endpoints.yaml',
    text: `apiVersion: v1
kind: Service
metadata:
  name: legacy
spec:
  ports:
    - name: http
      port: 80
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: legacy-1
  labels:
    kubernetes.io/service-name: legacy
addressType: IPv4
ports:
  - name: http
    port: 80
    protocol: TCP
endpoints:
  - addresses:
      - 192.0.2.10
`,
  },
];
