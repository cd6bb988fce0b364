// The page with a cluster of any number of Pods, opened as somebody's link opens it.

import { deflateRawSync } from 'node:zlib';
import { expect, type Page } from '@playwright/test';

const worker = (i: number): string =>
  `    - { name: node-${i}, role: worker, address: 192.168.${(i + 10) >> 8}.${(i + 10) & 255}, podCIDR: 10.${244 + (i >> 8)}.${i & 255}.0/24 }`;

const WEB = (pods: number): string => `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${pods - 1}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: client }
spec: { containers: [{ name: client, image: tools }] }
`;

/** A client and `pods` - 1 web servers behind a Service on at least three nodes, one for each hundred; with 0, no Pod. */
const labOf = (pods: number): string => `apiVersion: lab.hoplab.dev/v1alpha1
kind: Lab
metadata: { name: sized }
spec:
  seed: 1
  nodes:
    - { name: cp, role: control-plane, address: 192.168.0.10, podCIDR: 10.244.0.0/24 }
${Array.from({ length: Math.max(3, Math.ceil(pods / 100)) }, (_, i) => worker(i + 1)).join('\n')}
  underlay: [{ subnet: 192.168.0.0/16, router: 192.168.0.1 }]
  networking: { podSubnet: 10.244.0.0/15, serviceSubnet: 10.96.0.0/12, kubeProxyMode: iptables }
  network: { plugin: flannel, backend: host-gw, mtu: 1500, layout: island }
  outside: [{ name: laptop, address: 198.51.100.79 }]
${pods === 0 ? '' : WEB(pods)}`;

/** Resolves when the link was agreed to; a large lab takes its time until it is there. */
export async function openSizedLab(page: Page, pods: number): Promise<void> {
  await page.goto(`/#/open/${deflateRawSync(labOf(pods)).toString('base64url')}`);
  await page.getByRole('button', { name: /^Open/ }).last().click({ timeout: 60_000 });
  await expect(page.getByText('Open the lab of this link?')).toBeHidden({ timeout: 60_000 });
}
