// What writing verbs share: dry runs, the requests that change objects, and the line that says what was done.
//
// Read:    kubectl pkg/cmd/util/helpers.go; k8s.io/cli-runtime pkg/printers/name.go, pkg/resource/helper.go.

import type { ApiResponse, Json, JsonObject } from '../../sim/index.ts';
import { listAt, objectAt, textAt } from './fields.ts';
import { formatOf, objectText } from './formats.ts';
import { type ApiResource, pathOf } from './resources.ts';
import { type KubectlCall, KubectlError, print, printWarnings } from './session.ts';
import { asTyped } from './typed.ts';

export type DryRun = 'none' | 'client' | 'server';

/** Reads `--dry-run`. @throws KubectlError when it is none of the three. Source: `GetDryRunStrategy` */
export function dryRunOf({ flags }: KubectlCall): DryRun {
  const value = flags.value('dry-run');
  switch (value) {
    case undefined:
    case 'none':
    case 'false':
      return 'none';
    case 'client':
    case 'unchanged':
    case 'true':
      return 'client';
    case 'server':
      return 'server';
    default:
      throw new KubectlError(`error: Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
  }
}

const SUFFIX: Readonly<Record<DryRun, string>> = { none: '', client: ' (dry run)', server: ' (server dry run)' };

/** The dry run's mark behind what was done: `created (server dry run)`. */
export function dryRunSuffix(call: KubectlCall): string {
  return SUFFIX[dryRunOf(call)];
}

/**
 * Prints what `-o` asks for, or `deployment.apps/web created`.
 * @param form whether kubectl has the object as one of its own types, or as the server sent it
 */
export function printDone(call: KubectlCall, object: Json, done: string, form: 'typed' | 'as sent' = 'as sent'): void {
  const output = call.flags.value('output');
  if (output === undefined || output === '') {
    for (const each of itemsOf(object)) print(call, `${qualifiedName(each)} ${done}${dryRunSuffix(call)}\n`);
    return;
  }
  const format = writeFormat(call);
  print(
    call,
    form === 'typed' ? objectText(asTyped(objectAt(object)), format, 'as they are') : objectText(object, format),
  );
}

/** The same for verbs that do not mark a dry run. */
export function printUnmarked(
  call: KubectlCall,
  object: Json,
  done: string,
  form: 'typed' | 'as sent' = 'as sent',
): void {
  if ((call.flags.value('output') ?? '') === '') print(call, `${qualifiedName(object)} ${done}\n`);
  else printDone(call, object, done, form);
}

/** The formats that writing verbs print: all but tables. */
function writeFormat(call: KubectlCall) {
  const format = formatOf(call);
  if (format.kind !== 'table') return format;
  throw new KubectlError(
    `error: unable to match a printer suitable for the output format "${call.flags.value('output')}", allowed formats are: go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,yaml`,
  );
}

function itemsOf(object: Json): readonly Json[] {
  return textAt(object, 'kind').endsWith('List') ? listAt(object, 'items') : [object];
}

/** `deployment.apps/web`. */
export function qualifiedName(object: Json): string {
  const apiVersion = textAt(object, 'apiVersion');
  const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : '';
  return `${textAt(object, 'kind').toLowerCase()}${group}/${textAt(object, 'metadata', 'name') || '<unknown>'}`;
}

/** Which fields a request is checked for. Source: `GetValidationDirective` */
export function validationOf({ flags }: KubectlCall): 'Strict' | 'Warn' | 'Ignore' {
  const value = flags.value('validate');
  switch (value) {
    case undefined:
    case 'true':
    case 'strict':
      return 'Strict';
    case 'warn':
      return 'Warn';
    case 'false':
    case 'ignore':
      return 'Ignore';
    default:
      throw new KubectlError(
        `error: invalid - validate option "${value}"; must be one of: strict (or true), warn, ignore (or false)`,
      );
  }
}

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

const PATCH_MEDIA: Readonly<Record<PatchType, string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
};

/** A change of the cluster, as a verb sends it. */
export type Change = {
  readonly resource: ApiResource;
  readonly namespace: string | undefined;
  readonly subresource?: string;
  /** `kubectl-create`; absent: the server takes it from the client's own name. */
  readonly manager?: string;
  readonly validation?: 'Strict' | 'Warn' | 'Ignore';
  readonly force?: boolean;
  /** What --dry-run says, unless the verb only ever asks what would be. */
  readonly dryRun?: 'server';
} & (
  | { readonly kind: 'create'; readonly body: Json }
  | { readonly kind: 'replace'; readonly name: string; readonly body: Json }
  | { readonly kind: 'patch'; readonly name: string; readonly type: PatchType; readonly body: Json }
);

const METHOD = { create: 'POST', replace: 'PUT', patch: 'PATCH' } as const;

/** Sends a change and prints the warnings of the answer. A dry run on the client's side sends nothing: ask before. */
export async function send(call: KubectlCall, change: Change): Promise<ApiResponse> {
  const { resource, namespace, subresource, manager, validation, force, dryRun = dryRunOf(call) } = change;
  const name = change.kind === 'create' ? undefined : change.name;
  const owner = manager === undefined ? undefined : (call.flags.value('field-manager') ?? manager);
  const response = await call.context.request({
    method: METHOD[change.kind],
    path: `${pathOf(resource, namespace, name)}${subresource === undefined ? '' : `/${subresource}`}`,
    query: {
      ...(dryRun === 'server' && { dryRun: 'All' }),
      ...(owner !== undefined && { fieldManager: owner }),
      ...(validation !== undefined && { fieldValidation: validation }),
      ...(force === true && { force: 'true' }),
    },
    headers: {
      'content-type': change.kind === 'patch' ? PATCH_MEDIA[change.type] : 'application/json',
      'user-agent': 'kubectl',
    },
    body: change.body,
  });
  printWarnings(call, response);
  return response;
}

/** The whole object as `kubectl` sends it: what Go leaves out, because it is null or has never been set, is not there. */
export function withoutNulls(object: JsonObject): JsonObject {
  const metadata = objectAt(object, 'metadata');
  return JSON.parse(
    JSON.stringify({ ...object, metadata }, (_, value: unknown) => (value === null ? undefined : value)),
  );
}

/** `error: WHAT` with the line that points at the help. Source: `UsageErrorf` */
export function usageError(verb: string, what: string): KubectlError {
  return new KubectlError(`error: ${what}\nSee 'kubectl ${verb} -h' for help and examples`);
}
