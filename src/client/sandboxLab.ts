// The cluster that the sandbox begins with: three nodes and one Pod to try things from.

/** A Lab config and one Pod, in the form of a lesson's scenario. */
export const SANDBOX_LAB = `apiVersion: lab.hoplab.dev/v1alpha1
kind: Lab
metadata:
  name: sandbox
spec:
  seed: 1
  nodes:
    - { name: cp, role: control-plane, address: 192.168.10.10, podCIDR: 10.244.0.0/24 }
    - { name: node-1, role: worker, address: 192.168.10.11, podCIDR: 10.244.1.0/24 }
    - { name: node-2, role: worker, address: 192.168.10.12, podCIDR: 10.244.2.0/24 }
  underlay: [{ subnet: 192.168.10.0/24, router: 192.168.10.1 }]
  networking: { podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/12, kubeProxyMode: iptables }
  network: { plugin: flannel, backend: host-gw, mtu: 1500, layout: island }
  outside: [{ name: laptop, address: 198.51.100.79 }]
  faults: []
---
apiVersion: v1
kind: Pod
metadata:
  name: client
  labels: { app: client }
spec:
  nodeName: node-1
  containers:
    - name: client
      image: tools
`;
