// kubectl create deployment, job and cronjob.
//
// Read:    kubectl pkg/cmd/create/create_deployment.go, create_job.go, create_cronjob.go.

import type { Json, JsonObject } from '../../../sim/index.ts';
import { objectAt, textAt } from '../fields.ts';
import { discover, findResource, pathOf } from '../resources.ts';
import { type KubectlCall, KubectlError, mustGet } from '../session.ts';
import { commandOf, type Generator, newMetadata } from './generator.ts';

export const deployment: Generator = {
  summary: 'Create a deployment with the specified name',
  usage: 'NAME --image=image -- [COMMAND] [args...]',
  aliases: ['deploy'],
  flags: {
    image: { kind: 'words', isRequired: true },
    port: { kind: 'number', initial: '-1' },
    replicas: { short: 'r', kind: 'number', initial: '1' },
  },
  failure: 'failed to create deployment: ',
  make(call, name) {
    const images = call.flags.list('image');
    const command = commandOf(call);
    if (images.length > 1 && command.command !== undefined)
      throw new KubectlError('error: cannot specify multiple --image options and command');
    const port = Number(call.flags.value('port') ?? -1);
    const labels = { app: name };
    return {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: newMetadata(name, { labels }),
      spec: {
        replicas: Number(call.flags.value('replicas') ?? 1),
        selector: { matchLabels: labels },
        strategy: {},
        template: {
          metadata: { creationTimestamp: null, labels },
          spec: {
            containers: images.map((image, i) => ({
              ...command,
              image,
              name: containerName(image),
              ...(port >= 0 && i === 0 && { ports: [{ containerPort: port }] }),
              resources: {},
            })),
          },
        },
      },
      status: {},
    };
  },
};

/** `nginx` of `docker.io/library/nginx:1.27@sha256:...`. */
function containerName(image: string): string {
  const name = (image.split('/').at(-1) ?? image).split(':')[0]?.split('@')[0] ?? image;
  // kubectl puts a random word behind a name that had to be changed; this one always takes the same.
  return /[_.]/.test(name) ? `${name.replaceAll(/[_.]/g, '-')}-lab00` : name;
}

const podTemplate = (name: string, image: string, restartPolicy: string, command: JsonObject): JsonObject => ({
  metadata: { creationTimestamp: null },
  spec: { containers: [{ ...command, image, name, resources: {} }], restartPolicy },
});

export const job: Generator = {
  summary: 'Create a job with the specified name',
  usage: 'NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]',
  flags: { image: { kind: 'value' }, from: { kind: 'value' } },
  failure: 'failed to create job: ',
  make(call, name) {
    const image = call.flags.value('image') ?? '';
    const from = call.flags.value('from') ?? '';
    const command = commandOf(call);
    if ((image === '') === (from === '')) throw new KubectlError('error: either --image or --from must be specified');
    if (from !== '' && command.command !== undefined)
      throw new KubectlError('error: cannot specify --from and command');
    if (from !== '') return jobOf(call, name, from);
    return {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: newMetadata(name),
      spec: { template: podTemplate(name, image, 'Never', command) },
      status: {},
    };
  },
};

/** A Job as a CronJob would make it. */
async function jobOf(call: KubectlCall, name: string, from: string): Promise<JsonObject> {
  const [type = '', cronJobName = ''] = from.split('/');
  const resource = findResource(await discover(call), type);
  if (resource === undefined) throw new KubectlError(`error: the server doesn't have a resource type "${type}"`);
  const found = await mustGet(call, pathOf(resource, call.namespace, cronJobName));
  if (resource.kind !== 'CronJob')
    throw new KubectlError(`error: unknown object type *${resource.apiVersion.replace(/.*\//, '')}.${resource.kind}`);
  const template = objectAt(found, 'spec', 'jobTemplate');
  const labels = objectAt(template, 'metadata', 'labels');
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: newMetadata(name, {
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual', ...objectAt(template, 'metadata', 'annotations') },
      ...(Object.keys(labels).length > 0 && { labels }),
      ownerReferences: [
        {
          apiVersion: 'batch/v1',
          controller: true,
          kind: 'CronJob',
          name: textAt(found, 'metadata', 'name'),
          uid: textAt(found, 'metadata', 'uid'),
        },
      ],
    }),
    spec: objectAt(template, 'spec'),
    status: {},
  };
}

export const cronJob: Generator = {
  summary: 'Create a cron job with the specified name',
  usage: "NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...] [flags]",
  aliases: ['cj'],
  flags: {
    image: { kind: 'value', isRequired: true },
    schedule: { kind: 'value', isRequired: true },
    restart: { kind: 'value' },
  },
  failure: 'failed to create cronjob: ',
  make(call, name): JsonObject {
    const restart = call.flags.value('restart') || 'OnFailure';
    const template: Json = podTemplate(name, call.flags.value('image') ?? '', restart, commandOf(call));
    return {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: newMetadata(name),
      spec: {
        jobTemplate: { metadata: newMetadata(name), spec: { template } },
        schedule: call.flags.value('schedule') ?? '',
      },
      status: {},
    };
  },
};
