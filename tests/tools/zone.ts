// The names that a recorded world's DNS server knows: its Services, as the rules of its nodes name them, and its machines.

import type { KernelSpec } from '../../src/sim/linux/kernelSpec.ts';
import type { Zone } from '../shell/tools/kernelShell.ts';

/** Names that no rule tells: a headless Service and a Service of another namespace. */
const WITHOUT_RULES: Zone = {
  'heads.default.svc.cluster.local': ['10.244.1.3', '10.244.2.2'],
  'db.shop.svc.cluster.local': ['10.96.40.77'],
};

/** `-d 10.96.40.10/32 -p tcp -m comment --comment "default/web cluster IP"`, or `... has no endpoints"`. */
const SERVICE =
  /-A KUBE-SERVICES -d ([\d.]+)\/32 .*--comment "([\w-]+)\/([\w-]+)(?::\S+)? (?:cluster IP|has no endpoints)"/g;

export function zoneOf(world: KernelSpec): Zone {
  const rules = world.hosts.map(host => host.iptables ?? '').join('\n');
  const services = [...rules.matchAll(SERVICE)].map(([, address = '', namespace, name]) => [
    `${name}.${namespace}.svc.cluster.local`,
    [address],
  ]);
  const machines = world.hosts
    .filter(host => host.role === 'external')
    .map(host => [
      host.name,
      (host.interfaces ?? []).flatMap(own => own.addresses ?? []).map(own => own.split('/')[0]),
    ]);
  return { ...WITHOUT_RULES, ...Object.fromEntries([...services, ...machines]) };
}
