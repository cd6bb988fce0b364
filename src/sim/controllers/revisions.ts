// The templates that a StatefulSet or DaemonSet has had, kept as ControllerRevisions: for rollouts in parts and for undoing.
//
// Read:    kubernetes pkg/controller/history/controller_history.go; pkg/controller/daemon/update.go, `constructHistory`.

import type { ApiClient } from '../api/client.ts';
import { asJson, canonicalJson, equalJson, isJsonObject } from '../api/json.ts';
import { type ControllerRevision, controllerRevisions } from '../api/kinds/controllerRevision.ts';
import type { PodTemplateSpec } from '../api/kinds/pod.ts';
import type { ApiObject } from '../api/objects.ts';
import type { Json } from '../api/request.ts';
import { controllerReference } from './ownership.ts';

/** An object that keeps revisions of its template. */
export interface Revised extends ApiObject {
  readonly spec: { readonly template: PodTemplateSpec; readonly revisionHistoryLimit: number };
  readonly status?: { readonly collisionCount?: number };
}

/** How a kind of owner names and labels its revisions. */
export interface RevisionStyle {
  /** The last part of the name. `collisions`: how many names were taken already. */
  hashOf(template: PodTemplateSpec, collisions: number): string;
  labelsOf(template: PodTemplateSpec, hash: string): Readonly<Record<string, string>>;
}

export interface History {
  /** The revision of the present template. */
  readonly latest: ControllerRevision;
  /** All of them, the oldest first. */
  readonly all: readonly ControllerRevision[];
  readonly collisions: number;
}

/** Names that are tried before a revision waits for the next change. */
const NAME_ATTEMPTS = 8;

/** The patch that brings a template back: what a revision holds. */
export function templatePatch(template: PodTemplateSpec): Json {
  return asJson({ spec: { template: { ...template, $patch: 'replace' } } });
}

/** The same as Go prints it, with its keys in order: what hashes are made of. */
export function templatePatchText(template: PodTemplateSpec): string {
  return canonicalJson(templatePatch(template)).replace(
    /[<>&\u2028\u2029]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The template that a revision keeps; undefined when somebody has written something else into it. */
export function templateOf({ data }: ControllerRevision): PodTemplateSpec | undefined {
  const spec = isJsonObject(data) ? data.spec : undefined;
  const template = isJsonObject(spec) ? spec.template : undefined;
  if (!isJsonObject(template)) return undefined;
  const { $patch: _patch, ...rest } = template;
  return rest as unknown as PodTemplateSpec;
}

/** Finds or makes the revision of the present template; one that comes back gets the next number. */
export function keepHistory(api: ApiClient, owner: Revised, style: RevisionStyle): History | undefined {
  const known = [...api.list(controllerRevisions, { controller: owner.metadata.uid })].sort(byRevision);
  const collisions = owner.status?.collisionCount ?? 0;
  const data = templatePatch(owner.spec.template);
  const newest = known.at(-1);
  const next = (newest?.revision ?? 0) + 1;
  const same = known.findLast(revision => equalJson(revision.data, data));
  if (same === undefined) return makeRevision(api, owner, style, known, next);
  if (same === newest) return { latest: same, all: known, collisions };
  const updated = api.update(controllerRevisions, { ...same, revision: next });
  const latest = updated.ok ? updated.value : same;
  return { latest, all: [...known.filter(other => other !== same), latest], collisions };
}

function byRevision(a: ControllerRevision, b: ControllerRevision): number {
  return a.revision - b.revision || (a.metadata.name < b.metadata.name ? -1 : 1);
}

function makeRevision(
  api: ApiClient,
  owner: Revised,
  style: RevisionStyle,
  known: readonly ControllerRevision[],
  revision: number,
): History | undefined {
  const { template } = owner.spec;
  const { name, namespace, annotations } = owner.metadata;
  const first = owner.status?.collisionCount ?? 0;
  for (let collisions = first; collisions < first + NAME_ATTEMPTS; collisions++) {
    const hash = style.hashOf(template, collisions);
    const created = api.create(controllerRevisions, {
      apiVersion: 'apps/v1',
      kind: 'ControllerRevision',
      metadata: {
        name: `${name.slice(0, 223)}-${hash}`,
        ...(namespace !== undefined && { namespace }),
        labels: style.labelsOf(template, hash),
        ...(annotations !== undefined && { annotations }),
        ownerReferences: [controllerReference(owner)],
      },
      data: templatePatch(template),
      revision,
    });
    if (created.ok) return { latest: created.value, all: [...known, created.value], collisions };
    if (created.error.reason !== 'AlreadyExists') return undefined;
  }
  return undefined;
}

/** Deletes the oldest revisions that nobody uses, but for as many as are to be kept. */
export function forgetRevisions(api: ApiClient, owner: Revised, { all }: History, live: ReadonlySet<string>): void {
  const idle = all.filter(({ metadata }) => !live.has(metadata.name));
  for (const revision of idle.slice(0, Math.max(0, idle.length - owner.spec.revisionHistoryLimit)))
    api.delete(controllerRevisions, revision.metadata);
}
