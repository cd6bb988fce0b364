// A lab's text in the fragment of an address: deflated, in base64 for addresses. A fragment is not sent to any server.
//
// Read:    RFC 1951 (deflate), RFC 4648 section 5 (base64url), W3C Compression Streams.

/** Characters of a link: longer ones are cut by mail programs and chats. */
export const MOST_LINK = 30_000;
/** Bytes of a text, unpacked. */
export const MOST_BYTES = 1_000_000;

/** The data of a link, without the prefix. */
export async function packText(text: string): Promise<string> {
  const packed = await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw')));
  const bytes = new Uint8Array(await packed.arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

export type Unpacked =
  | { readonly kind: 'text'; readonly text: string }
  /** - `damaged`: not what {@link packText} makes. `too-large`: it was not unpacked to its end. */
  | { readonly kind: 'empty' | 'damaged' | 'too-large' };

export async function unpackText(data: string): Promise<Unpacked> {
  if (data === '') return { kind: 'empty' };
  if (!/^[A-Za-z0-9_-]+$/.test(data)) return { kind: 'damaged' };
  try {
    const binary = atob(data.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, letter => letter.charCodeAt(0));
    return await inflated(bytes);
  } catch {
    return { kind: 'damaged' };
  }
}

/** Unpacks piece by piece, and no further than the limit: a few bytes can stand for gigabytes. */
async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<Unpacked> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > MOST_BYTES) {
      await reader.cancel();
      return { kind: 'too-large' };
    }
    text += decoder.decode(value, { stream: true });
  }
  text += decoder.decode();
  return text.trim() === '' ? { kind: 'empty' } : { kind: 'text', text };
}
