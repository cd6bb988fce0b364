// kubectl rollout undo.
//
// Read:    kubectl pkg/cmd/rollout/rollout_undo.go; pkg/polymorphichelpers/rollback.go.

import { equalJson, type JsonObject } from '../../../sim/index.ts';
import { podTemplateLines } from '../describe/podTemplate.ts';
import { at, objectAt } from '../fields.ts';
import { DRY_RUN, FILES, PRINT, SELECTOR } from '../flagGroups.ts';
import { LAST_APPLIED } from '../lastApplied.ts';
import { closingMessages } from '../manifests.ts';
import { type KubectlCall, ownRefusal, printError, type Refusal, serverRefusal } from '../session.ts';
import { type Target, targetsOf } from '../targets.ts';
import type { Verb } from '../verb.ts';
import { type Change, dryRunOf, printDone, send } from '../writing.ts';
import { REVISION, type Revision, revisionsOf, withoutHash } from './revisions.ts';
import { needsResource } from './words.ts';

export const undo: Verb = {
  summary: 'Undo a previous rollout',
  usage: 'kubectl rollout undo (TYPE NAME | TYPE/NAME) [flags]',
  flags: { ...FILES, ...PRINT, ...DRY_RUN, ...SELECTOR, 'to-revision': { kind: 'number' } },
  run: undoAll,
};

async function undoAll(call: KubectlCall): Promise<number> {
  needsResource(call);
  dryRunOf(call);
  const { targets, problems } = await targetsOf(call, { words: call.flags.words, as: 'live', kindAlone: 'all' });
  const refused: Refusal[] = [...problems];
  for (const target of targets) {
    const problem = await undoOne(call, target, Number(call.flags.value('to-revision') ?? 0));
    if (problem !== undefined) refused.push(problem);
  }
  printError(call, closingMessages(refused));
  return refused.length > 0 ? 1 : 0;
}

async function undoOne(call: KubectlCall, target: Target, wanted: number): Promise<Refusal | undefined> {
  const { resource, object } = target;
  const kind = resource.kind;
  const revisions = await revisionsOf(call, target);
  if (revisions === undefined) return ownRefusal(`no rollbacker has been implemented for ${JSON.stringify(kind)}`);
  if (wanted < 0) return ownRefusal(`unable to find specified revision ${wanted} in history`);
  const chosen = wanted === 0 ? revisions.at(-2) : revisions.find(({ number }) => number === wanted);
  if (chosen === undefined) return ownRefusal(notFound(target, wanted));
  if (dryRunOf(call) === 'client') {
    printDone(call, object, podTemplateLines(chosen.template).join(''));
    return undefined;
  }
  if (kind === 'Deployment' && at(object, 'spec', 'paused') === true)
    return ownRefusal(
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    );
  const template = objectAt(object, 'spec', 'template');
  const isSame = equalJson(withoutHash(chosen.template), withoutHash(template));
  if (isSame && dryRunOf(call) === 'none') {
    printDone(call, object, `skipped rollback (current template already matches revision ${wanted || chosen.number})`);
    return undefined;
  }
  const response = await send(call, rollback(target, chosen));
  if (response.status >= 400) {
    const { among } = serverRefusal(response);
    return ownRefusal(`failed restoring revision ${wanted}: ${among.replace(/^Error from server(?: \(\w+\))?: /, '')}`);
  }
  printDone(call, object, 'rolled back');
  return undefined;
}

function notFound({ resource, name }: Target, wanted: number): string {
  if (wanted !== 0) return `unable to find specified revision ${wanted} in history`;
  return resource.kind === 'Deployment'
    ? `no rollout history found for deployment ${JSON.stringify(name)}`
    : 'no last revision to roll back to';
}

/** Annotations of a Deployment that are not those of a revision. */
const KEPT = [
  LAST_APPLIED,
  REVISION,
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
];

function rollback({ resource, namespace, name, object }: Target, { template, object: keeper }: Revision): Change {
  const change = { kind: 'patch', resource, namespace, name } as const;
  if (resource.kind !== 'Deployment') return { ...change, type: 'strategic', body: objectAt(keeper, 'data') };
  const entries = (from: JsonObject, isKept: boolean) =>
    Object.entries(objectAt(from, 'metadata', 'annotations')).filter(([key]) => KEPT.includes(key) === isKept);
  const annotations = Object.fromEntries([...entries(object, true), ...entries(keeper, false)]);
  return {
    ...change,
    type: 'json',
    body: [
      { op: 'replace', path: '/spec/template', value: withoutHash(template) },
      { op: 'replace', path: '/metadata/annotations', value: annotations },
    ],
  };
}
