// What Tab offers behind `kubectl`.

import { beforeAll, describe, expect, it } from 'vitest';
import { createInProcessClient } from '../../../src/client/inProcess.ts';
import { WORLD } from './world.ts';

const client = createInProcessClient();
beforeAll(async () => {
  const opened = await client.open({ kind: 'manifests', text: WORLD });
  if (opened.kind === 'refused') throw new Error(opened.problems.map(({ message }) => message).join('\n'));
  await client.setFiles([{ name: 'web.yaml', text: '' }]);
});

const offered = async (line: string): Promise<readonly string[]> =>
  (await client.complete(line, line.length)).candidates;

describe('completion offers', () => {
  it.each([
    ['verbs', 'kubectl ge', ['get']],
    ['verbs to get help about', 'kubectl help expl', ['explain']],
    ['kinds', 'kubectl get po', ['po', 'poddisruptionbudgets', 'pods']],
    ['kinds after a comma', 'kubectl get pods,stat', ['pods,statefulsets']],
    ['a short name as it is', 'kubectl get svc', ['svc']],
    ['names', 'kubectl get pods cl', ['client']],
    ['names behind a slash', 'kubectl describe deploy/', ['deploy/web']],
    ['names of another namespace', 'kubectl get pods -n shop ', ['broken', 'crash', 'huge', 'talker']],
    ['no name twice', 'kubectl delete pods -n shop broken crash ', ['huge', 'talker']],
    ['flags', 'kubectl get --output-', ['--output-watch-events']],
    ['flags of every verb', 'kubectl version --names', ['--namespace']],
    ['formats', 'kubectl get pods -o js', ['json', 'jsonpath-as-json=', 'jsonpath-file=', 'jsonpath=']],
    ['namespaces', 'kubectl get pods -n sh', ['shop']],
    ['files', 'kubectl get -f w', ['web.yaml']],
    ['subcommands', 'kubectl auth ', ['can-i', 'whoami']],
    ['contexts', 'kubectl config use-context ', ['hoplab']],
    ['Pods, and what has Pods', 'kubectl logs d', ['daemonsets/', 'deployments/']],
    ['containers as a word', 'kubectl logs talker -n shop ', ['other', 'setup', 'talk']],
    ['containers behind -c', 'kubectl logs talker -n shop -c t', ['talk']],
    ['nodes', 'kubectl cordon n', ['node-1', 'node-2']],
    ['kinds that can be scaled', 'kubectl scale s', ['statefulset']],
    ['what to wait for', 'kubectl wait --for c', ['condition=', 'create']],
    ['nothing behind --', 'kubectl exec client -- l', []],
    ['nothing for a verb that is none', 'kubectl nope ', []],
  ])('%s', async (_sentence, line, candidates) => {
    expect(await offered(line)).toEqual(candidates);
  });
});
