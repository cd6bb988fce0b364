// kubectl run: one Pod from the command line.
//
// Models:  the Pod's flags, --expose, --dry-run, -o; `--rm -it -- COMMAND`, whose words run in the Pod when it is up.
// Omits:   --overrides; attaching to a container's own process.
// Read:    kubectl pkg/cmd/run/run.go.

import type { JsonObject } from '../../sim/index.ts';
import { createMade, inNamedNamespace } from './createMade.ts';
import { runInPod } from './exec.ts';
import { labelsOf } from './expose.ts';
import { objectAt } from './fields.ts';
import { DELETION, DRY_RUN, FILES, fieldManager, PRINT, RECORD, SAVE_CONFIG } from './flagGroups.ts';
import { type KubectlCall, KubectlError, print, printError } from './session.ts';
import type { Verb } from './verb.ts';
import { waitUntil } from './waiting.ts';
import { dryRunOf, usageError } from './writing.ts';

export const run: Verb = {
  summary: 'Run a particular image on the cluster',
  usage:
    'kubectl run NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...]',
  flags: {
    ...FILES,
    ...PRINT,
    ...DRY_RUN,
    ...SAVE_CONFIG,
    ...RECORD,
    ...DELETION,
    ...fieldManager('kubectl-run'),
    annotations: { kind: 'list' },
    attach: { kind: 'flag' },
    command: { kind: 'flag' },
    env: { kind: 'list' },
    expose: { kind: 'flag' },
    image: { kind: 'value', isRequired: true },
    'image-pull-policy': { kind: 'value' },
    labels: { short: 'l', kind: 'value' },
    'leave-stdin-open': { kind: 'flag' },
    'override-type': { kind: 'value', initial: "'merge'" },
    overrides: { kind: 'value' },
    'pod-running-timeout': { kind: 'duration', initial: '1m0s' },
    port: { kind: 'value' },
    privileged: { kind: 'flag' },
    quiet: { short: 'q', kind: 'flag' },
    restart: { kind: 'value', initial: "'Always'" },
    rm: { kind: 'flag' },
    stdin: { short: 'i', kind: 'flag' },
    tty: { short: 't', kind: 'flag' },
  },
  run: runPod,
};

async function runPod(call: KubectlCall): Promise<number> {
  const { flags } = call;
  const [name, ...rest] = flags.words;
  if (name === undefined) throw usageError('run', 'NAME is required for run');
  const image = flags.value('image') ?? '';
  if (image === '') throw new KubectlError('error: --image is required');
  if (!isImageReference(image))
    throw new KubectlError(`error: Invalid image name ${JSON.stringify(image)}: invalid reference format`);
  const words = [...rest, ...(flags.after ?? [])];
  const isAttached = flags.has('stdin') || flags.has('attach');
  if (flags.has('tty') && !flags.has('stdin'))
    throw new KubectlError('error: -i/--stdin is required for containers with -t/--tty=true');
  if (flags.has('expose') && (flags.value('port') ?? '') === '')
    throw usageError('run', '--port must be set when exposing a service');
  const dryRun = dryRunOf(call);
  if (dryRun !== 'none' && flags.has('rm')) throw usageError('run', '--rm should only be used for attached containers');
  if (flags.has('rm') && !isAttached) throw usageError('run', '--rm should only be used for attached containers');
  if (isAttached && dryRun !== 'none')
    throw new KubectlError(
      "error: --dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)",
    );
  if (flags.value('overrides') !== undefined)
    throw new KubectlError(
      'error: this kubectl has no --overrides: print the Pod with --dry-run=client -o yaml, change it and create it',
    );
  const pod = podOf(call, name, image, words);
  if (isAttached) return attachedRun(call, name, pod, words);
  if (flags.has('expose')) await createOne(call, serviceFor(call, name, pod));
  await createOne(call, pod);
  return 0;
}

/** Source: github.com/distribution/reference: names in lower case, a tag, a digest. */
function isImageReference(image: string): boolean {
  return /^(?:[\w.-]+(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*(?::\w[\w.-]{0,127})?(?:@[A-Za-z][\w+.-]*:[0-9a-fA-F]{32,})?$/.test(
    image,
  );
}

function createOne(call: KubectlCall, made: JsonObject): Promise<void> {
  return createMade(call, inNamedNamespace(call, made), {
    done: 'created',
    manager: 'kubectl-run',
    namespace: call.namespace,
  });
}

/**
 * Creates the Pod, runs the words in it when it is up, and with --rm deletes it. The container itself runs what its
 * image runs: the words are run beside it, as `kubectl exec` does.
 */
async function attachedRun(
  call: KubectlCall,
  name: string,
  pod: JsonObject,
  words: readonly string[],
): Promise<number> {
  const { flags, context } = call;
  if (!flags.has('rm') || words.length === 0 || /^(?:\/bin\/)?(?:ba|a)?sh$/.test(words.join(' ')))
    throw new KubectlError(
      `error: the lab opens a shell in a Pod that is there already: kubectl run ${name} --image=${flags.value('image')}, then kubectl exec -it ${name} -- sh`,
    );
  const quiet: KubectlCall = {
    ...call,
    context: {
      ...context,
      output: { write: (stream, text) => (stream === 'err' ? context.output.write(stream, text) : undefined) },
    },
  };
  await createOne(quiet, withoutCommand(pod));
  const isUp = await waitUntil(call, () => context.lab.container(call.namespace, name).kind === 'found');
  let code = 130;
  try {
    if (isUp) code = await runInPod(call, name, undefined, words);
    else printError(call, 'error: timed out waiting for the condition\n');
  } finally {
    await context.request({
      method: 'DELETE',
      path: `/api/v1/namespaces/${call.namespace}/pods/${encodeURIComponent(name)}`,
      headers: { 'user-agent': 'kubectl' },
      body: { gracePeriodSeconds: 0 },
    });
    if (!flags.has('quiet')) print(call, `pod "${name}" deleted\n`);
  }
  return code;
}

function withoutCommand(pod: JsonObject): JsonObject {
  const spec = objectAt(pod, 'spec');
  const [container] = Array.isArray(spec.containers) ? spec.containers : [];
  const { args: _args, command: _command, ...rest } = objectAt(container);
  return { ...pod, spec: { ...spec, containers: [rest] } };
}

function podOf(call: KubectlCall, name: string, image: string, words: readonly string[]): JsonObject {
  const { flags } = call;
  const restart = flags.value('restart') || 'Always';
  if (!['Always', 'OnFailure', 'Never'].includes(restart))
    throw usageError('run', `invalid restart policy: ${restart}`);
  const policy = flags.value('image-pull-policy');
  if (policy !== undefined && !['Always', 'IfNotPresent', 'Never', ''].includes(policy))
    throw new KubectlError(`error: invalid image pull policy: ${policy}`);
  const env = flags.list('env').map(pair => {
    const at = pair.indexOf('=');
    if (at <= 0 || at === pair.length) throw new KubectlError(`error: invalid env: ${pair}`);
    return { name: pair.slice(0, at), value: pair.slice(at + 1) };
  });
  const annotations = Object.fromEntries(
    flags.list('annotations').map(pair => {
      const at = pair.indexOf('=');
      if (at <= 0) throw new KubectlError(`error: Unable to parse annotations: ${pair}`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
  const port = portOf(flags.value('port'));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      creationTimestamp: null,
      ...(Object.keys(annotations).length > 0 && { annotations }),
      labels: labelsOf(flags.value('labels')) ?? { run: name },
      name,
    },
    spec: {
      containers: [
        {
          ...(words.length > 0 && { [flags.has('command') ? 'command' : 'args']: words }),
          ...(env.length > 0 && { env }),
          image,
          ...(policy !== undefined && policy !== '' && { imagePullPolicy: policy }),
          name,
          ...(port !== undefined && { ports: [{ containerPort: port }] }),
          resources: {},
          ...(flags.has('privileged') && { securityContext: { privileged: true } }),
          ...(flags.has('stdin') && { stdin: true, ...(!flags.has('leave-stdin-open') && { stdinOnce: true }) }),
          ...(flags.has('tty') && { tty: true }),
        },
      ],
      dnsPolicy: 'ClusterFirst',
      restartPolicy: restart,
    },
    status: {},
  };
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (!/^[+-]?\d+$/.test(text))
    throw new KubectlError(`error: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text);
}

/** --expose: a Service for the Pod. */
function serviceFor(call: KubectlCall, name: string, pod: JsonObject): JsonObject {
  const port = portOf(call.flags.value('port')) ?? 0;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { creationTimestamp: null, name },
    spec: {
      ports: [{ port, protocol: 'TCP', targetPort: port }],
      selector: objectAt(pod, 'metadata', 'labels'),
    },
    status: { loadBalancer: {} },
  };
}
