// A picture as a file: SVG as it is, PNG drawn from it.

/** Pixels of the file for one of the graph, and the longest side that every browser's canvas has. */
const SHARP = 2;
const LONGEST = 16_000;
/** Pixels in all: 256 MB of memory. */
const MOST = 64_000_000;

/** How much larger than 100 % a picture of this size is drawn. */
export function pngScale({ width, height }: { readonly width: number; readonly height: number }): number {
  return Math.min(SHARP, LONGEST / width, LONGEST / height, Math.sqrt(MOST / (width * height)));
}

/** The SVG drawn into a PNG file; undefined when the browser cannot. */
export async function pngOf(
  svg: string,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Blob | undefined> {
  const scale = pngScale({ width, height });
  const image = new Image();
  // The page's policy has images of its own server and in addresses, not in blobs.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  try {
    await image.decode();
  } catch {
    return undefined;
  }
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(width * scale);
  canvas.height = Math.floor(height * scale);
  const context = canvas.getContext('2d');
  if (context === null) return undefined;
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/png'));
  return blob ?? undefined;
}
