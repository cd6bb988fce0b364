// The whole lab as a kernel spec, whose hosts are called as people call them.
//
// A Pod is NAME where nothing else is called so, else NAME.NAMESPACE: names of network namespaces on a real kernel are
// names of files.

import type { Lab } from '../lab.ts';
import { exportSpec } from '../linux/exportSpec.ts';
import type { HostSpec, KernelSpec } from '../linux/kernelSpec.ts';

/** What the spec's own key says a host is, by the kind of its element. */
const ROLES: Readonly<Record<string, string>> = {
  pod: 'pod',
  node: 'node',
  router: 'router',
  lan: 'switch',
  outside: 'external',
};

/** @throws ParseError what a spec has no words for */
export function exportKernel(lab: Lab): KernelSpec {
  for (const netns of lab.world.namespaces.keys()) lab.read(netns);
  const spec = exportSpec(lab.world, lab.name);
  const names = hostNames(lab, spec.hosts);
  const nameOf = (netns: string): string => names.get(netns) ?? netns;
  /** One end of a cable: `host/interface`. */
  const endOf = (end: string): string => end.replace(/^[^/]+/, nameOf);
  const ends = ([left, right]: readonly [string, string]): readonly [string, string] => [endOf(left), endOf(right)];
  return {
    ...spec,
    hosts: spec.hosts.map(host => {
      const role = ROLES[partsOf(lab, host).kind];
      return {
        ...host,
        name: nameOf(host.name),
        ...(role !== undefined && { role }),
        ...(host.node !== undefined && { node: nameOf(host.node) }),
      };
    }),
    links: spec.links.map(ends),
    ...(spec.macvlans !== undefined && { macvlans: spec.macvlans.map(ends) }),
  };
}

function hostNames(lab: Lab, hosts: readonly HostSpec[]): ReadonlyMap<string, string> {
  const short = (host: HostSpec): string => partsOf(lab, host).name;
  const uses = new Map<string, number>();
  for (const host of hosts) uses.set(short(host), (uses.get(short(host)) ?? 0) + 1);
  return new Map(
    hosts.map(host => {
      const { kind, namespace, name } = partsOf(lab, host);
      return [host.name, kind === 'pod' && namespace !== '' && uses.get(name) !== 1 ? `${name}.${namespace}` : name];
    }),
  );
}

/** `pod/default/web`, `node/node-1` in parts. */
function partsOf(
  lab: Lab,
  host: HostSpec,
): { readonly kind: string; readonly namespace: string; readonly name: string } {
  const [kind = '', first = '', second] = lab.elementOf(host.name).split('/');
  return second === undefined ? { kind, namespace: '', name: first } : { kind, namespace: first, name: second };
}
