// The text of a `fieldSelector` query: `status.phase!=Running,spec.nodeName=node-1`.
//
// Read:    k8s.io/apimachinery pkg/fields/selector.go (`splitTerms`, `UnescapeValue`).

import { failure, type Result, success } from '../../runtime/errors.ts';
import type { FieldRequirement } from '../selectors.ts';

/** Reads a selector. Commas, equals signs and backslashes in a value stand behind a backslash. */
export function parseFieldSelector(text: string): Result<readonly FieldRequirement[], string> {
  const requirements: FieldRequirement[] = [];
  for (const term of termsOf(text)) {
    if (term === '') continue;
    const match = /^(.*?)(!=|==|=)(.*)$/s.exec(term);
    if (match === null) return failure(`invalid selector: '${text}'; can't understand '${term}'`);
    const value = unescaped(match[3] ?? '');
    if (!value.ok) return value;
    requirements.push({ field: match[1] ?? '', operator: match[2] === '!=' ? '!=' : '=', value: value.value });
  }
  return success(requirements);
}

/** In order: the server sorts them before it looks at any. */
function termsOf(text: string): readonly string[] {
  return (text.match(/(?:\\[\s\S]|[^,\\]|\\$)+/g) ?? []).sort();
}

function unescaped(text: string): Result<string, string> {
  let value = '';
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? '';
    if (character === '\\') {
      const escaped = text[++i] ?? '';
      if (!['\\', ',', '='].includes(escaped))
        return failure(`invalid field selector: invalid escape sequence: \\${escaped}`);
      value += escaped;
      // Go prints a character as its number.
    } else if (character === ',' || character === '=')
      return failure(`invalid field selector: unescaped character in value: ${character.charCodeAt(0)}`);
    else value += character;
  }
  return success(value);
}
