// Which labs the page opens when its address says so: those of this machine.

import { describe, expect, it } from 'vitest';
import { loopbackAddress } from '../../src/client/loopbackWire.ts';
import { createPageClient } from '../../src/client/pageClient.ts';

describe('the address of a lab that is served', () => {
  it.each([
    ['http://127.0.0.1:8001', 'http://127.0.0.1:8001'],
    ['http://127.0.0.1:8001/', 'http://127.0.0.1:8001'],
    ['http://localhost:8001', 'http://127.0.0.1:8001'],
    ['http://127.0.0.1', undefined],
    ['https://127.0.0.1:8001', undefined],
    ['http://127.0.0.1:8001/path', undefined],
    ['http://127.0.0.1:8001@evil.example', undefined],
    ['http://127.0.0.1.evil.example:8001', undefined],
    ['http://localhost.evil.example:8001', undefined],
    ['http://user@127.0.0.1:8001', undefined],
    ['http://192.168.0.1:8001', undefined],
    ['http://0.0.0.0:8001', undefined],
    ['http://evil.example', undefined],
    ['//127.0.0.1:8001', undefined],
    ['javascript:alert(1)', undefined],
    ['', undefined],
  ])('%s', (written, expected) => {
    expect(loopbackAddress(written)).toBe(expected);
  });

  it('is refused in words before anything is asked', async () => {
    const source = { kind: 'served', url: 'http://evil.example' } as const;
    const client = createPageClient(() => undefined, 'late');
    await expect(client.open(source)).rejects.toThrow(
      'http://evil.example is no address of this machine; http://127.0.0.1:8001, for one, was expected',
    );
  });
});
