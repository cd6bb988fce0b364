// How many exchanges with full traces a second, in a lab of 100 Pods.
//
// `exchangesPerSecond` is the mean of three seconds. `exchangesPerSecondAtBest` is the fastest quarter of a second:
// what a machine does that has nothing else to do meanwhile.

import { Lab } from '../../src/sim/index.ts';

const NODES = 5;
const PODS = 100;

function labText(): string {
  const nodes = [
    '{name: cp, role: control-plane}',
    ...Array.from({ length: NODES }, (_, i) => `{name: node-${i + 1}, role: worker}`),
  ];
  return `
apiVersion: lab.hoplab.dev/v1alpha1
kind: Lab
metadata: {name: hundred}
spec: {nodes: [${nodes.join(', ')}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${PODS}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
`;
}

export function main(): Record<string, number> {
  const opened = Lab.open(labText());
  if (opened.kind === 'refused') throw new Error(JSON.stringify(opened.problems));
  const { lab } = opened;
  const pods = [...lab.elements().values()].flatMap(element =>
    element.kind === 'pod' && element.namespace === 'default' ? [element] : [],
  );
  let asked = 0;
  let steps = 0;
  let traces = 0;
  const round = (): void => {
    for (const [i, pod] of pods.entries()) {
      // Half of them Pod to Pod, half through the Service: to every node.
      const to = i % 2 === 0 ? 'svc/default/web' : (pods[(i * 37 + 11) % pods.length]?.id ?? 'svc/default/web');
      const answer = lab.send({ from: pod.id, to, protocol: 'tcp', port: i % 2 === 0 ? 80 : 8080 });
      if (answer.kind !== 'asked' || answer.record.exchange.verdict !== 'ok')
        throw new Error(`${pod.id} to ${to} was not answered`);
      asked++;
      traces += answer.record.exchange.traces.length;
      for (const trace of answer.record.exchange.traces) for (const hop of trace.hops) steps += hop.steps.length;
    }
  };
  for (let i = 0; i < 20; i++) round();
  asked = 0;
  steps = 0;
  traces = 0;
  const started = performance.now();
  let best = 0;
  while (performance.now() - started < 3000) {
    const before = asked;
    const beginning = performance.now();
    while (performance.now() - beginning < 250) round();
    best = Math.max(best, ((asked - before) * 1000) / (performance.now() - beginning));
  }
  const seconds = (performance.now() - started) / 1000;
  return {
    exchangesPerSecond: Math.round(asked / seconds),
    exchangesPerSecondAtBest: Math.round(best),
    stepsPerSecond: Math.round(steps / seconds),
    microsecondsPerStep: Math.round((seconds * 1e9) / steps) / 1000,
    stepsPerExchange: Math.round((steps / asked) * 10) / 10,
    tracesPerExchange: Math.round((traces / asked) * 10) / 10,
  };
}
