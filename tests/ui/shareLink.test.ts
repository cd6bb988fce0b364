// A text in the fragment of an address: there and back, and whatever else stands in its place.

import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_BYTES, packText, unpackText } from '../../src/ui/keeping/shareLink.ts';
import { visibleText } from '../../src/ui/keeping/visibleText.ts';

const packed = (bytes: Uint8Array | string): string => deflateRawSync(bytes).toString('base64url');

describe('a text in a link', () => {
  it('comes back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), async text => {
        const data = await packText(text);
        expect(data).toMatch(/^[\w-]*$/);
        expect(await unpackText(data)).toEqual(text.trim() === '' ? { kind: 'empty' } : { kind: 'text', text });
      }),
      { numRuns: 100 },
    );
  });

  it('is the deflate of RFC 1951, as other programs write it', async () => {
    expect(await unpackText(packed('kind: Lab\n'))).toEqual({ kind: 'text', text: 'kind: Lab\n' });
  });

  it.each([
    ['nothing', '', 'empty'],
    ['spaces', packed('  \n'), 'empty'],
    ['letters that base64 for addresses does not have', 'a+b/', 'damaged'],
    ['an address that was quoted', '%3Cscript%3E', 'damaged'],
    ['base64 of a wrong length', 'abcde', 'damaged'],
    ['bytes that are no deflate', '_____w', 'damaged'],
    ['a link that was cut', packed('kind: Lab\n'.repeat(50)).slice(0, -6), 'damaged'],
    ['bytes that are no text', packed(new Uint8Array([0xff, 0xfe, 0x00])), 'damaged'],
    ['a little that unpacks to much', packed(new Uint8Array(50 * MOST_BYTES)), 'too-large'],
  ])('says plainly what is wrong with %s', async (_, data, kind) => {
    expect((await unpackText(data)).kind).toBe(kind);
  });
});

describe('a stranger’s text on the page', () => {
  it.each([
    ['web', 'web'],
    ['a\u202eb', 'a\\u{202e}b'],
    ['a\u200bb\u0000', 'a\\u{200b}b\\u{0}'],
    ['<b>', '<b>'],
    ['Ä日', 'Ä日'],
  ])('shows %j as %s', (text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it('ends after 253 letters', () => {
    expect(visibleText('a'.repeat(300))).toBe(`${'a'.repeat(253)}…`);
  });
});
