// Finds words that stand in JSX itself instead of in a catalogue: text between tags, and attributes that are shown or read.

/** Attributes of elements and of our own parts that a person sees or hears. */
const ATTRIBUTES = [
  'aria-label',
  'alt',
  'closeLabel',
  'confirm',
  'keep',
  'label',
  'placeholder',
  'text',
  'title',
  'word',
];
/** Two letters in a row: `½×` and `/` are no words. */
const WORDS = /\p{L}{2,}/u;

/** Names that are the same in every language: of the page, of protocols, kinds, devices and keys. */
const NAMES = /^(?:Hoplab|TCP|UDP|DNS|EndpointSlice|eth0|Esc|Tab|Enter|Shift|F10)$/u;

const TEXT = /(?<![=-])>([^<>{}=;()|&]*)(?=<\/|\{)/gu;
const AFTER_VALUE = /\}([^<>{}=;()|&]*)(?=<\/|\{)/gu;
const ATTRIBUTE = new RegExp(`\\s(?:${ATTRIBUTES.join('|')})=(?:"([^"]*)"|\\{'([^']*)'\\})`, 'gu');

/** The literal words of a TSX text, each as it stands there, without the space around it. */
export function literalWords(tsx: string): readonly string[] {
  const code = tsx.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/[^\n]*/g, '$1');
  const markup = code.slice(Math.max(0, code.indexOf('<')));
  const texts = [...markup.matchAll(TEXT), ...markup.matchAll(AFTER_VALUE)].map(match => match[1] ?? '');
  const attributes = [...markup.matchAll(ATTRIBUTE)].map(match => match[1] ?? match[2] ?? '');
  return [...texts, ...attributes]
    .map(text => text.trim())
    .filter(text => WORDS.test(text) && !NAMES.test(text) && !isCode(text));
}

/** Between two braces of a program there is program text. */
const isCode = (text: string): boolean =>
  /\$$|^(?:catch|-tab-)|^[,.:?]|\b(?:const|export|function|return|import|if|else|interface|readonly|type|default|case|from)\b[^.]*$/.test(
    text,
  ) || /['"`]/.test(text.replaceAll(/\w'\w/g, ''));
