// One text as YAML: plain, in quotes or as a block, and where a long one goes on in the next line.
//
// Models:  the choice of go-yaml 2, which kubectl writes with: what reads as another type is quoted, so is what has a mark.
// Simplified: U+0085 is written as it is.
// Read:    sigs.k8s.io/yaml goyaml.v2, encode.go, resolve.go, emitterc.go; YAML 1.1, sections 5 and 9.

/** Behind this column a text goes on in the next line, at its next space. */
const WIDTH = 80;

/** Words of other types. Source: resolve.go, `resolveMapList`. */
const WORDS = new Set(
  ['y', 'yes', 'true', 'on', 'n', 'no', 'false', 'off', '~', 'null', '.nan', '.inf', '+.inf', '-.inf'].flatMap(word => {
    const capital = word.replace(/[a-z]/, letter => letter.toUpperCase());
    return [word, capital, word.toUpperCase()];
  }),
).add('.NaN');

const INTEGER = /^[-+]?(0[xX][\da-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9]\d*)$/;
const FLOAT = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/;
/** Minutes and seconds, which YAML 1.1 reads as a number. */
const BASE_60 = /^[-+]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?$/;
const TIME = /^\d{4}-\d{1,2}-\d{1,2}([Tt ]\d{1,2}:\d{1,2}:\d{1,2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** It would be read as something else than a text. */
function readsAsOther(text: string): boolean {
  const digits = text.replaceAll('_', '');
  const isNumber = /^[-+.\d]/.test(text) && (INTEGER.test(digits) || FLOAT.test(digits));
  return text === '' || WORDS.has(text) || isNumber || BASE_60.test(text) || TIME.test(text);
}

/**
 * @param column where the text begins
 * @param indent of the lines that it goes on in
 */
export function yamlScalar(text: string, column: number, indent: number, place: 'key' | 'value'): string {
  const isBlock = place === 'value' && text.includes('\n');
  const folds = place === 'value' ? (body: string, quote: string) => folded(body, quote, column, indent) : plainly;
  if (isBlock && isPrintable(text) && !/ (\n|$)/.test(text)) return block(text, indent);
  if (text.includes('\n') || !isPrintable(text)) return folds(escaped(text), '"');
  if (readsAsOther(text)) return folds(escaped(text), '"');
  return needsQuotes(text) ? folds(text.replaceAll("'", "''"), "'") : folds(text, '');
}

function plainly(body: string, quote: string): string {
  return `${quote}${body}${quote}`;
}

/** Everything that YAML may contain as it is: no controls, no tabs, and nothing outside the first plane. */
function isPrintable(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for.
  return !/[\u0000-\u0009\u000b-\u001f\u007f-\u0084\u0086-\u009f\ud800-\udfff\ufeff\ufffe\uffff]/.test(text);
}

/** It has a mark of YAML's own at the beginning, or within. */
function needsQuotes(text: string): boolean {
  return (
    /^(---|\.\.\.)/.test(text) ||
    /^[#,[\]{}&*!|>'"%@`]|^[-?:](\s|$)|:(\s|$)|\s#|[\u0085\u2028\u2029]/.test(text) ||
    /^ | $/.test(text)
  );
}

function escaped(text: string): string {
  return [...text].map(letter => (letter === '"' || letter === '\\' ? `\\${letter}` : escapeOf(letter))).join('');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '0',
  '\u0007': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\u001b': 'e',
};

function escapeOf(letter: string): string {
  if (letter === '\n' || !isPrintable(letter)) {
    const named = ESCAPES[letter];
    if (named !== undefined) return `\\${named}`;
    const code = letter.codePointAt(0) ?? 0;
    const [mark, digits] = code <= 0xff ? ['x', 2] : code <= 0xffff ? ['u', 4] : ['U', 8];
    return `\\${mark}${code.toString(16).toUpperCase().padStart(Number(digits), '0')}`;
  }
  return letter;
}

/** `|-` and the lines below. */
function block(text: string, indent: number): string {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const end = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  return `|${hint}${end}\n${lines.map(line => (line === '' ? '' : `${' '.repeat(indent)}${line}`)).join('\n')}`;
}

/** A space between two words that stands behind the width becomes a line break. */
function folded(body: string, quote: string, column: number, indent: number): string {
  const letters = [...body];
  let out = quote;
  let at = column + quote.length;
  letters.forEach((letter, i) => {
    const isInside = quote === '' || (i > 0 && i < letters.length - 1);
    const isFirstSpace = letter === ' ' && letters[i - 1] !== ' ';
    const isBreak = isFirstSpace && at > WIDTH && isInside && (quote === '"' || letters[i + 1] !== ' ');
    if (isBreak) {
      // A second space would be lost at the beginning of a line.
      out += `\n${' '.repeat(indent)}${letters[i + 1] === ' ' ? '\\' : ''}`;
      at = indent;
      return;
    }
    out += letter;
    at += 1;
  });
  return `${out}${quote}`;
}
