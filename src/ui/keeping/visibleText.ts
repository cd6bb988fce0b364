// Texts that come from a stranger's file, for showing: what would not be seen, or would turn other words around, is
// written out.

/** Letters of one text that are shown. */
const MOST_LETTERS = 253;

/** `a\u{202e}b` for a text with a mark that turns the direction of what follows. */
export function visibleText(text: string): string {
  const letters = [...text];
  const shown = letters
    .slice(0, MOST_LETTERS)
    .map(letter => (/[\p{C}\p{Zl}\p{Zp}]/u.test(letter) ? `\\u{${letter.codePointAt(0)?.toString(16)}}` : letter))
    .join('');
  return letters.length > MOST_LETTERS ? `${shown}…` : shown;
}
