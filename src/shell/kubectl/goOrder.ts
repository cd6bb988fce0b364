// The order in which Go's types have their fields, which is the order in which kubectl prints objects of its own as JSON.
//
// Models:  the types of objects that kubectl makes itself; others are in alphabetical order.
// Read:    types.go of k8s.io/api (core/v1, apps/v1, batch/v1, ...), k8s.io/apimachinery pkg/apis/meta/v1, v1.32.

const METADATA_SPEC_STATUS = 'kind apiVersion metadata spec status';
const CONTAINER =
  'name image command args workingDir ports envFrom env resources resizePolicy restartPolicy volumeMounts volumeDevices livenessProbe readinessProbe startupProbe lifecycle terminationMessagePath terminationMessagePolicy imagePullPolicy securityContext stdin stdinOnce tty';

/** By the names of the OpenAPI definitions. */
const ORDER: Readonly<Record<string, string>> = {
  RbacV1Subject: 'kind apiGroup name namespace',
  V1ClusterRole: 'kind apiVersion metadata rules aggregationRule',
  V1ConfigMap: 'kind apiVersion metadata immutable data binaryData',
  V1Container: CONTAINER,
  V1ContainerPort: 'name hostPort containerPort protocol hostIP',
  V1CronJobSpec:
    'schedule timeZone startingDeadlineSeconds concurrencyPolicy suspend jobTemplate successfulJobsHistoryLimit failedJobsHistoryLimit',
  V1CrossVersionObjectReference: 'kind name apiVersion',
  V1DeploymentSpec:
    'replicas selector template strategy minReadySeconds revisionHistoryLimit paused progressDeadlineSeconds',
  V1EnvVar: 'name value valueFrom',
  V1HTTPIngressPath: 'path pathType backend',
  V1HorizontalPodAutoscalerSpec: 'scaleTargetRef minReplicas maxReplicas targetCPUUtilizationPercentage',
  V1IngressBackend: 'service resource',
  V1IngressSpec: 'ingressClassName defaultBackend tls rules',
  V1JobSpec:
    'parallelism completions activeDeadlineSeconds podFailurePolicy successPolicy backoffLimit backoffLimitPerIndex maxFailedIndexes selector manualSelector template ttlSecondsAfterFinished completionMode suspend podReplacementPolicy managedBy',
  V1LabelSelector: 'matchLabels matchExpressions',
  V1ObjectMeta:
    'name generateName namespace selfLink uid resourceVersion generation creationTimestamp deletionTimestamp deletionGracePeriodSeconds labels annotations ownerReferences finalizers managedFields',
  V1OwnerReference: 'apiVersion kind name uid controller blockOwnerDeletion',
  V1PodDisruptionBudgetSpec: 'minAvailable selector maxUnavailable unhealthyPodEvictionPolicy',
  V1PodDisruptionBudgetStatus:
    'observedGeneration disruptedPods disruptionsAllowed currentHealthy desiredHealthy expectedPods conditions',
  V1PodSpec:
    'volumes initContainers containers ephemeralContainers restartPolicy terminationGracePeriodSeconds activeDeadlineSeconds dnsPolicy nodeSelector serviceAccountName serviceAccount automountServiceAccountToken nodeName hostNetwork hostPID hostIPC shareProcessNamespace securityContext imagePullSecrets hostname subdomain affinity schedulerName tolerations hostAliases priorityClassName priority dnsConfig readinessGates runtimeClassName enableServiceLinks preemptionPolicy overhead topologySpreadConstraints setHostnameAsFQDN os hostUsers schedulingGates resourceClaims resources',
  V1PolicyRule: 'verbs apiGroups resources resourceNames nonResourceURLs',
  V1PriorityClass: 'kind apiVersion metadata value globalDefault description preemptionPolicy',
  V1ResourceQuotaSpec: 'hard scopes scopeSelector',
  V1Role: 'kind apiVersion metadata rules',
  V1RoleBinding: 'kind apiVersion metadata subjects roleRef',
  V1ClusterRoleBinding: 'kind apiVersion metadata subjects roleRef',
  V1RoleRef: 'apiGroup kind name',
  V1Secret: 'kind apiVersion metadata immutable data stringData type',
  V1ServiceAccount: 'kind apiVersion metadata secrets imagePullSecrets automountServiceAccountToken',
  V1ServicePort: 'name protocol appProtocol port targetPort nodePort',
  V1ServiceSpec:
    'ports selector clusterIP clusterIPs type externalIPs sessionAffinity loadBalancerIP loadBalancerSourceRanges externalName externalTrafficPolicy healthCheckNodePort publishNotReadyAddresses sessionAffinityConfig ipFamilies ipFamilyPolicy loadBalancerClass allocateLoadBalancerNodePorts internalTrafficPolicy trafficDistribution',
  V1Toleration: 'key operator value effect tolerationSeconds',
  V2CrossVersionObjectReference: 'kind name apiVersion',
  V2HorizontalPodAutoscalerSpec: 'scaleTargetRef minReplicas maxReplicas metrics behavior',
  V2MetricSpec: 'type object pods resource containerResource external',
  V2MetricTarget: 'type value averageValue averageUtilization',
};

/** Compares two fields of a definition. */
export function inGoOrder(definition: string): (a: string, b: string) => number {
  const order = (ORDER[definition] ?? METADATA_SPEC_STATUS).split(' ');
  const rank = (name: string): number => {
    const found = order.indexOf(name);
    return found < 0 ? order.length : found;
  };
  return (a, b) => rank(a) - rank(b) || (a < b ? -1 : 1);
}
