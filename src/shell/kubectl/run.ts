// kubectl run: one Pod from the command line.
//
// Models:  --image, --port, --labels, --env, --expose, --restart=Never|Always|OnFailure, --dry-run, -o; `--rm -it -- COMMAND`.
// Omits:   a command of the Pod's own without --rm (images here run what they run), overrides.
// Read:    kubectl pkg/cmd/run/run.go, pkg/generate/versioned/run.go.

import type { JsonObject } from '../../sim/index.ts';
import { createObject, numberFlag } from './create.ts';
import { runInPod } from './exec.ts';
import type { FlagTable } from './flags.ts';
import { type KubectlCall, KubectlError, print, printError } from './session.ts';
import { waitUntil } from './waiting.ts';

export const RUN_FLAGS: FlagTable = {
  image: { kind: 'value' },
  port: { kind: 'value' },
  labels: { short: 'l', kind: 'value' },
  env: { kind: 'list' },
  restart: { kind: 'value' },
  rm: { kind: 'flag' },
  stdin: { short: 'i', kind: 'flag' },
  tty: { short: 't', kind: 'flag' },
  command: { kind: 'flag' },
  quiet: { short: 'q', kind: 'flag' },
  'dry-run': { kind: 'value', bare: 'unchanged' },
  output: { short: 'o', kind: 'value' },
};

export async function run(call: KubectlCall): Promise<number> {
  const { flags } = call;
  const [name, ...rest] = flags.words;
  if (name === undefined)
    throw new KubectlError("error: NAME is required for run\nSee 'kubectl run -h' for help and examples");
  const image = flags.value('image');
  if (image === undefined) throw new KubectlError('error: required flag(s) "image" not set');
  if (/\s/.test(image) || image === '')
    throw new KubectlError(`error: Invalid image name "${image}": invalid reference format`);
  const words = [...rest, ...(flags.after ?? [])];
  const isAttached = flags.has('stdin');
  if (flags.has('rm') && !isAttached) throw new KubectlError('error: --rm should only be used for attached containers');
  if (words.length > 0 && flags.value('dry-run') === undefined && !(isAttached && flags.has('rm')))
    throw new KubectlError(
      `error: the images of this lab run what they run; for a command of its own: kubectl run ${name} --image=${image} -i --rm --restart=Never -- ${words.join(' ')}`,
    );
  if (!isAttached || flags.value('dry-run') !== undefined) return createObject(call, podOf(call, name, image, words));
  if (words.length === 0 || /^(?:\/bin\/)?(?:ba|a)?sh$/.test(words.join(' ')))
    throw new KubectlError(
      `error: the lab opens a shell in a Pod that is there already: kubectl run ${name} --image=${image}, then kubectl exec -it ${name} -- sh`,
    );
  return runOnce(call, name, image, words);
}

/** Creates the Pod, runs the words in it when it is up, and deletes it. */
async function runOnce(call: KubectlCall, name: string, image: string, words: readonly string[]): Promise<number> {
  const silent: KubectlCall = {
    ...call,
    context: {
      ...call.context,
      output: { write: (stream, text) => (stream === 'err' ? call.context.output.write(stream, text) : undefined) },
    },
  };
  await createObject(silent, podOf(call, name, image, words));
  const isUp = await waitUntil(call, () => call.context.lab.container(call.namespace, name).kind === 'found');
  let code = 130;
  try {
    if (isUp) code = await runInPod(call, name, undefined, words);
    else printError(call, 'error: timed out waiting for the condition\n');
  } finally {
    await call.context.request({
      method: 'DELETE',
      path: `/api/v1/namespaces/${call.namespace}/pods/${encodeURIComponent(name)}`,
      headers: { 'user-agent': 'kubectl' },
      body: { gracePeriodSeconds: 0 },
    });
    if (!call.flags.has('quiet')) print(call, `pod "${name}" deleted from ${call.namespace} namespace\n`);
  }
  return code;
}

function podOf(call: KubectlCall, name: string, image: string, words: readonly string[]): JsonObject {
  const { flags } = call;
  const port = numberFlag(call, 'port');
  const restart = flags.value('restart') ?? 'Always';
  if (!['Always', 'OnFailure', 'Never'].includes(restart))
    throw new KubectlError(`error: invalid restart policy: ${restart}\nSee 'kubectl run -h' for help and examples`);
  const env = flags.list('env').map(pair => {
    const at = pair.indexOf('=');
    if (at <= 0) throw new KubectlError(`error: invalid env: ${pair}`);
    return { name: pair.slice(0, at), value: pair.slice(at + 1) };
  });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { labels: labelsOf(flags.value('labels')) ?? { run: name }, name },
    spec: {
      containers: [
        {
          ...(words.length > 0 && { [flags.has('command') ? 'command' : 'args']: words }),
          ...(env.length > 0 && { env }),
          image,
          name,
          ...(port !== undefined && { ports: [{ containerPort: port }] }),
          resources: {},
        },
      ],
      dnsPolicy: 'ClusterFirst',
      restartPolicy: restart,
    },
    status: {},
  };
}

/** `app=web,tier=front`. Source: kubectl pkg/generate/generate.go, `ParseLabels`. */
export function labelsOf(text: string | undefined): JsonObject | undefined {
  if (text === undefined || text === '') return undefined;
  return Object.fromEntries(
    text.split(',').map(pair => {
      const parts = pair.split('=');
      if (parts.length !== 2) throw new KubectlError(`error: unexpected label spec: ${pair}`);
      return parts as [string, string];
    }),
  );
}
