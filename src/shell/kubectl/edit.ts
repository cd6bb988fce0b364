// kubectl edit: an object in a tab of the editor. The first time the line opens the tab, the next time it sends what was
// changed there: the resourceVersion in the tab says whether the two belong together.
//
// Models:  one object at a time, as YAML or with -o json; the reasons of a refusal above the object, as kubectl writes them.
// Omits:   files (-f), several objects at once, --output-patch.
// Read:    kubectl pkg/cmd/util/editor/editoptions.go.

import { equalJson, isJsonObject, type JsonObject, readManifests } from '../../sim/index.ts';
import { changesBetween } from './applyPatch.ts';
import { listAt, textAt, withMetadata } from './fields.ts';
import { fieldManager, PRINT, RECORD, SAVE_CONFIG, VALIDATE } from './flagGroups.ts';
import { goJson } from './goSyntax.ts';
import { withLastApplied } from './lastApplied.ts';
import { withChangeCause } from './record.ts';
import { type KubectlCall, KubectlError, printError, serverRefusal } from './session.ts';
import { allTargetsOf, type Target } from './targets.ts';
import type { Verb } from './verb.ts';
import { printDone, send, validationOf } from './writing.ts';
import { yamlText } from './yamlText.ts';

export const edit: Verb = {
  summary: 'Edit a resource on the server',
  usage: 'kubectl edit (RESOURCE/NAME | RESOURCE NAME)',
  flags: {
    ...PRINT,
    ...SAVE_CONFIG,
    ...VALIDATE,
    ...RECORD,
    ...fieldManager('kubectl-edit'),
    subresource: { kind: 'value' },
    'windows-line-endings': { kind: 'flag' },
  },
  run: editOne,
};

const HEAD = `# Please edit the object below. Lines beginning with a '#' will be ignored,
# and an empty file will abort the edit. If an error occurs while saving this file will be
# reopened with the relevant failures.
#
`;

async function editOne(call: KubectlCall): Promise<number> {
  const targets = await allTargetsOf(call, { words: call.flags.words, as: 'live', kindAlone: 'all' });
  const [target] = targets;
  if (target === undefined) return cancelled(call, 'Edit cancelled, no objects found.');
  if (targets.length > 1) throw new KubectlError('error: this kubectl edits one object at a time: name one of them');
  const name = tabOf(call, target);
  const text = call.context.files.get(name);
  const read = text === undefined ? { kind: 'absent' as const } : readTab(text);
  if (read.kind === 'object' && versionOf(read.object) === versionOf(target.object))
    return save(call, target, name, read.object);
  if (read.kind === 'unreadable') return refused(call, target, name, text ?? '', [read.problem]);
  if (read.kind === 'empty') {
    openTab(call, name, HEAD + textOf(call, target));
    return cancelled(call, 'Edit cancelled, saved file was empty.');
  }
  openTab(call, name, HEAD + textOf(call, target));
  return 0;
}

const versionOf = (object: JsonObject): string => textAt(object, 'metadata', 'resourceVersion');

function cancelled(call: KubectlCall, message: string): number {
  printError(call, `${message}\n`);
  return 0;
}

function openTab({ context }: KubectlCall, name: string, text: string): void {
  if (context.openFile === undefined) throw new KubectlError('error: there is no editor here');
  context.openFile(name, text);
}

/** `edit-deployment-web.yaml`; another namespace is named. */
function tabOf({ flags }: KubectlCall, { resource, namespace, name }: Target): string {
  const place = namespace === undefined || namespace === 'default' ? '' : `${namespace}-`;
  const ending = flags.value('output') === 'json' ? 'json' : 'yaml';
  return `${`edit-${resource.kind.toLowerCase()}-${place}${name}`.slice(0, 95).replaceAll(/[^\w.-]/g, '-')}.${ending}`;
}

function textOf(call: KubectlCall, { object }: Target): string {
  const shown = call.flags.has('show-managed-fields') ? object : withMetadata(object, { managedFields: undefined });
  return call.flags.value('output') === 'json' ? `${goJson(shown, 4)}\n` : yamlText(shown);
}

type Tab =
  | { readonly kind: 'object'; readonly object: JsonObject }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unreadable'; readonly problem: string };

function readTab(text: string): Tab {
  const body = text.replaceAll(/^#.*\n?/gm, '');
  if (body.trim() === '') return { kind: 'empty' };
  const read = readManifests(body);
  const [document] = read.kind === 'documents' ? read.documents : [];
  const [problem] = document?.problems ?? [];
  if (problem !== undefined || !isJsonObject(document?.value))
    return { kind: 'unreadable', problem: problem?.message ?? 'it is no object' };
  return { kind: 'object', object: document.value };
}

async function save(call: KubectlCall, target: Target, tab: string, edited: JsonObject): Promise<number> {
  const { resource, namespace, name, object } = target;
  const live = withMetadata(object, call.flags.has('show-managed-fields') ? {} : { managedFields: undefined });
  if (equalJson(live, edited)) return cancelled(call, 'Edit cancelled, no changes made.');
  const isSame = (field: string): boolean => textAt(edited, field) === textAt(object, field);
  if (!isSame('apiVersion') || !isSame('kind') || textAt(edited, 'metadata', 'name') !== name) {
    printError(call, stored(tab));
    throw new KubectlError('error: At least one of apiVersion, kind and name was changed');
  }
  const noted = withChangeCause(call, 'edit', edited);
  const after = call.flags.has('save-config') ? withLastApplied(noted) : noted;
  const subresource = call.flags.value('subresource') || undefined;
  const response = await send(call, {
    kind: 'patch',
    ...changesBetween(resource, live, after),
    resource,
    namespace,
    name,
    manager: 'kubectl-edit',
    validation: validationOf(call),
    ...(subresource !== undefined && { subresource }),
  });
  if (response.status < 400) {
    printDone(call, response.body, 'edited');
    return 0;
  }
  const causes = listAt(response.body, 'details', 'causes').map(
    cause => `${textAt(cause, 'field')}: ${textAt(cause, 'message')}`,
  );
  const reasons = causes.length > 0 ? causes : [serverRefusal(response).alone];
  return refused(call, target, tab, call.context.files.get(tab) ?? '', reasons);
}

const stored = (tab: string): string => `A copy of your changes has been stored to ${JSON.stringify(tab)}\n`;

/** The tab keeps what was written, with what is wrong about it above. */
function refused(
  call: KubectlCall,
  { resource, name }: Target,
  tab: string,
  text: string,
  reasons: readonly string[],
): number {
  const about = `${resource.group === '' ? resource.name : `${resource.name}.${resource.group}`} ${JSON.stringify(name)}`;
  const list = reasons.map(reason => `# * ${reason}\n`).join('');
  const body = text.replaceAll(/^#.*\n?/gm, '');
  openTab(call, tab, `${HEAD}# ${about} was not valid:\n${list}#\n${body}`);
  printError(call, `error: ${about} is invalid\n${stored(tab)}error: Edit cancelled, no valid changes were saved.\n`);
  return 1;
}
