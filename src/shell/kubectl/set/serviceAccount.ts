// kubectl set serviceaccount.
//
// Read:    kubectl pkg/cmd/set/set_serviceaccount.go.

import { objectAt } from '../fields.ts';
import { closingMessages } from '../manifests.ts';
import { type KubectlCall, KubectlError, printError, type Refusal } from '../session.ts';
import type { Verb } from '../verb.ts';
import { podSpecPlace, withValue } from './podSpec.ts';
import { SET_FLAGS, sendUpdate, setTargets } from './update.ts';

export const serviceAccount: Verb = {
  summary: 'Update the service account of a resource',
  usage: 'kubectl set serviceaccount (-f FILENAME | TYPE NAME) SERVICE_ACCOUNT',
  aliases: ['sa'],
  flags: SET_FLAGS,
  run: setServiceAccount,
};

async function setServiceAccount(call: KubectlCall): Promise<number> {
  const { words } = call.flags;
  const serviceAccountName = words.at(-1);
  if (serviceAccountName === undefined) throw new KubectlError('error: serviceaccount is required');
  const { targets, problems } = await setTargets(call, words.slice(0, -1));
  const refused: Refusal[] = [...problems];
  for (const target of targets) {
    const place = podSpecPlace(target);
    if (place.kind === 'none') {
      refused.push(place.problem);
      continue;
    }
    const updated = { ...objectAt(target.object, ...place.path), serviceAccountName };
    const problem = await sendUpdate(call, target, withValue(target.object, place.path, updated), {
      path: 'set serviceaccount',
      done: 'serviceaccount updated',
      failure: 'failed to patch ServiceAccountName ',
      unchanged: 'told',
    });
    if (problem !== undefined) refused.push(problem);
  }
  printError(call, closingMessages(refused));
  return refused.length > 0 ? 1 : 0;
}
