import { describe, expect, it } from 'vitest';
import { formatIndexes, parseIndexes } from '../../../src/sim/controllers/jobIndexes.ts';
import type { Json } from '../../../src/sim/index.ts';
import { type SmallCluster, smallCluster, textAt } from '../../support/smallCluster.ts';

type Fields = { readonly [key: string]: Json };

const job = (script: string, spec: Fields = {}, podSpec: Fields = {}): Json => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'work' },
  spec: {
    ...spec,
    template: {
      spec: {
        restartPolicy: 'Never',
        containers: [{ name: 'main', image: 'busybox', command: ['sh', '-c', script] }],
        ...podSpec,
      },
    },
  },
});

function withJob(script: string, spec: Fields = {}, podSpec: Fields = {}): SmallCluster {
  const cluster = smallCluster();
  expect(cluster.create('batch/jobs', job(script, spec, podSpec))).toBe(201);
  return cluster;
}

/** `Name Status Completions Duration` */
const row = (cluster: SmallCluster): string => cluster.table('batch/jobs').join('; ');
const podCount = (cluster: SmallCluster): number => cluster.list('pods').length;
const events = (cluster: SmallCluster): readonly string[] =>
  cluster.events('Job', 'work').map(text => text.replace(/work-(\d+-)?\w{5}/, 'work-$1xxxxx'));
const status = (cluster: SmallCluster): Fields => cluster.get('batch/jobs/work').status as Fields;
const conditions = (cluster: SmallCluster): readonly string[] =>
  (status(cluster).conditions as Fields[]).map(
    ({ type, status: value, reason, message }) => `${type}=${value} ${reason}: ${message}`,
  );
const indexes = (cluster: SmallCluster): string =>
  cluster
    .list('pods')
    .map(pod => textAt(pod, 'metadata', 'annotations', 'batch.kubernetes.io/job-completion-index'))
    .sort()
    .join(' ');

describe('a Job whose Pod succeeds', () => {
  it('is complete, says so, and keeps its Pod', () => {
    const cluster = withJob('sleep 3');
    expect(row(cluster)).toBe('work Complete 1/1 4s');
    expect(events(cluster)).toEqual([
      'Normal SuccessfulCreate Created pod: work-xxxxx',
      'Normal Completed Job completed',
    ]);
    expect(conditions(cluster)).toEqual([
      'SuccessCriteriaMet=True CompletionsReached: Reached expected number of succeeded pods',
      'Complete=True CompletionsReached: Reached expected number of succeeded pods',
    ]);
    expect(status(cluster)).toMatchObject({ succeeded: 1, ready: 0, terminating: 0, uncountedTerminatedPods: {} });
    const [pod = {}] = cluster.list('pods');
    expect(textAt(pod, 'status', 'phase')).toBe('Succeeded');
    expect(textAt(pod, 'metadata', 'finalizers')).toBe('');
  });

  it('runs as many as it needs, some at a time', () => {
    const cluster = withJob('sleep 2', { completions: 5, parallelism: 2 });
    expect(row(cluster)).toBe('work Complete 5/5 9s');
    expect(podCount(cluster)).toBe(5);
  });

  it('makes no more Pods when one that takes work from a queue has succeeded', () => {
    const cluster = withJob('sleep 2', { parallelism: 3 });
    expect(row(cluster)).toBe('work Complete 3/1 of 3 3s');
  });

  it('is deleted some time later with ttlSecondsAfterFinished, and its Pods with it', () => {
    const cluster = withJob('exit 0', { ttlSecondsAfterFinished: 60 });
    cluster.seconds(58);
    expect(row(cluster)).toMatch(/^work Complete/);
    cluster.seconds(4);
    expect([row(cluster), podCount(cluster)]).toEqual(['', 0]);
  });
});

describe('a Job whose Pods fail', () => {
  it('tries again after 10 s, 20 s, 40 s, and gives up at its limit', () => {
    const cluster = withJob('exit 1', { backoffLimit: 2 });
    expect([podCount(cluster), status(cluster).failed]).toEqual([1, 1]);
    cluster.seconds(12);
    expect(podCount(cluster)).toBe(2);
    cluster.seconds(15);
    expect(podCount(cluster)).toBe(2);
    cluster.seconds(10);
    expect(podCount(cluster)).toBe(3);
    expect(row(cluster)).toMatch(/^work Failed 0\/1/);
    expect(conditions(cluster)).toEqual([
      'FailureTarget=True BackoffLimitExceeded: Job has reached the specified backoff limit',
      'Failed=True BackoffLimitExceeded: Job has reached the specified backoff limit',
    ]);
    expect(events(cluster).at(-1)).toBe('Warning BackoffLimitExceeded Job has reached the specified backoff limit');
    cluster.seconds(100);
    expect(podCount(cluster)).toBe(3);
  });

  it('counts restarts within a Pod against the limit', () => {
    const cluster = withJob('exit 1', { backoffLimit: 2 }, { restartPolicy: 'OnFailure' });
    cluster.seconds(30);
    expect(row(cluster)).toMatch(/^work Failed 0\/1/);
    expect(podCount(cluster)).toBe(0);
  });

  it('ends whatever runs when its deadline has passed', () => {
    const cluster = withJob('sleep 1000', { activeDeadlineSeconds: 20 });
    expect(row(cluster)).toBe('work Running 0/1 1s');
    cluster.seconds(30);
    expect(row(cluster)).toMatch(/^work FailureTarget 0\/1/);
    // The shell is process 1 and does not listen: its grace period has to pass.
    cluster.seconds(30);
    expect(row(cluster)).toMatch(/^work Failed 0\/1/);
    expect(podCount(cluster)).toBe(0);
    expect(status(cluster)).toMatchObject({ failed: 1, terminating: 0 });
    expect(events(cluster).slice(1)).toEqual([
      'Normal SuccessfulDelete Deleted pod: work-xxxxx',
      'Warning DeadlineExceeded Job was active longer than specified deadline',
    ]);
  });

  it('fails at once where its failure policy says so', () => {
    const rules = [{ action: 'FailJob', onExitCodes: { operator: 'In', values: [42] } }];
    const cluster = withJob('exit 42', { podFailurePolicy: { rules } });
    expect(row(cluster)).toMatch(/^work Failed/);
    expect(conditions(cluster).at(-1)).toMatch(
      /^Failed=True PodFailurePolicy: Container main for pod default\/work-\w{5} failed with exit code 42 matching FailJob rule at index 0$/,
    );
  });

  it('does not count what its failure policy ignores', () => {
    const rules = [{ action: 'Ignore', onExitCodes: { operator: 'NotIn', values: [42] } }];
    const cluster = withJob('exit 1', { backoffLimit: 0, podFailurePolicy: { rules } });
    cluster.seconds(12);
    expect(podCount(cluster)).toBe(2);
    expect(status(cluster).failed).toBe(undefined);
  });
});

describe('an Indexed Job', () => {
  it('gives each Pod its index: annotation, label, hostname and variable', () => {
    const cluster = withJob('sleep 1', { completions: 3, parallelism: 3, completionMode: 'Indexed' });
    expect(row(cluster)).toMatch(/^work Complete 3\/3/);
    expect(status(cluster).completedIndexes).toBe('0-2');
    expect(indexes(cluster)).toBe('0 1 2');
    const pod = cluster
      .list('pods')
      .find(({ metadata }) => textAt({ metadata }, 'metadata', 'name').startsWith('work-1-'));
    expect(textAt(pod ?? {}, 'spec', 'hostname')).toBe('work-1');
    expect(textAt(pod ?? {}, 'metadata', 'labels', 'batch.kubernetes.io/job-completion-index')).toBe('1');
    expect(textAt(pod ?? {}, 'spec', 'containers')).toContain(
      `"env":[{"name":"JOB_COMPLETION_INDEX","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.labels['batch.kubernetes.io/job-completion-index']"}}}]`,
    );
  });

  it('gives up single indexes with backoffLimitPerIndex', () => {
    const spec = { completions: 2, parallelism: 2, completionMode: 'Indexed', backoffLimitPerIndex: 1 };
    const cluster = withJob('exit 1', spec);
    cluster.seconds(15);
    expect(status(cluster)).toMatchObject({ failed: 4, failedIndexes: '0,1' });
    expect(conditions(cluster).at(-1)).toBe('Failed=True FailedIndexes: Job has failed indexes');
  });

  it('is complete with the indexes that its success policy asks for', () => {
    const spec = {
      completions: 3,
      parallelism: 1,
      completionMode: 'Indexed',
      successPolicy: { rules: [{ succeededCount: 1 }] },
    };
    const cluster = withJob('sleep 1', spec);
    expect(row(cluster)).toMatch(/^work Complete 1\/3/);
    expect(conditions(cluster)[0]).toBe('SuccessCriteriaMet=True SuccessPolicy: Matched rules at index 0');
  });
});

describe('a suspended Job', () => {
  it('has no Pods until it is resumed', () => {
    const cluster = withJob('sleep 5', { suspend: true });
    expect(row(cluster)).toBe('work Suspended 0/1 ');
    expect(podCount(cluster)).toBe(0);
    cluster.patch('batch/jobs/work', { spec: { suspend: false } });
    expect(row(cluster)).toBe('work Complete 1/1 6s');
    expect(conditions(cluster)[0]).toBe('Suspended=False JobResumed: Job resumed');
    expect(events(cluster).map(text => text.split(' ')[1])).toEqual([
      'Suspended',
      'SuccessfulCreate',
      'Resumed',
      'Completed',
    ]);
  });

  it('loses the Pods that it had, and counts them neither way', () => {
    const cluster = withJob('sleep 1000');
    cluster.patch('batch/jobs/work', { spec: { suspend: true } });
    expect(podCount(cluster)).toBe(0);
    expect(status(cluster).failed).toBe(undefined);
    expect(row(cluster)).toMatch(/^work Suspended 0\/1/);
  });
});

describe('Pods of a Job', () => {
  it('that are deleted are replaced and counted as failed', () => {
    const cluster = withJob('sleep 1000');
    cluster.delete(`pods/${textAt(cluster.list('pods')[0] ?? {}, 'metadata', 'name')}`, { gracePeriodSeconds: 0 });
    cluster.seconds(11);
    expect([podCount(cluster), status(cluster).failed, status(cluster).active]).toEqual([1, 1, 1]);
  });

  it.each(['Background', 'Foreground'])('go with it (%s)', propagationPolicy => {
    const cluster = withJob('sleep 1000');
    cluster.delete('batch/jobs/work', { propagationPolicy });
    cluster.seconds(31);
    expect([row(cluster), podCount(cluster)]).toEqual(['', 0]);
  });
});

describe('sets of indexes', () => {
  it.each([
    ['', []],
    ['0', [0]],
    ['0,1', [0, 1]],
    ['0-2,5,7,8', [0, 1, 2, 5, 7, 8]],
  ])('%j', (text, numbers) => {
    expect([...parseIndexes(text, 10)]).toEqual(numbers);
    expect(formatIndexes(numbers)).toBe(text);
  });
});
