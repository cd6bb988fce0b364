import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveFolder } from '../../src/server/static.mjs';

describe('serving a folder', () => {
  const text = 'a text of the page\n'.repeat(100);
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-static-'));
  let served: Awaited<ReturnType<typeof serveFolder>>;
  beforeAll(async () => {
    writeFileSync(join(folder, 'index.html'), text);
    writeFileSync(join(folder, 'font.woff2'), text);
    served = await serveFolder(folder, 0);
  });
  afterAll(async () => {
    await served.close();
    rmSync(folder, { recursive: true });
  });

  test.each([
    ['a text is packed for who unpacks it', '', 'gzip', 'gzip'],
    ['a text is sent as it is to who does not', '', 'identity', null],
    ['a font is packed already', 'font.woff2', 'gzip', null],
  ])('%s', async (_, path, accepted, encoding) => {
    const answer = await fetch(served.url + path, { headers: { 'Accept-Encoding': accepted } });
    expect(answer.headers.get('Content-Encoding')).toBe(encoding);
    expect(await answer.text()).toBe(text);
  });

  test('what is not there, or outside, is not found', async () => {
    for (const path of ['nothing.js', '..%2f..%2fetc%2fpasswd', '%zz'])
      expect((await fetch(served.url + path)).status).toBe(404);
  });
});
