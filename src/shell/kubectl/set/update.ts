// How the subcommands of `kubectl set` change objects: the difference goes to the server as a patch.
//
// Read:    kubectl pkg/cmd/set/helper.go, `CalculatePatches`.

import { equalJson, type JsonObject } from '../../../sim/index.ts';
import { changesBetween } from '../applyPatch.ts';
import { objectAt, textAt } from '../fields.ts';
import { DRY_RUN, FILES, fieldManager, PRINT, RECORD, SELECTOR } from '../flagGroups.ts';
import type { FlagTable } from '../flags.ts';
import { withChangeCause } from '../record.ts';
import { type KubectlCall, ownRefusal, type Refusal } from '../session.ts';
import { type Target, type Targets, targetsOf } from '../targets.ts';
import { asTyped } from '../typed.ts';
import { dryRunOf, printDone, send } from '../writing.ts';

export const SET_FLAGS: FlagTable = {
  ...FILES,
  ...PRINT,
  ...DRY_RUN,
  ...SELECTOR,
  ...RECORD,
  ...fieldManager('kubectl-set'),
  all: { kind: 'flag' },
  local: { kind: 'flag' },
};

/** The objects that the words name: with --local those of files, as they stand there. */
export function setTargets(call: KubectlCall, words: readonly string[]): Promise<Targets> {
  return targetsOf(call, { words, as: call.flags.has('local') ? 'written' : 'live' });
}

/** The words of one subcommand. */
export interface Wording {
  /** `set image`, as --record notes it. */
  readonly path: string;
  /** `image updated` */
  readonly done: string;
  /** Stands before what the server says when it refuses. */
  readonly failure: string;
  /** Whether an object that stays as it is gets a line all the same. */
  readonly unchanged: 'silent' | 'told';
}

/** Sends what has changed, and says so. */
export async function sendUpdate(
  call: KubectlCall,
  { resource, namespace, name, object }: Target,
  updated: JsonObject,
  { path, done, failure, unchanged }: Wording,
): Promise<Refusal | undefined> {
  const after = withChangeCause(call, path, updated);
  if (equalJson(object, after) && unchanged === 'silent') return undefined;
  if (call.flags.has('local') || dryRunOf(call) === 'client') {
    printDone(call, asTyped(after), done, 'typed');
    return undefined;
  }
  const response = await send(call, {
    kind: 'patch',
    ...changesBetween(resource, object, after),
    resource,
    namespace,
    name,
    manager: 'kubectl-set',
  });
  if (response.status >= 400) return ownRefusal(`${failure}${textAt(response.body, 'message')}`);
  printDone(call, objectAt(response.body), done, 'typed');
  return undefined;
}

/** `deployments/web`, as messages name an object. */
export function pluralName({ resource, name }: Target): string {
  return `${resource.name}/${name}`;
}
