// A Service's healthCheckNodePort, asked as a load balancer asks it.
//
// Read:    kubernetes pkg/proxy/healthcheck/service_health.go.

import { expect, it } from 'vitest';
import { COMMANDS } from '../../../src/shell/commands.ts';
import { testShell } from '../../shell/shellAt.ts';
import { smallCluster } from '../../support/smallCluster.ts';

const TEXT = `
apiVersion: v1
kind: Pod
metadata: { name: web, labels: { app: web } }
spec: { nodeName: node-2, containers: [{ name: main, image: web }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  healthCheckNodePort: 32000
  selector: { app: web }
  ports: [{ name: a, port: 80, targetPort: 8080 }, { name: b, port: 81, targetPort: 8080 }]
`;

const answer = (count: number): string =>
  `{\n\t"service": {\n\t\t"namespace": "default",\n\t\t"name": "web"\n\t},\n\t"localEndpoints": ${count},\n\t"serviceProxyHealthy": true\n}`;

it('says of each node whether it has endpoints, as they come and go', async () => {
  const made = smallCluster(TEXT);
  made.seconds(5);
  const { run } = testShell({ commands: COMMANDS, lab: made.lab });
  const ask = async (node: number): Promise<string> =>
    (await run(`curl -s -w ' %{http_code}' 192.168.10.${10 + node}:32000`)).out;
  expect([await ask(1), await ask(2)]).toEqual([`${answer(0)} 503`, `${answer(1)} 200`]);
  expect((await run('ssh node-1 ss -tlnp')).out).toMatch(/0\.0\.0\.0:32000 .*"kube-proxy"/);
  made.delete('pods/web');
  made.seconds(40);
  expect(await ask(2)).toBe(`${answer(0)} 503`);
  await run('ssh node-2 systemctl stop kube-proxy');
  expect([await ask(1), await ask(2)]).toEqual([`${answer(0)} 503`, ' 000']);
  await run('ssh node-2 systemctl start kube-proxy');
  expect(await ask(2)).toBe(`${answer(0)} 503`);
  made.delete('services/web');
  expect(await ask(1)).toBe(' 000');
});
