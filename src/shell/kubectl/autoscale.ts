// kubectl autoscale: a HorizontalPodAutoscaler for what can be scaled.
//
// Read:    kubectl pkg/cmd/autoscale/autoscale.go, v1.32, which makes objects of autoscaling/v1.

import type { JsonObject } from '../../sim/index.ts';
import { newMetadata } from './create/generator.ts';
import { createMade } from './createMade.ts';
import { DRY_RUN, FILES, fieldManager, PRINT, RECORD, SAVE_CONFIG } from './flagGroups.ts';
import { type KubectlCall, KubectlError } from './session.ts';
import { allTargetsOf, type Target } from './targets.ts';
import type { Verb } from './verb.ts';

export const autoscale: Verb = {
  summary: 'Auto-scale a deployment, replica set, stateful set, or replication controller',
  usage: 'kubectl autoscale (-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu-percent=CPU]',
  flags: {
    ...FILES,
    ...PRINT,
    ...DRY_RUN,
    ...SAVE_CONFIG,
    ...RECORD,
    ...fieldManager('kubectl-autoscale'),
    'cpu-percent': { kind: 'number', initial: '-1' },
    max: { kind: 'number', initial: '-1', isRequired: true },
    min: { kind: 'number', initial: '-1' },
    name: { kind: 'value' },
  },
  run: autoscaleAll,
};

async function autoscaleAll(call: KubectlCall): Promise<number> {
  const { flags } = call;
  const [min, max] = [Number(flags.value('min') ?? -1), Number(flags.value('max') ?? -1)];
  if (max < 1) throw new KubectlError(`error: --max=MAXPODS is required and must be at least 1, max: ${max}`);
  if (max < min)
    throw new KubectlError(`error: --max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`);
  for (const target of await allTargetsOf(call, { words: flags.words, as: 'live' })) await autoscaleOne(call, target);
  return 0;
}

const SCALED = ['Deployment', 'ReplicaSet', 'StatefulSet', 'ReplicationController'];

async function autoscaleOne(call: KubectlCall, target: Target): Promise<void> {
  const { kind, group } = target.resource;
  if (!SCALED.includes(kind))
    throw new KubectlError(
      `error: cannot autoscale a ${kind}${group === '' ? '' : `.${group}`}: selector is not supported`,
    );
  await createMade(call, scalerFor(call, target), {
    done: 'autoscaled',
    manager: 'kubectl-autoscale',
    namespace: target.namespace,
  });
}

function scalerFor({ flags }: KubectlCall, { resource, name }: Target): JsonObject {
  const [min, max] = [Number(flags.value('min') ?? -1), Number(flags.value('max') ?? -1)];
  const percent = Number(flags.value('cpu-percent') ?? -1);
  return {
    apiVersion: 'autoscaling/v1',
    kind: 'HorizontalPodAutoscaler',
    metadata: newMetadata(flags.value('name') || name),
    spec: {
      scaleTargetRef: { apiVersion: resource.apiVersion, kind: resource.kind, name },
      maxReplicas: max,
      ...(min > 0 && { minReplicas: min }),
      ...(percent >= 0 && { targetCPUUtilizationPercentage: percent }),
    },
    status: { currentReplicas: 0, desiredReplicas: 0 },
  };
}
