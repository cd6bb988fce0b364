// A kube-proxy that is stopped: its rules stay, whatever changes.

import { expect, it } from 'vitest';
import { type SmallCluster, smallCluster } from '../../support/smallCluster.ts';

const POD = (name: string, node: string, image: string): string => `---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: ${image} } }
spec: { nodeName: ${node}, containers: [{ name: main, image: ${image} }] }
`;

function ask({ lab }: SmallCluster, from: string): string {
  const asked = lab.commit({ from, to: 'svc/default/web', protocol: 'tcp', port: 80 });
  if (asked.kind !== 'asked') throw new Error(asked.because);
  const { verdict, backend } = asked.record.exchange;
  return verdict === 'ok' ? (backend?.netns ?? '') : verdict;
}

it('sends packets to a Pod that is gone, on its own node only, until it runs again', () => {
  const made = smallCluster(
    POD('client', 'node-1', 'tools') +
      POD('other', 'node-2', 'tools') +
      POD('web-1', 'node-2', 'web') +
      '---\napiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }\n',
  );
  made.seconds(5);
  const unit = made.lab.service('node-1', 'kube-proxy');
  unit?.stop();
  expect(ask(made, 'pod/client')).toBe('pod:default:web-1');
  made.create('pods', {
    metadata: { name: 'web-2', labels: { app: 'web' } },
    spec: { nodeName: 'node-2', containers: [{ name: 'main', image: 'web' }] },
  });
  made.delete('pods/web-1');
  made.seconds(40);
  expect([ask(made, 'pod/client'), ask(made, 'pod/other')]).toEqual(['timeout', 'pod:default:web-2']);
  made.lab.undo();
  made.lab.redo();
  expect(unit?.stoppedAt()).toBeGreaterThan(0);
  unit?.start();
  expect([unit?.stoppedAt(), ask(made, 'pod/client')]).toEqual([undefined, 'pod:default:web-2']);
});
