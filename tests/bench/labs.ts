// Labs of any size for measuring.

import { Lab } from '../../src/sim/index.ts';

export interface LabSize {
  readonly nodes: number;
  readonly pods: number;
  /** Of the Pods, so many are behind a Service, and behind each of the others. */
  readonly endpoints?: number;
  /** Services beside that one. */
  readonly services?: number;
}

export function openLab(size: LabSize): Lab {
  const opened = Lab.open(labText(size));
  if (opened.kind === 'refused') throw new Error(JSON.stringify(opened.problems).slice(0, 500));
  // More documents than one text may have.
  for (let i = 0; i < (size.services ?? 0); i++) addService(opened.lab, `service-${i}`);
  return opened.lab;
}

function addService(lab: Lab, name: string): void {
  const { status } = lab.request({
    method: 'POST',
    path: '/api/v1/namespaces/default/services',
    headers: { 'content-type': 'application/json' },
    body: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec: { selector: { app: 'shared' }, ports: [{ port: 80, targetPort: 8080 }] },
    },
  });
  if (status >= 300) throw new Error(`the Service ${name} was expected to be made, not status ${status}`);
}

function labText({ nodes, pods, endpoints = 10 }: LabSize): string {
  const workers = Array.from({ length: nodes }, (_, i) => `{name: node-${i + 1}, role: worker}`);
  const documents = [
    `apiVersion: lab.hoplab.dev/v1alpha1
kind: Lab
metadata: {name: measured}
spec: {nodes: [${['{name: cp, role: control-plane}', ...workers].join(', ')}]}`,
    deployment('web', Math.max(0, pods - endpoints)),
    deployment('shared', endpoints),
    service('shared'),
  ];
  return documents.join('\n---\n');
}

function deployment(name: string, replicas: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: web, image: web}]}`;
}

function service(name: string): string {
  return `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec:
  selector: {app: ${name}}
  ports: [{port: 80, targetPort: 8080}]`;
}

/** The Pods that ask and are asked. */
export function webPods(lab: Lab): readonly string[] {
  return [...lab.elements().values()].flatMap(element =>
    element.kind === 'pod' && element.namespace === 'default' ? [element.id] : [],
  );
}

/** Every Pod asks once: half of them the Service, half another Pod. Returns how many questions that were. */
export function askRound(lab: Lab, pods: readonly string[], onAnswer: (steps: number, traces: number) => void): number {
  for (const [i, pod] of pods.entries()) {
    const to = i % 2 === 0 ? 'svc/default/shared' : (pods[(i * 37 + 11) % pods.length] ?? 'svc/default/shared');
    const answer = lab.send({ from: pod, to, protocol: 'tcp', port: i % 2 === 0 ? 80 : 8080 });
    if (answer.kind !== 'asked' || answer.record.exchange.verdict !== 'ok')
      throw new Error(`${pod} to ${to} was not answered`);
    const { traces } = answer.record.exchange;
    let steps = 0;
    for (const trace of traces) for (const hop of trace.hops) steps += hop.steps.length;
    onAnswer(steps, traces.length);
  }
  return pods.length;
}
