// kubectl set subject: who a role binding is for.
//
// Read:    kubectl pkg/cmd/set/set_subject.go.

import { equalJson } from '../../../sim/index.ts';
import { subjectsOf } from '../create/rbac.ts';
import { listAt } from '../fields.ts';
import { closingMessages } from '../manifests.ts';
import { type KubectlCall, KubectlError, printError, type Refusal } from '../session.ts';
import type { Verb } from '../verb.ts';
import { SET_FLAGS, sendUpdate, setTargets } from './update.ts';

export const subject: Verb = {
  summary: 'Update the user, group, or service account in a role binding or cluster role binding',
  usage:
    'kubectl set subject (-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
  flags: { ...SET_FLAGS, group: { kind: 'words' }, serviceaccount: { kind: 'words' }, user: { kind: 'words' } },
  run: setSubjects,
};

async function setSubjects(call: KubectlCall): Promise<number> {
  const { targets, problems } = await setTargets(call, call.flags.words);
  const wanted = subjectsOf(call);
  if (wanted.length === 0)
    throw new KubectlError('error: you must specify at least one value of user, group or serviceaccount');
  const refused: Refusal[] = [...problems];
  for (const target of targets) {
    const now = listAt(target.object, 'subjects');
    const added = wanted.filter(each => !now.some(other => equalJson(other, each)));
    const updated = { ...target.object, subjects: [...now, ...added] };
    const problem = await sendUpdate(call, target, updated, {
      path: 'set subject',
      done: 'subjects updated',
      failure: 'failed to patch subjects to rolebinding: ',
      unchanged: 'silent',
    });
    if (problem !== undefined) refused.push(problem);
  }
  printError(call, closingMessages(refused));
  return refused.length > 0 ? 1 : 0;
}
