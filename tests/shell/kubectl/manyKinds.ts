// One object of nearly every kind, in a namespace of their own.

export const MANY_KINDS = `---
apiVersion: v1
kind: Namespace
metadata: {name: kinds}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: kinds, labels: {app: a}}
data: {file.conf: "one\\ntwo\\n"}
binaryData: {bytes: AAEC}
---
apiVersion: v1
kind: Secret
metadata: {name: secret, namespace: kinds}
type: Opaque
data: {password: c2VjcmV0}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: robot, namespace: kinds}
imagePullSecrets: [{name: secret}]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: kinds}
spec:
  serviceName: db
  replicas: 2
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec:
      serviceAccountName: default
      containers:
        - name: db
          image: nginx
          envFrom: [{configMapRef: {name: settings}}]
          env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: secret, key: password}}}]
          volumeMounts: [{name: data, mountPath: /data}, {name: conf, mountPath: /conf, readOnly: true}]
          livenessProbe: {httpGet: {path: /healthz, port: 80}, periodSeconds: 5}
      volumes:
        - {name: conf, configMap: {name: settings}}
  volumeClaimTemplates:
    - metadata: {name: data, labels: {app: db}}
      spec: {accessModes: [ReadWriteOnce], storageClassName: slow, resources: {requests: {storage: 1Gi}}}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, namespace: kinds}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      tolerations: [{operator: Exists}]
      nodeSelector: {kubernetes.io/os: linux}
      containers: [{name: agent, image: nginx}]
---
apiVersion: batch/v1
kind: Job
metadata: {name: once, namespace: kinds}
spec:
  backoffLimit: 2
  activeDeadlineSeconds: 100
  template:
    spec: {restartPolicy: Never, containers: [{name: once, image: busybox, command: [sh, -c, echo done]}]}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly, namespace: kinds}
spec:
  schedule: 0 3 * * *
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 60
  jobTemplate:
    spec:
      template:
        spec: {restartPolicy: Never, containers: [{name: nightly, image: busybox, args: [echo, hello]}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: door, namespace: kinds, annotations: {example.com/a: b}}
spec:
  ingressClassName: nginx
  defaultBackend: {service: {name: fallback, port: {number: 80}}}
  tls: [{hosts: [shop.example.com], secretName: secret}]
  rules:
    - host: shop.example.com
      http:
        paths:
          - {path: /cart, pathType: Prefix, backend: {service: {name: cart, port: {name: http}}}}
          - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
    - http: {paths: [{path: /x, pathType: Exact, backend: {resource: {apiGroup: example.com, kind: Bucket, name: b}}}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: guard, namespace: kinds}
spec:
  podSelector: {matchLabels: {app: db}}
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - podSelector: {matchLabels: {app: web}}
          namespaceSelector: {matchExpressions: [{key: team, operator: In, values: [blue, red]}]}
        - ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}
      ports: [{port: 5432, protocol: TCP}, {port: 6000, endPort: 6010}]
    - {}
  egress:
    - to: [{namespaceSelector: {}}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed, namespace: kinds}
spec: {podSelector: {}}
---
apiVersion: v1
kind: Service
metadata: {name: byhand, namespace: kinds}
spec: {ports: [{name: http, port: 80}, {name: tls, port: 443}]}
---
apiVersion: v1
kind: Endpoints
metadata: {name: byhand, namespace: kinds}
subsets:
  - addresses: [{ip: 192.0.2.1}, {ip: 192.0.2.2}]
    notReadyAddresses: [{ip: 192.0.2.3}]
    ports: [{name: http, port: 80}, {name: tls, port: 443}]
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: disk}
spec:
  capacity: {storage: 1Gi}
  accessModes: [ReadWriteOnce]
  storageClassName: slow
  hostPath: {path: /srv/disk, type: Directory}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: claim, namespace: kinds}
spec: {accessModes: [ReadWriteOnce], storageClassName: slow, resources: {requests: {storage: 1Gi}}}
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: slow}
provisioner: example.com/disk
parameters: {type: slow, zone: a}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: quota, namespace: kinds}
spec: {hard: {pods: "10", requests.cpu: "4"}, scopes: [NotTerminating]}
---
apiVersion: v1
kind: LimitRange
metadata: {name: limits, namespace: kinds}
spec:
  limits:
    - type: Container
      default: {memory: 500Mi}
      max: {memory: 1Gi}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: kinds}
rules:
  - {apiGroups: [""], resources: [pods, services], verbs: [get, list]}
  - {apiGroups: [apps], resources: [deployments], resourceNames: [web], verbs: ["*"]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: readers, namespace: kinds}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{kind: ServiceAccount, name: robot, namespace: kinds}, {kind: User, name: ada, apiGroup: rbac.authorization.k8s.io}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: watcher}
rules: [{nonResourceURLs: [/healthz], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: watchers}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: watcher}
subjects: [{kind: Group, name: ops, apiGroup: rbac.authorization.k8s.io}]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: scaler, namespace: kinds}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 1
  maxReplicas: 5
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: budget, namespace: kinds}
spec: {minAvailable: 1, selector: {matchLabels: {app: db}}}
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: high}
value: 1000
description: first of all
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx}
spec: {controller: example.com/nginx}
---
apiVersion: coordination.k8s.io/v1
kind: Lease
metadata: {name: leader, namespace: kinds}
spec: {holderIdentity: me, leaseDurationSeconds: 15}
---
apiVersion: v1
kind: ReplicationController
metadata: {name: old, namespace: kinds}
spec:
  replicas: 1
  selector: {app: old}
  template:
    metadata: {labels: {app: old}}
    spec: {containers: [{name: old, image: nginx}]}
`;
