// YAML text as Kubernetes' tools write it: sorted keys, lists that are not indented, quotes where Go's encoder sets them.
//
// Omits:   the indentation mark of texts that begin with a line break; escapes of letters beyond the basic plane.
// Read:    sigs.k8s.io/yaml; go-yaml v2, encode.go (`stringv`) and emitterc.go (`yaml_emitter_analyze_scalar`).

import { Document, type ScalarTag, visit } from 'yaml';
import type { Json } from '../../sim/index.ts';
import { sortedKeys } from './goSyntax.ts';

export function yamlText(value: Json): string {
  const document = new Document(sortedKeys(value), null, {
    version: '1.1',
    aliasDuplicateObjects: false,
    customTags: tags =>
      tags.map(tag => (typeof tag === 'string' || tag.collection !== undefined ? tag : withoutDot(tag))),
  });
  visit(document, {
    Scalar(_, scalar) {
      if (typeof scalar.value !== 'string') return;
      const style = styleOf(scalar.value);
      if (style !== undefined) scalar.type = style;
    },
  });
  return document.toString({ lineWidth: 0, indentSeq: false, directives: false });
}

/** A lone dot, which managed fields have as a key, is a text to Go, and no number. */
function withoutDot(tag: ScalarTag): ScalarTag {
  return tag.test?.test('.') === true ? { ...tag, test: new RegExp(`^(?!\\.$)(?:${tag.test.source})`) } : tag;
}

/** How a text is written; undefined: plain, or in double quotes when it would be read as something else than a text. */
function styleOf(text: string): 'QUOTE_DOUBLE' | 'QUOTE_SINGLE' | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what Go escapes.
  if (/[\x00-\x09\x0b-\x1f\x7f-\x84\x86-\x9f\ufeff]| \n/.test(text) || /^0o[0-7]+$/.test(text)) return 'QUOTE_DOUBLE';
  return text.includes('\n') || text === '' || PLAIN.test(text) ? undefined : 'QUOTE_SINGLE';
}

/** What may stand without quotes in a block. */
const PLAIN = /^(?!---|\.\.\.|[#,[\]{}&*!|>'"%@` ]|[?:-](?: |$))(?!.*(?:: |:$| #| $))/;
