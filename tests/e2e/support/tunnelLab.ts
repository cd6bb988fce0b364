/** Two Pods on two nodes, with VXLAN between. */
export const VXLAN = `apiVersion: lab.hoplab.dev/v1alpha1
kind: Lab
metadata: { name: tunnels }
spec: { network: { plugin: flannel, backend: vxlan } }
---
apiVersion: v1
kind: Pod
metadata: { name: client }
spec: { nodeName: node-1, containers: [{ name: client, image: tools }] }
---
apiVersion: v1
kind: Pod
metadata: { name: far }
spec: { nodeName: node-2, containers: [{ name: far, image: web }] }
`;
