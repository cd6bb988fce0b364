// npm run screenshot: the picture of the README, taken from the running page. A Service in the sandbox, its packet at the
// rule that rewrites the address.

import { root } from '../../src/server/install.mjs';
import { withBuiltPage } from '../bench/builtPage.mjs';

const PICTURE = `${root}/public/screenshot.png`;

const MANIFEST = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
  - port: 80
    targetPort: 8080
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: web
        image: web
        ports:
        - containerPort: 8080
`;
const COMMANDS = ['kubectl get svc,pods -o wide', 'kubectl exec client -- curl -s http://10.96.1.1/'];

await withBuiltPage(async (page, url) => {
  await page.goto(`${url}#/sandbox`);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(text => navigator.clipboard.writeText(text), MANIFEST);
  await page.getByText(/then Tab leaves$/).waitFor();
  await page.getByRole('textbox', { name: /^Manifest / }).focus();
  await page.keyboard.press('ControlOrMeta+v');
  await page.keyboard.press('ControlOrMeta+Enter');
  await page.getByRole('button', { name: 'Dismiss output' }).waitFor();
  const field = page.getByRole('textbox', { name: /^Command,/ });
  const ends = page.getByRole('region', { name: 'Terminal' }).getByText(/^exit \d+$/);
  for (const [i, line] of COMMANDS.entries()) {
    await field.click();
    await page.keyboard.type(line);
    await page.keyboard.press('Enter');
    await ends.nth(i).waitFor();
  }
  await page.getByRole('button', { name: 'Open trace' }).last().click();
  const timeline = page.getByRole('slider', { name: 'Timeline of the journey' });
  await timeline.focus();
  for (let i = 0; i < 40; i++) {
    if ((await timeline.getAttribute('aria-valuetext'))?.includes('address translation')) break;
    await page.keyboard.press('ArrowRight');
    // The packet runs to its place before the next step.
    await page.waitForTimeout(900);
  }
  await page.evaluate(() => document.activeElement?.blur());
  await page.screenshot({ path: PICTURE });
});
console.log(`wrote ${PICTURE}`);
process.exit(0);
