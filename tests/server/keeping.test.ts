// A saved lab before the real kubectl: it applies the manifests, and what it prints is a lab again.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInProcessClient } from '../../src/client/inProcess.ts';
import { NO_KUBECTL, type RealKubectl, realKubectl } from '../support/realKubectl.ts';
import { type ServedLabForTest, serveLabForTest } from '../support/servedLab.ts';

describe.skipIf(NO_KUBECTL !== undefined)(`a saved lab and the real kubectl ${NO_KUBECTL ?? ''}`, () => {
  let served: ServedLabForTest;
  let kubectl: RealKubectl;
  beforeAll(async () => {
    const lab = createInProcessClient();
    await lab.open({ kind: 'manifests', text: '' });
    for (const line of [
      'kubectl create namespace blue',
      'kubectl create deployment web --image=web --replicas=2 -n blue',
      'kubectl expose deployment web --port=80 --target-port=8080 -n blue',
      'kubectl run shell --image=tools',
    ])
      await lab.run('test', line, () => undefined);
    const saved = await lab.manifests();
    if (saved.kind === 'none') throw new Error('a lab with manifests was expected');
    const [, ...objects] = saved.text.split('---\n');
    const real = new Map((await lab.realCluster([])).map(({ name, text }) => [name, text]));
    served = await serveLabForTest({ manifests: '' });
    kubectl = realKubectl(served.url, {
      'saved.yaml': objects.join('---\n'),
      'real.yaml': real.get('manifests.yaml') ?? '',
    });
  });
  afterAll(async () => {
    kubectl.close();
    await served.close();
  });

  it('applies a saved file without its config, in the order of the file', async () => {
    const { stdout, stderr, code } = await kubectl.run(['apply', '--validate=false', '-f', 'saved.yaml']);
    expect([stderr, code]).toEqual(['', 0]);
    expect(stdout.split('\n').slice(0, 4)).toEqual([
      'namespace/blue created',
      'service/web created',
      'pod/shell created',
      'deployment.apps/web created',
    ]);
  });

  it('reads the manifests for a real cluster', async () => {
    const { stdout, stderr, code } = await kubectl.run([
      'apply',
      '--validate=false',
      '--dry-run=client',
      '-o',
      'name',
      '-f',
      'real.yaml',
    ]);
    expect([stderr, code]).toEqual(['', 0]);
    expect(stdout).toBe('namespace/blue\nservice/web\npod/shell\ndeployment.apps/web\n');
  });

  it.each(['yaml', 'json'])('prints %s that opens as a lab', async form => {
    const kinds = 'nodes,namespaces,all';
    const { stdout } = await kubectl.run(['get', kinds, '-A', '-o', form]);
    const reading = await createInProcessClient().readLab(stdout);
    expect(reading).toMatchObject({ kind: 'lab', from: 'cluster', nodes: ['cp', 'node-1', 'node-2'] });
    expect(reading.kind === 'lab' && reading.objects).toEqual([
      { kind: 'Namespace', names: ['blue'] },
      { kind: 'Service', names: ['blue/web'] },
      { kind: 'Pod', names: ['default/shell'] },
      { kind: 'Deployment', names: ['blue/web'] },
    ]);
  });
});
