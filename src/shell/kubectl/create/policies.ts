// kubectl create namespace, serviceaccount, quota, poddisruptionbudget and priorityclass.
//
// Read:    kubectl pkg/cmd/create/create_namespace.go and the files of the other kinds beside it.

import type { Json, JsonObject } from '../../../sim/index.ts';
import { KubectlError } from '../session.ts';
import { usageError } from '../writing.ts';
import { type Generator, newMetadata } from './generator.ts';

export const namespace: Generator = {
  summary: 'Create a namespace with the specified name',
  usage: 'NAME [--dry-run=server|client|none]',
  aliases: ['ns'],
  flags: {},
  make: (_, name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: newMetadata(name), spec: {}, status: {} }),
};

export const serviceAccount: Generator = {
  summary: 'Create a service account with the specified name',
  usage: 'NAME [--dry-run=server|client|none]',
  aliases: ['sa'],
  flags: {},
  failure: 'failed to create serviceaccount: ',
  make: (_, name) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: newMetadata(name) }),
};

export const quota: Generator = {
  summary: 'Create a quota with the specified name',
  usage: 'NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2] [--dry-run=server|client|none]',
  aliases: ['resourcequota'],
  flags: { hard: { kind: 'value' }, scopes: { kind: 'value' } },
  failure: 'failed to create quota: ',
  make(call, name) {
    const hard = resourceList(call.flags.value('hard') ?? '');
    const scopes = (call.flags.value('scopes') ?? '').split(',').filter(scope => scope !== '');
    return {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: newMetadata(name),
      spec: { ...(Object.keys(hard).length > 0 && { hard }), ...(scopes.length > 0 && { scopes }) },
      status: {},
    };
  },
};

/** `cpu=1,memory=1Gi`. Source: kubectl pkg/generate/versioned, `populateResourceListV1`. */
export function resourceList(text: string): Readonly<Record<string, string>> {
  if (text === '') return {};
  return Object.fromEntries(
    text.split(',').map(pair => {
      const parts = pair.split('=');
      const [name = '', amount = ''] = parts;
      if (parts.length !== 2)
        throw new KubectlError(`error: Invalid argument syntax ${pair}, expected <resource>=<value>`);
      if (!/^[+-]?(\d+\.?\d*|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/.test(amount))
        throw new KubectlError(
          "error: quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
        );
      return [name, amount];
    }),
  );
}

export const podDisruptionBudget: Generator = {
  summary: 'Create a pod disruption budget with the specified name',
  usage: 'NAME --selector=SELECTOR --min-available=N [--dry-run=server|client|none]',
  aliases: ['pdb'],
  flags: {
    'max-unavailable': { kind: 'value' },
    'min-available': { kind: 'value' },
    selector: { kind: 'value' },
  },
  failure: 'failed to create poddisruptionbudget: ',
  make(call, name) {
    const [min, max] = [call.flags.value('min-available') ?? '', call.flags.value('max-unavailable') ?? ''];
    const selector = call.flags.value('selector') ?? '';
    if (selector === '') throw new KubectlError('error: a selector must be specified');
    if (max === '' && min === '')
      throw new KubectlError('error: one of min-available or max-unavailable must be specified');
    if (max !== '' && min !== '')
      throw new KubectlError('error: min-available and max-unavailable cannot be both specified');
    for (const [flag, value] of [
      ['min-available', min],
      ['max-unavailable', max],
    ] as const) {
      if (/^-\d+%?$/.test(value) && value !== '')
        throw usageError(
          'create poddisruptionbudget',
          `invalid ${flag} value: ${value}, should be larger than or equal to 0`,
        );
    }
    return {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: newMetadata(name),
      spec: {
        ...(max !== '' && { maxUnavailable: numberOrText(max) }),
        ...(min !== '' && { minAvailable: numberOrText(min) }),
        selector: labelSelector(selector),
      },
      status: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
    };
  },
};

const numberOrText = (text: string): Json => (/^[+-]?\d+$/.test(text) ? Number(text) : text);

/** `app=web,tier!=back` as a selector of an object. Source: k8s.io/apimachinery, `ParseToLabelSelector`. */
export function labelSelector(text: string): JsonObject {
  const labels: Record<string, string> = {};
  const expressions: Json[] = [];
  for (const part of text.split(',')) {
    const [, key = '', operator = '', value = ''] = /^\s*([^=!]+?)\s*(!=|==?)\s*(.*?)\s*$/.exec(part) ?? [];
    if (operator === '!=') expressions.push({ key, operator: 'NotIn', values: [value] });
    else if (operator !== '') labels[key] = value;
    else if (part.startsWith('!')) expressions.push({ key: part.slice(1), operator: 'DoesNotExist' });
    else expressions.push({ key: part, operator: 'Exists' });
  }
  return {
    ...(expressions.length > 0 && { matchExpressions: expressions }),
    ...(Object.keys(labels).length > 0 && { matchLabels: labels }),
  };
}

export const priorityClass: Generator = {
  summary: 'Create a priority class with the specified name',
  usage: 'NAME --value=VALUE --global-default=BOOL [--dry-run=server|client|none]',
  aliases: ['pc'],
  flags: {
    description: { kind: 'value' },
    'global-default': { kind: 'flag' },
    'preemption-policy': { kind: 'value', initial: "'PreemptLowerPriority'" },
    value: { kind: 'number' },
  },
  failure: 'failed to create priorityclass: ',
  make: (call, name) => ({
    apiVersion: 'scheduling.k8s.io/v1',
    ...(call.flags.value('description') && { description: call.flags.value('description') }),
    ...(call.flags.has('global-default') && { globalDefault: true }),
    kind: 'PriorityClass',
    metadata: newMetadata(name),
    preemptionPolicy: call.flags.value('preemption-policy') ?? 'PreemptLowerPriority',
    value: Number(call.flags.value('value') ?? 0),
  }),
};
