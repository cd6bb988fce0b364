// The API server with many objects: a Table of all of them, a page of it, and what a change costs that somebody watches.
//
// Milliseconds are also given as multiples of the calibration loop, so that machines compare.

import { Lab } from '../../src/sim/index.ts';

const PODS = '/api/v1/namespaces/default/pods';
const TABLE = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' };
const LAB = `apiVersion: lab.hoplab.dev/v1alpha1
kind: Lab
metadata: {name: measured}
spec: {nodes: [{name: cp, role: control-plane}]}`;

/** A lab with so many Pods that wait for a node: nothing happens by itself. */
function openLab(pods: number): Lab {
  const opened = Lab.open(LAB);
  if (opened.kind === 'refused') throw new Error(JSON.stringify(opened.problems));
  const { lab } = opened;
  for (let i = 0; i < pods; i++) {
    const { status } = lab.request({
      method: 'POST',
      path: PODS,
      body: {
        metadata: { name: `web-${String(i).padStart(5, '0')}`, labels: { app: 'web' } },
        spec: { schedulingGates: [{ name: 'example.com/hold' }], containers: [{ name: 'web', image: 'web' }] },
      },
    });
    if (status !== 201) throw new Error(`a Pod was expected to be made, not status ${status}`);
  }
  return lab;
}

/** The time of the fastest of several rounds, in milliseconds. */
function fastest(rounds: number, round: (number: number) => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < rounds; i++) {
    const started = performance.now();
    round(i);
    best = Math.min(best, performance.now() - started);
  }
  return best;
}

/** As `kubectl get pods` asks for it, and as text, as it goes over the wire. */
function tableTime(lab: Lab, query: Readonly<Record<string, string>>): number {
  return fastest(10, () => {
    const { body } = lab.request({ method: 'GET', path: PODS, query, headers: TABLE });
    if (JSON.stringify(body).length < 1000) throw new Error('a Table was expected');
  });
}

/** Milliseconds for a status that changes and the event that tells a watcher of it. */
function eventTime(lab: Lab): number {
  const { watch } = lab.request({
    method: 'GET',
    path: PODS,
    query: { watch: 'true', sendInitialEvents: 'false', resourceVersionMatch: 'NotOlderThan' },
    headers: TABLE,
  });
  let told = 0;
  watch?.onEvent(() => told++);
  const times = 200;
  const time = fastest(10, round => {
    for (let i = 0; i < times; i++)
      lab.request({
        method: 'PATCH',
        path: `${PODS}/web-00042/status`,
        headers: { 'content-type': 'application/merge-patch+json' },
        body: { status: { message: `${round} ${i}` } },
      });
  });
  watch?.close();
  if (told !== 10 * times) throw new Error(`an event for each change was expected, not ${told}`);
  return time / times;
}

/** @param calibrationMs the time of the calibration loop */
export function main(calibrationMs: number): Record<string, number> {
  const small = openLab(100);
  const large = openLab(10_000);
  const table = tableTime(large, {});
  const page = tableTime(large, { limit: '500' });
  const [few, many] = [eventTime(small), eventTime(large)];
  return {
    tableOfTenThousandMs: rounded(table),
    tableOfTenThousandInCalibrations: rounded(table / calibrationMs),
    pageOfFiveHundredMs: rounded(page),
    microsecondsPerWatchedChangeAtTenThousand: rounded(many * 1000),
    watchedChangeAtTenThousandToHundred: rounded(many / few),
  };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
