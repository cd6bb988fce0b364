// kubectl rollout pause, resume and restart.
//
// Read:    kubectl pkg/cmd/rollout/rollout_pause.go, rollout_resume.go, rollout_restart.go;
//          pkg/polymorphichelpers/objectpauser.go, objectresumer.go, objectrestarter.go.

import { type JsonObject, timestamp } from '../../../sim/index.ts';
import { at, objectAt, textAt } from '../fields.ts';
import { FILES, fieldManager, PRINT, SELECTOR } from '../flagGroups.ts';
import { closingMessages } from '../manifests.ts';
import { type KubectlCall, ownRefusal, printError, type Refusal, serverRefusal } from '../session.ts';
import { type Target, targetsOf } from '../targets.ts';
import type { Verb } from '../verb.ts';
import { printDone, send } from '../writing.ts';
import { needsResource } from './words.ts';

/** What is sent for one object, or why nothing is. */
type Wanted =
  | { readonly kind: 'patch'; readonly body: JsonObject }
  | { readonly kind: 'refused'; readonly problem: Refusal };

interface Action {
  readonly done: string;
  wanted(target: Target, call: KubectlCall): Wanted;
}

const refused = (message: string): Wanted => ({ kind: 'refused', problem: ownRefusal(message) });
const isPaused = ({ object }: Target): boolean => at(object, 'spec', 'paused') === true;

/** `deployments.apps "web"`. */
function about({ resource, name }: Target): string {
  const { name: plural, group } = resource;
  return `${group === '' ? plural : `${plural}.${group}`} ${JSON.stringify(name)}`;
}

const PAUSE: Action = {
  done: 'paused',
  wanted(target) {
    if (target.resource.kind !== 'Deployment') return refused(`${about(target)} pausing is not supported`);
    if (isPaused(target)) return refused(`${about(target)} is already paused`);
    return { kind: 'patch', body: { spec: { paused: true } } };
  },
};

const RESUME: Action = {
  done: 'resumed',
  wanted(target) {
    if (target.resource.kind !== 'Deployment') return refused(`${about(target)} resuming is not supported`);
    if (!isPaused(target)) return refused(`${about(target)} is not paused`);
    return { kind: 'patch', body: { spec: { paused: null } } };
  },
};

const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

const RESTART: Action = {
  done: 'restarted',
  wanted(target, call) {
    if (!['Deployment', 'DaemonSet', 'StatefulSet'].includes(target.resource.kind))
      return refused(`${about(target)} restarting is not supported`);
    if (isPaused(target)) return refused(`${about(target)} can't restart paused deployment (run rollout resume first)`);
    const now = timestamp(call.context.lab.now);
    if (textAt(target.object, 'spec', 'template', 'metadata', 'annotations', RESTARTED_AT) === now)
      return refused(
        `failed to create patch for ${target.name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`,
      );
    return {
      kind: 'patch',
      body: { spec: { template: { metadata: { annotations: { [RESTARTED_AT]: now } } } } },
    };
  },
};

function verbOf(name: string, summary: string, action: Action): Verb {
  return {
    summary,
    usage: `kubectl rollout ${name} RESOURCE`,
    flags: { ...FILES, ...PRINT, ...SELECTOR, ...fieldManager('kubectl-rollout') },
    run: call => changeAll(call, action),
  };
}

export const pause = verbOf('pause', 'Mark the provided resource as paused', PAUSE);
export const resume = verbOf('resume', 'Resume a paused resource', RESUME);
export const restart = verbOf('restart', 'Restart a resource', RESTART);

async function changeAll(call: KubectlCall, action: Action): Promise<number> {
  needsResource(call);
  const { targets, problems } = await targetsOf(call, { words: call.flags.words, as: 'live', kindAlone: 'all' });
  const all: Refusal[] = [...problems];
  for (const target of targets) {
    const wanted = action.wanted(target, call);
    if (wanted.kind === 'refused') {
      all.push(wanted.problem);
      continue;
    }
    const { resource, namespace, name } = target;
    const response = await send(call, {
      kind: 'patch',
      type: 'strategic',
      name,
      resource,
      namespace,
      manager: 'kubectl-rollout',
      body: wanted.body,
    });
    if (response.status >= 400) {
      const { alone, among } = serverRefusal(response);
      all.push(ownRefusal(`failed to patch: ${(among || alone).replace(/^Error from server \(\w+\): /, '')}`));
    } else printDone(call, objectAt(response.body), action.done, 'typed');
  }
  printError(call, closingMessages(all));
  return all.length > 0 ? 1 : 0;
}
