// What the API tools say about broken YAML. They use another parser than this lab, so its findings are put into the
// words that the learner will meet at work, with what was expected beside them in ours.
//
// Read:    go.yaml.in/yaml/v2 scannerc.go, parserc.go, decode.go (the messages).

import type { YAMLError } from 'yaml';

export interface YamlWords {
  readonly message: string;
  readonly expected: string;
}

export function wordsOf(error: YAMLError): YamlWords {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return {
        message: 'found character that cannot start any token',
        expected: 'Indent with blanks: YAML takes no tabs.',
      };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        message: 'mapping values are not allowed in this context',
        expected:
          'A key and its value were expected: put what follows on a line of its own, or quote the value if it has ": " in it.',
      };
    case 'MULTILINE_IMPLICIT_KEY':
    case 'MISSING_CHAR':
      return missing(error);
    case 'BAD_INDENT':
      return {
        message: 'did not find expected key',
        expected:
          'A line at the same depth as its neighbours was expected: compare its indentation with the lines around it.',
      };
    case 'BAD_ALIAS':
      return {
        message: 'did not find expected alphabetic or numeric character',
        expected: 'A name was expected after *.',
      };
    case 'BAD_SCALAR_START':
      return {
        message: 'found character that cannot start any token',
        expected: 'Quote a value that begins with this character.',
      };
    case 'BAD_DQ_ESCAPE':
      return {
        message: 'found unknown escape character',
        expected: 'After a backslash in double quotes only a known escape may stand.',
      };
    default:
      return { message: 'did not find expected key', expected: `${error.message}.` };
  }
}

function missing(error: YAMLError): YamlWords {
  if (error.message.includes('quote'))
    return { message: 'found unexpected end of stream', expected: 'A closing quote was expected.' };
  if (error.message.includes(']'))
    return { message: "did not find expected ',' or ']'", expected: 'A comma or ] was expected.' };
  if (error.message.includes('}'))
    return { message: "did not find expected ',' or '}'", expected: 'A comma or } was expected.' };
  return { message: "could not find expected ':'", expected: 'A key needs a colon after it: "key: value".' };
}
