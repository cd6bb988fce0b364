// The `test` of every file here: Playwright's own, and it fails when the page says an error or asks another origin.

import { type BrowserContext, test as base, expect } from '@playwright/test';

export { expect };

/**
 * Playwright's `test`. `complaints` are the errors so far; the test fails at its end unless there are none. Errors that
 * a test causes on purpose match its `caused` and do not count.
 */
export const test = base.extend<{ readonly complaints: readonly string[]; readonly caused: RegExp | undefined }>({
  caused: [undefined, { option: true }],
  complaints: [
    async ({ context, baseURL, caused }, use) => {
      const complaints: string[] = [];
      watch(context, baseURL ?? '', complaint => {
        if (caused?.test(complaint) !== true) complaints.push(complaint);
      });
      await use(complaints);
      expect(complaints, 'errors of the page, and requests to other origins').toEqual([]);
    },
    { auto: true },
  ],
});

/** Tells of console errors, uncaught errors, refused requests, and whatever leaves the origin of the page. */
function watch(context: BrowserContext, address: string, complain: (complaint: string) => void): void {
  const { origin } = new URL(address);
  context.on('console', message => {
    if (message.type() === 'error') complain(`console: ${message.text()}`);
  });
  context.on('weberror', webError => complain(`uncaught: ${webError.error().stack ?? webError.error().message}`));
  context.on('request', request => {
    const url = new URL(request.url());
    // A blob has the origin of the page that made it.
    if (url.protocol !== 'data:' && url.origin !== origin) complain(`request to ${url.href}`);
  });
  context.on('response', response => {
    if (response.status() >= 400) complain(`answer ${response.status()} for ${response.url()}`);
  });
  context.on('page', page => page.on('websocket', socket => complain(`web socket to ${socket.url()}`)));
}
