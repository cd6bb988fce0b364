// A world written down as a spec, and built again from it, is the same world.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Lab } from '../../../src/sim/lab.ts';
import { deleteRoute, setForwarding, setLink } from '../../../src/sim/linux/administer.ts';
import { exportSpec } from '../../../src/sim/linux/exportSpec.ts';
import { buildWorld, type KernelSpec } from '../../../src/sim/linux/kernelSpec.ts';
import { renderRuleset } from '../../../src/sim/linux/netfilter/iptablesSave.ts';
import type { NetnsConfig } from '../../../src/sim/linux/netns.ts';
import type { World } from '../../../src/sim/linux/world.ts';
import { ip, prefix } from '../../../src/sim/net/address.ts';
import { mac } from '../../../src/sim/net/mac.ts';
import { labChoices } from '../../kernel/replay/labChoices.ts';
import { labSpec } from '../../kernel/replay/labSpec.ts';
import { twoNodesSpec } from '../../support/twoNodes.ts';

const rebuilt = (spec: KernelSpec): World => buildWorld(spec, () => ({ process: 'server', program: 'answer' }));

/** Numbers of interfaces and names of programs are no part of a spec. */
function written(world: World): unknown {
  return [...world.namespaces.values()].map(({ name, machine, config, neighbors, fdb }) => ({
    name,
    machine,
    config: comparable(config),
    neighbors: [...neighbors.view().values()]
      .filter(({ state }) => state === 'PERMANENT')
      .map(entry => ({ ...entry, since: 0 })),
    forwarding: [...fdb.view().values()]
      .filter(({ state }) => state === 'permanent')
      .map(entry => ({ ...entry, since: 0 })),
  }));
}

function comparable(config: NetnsConfig): unknown {
  const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1);
  return {
    ...config,
    netfilter: renderRuleset(config.netfilter),
    interfaces: config.interfaces.map(device => ({ ...device, index: 0 })).sort(byName),
    routes: config.routes.map(route => JSON.stringify(route, Object.keys(route).sort())).sort(),
    listeners: config.listeners.map(({ protocol, address, port }) => ({ protocol, address, port })),
  };
}

/** Ports of bridges in the order in which frames are flooded to them. */
function floodOrder(world: World): unknown {
  return [...world.namespaces.values()].map(({ derived }) =>
    [...derived.ports].map(([bridge, ports]) => [bridge, ...ports.map(({ name }) => name)]),
  );
}

describe('exportSpec', () => {
  it('writes down random labs so that building gives the same world', () => {
    fc.assert(
      fc.property(labChoices, choices => {
        const world = rebuilt(labSpec('random', choices));
        const again = rebuilt(exportSpec(world, 'random'));
        expect(written(again)).toEqual(written(world));
        expect(floodOrder(again)).toEqual(floodOrder(world));
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('gives the same spec again for the world that it builds', () => {
    fc.assert(
      fc.property(labChoices, choices => {
        const spec = exportSpec(rebuilt(labSpec('random', choices)), 'random');
        expect(exportSpec(rebuilt(spec), 'random')).toEqual(spec);
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  it('writes down a whole cluster', () => {
    const opened = Lab.open('');
    if (opened.kind === 'refused') throw new Error('an empty text opens as a lab');
    const { world } = opened.lab;
    const again = rebuilt(exportSpec(world, 'cluster'));
    expect(written(again)).toEqual(written(world));
    expect(floodOrder(again)).toEqual(floodOrder(world));
  });

  it('writes down sets, and forwarding entries that flood', () => {
    const spec = twoNodesSpec();
    const [lan, ...hosts] = spec.hosts;
    const ipset = 'create A hash:ip,port\nadd A 10.0.0.1,tcp:80\ncreate B hash:net\nadd B 10.0.0.0/8\n';
    const world = rebuilt({ ...spec, hosts: [{ ...lan, name: 'lan', ipset }, ...hosts] });
    const everybody = mac('00:00:00:00:00:00');
    for (const remote of ['192.0.2.1', '192.0.2.2'])
      expect(setForwarding(world.get('node-1'), 'cni0', everybody, ip(remote)).ok).toBe(true);
    const exported = exportSpec(world, spec.name);
    expect(exported.hosts.find(({ name }) => name === 'lan')?.ipset).toBe(ipset);
    expect(written(rebuilt(exported))).toEqual(written(world));
  });

  it('writes down policy rules and devices of other kinds', () => {
    const spec = twoNodesSpec();
    const hosts = spec.hosts.map(host =>
      host.name === 'node-1'
        ? {
            ...host,
            rules: ['from 10.244.1.0/24 iif cni0 lookup 100', 'fwmark 0x10/0xff to 10.0.0.0/8 lookup 101'],
            interfaces: [
              ...(host.interfaces ?? []),
              { name: 'tunl0', type: 'ipip', addresses: ['10.244.1.0/32'] },
              { name: 'kube-ipvs0', type: 'dummy', up: false },
            ],
          }
        : host,
    );
    const world = rebuilt({ ...spec, hosts });
    expect(written(rebuilt(exportSpec(world, spec.name)))).toEqual(written(world));
  });

  it('has no words for a loopback device that is down', () => {
    const world = rebuilt(twoNodesSpec());
    expect(setLink(world.get('node-1'), 'lo', 'down').ok).toBe(true);
    expect(() => exportSpec(world, 'x')).toThrow(
      'host node-1, interface lo: a spec has no words for a loopback device that is down',
    );
  });

  it('has no words for a connected route that was taken away', () => {
    const world = rebuilt(twoNodesSpec());
    expect(deleteRoute(world.get('node-1'), { dst: prefix('10.244.1.0/24') }).ok).toBe(true);
    expect(() => exportSpec(world, 'x')).toThrow(
      'host node-1, address 10.244.1.1/24: a spec has no words for an address without its route',
    );
  });
});
