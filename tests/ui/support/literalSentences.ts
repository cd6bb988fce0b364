// Finds sentences in program text outside of the catalogues: what a toast, an announcement or an error would say.

/** A capital letter at the beginning of a text of several words, or two words of letters in a row. */
const SENTENCE = /^\W*\p{Lu}[\p{L}’']* \S|\p{L}{2,} \p{Ll}{2,}/u;
const LITERAL = /'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g;

/** The literals of a TypeScript text that read as sentences or parts of them, each as it stands there. */
export function literalSentences(code: string): readonly string[] {
  const program = code.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/[^\n]*/g, '$1');
  return [...program.matchAll(LITERAL)]
    .map(match => (match[1] ?? match[2] ?? '').replaceAll(/\$\{[^}]*\}/g, '…'))
    .filter(text => SENTENCE.test(text));
}
