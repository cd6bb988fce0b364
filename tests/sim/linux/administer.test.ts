import { beforeEach, describe, expect, it } from 'vitest';
import {
  addAddress,
  addRoute,
  addVethPair,
  deleteInterface,
  deleteRoute,
  setLink,
} from '../../../src/sim/linux/administer.ts';
import type { Netns } from '../../../src/sim/linux/netns.ts';
import { World } from '../../../src/sim/linux/world.ts';
import { interfaceAddress, ip, prefix } from '../../../src/sim/net/address.ts';
import { mac } from '../../../src/sim/net/mac.ts';

let world: World;
let host: Netns;
let peer: Netns;

beforeEach(() => {
  world = new World();
  host = world.add('host', 'host');
  peer = world.add('peer', 'peer');
  addVethPair([
    { netns: host, name: 'eth0', mac: mac('02:00:00:00:00:01'), mtu: 1500 },
    { netns: peer, name: 'eth0', mac: mac('02:00:00:00:00:02'), mtu: 1500 },
  ]);
});

const routes = (): readonly string[] =>
  host.config.routes.map(route => `${route.dst} ${route.via ?? 'link'} ${route.protocol}`);

describe('addresses and links', () => {
  it('an address on an interface that is up brings its connected route', () => {
    setLink(host, 'eth0', 'up');
    addAddress(host, 'eth0', interfaceAddress('192.168.10.11/24'));
    expect(routes()).toEqual(['192.168.10.0/24 link kernel']);
  });

  it('a link that goes down takes its routes away, and only the connected one comes back', () => {
    setLink(host, 'eth0', 'up');
    addAddress(host, 'eth0', interfaceAddress('192.168.10.11/24'));
    addRoute(host, { dst: prefix('0.0.0.0/0'), via: ip('192.168.10.1') });
    setLink(host, 'eth0', 'down');
    expect(routes()).toEqual([]);
    setLink(host, 'eth0', 'up');
    expect(routes()).toEqual(['192.168.10.0/24 link kernel']);
  });

  it('a cable carries only when both ends are up', () => {
    const end = () => host.interface('eth0');
    setLink(host, 'eth0', 'up');
    expect(end() && world.hasCarrier(end() as NonNullable<ReturnType<typeof end>>)).toBe(false);
    setLink(peer, 'eth0', 'up');
    expect(end() && world.hasCarrier(end() as NonNullable<ReturnType<typeof end>>)).toBe(true);
  });

  it('deleting one end of a cable deletes the other', () => {
    deleteInterface(world, host, 'eth0');
    expect(peer.interface('eth0')).toBeUndefined();
  });

  it('the same address twice is refused in the words of iproute2', () => {
    addAddress(host, 'eth0', interfaceAddress('192.168.10.11/24'));
    expect(addAddress(host, 'eth0', interfaceAddress('192.168.10.11/24'))).toEqual({
      ok: false,
      error: { message: 'Error: ipv4: Address already assigned.' },
    });
  });
});

describe('routes', () => {
  beforeEach(() => {
    setLink(host, 'eth0', 'up');
    addAddress(host, 'eth0', interfaceAddress('192.168.10.11/24'));
  });

  it.each([
    [
      'a gateway that is not on the link',
      { dst: prefix('10.244.9.0/24'), via: ip('192.168.20.13'), dev: 'eth0' },
      'Error: Nexthop has invalid gateway.',
    ],
    ['a device that does not exist', { dst: prefix('10.244.9.0/24'), dev: 'eth9' }, 'Cannot find device "eth9"'],
    ['a route that exists', { dst: prefix('192.168.10.0/24'), dev: 'eth0' }, 'RTNETLINK answers: File exists'],
  ])('%s is refused', (_name, wanted, message) => {
    expect(addRoute(host, wanted)).toEqual({ ok: false, error: { message } });
  });

  it('a route that is not there cannot be deleted', () => {
    expect(deleteRoute(host, { dst: prefix('10.244.9.0/24') })).toEqual({
      ok: false,
      error: { message: 'RTNETLINK answers: No such process' },
    });
  });

  it('routes are listed as the kernel lists them: by address, the default first', () => {
    addRoute(host, { dst: prefix('10.244.2.0/24'), via: ip('192.168.10.12') });
    addRoute(host, { dst: prefix('0.0.0.0/0'), via: ip('192.168.10.1') });
    addRoute(host, { dst: prefix('10.244.0.0/24'), via: ip('192.168.10.10') });
    expect(host.config.routes.map(route => route.dst)).toEqual([
      '0.0.0.0/0',
      '10.244.0.0/24',
      '10.244.2.0/24',
      '192.168.10.0/24',
    ]);
  });
});

describe('snapshots', () => {
  it('a restored world is as it was, and untouched namespaces are the same objects', () => {
    const before = world.snapshot();
    setLink(host, 'eth0', 'up');
    addAddress(host, 'eth0', interfaceAddress('192.168.10.11/24'));
    const after = world.snapshot();
    expect(after.namespaces[1]).toBe(before.namespaces[1]);
    world.restore(before);
    expect(world.get('host').interface('eth0')?.addresses).toEqual([]);
    world.restore(after);
    expect(world.get('host').interface('eth0')?.addresses).toEqual([{ address: '192.168.10.11', prefixLength: 24 }]);
  });
});
