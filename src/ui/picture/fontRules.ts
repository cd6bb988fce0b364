// The page's fonts as rules that a file can carry: a picture is read where the page's own files are not.

/** Rules of the fonts that the page has loaded, with the fonts in them. What cannot be read is left out. */
export async function fontRules(): Promise<string> {
  const faces = [...document.styleSheets]
    .flatMap(sheet => [...sheet.cssRules])
    .filter(rule => rule instanceof CSSFontFaceRule);
  const wanted = faces.filter(face => isLoaded(face));
  return (await Promise.all(wanted.map(embedded))).join('');
}

/** A face is loaded once the page shows text in it. The picture has nothing in italics. */
function isLoaded({ style }: CSSFontFaceRule): boolean {
  const value = (name: string): string => plain(style.getPropertyValue(name));
  return [...document.fonts].some(
    font =>
      font.status === 'loaded' &&
      font.style === 'normal' &&
      font.style === value('font-style') &&
      plain(font.family) === value('font-family') &&
      font.weight === value('font-weight'),
  );
}

const plain = (text: string): string => text.replace(/["']/g, '').trim();

async function embedded({ style, parentStyleSheet }: CSSFontFaceRule): Promise<string> {
  const [, address] = /url\(["']?([^"')]+)["']?\)/.exec(style.getPropertyValue('src')) ?? [];
  if (address === undefined) return '';
  try {
    const answer = await fetch(new URL(address, parentStyleSheet?.href ?? document.baseURI));
    const data = await base64Of(await answer.blob());
    const rule = (name: string): string => `${name}:${style.getPropertyValue(name)};`;
    return `@font-face{${['font-family', 'font-weight', 'font-style'].map(rule).join('')}src:url(${data}) format("woff2")}`;
  } catch {
    return '';
  }
}

/** As an address that holds the data. */
function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
