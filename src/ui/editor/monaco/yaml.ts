// YAML as the editor knows it: Monaco's colours and brackets, and rules of our own for where the next line begins.
// Monaco's own registration fetches the definition after the first text and then sets its rules over any that are there:
// what Enter does would hang on which came first. So the language is registered here, whole, before there is a text.

import { languages } from 'monaco-editor/editor';
import { conf, language } from 'monaco-editor/languages/definitions/yaml/yaml';

const { IndentAction } = languages;

/** Where the next line begins: below the first field of a list's item, and further in behind a key without a value. */
const ENTER_RULES: languages.OnEnterRule[] = [
  { beforeText: /^\s*(?:- +)+[^\s#]+:\s*$/, action: { indentAction: IndentAction.Indent, appendText: '  ' } },
  { beforeText: /:\s*$/, action: { indentAction: IndentAction.Indent } },
  { beforeText: /^\s*- +[^\s#]+:\s+\S/, action: { indentAction: IndentAction.None, appendText: '  ' } },
];

languages.register({ id: 'yaml' });
languages.setMonarchTokensProvider('yaml', language);
languages.setLanguageConfiguration('yaml', { ...conf, onEnterRules: ENTER_RULES });
