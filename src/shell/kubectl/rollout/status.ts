// kubectl rollout status: how far a rollout is, told until it is over.
//
// Read:    kubectl pkg/cmd/rollout/rollout_status.go; pkg/polymorphichelpers/rollout_status.go.

import type { Json } from '../../../sim/index.ts';
import { parseDuration } from '../duration.ts';
import { at, listAt, numberAt, textAt } from '../fields.ts';
import { FILES, SELECTOR } from '../flagGroups.ts';
import { closingMessages } from '../manifests.ts';
import { pathOf } from '../resources.ts';
import { type KubectlCall, KubectlError, ownRefusal, print, printError, type Refusal } from '../session.ts';
import { type Target, targetsOf } from '../targets.ts';
import type { Verb } from '../verb.ts';
import { REVISION } from './revisions.ts';
import { needsResource } from './words.ts';

export const status: Verb = {
  summary: 'Show the status of the rollout',
  usage: 'kubectl rollout status (TYPE NAME | TYPE/NAME) [flags]',
  flags: {
    ...FILES,
    ...SELECTOR,
    revision: { kind: 'number' },
    timeout: { kind: 'duration' },
    watch: { short: 'w', kind: 'flag', initial: 'true' },
  },
  run: showAll,
};

/** How much of the lab's time passes between two looks. */
const STEP_MS = 100;

type Progress =
  | { readonly kind: 'under way' | 'done'; readonly message: string }
  | { readonly kind: 'failed'; readonly problem: string };

async function showAll(call: KubectlCall): Promise<number> {
  needsResource(call);
  const revision = Number(call.flags.value('revision') ?? 0);
  if (revision < 0) throw new KubectlError(`error: revision must be a positive integer: ${revision}`);
  const { targets, problems } = await targetsOf(call, { words: call.flags.words, as: 'live', kindAlone: 'all' });
  const refused: Refusal[] = [...problems];
  for (const target of targets) {
    const outcome = await follow(call, target, revision);
    if (outcome === 'cancelled') return 130;
    if (outcome !== 'over') refused.push(outcome);
  }
  printError(call, closingMessages(refused));
  return refused.length > 0 ? 1 : 0;
}

/** Tells every state that the object goes through. */
async function follow(call: KubectlCall, target: Target, revision: number): Promise<'over' | 'cancelled' | Refusal> {
  const { flags, context } = call;
  const progress = PROGRESS[target.resource.kind];
  if (progress === undefined) return ownRefusal(`no status viewer has been implemented for ${target.resource.kind}`);
  const isWatched = flags.value('watch') === undefined || flags.has('watch');
  const parsed = parseDuration(flags.value('timeout') ?? '0');
  const limit = parsed.kind === 'duration' && parsed.ms > 0 ? context.lab.now + parsed.ms : Number.POSITIVE_INFINITY;
  const path = pathOf(target.resource, target.namespace, target.name);
  let seen = '';
  for (;;) {
    const { status: code, body } = await context.request({ method: 'GET', path });
    if (code >= 400) return ownRefusal('object has been deleted');
    const version = textAt(body, 'metadata', 'resourceVersion');
    if (version !== seen) {
      seen = version;
      const now = progress(body, revision);
      if (now.kind === 'failed') return ownRefusal(now.problem);
      print(call, now.message);
      if (now.kind === 'done' || !isWatched) return 'over';
    }
    if (context.lab.now >= limit) return ownRefusal('timed out waiting for the condition');
    if (context.isCancelled()) return 'cancelled';
    context.sleep(STEP_MS);
    await context.breathe();
  }
}

const count = (value: Json, ...path: readonly string[]): number => numberAt(value, ...path) ?? 0;
const underWay = (message: string): Progress => ({ kind: 'under way', message: `${message}...\n` });
const done = (message: string): Progress => ({ kind: 'done', message: `${message}\n` });
const failed = (problem: string): Progress => ({ kind: 'failed', problem });
const isObserved = (object: Json): boolean =>
  count(object, 'metadata', 'generation') <= count(object, 'status', 'observedGeneration');

const PROGRESS: Readonly<Record<string, (object: Json, revision: number) => Progress>> = {
  Deployment: deploymentProgress,
  DaemonSet: daemonSetProgress,
  StatefulSet: statefulSetProgress,
};

function deploymentProgress(object: Json, revision: number): Progress {
  const name = JSON.stringify(textAt(object, 'metadata', 'name'));
  const running = Number(textAt(object, 'metadata', 'annotations', REVISION) || 0);
  if (revision > 0 && revision !== running)
    return failed(`desired revision (${revision}) is different from the running revision (${running})`);
  if (!isObserved(object)) return underWay('Waiting for deployment spec update to be observed');
  const progressing = listAt(object, 'status', 'conditions').find(each => textAt(each, 'type') === 'Progressing');
  if (textAt(progressing, 'reason') === 'ProgressDeadlineExceeded')
    return failed(`deployment ${name} exceeded its progress deadline`);
  const [wanted, updated] = [count(object, 'spec', 'replicas'), count(object, 'status', 'updatedReplicas')];
  const [all, available] = [count(object, 'status', 'replicas'), count(object, 'status', 'availableReplicas')];
  const waiting = `Waiting for deployment ${name} rollout to finish:`;
  if (updated < wanted) return underWay(`${waiting} ${updated} out of ${wanted} new replicas have been updated`);
  if (all > updated) return underWay(`${waiting} ${all - updated} old replicas are pending termination`);
  if (available < updated) return underWay(`${waiting} ${available} of ${updated} updated replicas are available`);
  return done(`deployment ${name} successfully rolled out`);
}

const NOT_ROLLING = 'rollout status is only available for RollingUpdate strategy type';

function daemonSetProgress(object: Json): Progress {
  const name = JSON.stringify(textAt(object, 'metadata', 'name'));
  if (textAt(object, 'spec', 'updateStrategy', 'type') !== 'RollingUpdate') return failed(NOT_ROLLING);
  if (!isObserved(object)) return underWay('Waiting for daemon set spec update to be observed');
  const wanted = count(object, 'status', 'desiredNumberScheduled');
  const updated = count(object, 'status', 'updatedNumberScheduled');
  const available = count(object, 'status', 'numberAvailable');
  const waiting = `Waiting for daemon set ${name} rollout to finish:`;
  if (updated < wanted) return underWay(`${waiting} ${updated} out of ${wanted} new pods have been updated`);
  if (available < wanted) return underWay(`${waiting} ${available} of ${wanted} updated pods are available`);
  return done(`daemon set ${name} successfully rolled out`);
}

function statefulSetProgress(object: Json): Progress {
  if (textAt(object, 'spec', 'updateStrategy', 'type') !== 'RollingUpdate') return failed(NOT_ROLLING);
  if (count(object, 'status', 'observedGeneration') === 0 || !isObserved(object))
    return underWay('Waiting for statefulset spec update to be observed');
  const wanted = count(object, 'spec', 'replicas');
  const ready = count(object, 'status', 'readyReplicas');
  const updated = count(object, 'status', 'updatedReplicas');
  if (ready < wanted) return underWay(`Waiting for ${wanted - ready} pods to be ready`);
  if (at(object, 'spec', 'updateStrategy', 'rollingUpdate') !== undefined) {
    const partition = count(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition');
    if (updated < wanted - partition)
      return underWay(
        `Waiting for partitioned roll out to finish: ${updated} out of ${wanted - partition} new pods have been updated`,
      );
    return done(`partitioned roll out complete: ${updated} new pods have been updated...`);
  }
  const revision = textAt(object, 'status', 'updateRevision');
  if (revision !== textAt(object, 'status', 'currentRevision'))
    return underWay(`waiting for statefulset rolling update to complete ${updated} pods at revision ${revision}`);
  const current = count(object, 'status', 'currentReplicas');
  return done(`statefulset rolling update complete ${current} pods at revision ${revision}...`);
}
