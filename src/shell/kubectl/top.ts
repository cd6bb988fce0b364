// kubectl top: what it says where nothing measures, as on a cluster without metrics-server.
//
// Read:    kubectl pkg/cmd/top.

import { listAt, textAt } from './fields.ts';
import { SELECTOR } from './flagGroups.ts';
import type { FlagTable } from './flags.ts';
import { type KubectlCall, KubectlError, mustGet } from './session.ts';
import type { Verb } from './verb.ts';

const COMMON: FlagTable = {
  ...SELECTOR,
  'no-headers': { kind: 'flag' },
  'sort-by': { kind: 'value' },
  'use-protocol-buffers': { kind: 'flag', initial: 'true' },
};

async function measure(call: KubectlCall): Promise<number> {
  const groups = listAt(await mustGet(call, '/apis'), 'groups');
  const why = groups.some(group => textAt(group, 'name') === 'metrics.k8s.io')
    ? 'the kubectl of this lab reads no metrics'
    : 'Metrics API not available';
  throw new KubectlError(`error: ${why}`);
}

export const top: Verb = {
  summary: 'Display resource (CPU/memory) usage',
  usage: 'kubectl top [flags]',
  about: 'Nothing in this lab measures: it answers as a cluster without metrics-server does.',
  flags: {},
  subcommands: {
    node: {
      summary: 'Display resource (CPU/memory) usage of nodes',
      usage: 'kubectl top node [NAME | -l label]',
      aliases: ['nodes', 'no'],
      flags: { ...COMMON, 'show-capacity': { kind: 'flag' } },
      run: measure,
    },
    pod: {
      summary: 'Display resource (CPU/memory) usage of pods',
      usage: 'kubectl top pod [NAME | -l label]',
      aliases: ['pods', 'po'],
      flags: {
        ...COMMON,
        'all-namespaces': { short: 'A', kind: 'flag' },
        containers: { kind: 'flag' },
        'field-selector': { kind: 'value' },
        sum: { kind: 'flag' },
      },
      run: measure,
    },
  },
};
