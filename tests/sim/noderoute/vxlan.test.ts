// flannel's vxlan backend in a whole lab: what its agents write, what travels, and what happens when somebody takes a part
// away. That a real kernel does the same with what they wrote: tests/kernel/recordings/lab-vxlan.json.

import { describe, expect, it } from 'vitest';
import { type Exchange, firstOfRole, stepsOf } from '../../../src/sim/datapath/trace.ts';
import type { Lab } from '../../../src/sim/lab.ts';
import { deleteForwarding, deleteRoute, forgetNeighbors } from '../../../src/sim/linux/administer.ts';
import { exportSpec } from '../../../src/sim/linux/exportSpec.ts';
import type { Netns } from '../../../src/sim/linux/netns.ts';
import { ip, prefix } from '../../../src/sim/net/address.ts';
import { mac } from '../../../src/sim/net/mac.ts';
import { ROUTE_CHECK_MS } from '../../../src/sim/noderoute/agent.ts';
import { openCluster } from '../../kernel/replay/clusterSpec.ts';

const ask = (lab: Lab, requestBytes = 9): Exchange =>
  lab.probe({
    from: 'pod:default:client',
    to: ip('10.244.2.2'),
    protocol: 'tcp',
    port: 8080,
    message: { kind: 'text', text: 'hello' },
    requestBytes,
    timeoutMs: 5000,
  });

const node1Of = (lab: Lab): ReturnType<typeof hostIn> => hostIn(lab, 'node-1');

function hostIn(lab: Lab, name: string) {
  const host = exportSpec(lab.world, 'lab').hosts.find(other => other.name === name);
  if (host === undefined) throw new Error(`a host ${name} was expected`);
  return host;
}

describe('vxlan as the backend of a lab', () => {
  it('gives each node a device with the first address of its range, and Pods 50 bytes less', () => {
    const lab = openCluster('vxlan');
    expect(node1Of(lab).interfaces).toContainEqual(
      expect.objectContaining({
        name: 'flannel.1',
        type: 'vxlan',
        vni: 1,
        port: 8472,
        local: '192.168.10.11',
        dev: 'eth0',
        learning: false,
        mtu: 1450,
        addresses: ['10.244.1.0/32'],
      }),
    );
    expect(hostIn(lab, 'pod:default:client').interfaces).toEqual([
      expect.objectContaining({ name: 'eth0', mtu: 1450 }),
    ]);
  });

  it('writes a route, a neighbour and a forwarding entry for each other node', () => {
    const lab = openCluster('vxlan');
    const { routes, neigh, fdb } = node1Of(lab);
    expect(routes).toContainEqual({ dst: '10.244.2.0/24', via: '10.244.2.0', dev: 'flannel.1', onlink: true });
    const far = hostIn(lab, 'node-2').interfaces?.find(device => device.name === 'flannel.1')?.mac;
    expect(neigh).toContainEqual({ ip: '10.244.2.0', mac: far, dev: 'flannel.1' });
    expect(fdb).toContainEqual({ mac: far, dev: 'flannel.1', dst: '192.168.10.12' });
    expect(neigh).toHaveLength(2);
    expect(fdb).toHaveLength(2);
  });

  it('carries a packet to the other node in UDP, 50 bytes larger, with its own TTL and addresses kept', () => {
    const exchange = ask(openCluster('vxlan'));
    expect(exchange).toMatchObject({ verdict: 'ok', sourceSeen: { address: '10.244.1.2' } });
    const request = firstOfRole(exchange, 'request');
    const steps = request === undefined ? [] : stepsOf(request);
    const outer = steps.find(step => step.stage === 'tunnel' && step.action === 'ENCAPSULATED')?.after.payload;
    expect(outer).toMatchObject({
      kind: 'ip',
      src: '192.168.10.11',
      dst: '192.168.10.12',
      ttl: 64,
      df: false,
      body: { kind: 'udp', dstPort: 8472 },
    });
    expect(steps.at(-1)?.after.payload).toMatchObject({ src: '10.244.1.2', dst: '10.244.2.2', ttl: 62 });
  });

  it('takes requests larger than one packet', () => {
    expect(ask(openCluster('vxlan'), 20_000).verdict).toBe('ok');
  });
});

describe('flanneld with vxlan', () => {
  const far = prefix('10.244.2.0/24');
  const farMac = (lab: Lab) =>
    mac(hostIn(lab, 'node-2').interfaces?.find(device => device.name === 'flannel.1')?.mac ?? '');
  const rows: readonly (readonly [part: string, verdict: string, take: (netns: Netns, lab: Lab) => void])[] = [
    ['forwarding entry', 'timeout', (netns, lab) => deleteForwarding(netns, 'flannel.1', farMac(lab))],
    ['neighbour', 'unreachable', netns => forgetNeighbors(netns, 'flannel.1', ip('10.244.2.0'))],
    // Without it, the default route leads to the router, which swallows what it does not know.
    ['route', 'timeout', netns => deleteRoute(netns, { dst: far })],
  ];
  it.each(rows)('puts a %s back that was taken away (until then: %s)', (_, verdict, take) => {
    const lab = openCluster('vxlan');
    expect(ask(lab).verdict).toBe('ok');
    take(lab.world.get('node-1'), lab);
    expect(ask(lab).verdict).toBe(verdict);
    lab.advance(ROUTE_CHECK_MS + 1000);
    expect(ask(lab).verdict).toBe('ok');
  });

  it('forgets a node that left the cluster', () => {
    const lab = openCluster('vxlan');
    lab.request({ method: 'DELETE', path: '/api/v1/nodes/node-2' });
    lab.advance(5000);
    const { routes = [], neigh, fdb } = node1Of(lab);
    expect(routes.map(route => (typeof route === 'string' ? route : route.dst))).not.toContain(far);
    expect(neigh?.map(entry => entry.ip)).toEqual(['10.244.0.0']);
    expect(fdb?.map(entry => entry.dst)).toEqual(['192.168.10.10']);
  });
});
