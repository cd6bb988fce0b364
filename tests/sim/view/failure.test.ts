// Why an exchange failed, in small clusters that are wrong in one thing each.

import { describe, expect, it } from 'vitest';
import type { WrittenQuestion } from '../../../src/sim/question.ts';
import { type SmallCluster, smallCluster } from '../../support/smallCluster.ts';

const POD = (name: string, node: string, image: string): string => `---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: ${image} } }
spec: { nodeName: ${node}, containers: [{ name: main, image: ${image} }] }
`;
const SERVICE = (more = ''): string => `---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]${more} }
`;
const PODS = POD('client', 'node-1', 'tools') + POD('web-1', 'node-2', 'web');

function failure(text: string, question: WrittenQuestion, before: (cluster: SmallCluster) => void = () => undefined) {
  const made = smallCluster(text);
  made.seconds(5);
  before(made);
  const asked = made.lab.commit(question);
  if (asked.kind !== 'asked') throw new Error(asked.because);
  return made.lab.explainFailure(asked.record.exchange)?.rest;
}

const ASK: WrittenQuestion = { from: 'pod/client', to: 'svc/web', protocol: 'tcp', port: 80 };
const stop = ({ lab }: SmallCluster): void => lab.service('node-1', 'kube-proxy')?.stop();

describe('why an exchange failed', () => {
  it.each<[string, string, WrittenQuestion, string]>([
    [
      'another port of the Service',
      PODS + SERVICE(),
      { ...ASK, port: 81 },
      'Service web serves port 80 only. No rule translated the packet, so it kept the address 10.96.1.1 and stopped at router.',
    ],
    [
      'another protocol',
      PODS + SERVICE(),
      { ...ASK, protocol: 'udp' },
      'Service web serves TCP port 80 only. No rule translated the packet, so it kept the address 10.96.1.1 and stopped at router.',
    ],
    [
      'a ping of a Service',
      PODS + SERVICE(),
      { from: 'pod/client', to: 'svc/web', protocol: 'icmp' },
      'A ping has no port, and Service web serves TCP port 80 only. No rule translated the packet, so it kept the address 10.96.1.1 and stopped at router.',
    ],
    [
      'a rule that drops says why',
      PODS + SERVICE(', internalTrafficPolicy: Local'),
      ASK,
      'A rule of node-1 drops the packet: default/web has no local endpoints.',
    ],
    [
      'a Service whose Pods are not Ready',
      PODS.replace('image: web }', 'image: web, readinessProbe: { httpGet: { port: 9 } } }') + SERVICE(),
      ASK,
      'Pods fit its selector, and none of them is Ready.',
    ],
    [
      'a Service that chooses no Pod',
      POD('client', 'node-1', 'tools') + SERVICE(),
      ASK,
      "Compare its selector with the Pods' labels.",
    ],
    [
      'a server that does not understand',
      PODS,
      { from: 'pod/client', to: 'svc/kube-system/kube-dns', protocol: 'tcp', port: 53 },
      expect.stringMatching(/^coredns-\S+ took the request and did not answer it\. No packet was lost\.$/),
    ],
  ])('%s', (_name, text, question, rest) => {
    expect(failure(text, question)).toEqual(rest);
  });

  it('a kube-proxy that is stopped is named, where a Service is asked', () => {
    const gone = failure(PODS + SERVICE(), ASK, made => {
      stop(made);
      made.delete('pods/web-1');
      made.seconds(40);
    });
    const proxy = 'kube-proxy is stopped on node-1: its rules are the last that it wrote.';
    expect(gone).toBe(`Nobody on the link answers for 10.244.2.2. ${proxy}`);
    const unknown = failure(PODS, ASK, made => {
      stop(made);
      made.create('services', {
        metadata: { name: 'web' },
        spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
      });
    });
    expect(unknown).toMatch(new RegExp(`${proxy}$`));
    const other = failure(PODS, { from: 'pod/client', to: '10.244.2.2:9', protocol: 'tcp' }, stop);
    expect(other).toBe('Nothing listens on port 9 there.');
  });
});
