// The real kubectl on a served lab. Skipped where there is none.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_KUBECTL, type RealKubectl, realKubectl } from '../support/realKubectl.ts';
import { type ServedLabForTest, serveLabForTest } from '../support/servedLab.ts';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx}]}
`;

const SAVED = `apiVersion: lab.hoplab.dev/v1alpha1
kind: Lab
metadata: {name: sandbox}
---
apiVersion: v1
kind: Namespace
metadata: {name: blue}
`;

const NO_SCHEMA = '--validate=false';

describe.skipIf(NO_KUBECTL !== undefined)(`the real kubectl on a served lab ${NO_KUBECTL ?? ''}`, () => {
  let served: ServedLabForTest;
  let kubectl: RealKubectl;
  beforeAll(async () => {
    served = await serveLabForTest();
    kubectl = realKubectl(served.url, { 'web.yaml': WEB, 'saved.yaml': SAVED });
  });
  afterAll(async () => {
    kubectl.close();
    await served.close();
  });

  it('lists what is there, as the page does', async () => {
    const real = await kubectl.run(['get', 'pods', '-A', '-o', 'wide']);
    expect(real).toEqual(await served.run('kubectl get pods -A -o wide'));
    expect(real.stdout).toContain('10.244.1.2');
  });

  it('applies, describes and deletes', async () => {
    expect(await kubectl.run(['apply', NO_SCHEMA, '-f', 'web.yaml'])).toEqual({
      stdout: 'deployment.apps/web created\n',
      stderr: '',
      code: 0,
    });
    expect((await kubectl.run(['describe', 'deployment', 'web'])).stdout).toContain('2 available');
    expect(served.lab.history.changes).toBe(1);
    expect(await kubectl.run(['delete', 'deployment', 'web'])).toEqual({
      stdout: 'deployment.apps "web" deleted\n',
      stderr: '',
      code: 0,
    });
    expect((await kubectl.run(['get', 'deployments'])).stderr).toBe('No resources found in default namespace.\n');
  });

  it('applies the objects of a saved lab, and says that it does not know its config', async () => {
    const { stdout, stderr, code } = await kubectl.run(['apply', '-f', 'saved.yaml']);
    expect(stdout).toBe('namespace/blue created\n');
    expect(stderr).toContain('no matches for kind "Lab" in version "lab.hoplab.dev/v1alpha1"');
    expect(code).toBe(1);
  });

  it('watches until it is stopped', async () => {
    const watching = kubectl.run(['get', 'pods', '-w', '--request-timeout=3']);
    const run = await kubectl.run(['run', 'x', '--image=nginx']);
    expect(run.code).toBe(0);
    expect((await watching).stdout).toMatch(/x +1\/1 +Running/);
  });
});
