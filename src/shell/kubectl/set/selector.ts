// kubectl set selector: of Services.
//
// Models:  selectors of equalities; a Service has no others.
// Read:    kubectl pkg/cmd/set/set_selector.go.

import { closingMessages } from '../manifests.ts';
import { type KubectlCall, KubectlError, ownRefusal, printError, type Refusal } from '../session.ts';
import type { Verb } from '../verb.ts';
import { withValue } from './podSpec.ts';
import { SET_FLAGS, sendUpdate, setTargets } from './update.ts';

export const selector: Verb = {
  summary: 'Set the selector on a resource',
  usage: 'kubectl set selector (-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]',
  flags: { ...SET_FLAGS, 'resource-version': { kind: 'value' } },
  run: setSelector,
};

async function setSelector(call: KubectlCall): Promise<number> {
  const { words } = call.flags;
  const text = words.at(-1);
  if (text === undefined)
    throw new KubectlError('error: one or more resources must be specified as <resource> <name> or <resource>/<name>');
  const { targets, problems } = await setTargets(call, words.slice(0, -1));
  const refused: Refusal[] = [...problems];
  const wanted = labelsIn(text);
  for (const target of targets) {
    if (target.resource.kind !== 'Service') {
      refused.push(ownRefusal('setting a selector is only supported for Services'));
      continue;
    }
    const problem = await sendUpdate(call, target, withValue(target.object, ['spec', 'selector'], wanted), {
      path: 'set selector',
      done: 'selector updated',
      failure: '',
      unchanged: 'told',
    });
    if (problem !== undefined) refused.push(problem);
  }
  printError(call, closingMessages(refused));
  return refused.length > 0 ? 1 : 0;
}

/** `app=web,tier=front` */
function labelsIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split(',').map(part => {
      const [, key, value = '', stray] = /^\s*([^\s=!]+)\s*==?\s*([^\s=]*)(?:\s+(\S+))?\s*$/.exec(part) ?? [];
      if (key === undefined)
        throw new KubectlError(`error: the selector of a Service is made of key=value: ${JSON.stringify(text)}`);
      if (stray !== undefined)
        throw new KubectlError(
          `error: couldn't parse the selector string ${JSON.stringify(text)}: found '${stray}', expected: ',' or 'end of string'`,
        );
      return [key, value] as const;
    }),
  );
}
