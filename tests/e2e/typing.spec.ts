// A Deployment made, scaled, broken by a bad image, rolled back, exposed and reached: nothing but typing.

import type { Page } from '@playwright/test';
import { openPage } from './support/openPage.ts';
import { typeCommand } from './support/terminal.ts';
import { expect, test } from './support/test.ts';

/** Types a line and expects what it prints. */
async function says(page: Page, line: string, expected: string | RegExp): Promise<void> {
  const { output } = await typeCommand(page, line);
  if (typeof expected === 'string') expect(output, line).toBe(expected);
  else expect(output, line).toMatch(expected);
}

test('a Deployment is made, scaled, broken, rolled back, exposed and curled by typing', async ({ page }) => {
  await openPage(page, 'sandbox');
  await says(page, 'kubectl create deployment web --image=nginx', 'deployment.apps/web created\n');
  await says(page, 'kubectl rollout status deployment/web', 'deployment "web" successfully rolled out\n');

  await says(page, 'kubectl scale deployment web --replicas=3', 'deployment.apps/web scaled\n');
  await says(page, 'kubectl get deployment web', /^web +3\/3 +3 +3 /m);

  await says(page, 'kubectl set image deployment/web nginx=ngnix:1.27', 'deployment.apps/web image updated\n');
  await says(page, 'kubectl get pods -l app=web', /ImagePullBackOff|ErrImagePull/);
  await says(
    page,
    'kubectl rollout status deployment/web --timeout=5s',
    'Waiting for deployment "web" rollout to finish: 1 out of 3 new replicas have been updated...\n' +
      'error: timed out waiting for the condition\n',
  );
  await says(
    page,
    'kubectl rollout history deployment/web',
    'deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n\n',
  );

  await says(page, 'kubectl rollout undo deployment/web', 'deployment.apps/web rolled back\n');
  await says(page, 'kubectl rollout status deployment/web', 'deployment "web" successfully rolled out\n');
  await says(page, 'kubectl get pods -l app=web -o name', /^(?:pod\/web-[a-z0-9]+-[a-z0-9]{5}\n){3}$/);

  await says(page, 'kubectl expose deployment web --port=80', 'service/web exposed\n');
  await says(page, 'kubectl exec client -- curl -s web', /./);
  await says(
    page,
    'kubectl delete deployment,service web',
    /^deployment\.apps "web" deleted\nservice "web" deleted\n$/,
  );
  await says(page, 'kubectl get all -o name', 'pod/client\nservice/kubernetes\n');
});
