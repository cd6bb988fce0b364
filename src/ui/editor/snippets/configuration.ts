import type { Snippet } from './snippets.ts';

const RULES = `rules:
  - apiGroups: [""]
    resources: ["pods"]
    verbs: ["get", "list", "watch"]
`;

const binding = (
  kind: 'RoleBinding' | 'ClusterRoleBinding',
  role: 'Role' | 'ClusterRole',
): string => `apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata:
  name: read-pods
subjects:
  - kind: ServiceAccount
    name: web
    namespace: default
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ${role}
  name: pod-reader
`;

export const CONFIGURATION: readonly Snippet[] = [
  { label: 'Namespace', file: 'namespace.yaml', text: 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: team-a\n' },
  {
    label: 'ConfigMap',
    file: 'configmap.yaml',
    text: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  colour: green\n',
  },
  {
    label: 'Secret',
    file: 'secret.yaml',
    text: 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: access\nstringData:\n  password: change-me\n',
  },
  {
    label: 'ServiceAccount',
    file: 'serviceaccount.yaml',
    text: 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: web\n',
  },
  {
    label: 'Role',
    file: 'role.yaml',
    text: `apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata:\n  name: pod-reader\n${RULES}`,
  },
  { label: 'RoleBinding', file: 'rolebinding.yaml', text: binding('RoleBinding', 'Role') },
  {
    label: 'ClusterRole',
    file: 'clusterrole.yaml',
    text: `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: pod-reader\n${RULES}`,
  },
  { label: 'ClusterRoleBinding', file: 'clusterrolebinding.yaml', text: binding('ClusterRoleBinding', 'ClusterRole') },
  {
    label: 'ResourceQuota',
    file: 'quota.yaml',
    text: 'apiVersion: v1\nkind: ResourceQuota\nmetadata:\n  name: quota\nspec:\n  hard:\n    pods: "20"\n',
  },
  {
    label: 'LimitRange',
    file: 'limits.yaml',
    text: `apiVersion: v1
kind: LimitRange
metadata:
  name: limits
spec:
  limits:
    - type: Container
      default:
        cpu: 500m
        memory: 256Mi
      defaultRequest:
        cpu: 100m
        memory: 128Mi
`,
  },
  {
    label: 'PriorityClass',
    file: 'priority.yaml',
    text: `apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata:
  name: important
value: 1000
`,
  },
  {
    label: 'StorageClass',
    file: 'storageclass.yaml',
    text: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: local
provisioner: kubernetes.io/no-provisioner
`,
  },
  {
    label: 'PersistentVolume',
    file: 'volume.yaml',
    text: `apiVersion: v1
kind: PersistentVolume
metadata:
  name: data
spec:
  capacity:
    storage: 1Gi
  accessModes:
    - ReadWriteOnce
  hostPath:
    path: /srv/data
`,
  },
  {
    label: 'PersistentVolumeClaim',
    file: 'claim.yaml',
    text: `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
spec:
  accessModes:
    - ReadWriteOnce
  resources:
    requests:
      storage: 1Gi
`,
  },
  {
    label: 'CustomResourceDefinition',
    file: 'customresource.yaml',
    text: `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.example.com
spec:
  group: example.com
  scope: Namespaced
  names:
    plural: widgets
    singular: widget
    kind: Widget
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                size:
                  type: integer
`,
  },
];
