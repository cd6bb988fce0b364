// One sentence about fields that a lab of networking is about, in the lab's own words. Most fields say enough by their
// name and type.
//
// Read:    kubernetes.io/docs/reference/kubernetes-api for what each field does.

/** Of fields that mean the same wherever they stand. */
export const ANYWHERE: Readonly<Record<string, string>> = {
  apiVersion: 'The group of the kind and its version: apps/v1, and v1 alone for the core group.',
  kind: 'What sort of object this is.',
  metadata: 'Name, namespace and labels of the object.',
  spec: 'What is wanted.',
  matchLabels: 'All of these labels must be there with these values.',
  matchExpressions: 'Conditions on labels: In, NotIn, Exists, DoesNotExist. All must hold.',
  podSelector: 'The Pods with these labels, in the namespace of the policy. Empty: all of them.',
  namespaceSelector: 'All Pods of the namespaces with these labels. With podSelector beside it: those Pods there.',
};

/** By the definition that has the field. */
export const NOTES: Readonly<Record<string, string>> = {
  'V1ObjectMeta.name': 'Unique among objects of the kind in the namespace. Services and Pods are found by it in DNS.',
  'V1ObjectMeta.namespace': 'Where the object belongs; without it, where kubectl points to: default.',
  'V1ObjectMeta.labels': 'What selectors of Services, workloads and policies look for.',
  'V1ObjectMeta.annotations': 'Notes for programs. Nothing selects by them.',
  'V1ServiceSpec.type':
    'ClusterIP: an address inside. NodePort: also a port of every node. LoadBalancer: also an address outside. ExternalName: a CNAME in DNS, and no address.',
  'V1ServiceSpec.selector': 'The labels of the Pods behind the Service. Without it nobody fills its EndpointSlices.',
  'V1ServiceSpec.clusterIP':
    'The virtual address, chosen by the API server. None: headless, DNS answers with the Pods.',
  'V1ServiceSpec.ports': 'The ports that the Service listens on. With more than one, each needs a name.',
  'V1ServiceSpec.sessionAffinity': 'ClientIP: the same client is sent to the same Pod for a while.',
  'V1ServiceSpec.externalTrafficPolicy':
    'Local: a node takes traffic from outside only for its own Pods, and the source address stays.',
  'V1ServiceSpec.internalTrafficPolicy': 'Local: Pods reach only endpoints on their own node.',
  'V1ServiceSpec.externalName': 'The name that DNS answers with, as a CNAME.',
  'V1ServiceSpec.publishNotReadyAddresses': 'Endpoints count as ready even while their Pods are not.',
  'V1ServiceSpec.externalIPs': 'More addresses that the nodes take as the address of the Service.',
  'V1ServiceSpec.ipFamilyPolicy': 'How many address families the Service gets.',
  'V1ServicePort.port': 'The port of the Service: what clients connect to.',
  'V1ServicePort.targetPort':
    'The port in the Pod, by number or by the name of a container port. Without it: the same as port.',
  'V1ServicePort.nodePort': 'The port on every node, 30000 to 32767; chosen by the API server if it is not set.',
  'V1ServicePort.protocol': 'TCP if it is not set.',
  'V1ServicePort.name': 'Needed when there are several ports; DNS has SRV records of it.',
  'V1ContainerPort.containerPort':
    'For readers and for names: a container listens where its program does, listed or not.',
  'V1ContainerPort.hostPort': 'The same port on the address of the node.',
  'V1ContainerPort.name': 'What targetPort of a Service can name.',
  'V1Container.image': 'What runs. The lab has nginx, tools, web, hostnames, echoserver and names that mean the same.',
  'V1Container.command': 'Takes the place of what the image starts.',
  'V1Container.readinessProbe': 'A Pod that fails it is not ready: Services send nothing to it.',
  'V1Container.livenessProbe': 'A container that fails it is restarted.',
  'V1PodSpec.hostNetwork': 'The Pod lives in the network namespace of its node, with the address of the node.',
  'V1PodSpec.dnsPolicy': 'ClusterFirst: ask the cluster DNS. Default: as the node does. None: only dnsConfig.',
  'V1PodSpec.dnsConfig': 'Name servers, search domains and options for resolv.conf.',
  'V1PodSpec.nodeName': 'The node, chosen here in place of the scheduler.',
  'V1PodSpec.nodeSelector': 'Only nodes with these labels.',
  'V1PodSpec.hostname': 'What the Pod calls itself; with subdomain, its name in DNS.',
  'V1PodSpec.subdomain': 'The headless Service under whose name DNS has the Pod.',
  'V1PodSpec.hostAliases': 'Lines for /etc/hosts.',
  'V1DeploymentSpec.replicas': 'How many Pods; 1 if it is not set.',
  'V1DeploymentSpec.selector': 'Which Pods are its own. It must match the labels of the template and never changes.',
  'V1DeploymentSpec.template': 'The Pods that are made.',
  'V1DeploymentSpec.strategy': 'How old Pods give way to new ones.',
  'V1StatefulSetSpec.serviceName': 'The headless Service under whose name DNS has each Pod.',
  'V1NetworkPolicySpec.podSelector': 'The Pods that the policy is about. Empty: every Pod of the namespace.',
  'V1NetworkPolicySpec.policyTypes':
    'Which directions the policy closes for its Pods, but for what its rules allow: Ingress, Egress.',
  'V1NetworkPolicySpec.ingress': 'What may come in. Without a rule and with policyTypes Ingress: nothing.',
  'V1NetworkPolicySpec.egress': 'What may go out; DNS counts too.',
  'V1NetworkPolicyIngressRule.from': 'Who may send: any of these. Without it: everybody.',
  'V1NetworkPolicyIngressRule.ports': 'To which ports of the Pods. Without it: all.',
  'V1NetworkPolicyEgressRule.to': 'Who may be reached: any of these. Without it: everybody.',
  'V1NetworkPolicyEgressRule.ports': 'Which ports may be reached. Without it: all.',
  'V1NetworkPolicyPeer.ipBlock': 'A range of addresses, for what is outside of the cluster.',
  'V1NetworkPolicyPort.port': 'The port of the Pod, not of the Service: the policy sees it after the translation.',
  'V1NetworkPolicyPort.endPort': 'With port: the end of a range.',
  'V1IPBlock.cidr': 'The range: 192.0.2.0/24.',
  'V1IPBlock.except': 'Ranges inside of it that are left out.',
  'V1IngressSpec.ingressClassName': 'Which controller serves it.',
  'V1IngressRule.host': 'The name in the Host header. Without it: every name.',
  'V1HTTPIngressPath.pathType': 'Prefix: by whole parts of the path. Exact: only this path.',
  'V1IngressServiceBackend.name': 'A Service of the same namespace.',
  'V1EndpointSlice.addressType': 'IPv4, IPv6 or FQDN, for all of its endpoints.',
  'V1EndpointSlice.endpoints': 'Where the Service sends to.',
  'V1EndpointConditions.ready': 'Only ready endpoints are sent to.',
};
