import type { Snippet } from './snippets.ts';

export const GATEWAYS: readonly Snippet[] = [
  {
    label: 'Ingress',
    file: 'ingress.yaml',
    text: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  rules:
    - host: web.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: web
                port:
                  number: 80
`,
  },
  {
    label: 'IngressClass',
    file: 'ingressclass.yaml',
    text: `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: example
spec:
  controller: example.com/ingress
`,
  },
  {
    label: 'GatewayClass',
    file: 'gatewayclass.yaml',
    text: `apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata:
  name: example
spec:
  controllerName: example.com/gateway
`,
  },
  {
    label: 'Gateway',
    file: 'gateway.yaml',
    text: `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: web
spec:
  gatewayClassName: example
  listeners:
    - name: http
      protocol: HTTP
      port: 80
`,
  },
  {
    label: 'HTTPRoute',
    file: 'httproute.yaml',
    text: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: web
spec:
  parentRefs:
    - name: web
  rules:
    - matches:
        - path:
            type: PathPrefix
            value: /
      backendRefs:
        - name: web
          port: 80
`,
  },
  {
    label: 'GRPCRoute',
    file: 'grpcroute.yaml',
    text: `apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata:
  name: web
spec:
  parentRefs:
    - name: web
  rules:
    - backendRefs:
        - name: web
          port: 80
`,
  },
  {
    label: 'ReferenceGrant',
    file: 'referencegrant.yaml',
    text: `apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata:
  name: from-default
spec:
  from:
    - group: gateway.networking.k8s.io
      kind: HTTPRoute
      namespace: default
  to:
    - group: ""
      kind: Service
`,
  },
];
