// Session affinity by packets: a client keeps its Pod, by the lists that kube-proxy's rules write and ask.
//
// Read:    kubernetes pkg/proxy/iptables/proxier.go, `writeServiceToEndpointRules`.

import { describe, expect, it } from 'vitest';
import { renderAppend } from '../../../src/sim/linux/netfilter/iptablesSave.ts';
import { objectOf, type SmallCluster, smallCluster } from '../../support/smallCluster.ts';

const POD = (name: string, image: string, labels = '{}'): string => `---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: ${labels} }
spec: { containers: [{ name: main, image: ${image} }] }
`;

const CLIENTS = ['a', 'b', 'c', 'd', 'e', 'f'];

const cluster = (seconds = '', more = ''): SmallCluster => {
  const made = smallCluster(
    ['1', '2', '3'].map(n => POD(`web-${n}`, 'web', '{ app: web }')).join('') +
      CLIENTS.map(name => POD(`client-${name}`, 'tools')).join('') +
      `---
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080 }]
  sessionAffinity: ClientIP${seconds}
${more}`,
  );
  made.seconds(10);
  return made;
};
const timeout = (seconds: number): string => `
  sessionAffinityConfig: { clientIP: { timeoutSeconds: ${seconds} } }`;

/** Where and with which words the client's next connection was translated: `10.244.1.2:8080`. */
function asks({ lab }: SmallCluster, client: string, to = 'svc/default/web') {
  const asked = lab.commit({ from: `pod/default/client-${client}`, to, protocol: 'tcp', port: 80 });
  if (asked.kind !== 'asked' || asked.record.exchange.backend === undefined) throw new Error(JSON.stringify(asked));
  const { netns } = asked.record.exchange.backend;
  const view = lab.viewRecord(asked.record);
  const steps = view.traces.flatMap(trace => trace.hops.flatMap(hop => hop.steps));
  return {
    pod: netns.replace('pod:default:', ''),
    said: steps.map(step => step.rest).find(text => /before/.test(text)),
  };
}

/** Rules of node-1 as iptables-save prints them, with the hashes of chains left out. */
function rules({ lab }: SmallCluster): readonly string[] {
  lab.read('node-1');
  const chains = lab.world.get('node-1').config.netfilter.tables.get('nat')?.chains.values() ?? [];
  return [...chains]
    .filter(({ name }) => /^KUBE-(SVC|SEP)-/.test(name))
    .flatMap(({ name, rules }) => rules.map(rule => renderAppend(name, rule)))
    .filter(line => line.includes('default/web'))
    .map(line => line.replaceAll(/(KUBE-S..)-\w+/g, '$1'));
}

const podsOf = (made: SmallCluster): readonly string[] => CLIENTS.map(client => asks(made, client).pod);

describe('a Service with session affinity', () => {
  it('sends every client to the Pod that it had, from whichever node it asks', () => {
    const made = cluster();
    const first = podsOf(made);
    expect(new Set(first).size).toBeGreaterThan(1);
    for (let i = 0; i < 4; i++) expect(podsOf(made)).toEqual(first);
  });

  it('without it, the same client is sent to several Pods', () => {
    const made = cluster();
    made.patch('services/web', { spec: { sessionAffinity: 'None', sessionAffinityConfig: null } });
    expect(new Set([1, 2, 3, 4, 5, 6, 7, 8].map(() => asks(made, 'a').pod)).size).toBeGreaterThan(1);
    expect(rules(made).filter(line => line.includes('-m recent'))).toEqual([]);
  });

  it('says in the trace that the client was here', () => {
    const made = cluster();
    expect(asks(made, 'a').said).toBeUndefined();
    made.seconds(30);
    expect(asks(made, 'a').said).toMatch(
      /^10\.244\.\d\.\d+ came here before: KUBE-SEP-[A-Z2-7]{16} noted it 30 s ago\. Rule 2 of KUBE-SEP-/,
    );
  });

  it('counts the time from the latest connection, and chooses anew when it is over', () => {
    const made = cluster(timeout(60));
    const first = podsOf(made);
    for (let i = 0; i < 3; i++) {
      made.seconds(50);
      expect(podsOf(made)).toEqual(first);
    }
    made.seconds(70);
    for (const client of CLIENTS) expect(asks(made, client).said).toBeUndefined();
  });

  it('chooses another Pod when the one it had is gone, and keeps that', () => {
    const made = cluster();
    const { pod } = asks(made, 'a');
    made.delete(`pods/${pod}`);
    made.seconds(40);
    const other = asks(made, 'a');
    expect(other).toEqual({ pod: expect.not.stringMatching(pod), said: undefined });
    for (let i = 0; i < 4; i++) expect(asks(made, 'a').pod).toBe(other.pod);
  });

  it('keeps the Pod of who comes by a node port, by the address that the node saw first', () => {
    const made = cluster('', '  type: NodePort\n');
    const port = Number(objectOf((made.get('services/web').spec as { ports: never[] }).ports[0]).nodePort);
    const ask = (): string => {
      const asked = made.lab.commit({ from: 'outside/laptop', to: `192.168.10.11:${port}`, protocol: 'tcp' });
      if (asked.kind !== 'asked') throw new Error(asked.because);
      return asked.record.exchange.backend?.netns ?? asked.record.exchange.verdict;
    };
    const first = ask();
    expect(first).toMatch(/^pod:default:web/);
    for (let i = 0; i < 6; i++) expect(ask()).toBe(first);
  });

  it('is written as kube-proxy writes it: the endpoints are asked before one is drawn', () => {
    const written = rules(cluster(timeout(600)));
    const list = '--name KUBE-SEP --mask 255.255.255.255 --rsource';
    const asked = ['10.244.1.2:8080', '10.244.1.3:8080', '10.244.2.2:8080'].map(
      at =>
        `-A KUBE-SVC -m comment --comment "default/web -> ${at}" -m recent --rcheck --seconds 600 --reap ${list} -j KUBE-SEP`,
    );
    expect(written.filter(line => line.startsWith('-A KUBE-SVC')).slice(1, 4)).toEqual(asked);
    expect(written).toContain(
      `-A KUBE-SEP -p tcp -m comment --comment "default/web" -m recent --set ${list} -m tcp -j DNAT --to-destination 10.244.1.2:8080`,
    );
  });
});
