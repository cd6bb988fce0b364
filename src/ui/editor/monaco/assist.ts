// Completion and hover: what the lab answers about a text, in Monaco's forms. Monaco asks for a language, not for an
// editor, so that each model is registered with the client that answers for it.

import { type CancellationToken, languages, type editor as monacoEditor, Range } from 'monaco-editor/editor';
import type { FieldDescription } from '../../../client/manifest/questions.ts';
import type { LabClient } from '../../../client/port.ts';
import { SNIPPETS } from '../snippets/snippets.ts';

type Model = monacoEditor.ITextModel;

const clients = new WeakMap<Model, LabClient>();
let registered: 'yes' | 'no' = 'no';

/** Lets a lab answer for a model. */
export function assist(model: Model, client: LabClient): void {
  clients.set(model, client);
  if (registered === 'yes') return;
  registered = 'yes';
  languages.registerCompletionItemProvider('yaml', { triggerCharacters: [' ', '-', '{', '['], provideCompletionItems });
  languages.registerHoverProvider('yaml', { provideHover });
}

/** Characters above which the lab is not asked at each keystroke. */
const MOST_ASSISTED = 200_000;

const rangeOf = (model: Model, from: number, to: number): Range =>
  Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to));

async function provideCompletionItems(
  model: Model,
  position: Parameters<Model['getOffsetAt']>[0],
  context: languages.CompletionContext,
  token: CancellationToken,
): Promise<languages.CompletionList | undefined> {
  const client = clients.get(model);
  if (client === undefined || model.getValueLength() > MOST_ASSISTED) return undefined;
  const offset = model.getOffsetAt(position);
  const found = await client.manifest({ kind: 'suggest', text: model.getValue(), offset }).catch(() => undefined);
  if (found === undefined || token.isCancellationRequested) return undefined;
  const range = rangeOf(model, found.from, found.to);
  const fields = found.candidates.map(
    ({ label, insert, kind, detail, note }, i): languages.CompletionItem => ({
      label,
      range,
      insertText: insert,
      kind: kind === 'field' ? languages.CompletionItemKind.Field : languages.CompletionItemKind.Value,
      insertTextRules: languages.CompletionItemInsertTextRule.KeepWhitespace,
      sortText: String(i).padStart(4, '0'),
      ...(detail !== undefined && { detail }),
      ...(note !== undefined && { documentation: note }),
      // Behind a field comes its value: what it may be is offered at once.
      ...(kind === 'field' && { command: { id: 'editor.action.triggerSuggest', title: '' } }),
    }),
  );
  // A character that sets it off asks for what fits there, not for whole manifests.
  const isAsked = context.triggerKind !== languages.CompletionTriggerKind.TriggerCharacter;
  return { suggestions: found.document === 'empty' && isAsked ? [...snippetItems(range), ...fields] : fields };
}

function snippetItems(range: Range): readonly languages.CompletionItem[] {
  return SNIPPETS.flatMap(({ title, snippets }) => snippets.map(snippet => ({ title, ...snippet }))).map(
    ({ title, label, text }, i) => ({
      label,
      range,
      insertText: text,
      kind: languages.CompletionItemKind.Snippet,
      insertTextRules: languages.CompletionItemInsertTextRule.KeepWhitespace,
      detail: title,
      documentation: text,
      // Before the fields, which are a way to begin too.
      sortText: `!${String(i).padStart(4, '0')}`,
    }),
  );
}

async function provideHover(
  model: Model,
  position: Parameters<Model['getOffsetAt']>[0],
): Promise<languages.Hover | undefined> {
  const client = clients.get(model);
  if (client === undefined || model.getValueLength() > MOST_ASSISTED) return undefined;
  const offset = model.getOffsetAt(position);
  const found = await client.manifest({ kind: 'describe', text: model.getValue(), offset }).catch(() => undefined);
  return found === undefined ? undefined : { range: rangeOf(model, found.from, found.to), contents: wordsOf(found) };
}

function wordsOf({ path, type, values, note }: FieldDescription): { readonly value: string }[] {
  const one = values.length === 0 ? '' : `\n\n${values.map(value => `\`${value}\``).join(', ')}`;
  return [{ value: `\`${path}\`, ${type}${one}` }, ...(note === undefined ? [] : [{ value: note }])];
}
