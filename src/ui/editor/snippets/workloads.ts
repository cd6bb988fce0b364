import type { Snippet } from './snippets.ts';

/** The part that Deployment, ReplicaSet and DaemonSet share. */
const PODS = `  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx
          ports:
            - containerPort: 80
`;

export const WORKLOADS: readonly Snippet[] = [
  {
    label: 'Deployment',
    file: 'deployment.yaml',
    text: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
${PODS}`,
  },
  {
    label: 'Pod',
    file: 'pod.yaml',
    text: `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  containers:
    - name: web
      image: nginx
      ports:
        - containerPort: 80
`,
  },
  {
    label: 'StatefulSet with its Service',
    file: 'statefulset.yaml',
    text: `apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  clusterIP: None
  selector:
    app: db
  ports:
    - port: 80
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db
  replicas: 2
  selector:
    matchLabels:
      app: db
  template:
    metadata:
      labels:
        app: db
    spec:
      containers:
        - name: db
          image: nginx
          ports:
            - containerPort: 80
`,
  },
  {
    label: 'DaemonSet',
    file: 'daemonset.yaml',
    text: `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: web
spec:
${PODS}`,
  },
  {
    label: 'ReplicaSet',
    file: 'replicaset.yaml',
    text: `apiVersion: apps/v1
kind: ReplicaSet
metadata:
  name: web
spec:
  replicas: 2
${PODS}`,
  },
  {
    label: 'ReplicationController',
    file: 'replicationcontroller.yaml',
    text: `apiVersion: v1
kind: ReplicationController
metadata:
  name: web
spec:
  replicas: 2
  selector:
    app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx
`,
  },
  {
    label: 'Job',
    file: 'job.yaml',
    text: `apiVersion: batch/v1
kind: Job
metadata:
  name: once
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: once
          image: busybox
          command: ["sh", "-c", "echo done"]
`,
  },
  {
    label: 'CronJob',
    file: 'cronjob.yaml',
    text: `apiVersion: batch/v1
kind: CronJob
metadata:
  name: nightly
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: nightly
              image: busybox
              command: ["sh", "-c", "echo done"]
`,
  },
  {
    label: 'HorizontalPodAutoscaler',
    file: 'autoscaler.yaml',
    text: `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
  minReplicas: 1
  maxReplicas: 5
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: 80
`,
  },
  {
    label: 'PodDisruptionBudget',
    file: 'disruption.yaml',
    text: `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  minAvailable: 1
  selector:
    matchLabels:
      app: web
`,
  },
];
