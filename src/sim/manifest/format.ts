// YAML text laid out evenly: two spaces a level, lists further in than their key, one line between documents. What it
// means and every comment stay; where that cannot be kept, the text is left as it is.
//
// Read:    YAML 1.2.2, chapter 6, "Structural Productions"; the documentation of the package `yaml`, "ToString Options".

import { type Document, isSeq, Lexer, visit, type YAMLMap, type YAMLSeq } from 'yaml';
import { parseYaml, readManifests } from './read.ts';

export type FormattedText =
  /** `text` may be what it was. */
  | { readonly kind: 'formatted'; readonly text: string }
  /** Nothing was changed, and why. */
  | { readonly kind: 'left'; readonly reason: string };

/** Characters above which a text would hold up the lab for too long. */
const MOST_FORMATTED = 200_000;

/** Formats manifests. Twice is the same as once. */
export function formatManifests(text: string): FormattedText {
  if (text.length > MOST_FORMATTED) return left('it has more than 200,000 characters');
  const read = readManifests(text);
  if (read.kind === 'refused') return left(read.reason);
  const [broken] = read.documents.flatMap(document => document.problems);
  if (broken !== undefined) return left(`yaml: line ${broken.span.startLine}: ${broken.message}`);
  if (/^%/m.test(text)) return left('it has a line that begins with %');
  // What a first pass brings together, a second one may lay out in a shorter way.
  const formatted = laidOut(laidOut(text));
  if (meaningOf(formatted) !== meaningOf(text)) return left('its meaning would change');
  if (commentsOf(formatted).join('\n') !== commentsOf(text).join('\n')) return left('a comment would be lost');
  if (laidOut(formatted) !== formatted) return left('its layout would not hold still');
  return { kind: 'formatted', text: formatted };
}

function left(reason: string): FormattedText {
  return { kind: 'left', reason };
}

function laidOut(text: string): string {
  const documents = parseYaml(text)
    .map(documentText)
    .filter(document => document !== '');
  return documents.length === 0 ? '' : `${documents.join('\n---\n')}\n`;
}

/** One document without the lines that set it apart. */
function documentText(document: Document.Parsed): string {
  visit(document, { Collection: (_, node) => padAsUsual(node) });
  document.directives.docStart = null;
  document.directives.docEnd = false;
  const isEmpty = document.contents === null || document.contents.range[0] === document.contents.range[1];
  if (isEmpty && document.comment === null && document.commentBefore === null) return '';
  return document.toString({ indent: 2, indentSeq: true, lineWidth: 0 }).trimEnd();
}

/** `{ app: web }`, and `["sh", "-c"]`: the package pads either both or none. */
function padAsUsual(node: YAMLMap | YAMLSeq): void {
  const flowCollectionPadding = isSeq(node) ? '' : ' ';
  const write: YAMLMap['toString'] = node.toString.bind(node);
  node.toString = (context, ...rest) => write(context && { ...context, flowCollectionPadding }, ...rest);
}

function meaningOf(text: string): string {
  const read = readManifests(text);
  return read.kind === 'refused' ? read.reason : JSON.stringify(read.documents.map(({ value }) => value));
}

/** Stands in front of each scalar that is no block, as a token of its own. */
const SCALAR_MARK = '\u001f';

/** The comments of a text from top to bottom. */
function commentsOf(text: string): readonly string[] {
  const tokens = [...new Lexer().lex(text)];
  return tokens.flatMap((token, i) =>
    token.startsWith('#') && tokens[i - 1] !== SCALAR_MARK ? [token.trimEnd()] : [],
  );
}
