// kubectl rollout history.
//
// Read:    kubectl pkg/cmd/rollout/rollout_history.go; pkg/polymorphichelpers/history.go.

import { podTemplateLines } from '../describe/podTemplate.ts';
import { FILES, PRINT, SELECTOR } from '../flagGroups.ts';
import { formatOf, objectText } from '../formats.ts';
import { closingMessages } from '../manifests.ts';
import { type KubectlCall, KubectlError, ownRefusal, print, printError, type Refusal } from '../session.ts';
import { alignTabs, DESCRIBE_STYLE } from '../tabwriter.ts';
import { type Target, targetsOf } from '../targets.ts';
import { asTyped } from '../typed.ts';
import type { Verb } from '../verb.ts';
import { qualifiedName } from '../writing.ts';
import { type Revision, revisionsOf } from './revisions.ts';
import { needsResource } from './words.ts';

export const history: Verb = {
  summary: 'View rollout history',
  usage: 'kubectl rollout history (TYPE NAME | TYPE/NAME) [flags]',
  flags: { ...FILES, ...PRINT, ...SELECTOR, revision: { kind: 'number' } },
  run: showHistories,
};

async function showHistories(call: KubectlCall): Promise<number> {
  needsResource(call);
  const revision = Number(call.flags.value('revision') ?? 0);
  if (revision < 0) throw new KubectlError(`error: revision must be a positive integer: ${revision}`);
  const { targets, problems } = await targetsOf(call, { words: call.flags.words, as: 'live', kindAlone: 'all' });
  const refused: Refusal[] = [...problems];
  for (const target of targets) {
    const problem = await showHistory(call, target, revision);
    if (problem !== undefined) refused.push(problem);
  }
  printError(call, closingMessages(refused));
  return refused.length > 0 ? 1 : 0;
}

async function showHistory(call: KubectlCall, target: Target, wanted: number): Promise<Refusal | undefined> {
  const revisions = await revisionsOf(call, target);
  if (revisions === undefined)
    return ownRefusal(`no history viewer has been implemented for ${JSON.stringify(target.resource.kind)}`);
  const chosen = wanted === 0 ? revisions : revisions.filter(({ number }) => number === wanted);
  if (wanted !== 0 && chosen.length === 0) return ownRefusal('unable to find the specified revision');
  const format = formatOf(call);
  if (format.kind !== 'table') {
    const texts = chosen.map(({ object }) => objectText(asTyped(object), format, 'as they are'));
    print(call, texts.join(format.kind === 'yaml' ? '---\n' : ''));
    return undefined;
  }
  const about = wanted === 0 ? '' : `with revision #${wanted}`;
  const text = wanted === 0 ? tableText(revisions) : podTemplateLines(chosen[0]?.template).join('');
  print(call, `${qualifiedName(target.object)} ${about}\n${text}\n`);
  return undefined;
}

function tableText(revisions: readonly Revision[]): string {
  if (revisions.length === 0) return 'No rollout history found.';
  const rows = revisions.map(({ number, cause }) => `${number}\t${cause}\n`);
  return alignTabs(`REVISION\tCHANGE-CAUSE\n${rows.join('')}`, DESCRIBE_STYLE);
}
