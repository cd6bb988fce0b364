// The objects that `-f` names: files of the editor, or `-` for what comes in through a pipe or a here-document.
//
// Models:  files, `-`, several documents, kind List; what can not be read does not stop what can.
// Omits:   directories, URLs, kustomizations.
// Read:    k8s.io/cli-runtime pkg/resource/visitor.go, mapper.go; kubectl pkg/validation.

import { isJsonObject, isLabConfig, type Json, type JsonObject, objectsIn, readManifests } from '../../sim/index.ts';
import { textAt, withMetadata } from './fields.ts';
import { goJson } from './goSyntax.ts';
import { matchesSelector } from './labelSelector.ts';
import { type ApiResource, discover } from './resources.ts';
import { type KubectlCall, KubectlError, ownRefusal, type Refusal } from './session.ts';
import { validationOf } from './writing.ts';

export interface Manifest {
  /** With its namespace. */
  readonly object: JsonObject;
  readonly resource: ApiResource;
  /** Absent for what belongs to no namespace. */
  readonly namespace: string | undefined;
  /** The file's name as messages have it; `STDIN` for a pipe. */
  readonly source: string;
}

export interface ReadFiles {
  readonly manifests: readonly Manifest[];
  readonly problems: readonly Refusal[];
}

/** The objects of `-f`, those that `-l` chooses. @throws KubectlError when a file is not there */
export async function manifestsOf(
  call: KubectlCall,
  names: readonly string[] = call.flags.list('filename'),
): Promise<ReadFiles> {
  const { flags } = call;
  if (flags.value('kustomize') !== undefined)
    throw new KubectlError(
      flags.list('filename').length > 0
        ? 'error: only one of -f or -k can be specified'
        : 'error: the lab has no folders, so that there is nothing to kustomize: name files of the editor with -f',
    );
  const resources = await discover(call);
  const found: Found[] = [];
  const problems: Refusal[] = [];
  for (const name of names.flatMap(name => namesOf(call, name))) {
    const { text, source } = textOf(call, name);
    readFile(call, text, source, resources, found, problems);
  }
  const selector = flags.value('selector') ?? '';
  const manifests = found.flatMap((each): readonly Manifest[] => {
    if (selector !== '' && !matchesSelector(selector, each.object)) return [];
    const placed = placedManifest(call, each);
    if (placed.kind === 'manifest') return [placed.manifest];
    problems.push(placed.problem);
    return [];
  });
  return { manifests, problems };
}

/** An object of a file, whatever namespace it names. */
type Found = Omit<Manifest, 'namespace'>;

/** Puts an object into the namespace of the command. Source: k8s.io/cli-runtime pkg/resource, `RequireNamespace`. */
function placedManifest(
  call: KubectlCall,
  found: Found,
):
  | { readonly kind: 'manifest'; readonly manifest: Manifest }
  | { readonly kind: 'misplaced'; readonly problem: Refusal } {
  if (!found.resource.namespaced) return { kind: 'manifest', manifest: { ...found, namespace: undefined } };
  const stated = textAt(found.object, 'metadata', 'namespace');
  if (call.flags.value('namespace') !== undefined && stated !== '' && stated !== call.namespace) {
    const problem = ownRefusal(
      `the namespace from the provided object ${JSON.stringify(stated)} does not match the namespace ${JSON.stringify(call.namespace)}. You must pass '--namespace=${stated}' to perform this operation.`,
    );
    return { kind: 'misplaced', problem };
  }
  const namespace = stated || call.namespace;
  // What stays on this side is as the file has it.
  if (call.flags.has('local')) return { kind: 'manifest', manifest: { ...found, namespace } };
  return { kind: 'manifest', manifest: { ...found, namespace, object: withMetadata(found.object, { namespace }) } };
}

/** A folder stands for its manifests; the editor has only one. */
function namesOf({ context }: KubectlCall, name: string): readonly string[] {
  if (name !== '.' && name !== './') return [name];
  const found = [...context.files.keys()].filter(file => /\.(?:ya?ml|json)$/.test(file)).sort();
  if (found.length === 0)
    throw new KubectlError('error: error reading [.]: recognized file extensions are [.json .yaml .yml]');
  return found;
}

function textOf(call: KubectlCall, name: string): { readonly text: string; readonly source: string } {
  if (name === '-') return { text: call.context.stdin ?? '', source: 'STDIN' };
  if (/^https?:\/\//.test(name))
    throw new KubectlError(`error: the lab fetches nothing from the network: paste ${name} into the editor`);
  const text = call.context.files.get(name.replace(/^\.\//, ''));
  if (text === undefined) throw new KubectlError(`error: the path "${name}" does not exist`);
  return { text, source: name };
}

function readFile(
  call: KubectlCall,
  text: string,
  source: string,
  resources: readonly ApiResource[],
  manifests: Found[],
  problems: Refusal[],
): void {
  const read = readManifests(text);
  if (read.kind === 'refused') {
    problems.push(ownRefusal(`error parsing ${source}: ${read.reason}`));
    return;
  }
  for (const document of read.documents) {
    const [problem] = document.problems;
    if (document.value === undefined || problem !== undefined) {
      const line = lineInDocument(text, problem?.span.startLine ?? 1);
      problems.push(
        ownRefusal(
          `error parsing ${source}: error converting YAML to JSON: yaml: line ${line}: ${problem?.message ?? 'no value'}`,
        ),
      );
      // kubectl reads no further in this file.
      return;
    }
    // The lab's own configuration travels with the manifests; the API server has no such kind.
    if (isLabConfig(document.value)) continue;
    for (const { value } of objectsIn(document.value))
      if (take(call, value, source, resources, manifests, problems) === 'invalid') return;
  }
}

/** @returns `invalid`: nothing behind it is read. Source: k8s.io/cli-runtime pkg/resource/visitor.go, `StreamVisitor`. */
function take(
  call: KubectlCall,
  value: Json,
  source: string,
  resources: readonly ApiResource[],
  manifests: Found[],
  problems: Refusal[],
): 'taken' | 'invalid' {
  if (!isJsonObject(value)) {
    problems.push(
      ownRefusal(
        `error validating "${source}": error validating data: invalid object to validate; if you choose to ignore these errors, turn validation off with --validate=false`,
      ),
    );
    return 'invalid';
  }
  const apiVersion = textAt(value, 'apiVersion');
  const kind = textAt(value, 'kind');
  const missing = [...(apiVersion === '' ? ['apiVersion not set'] : []), ...(kind === '' ? ['kind not set'] : [])];
  if (missing.length > 0 && validationOf(call) === 'Ignore') {
    const field = kind === '' ? 'Kind' : 'apiVersion';
    problems.push(ownRefusal(`unable to decode "${source}": Object '${field}' is missing in '${goJson(value)}'`));
    return 'taken';
  }
  if (missing.length > 0) {
    const what = missing.length === 1 ? missing.join('') : `[${missing.join(', ')}]`;
    problems.push(
      ownRefusal(
        `error validating "${source}": error validating data: ${what}; if you choose to ignore these errors, turn validation off with --validate=false`,
      ),
    );
    return 'invalid';
  }
  const resource = resources.find(other => other.apiVersion === apiVersion && other.kind === kind);
  if (resource === undefined) {
    const [name, namespace] = [textAt(value, 'metadata', 'name'), textAt(value, 'metadata', 'namespace')];
    problems.push(
      ownRefusal(
        `resource mapping not found for name: "${name}" namespace: "${namespace}" from "${source}": no matches for kind "${kind}" in version "${apiVersion}"\nensure CRDs are installed first`,
      ),
    );
    return 'taken';
  }
  manifests.push({ object: value, resource, source });
  return 'taken';
}

/** kubectl cuts the text at `---` first and counts lines in each piece. */
function lineInDocument(text: string, line: number): number {
  const before = text.split('\n').slice(0, line);
  const separator = before.findLastIndex(content => /^---(\s|$)/.test(content));
  return separator < 0 ? line : Math.max(1, line - separator - 1);
}

/** What could not be read counts as one problem among those of the objects. Source: builder.go, `EagerVisitorList`. */
export function joined(problems: readonly Refusal[]): readonly Refusal[] {
  if (problems.length < 2) return problems;
  const text = `[${problems.map(({ among }) => among).join(', ')}]`;
  return [{ alone: text, among: text }];
}

/** The messages at the end of a command. Source: kubectl pkg/cmd/util/helpers.go, `checkErr`, `MultipleErrors`. */
export function closingMessages(problems: readonly Refusal[]): string {
  const [only] = problems;
  if (only !== undefined && problems.length === 1) return `${only.alone}\n`;
  return problems.map(({ among }) => `${among}\n`).join('');
}
