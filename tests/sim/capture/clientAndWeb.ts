// A client and a web server on two nodes, behind a Service, with VXLAN between: what captures are made of.

import { COMMANDS } from '../../../src/shell/commands.ts';
import { Lab } from '../../../src/sim/index.ts';
import { type TestShell, testShell } from '../../shell/shellAt.ts';

const TEXT = `
apiVersion: lab.hoplab.dev/v1alpha1
kind: Lab
metadata: {name: lab}
spec: {network: {plugin: flannel, backend: vxlan}}
---
apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {nodeName: node-1, containers: [{name: client, image: tools}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {nodeName: node-2, containers: [{name: web, image: web}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {clusterIP: 10.96.40.10, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
`;

export function openLab(): { readonly lab: Lab; readonly run: TestShell['run'] } {
  const opened = Lab.open(TEXT);
  if (opened.kind !== 'opened') throw new Error(JSON.stringify(opened.problems));
  return { lab: opened.lab, run: testShell({ lab: opened.lab, commands: COMMANDS }).run };
}
