// The smallest spec that still shows a difference: parts are taken away as long as it stays.

import type { HostSpec } from '../../../src/sim/linux/kernelSpec.ts';
import type { RecordedSpec } from '../conformance/recording.ts';

type Change = (spec: RecordedSpec) => RecordedSpec;

/**
 * @param stays whether a smaller spec still shows what is looked for
 * @param together how many are tried at the same time
 */
export async function minimize(
  start: RecordedSpec,
  stays: (smaller: RecordedSpec) => Promise<boolean>,
  together: number,
): Promise<RecordedSpec> {
  let spec = start;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    const changes = [...smallerSpecs(spec)];
    for (let at = 0; at < changes.length; ) {
      const tried = changes.slice(at, at + together).map(change => change(spec));
      // A change may have nothing left to take away.
      const same = JSON.stringify(spec);
      const still = await Promise.all(
        tried.map(async smaller => JSON.stringify(smaller) !== same && (await stays(smaller))),
      );
      const found = still.indexOf(true);
      if (found < 0) at += together;
      else {
        spec = tried[found] ?? spec;
        at += found + 1;
        isSmaller = true;
      }
    }
  }
  return spec;
}

/** Taking away: probes, hosts, rules, routes, entries, settings. By what they name, so that they can be taken in turn. */
function* smallerSpecs(spec: RecordedSpec): Generator<Change> {
  const half = Math.ceil(spec.probes.length / 2);
  if (spec.probes.length > 1) {
    const ids = spec.probes.map(({ id }) => id);
    for (const kept of [ids.slice(0, half), ids.slice(half)])
      yield now => ({ ...now, probes: now.probes.filter(({ id }) => kept.includes(id)) });
    for (const gone of ids)
      yield now => (now.probes.length < 2 ? now : { ...now, probes: now.probes.filter(({ id }) => id !== gone) });
  }
  for (const { name } of spec.hosts) {
    if (spec.probes.some(({ from }) => from === name)) continue;
    yield now => withoutHost(now, name);
  }
  for (const host of spec.hosts) {
    yield inHost(host.name, ({ iptables: _, ipset: __, ...now }) => now);
    for (const line of (host.iptables ?? '').split('\n').filter(text => text.startsWith('-A')))
      yield inHost(host.name, now => ({
        ...now,
        iptables: (now.iptables ?? '')
          .split('\n')
          .filter(other => other !== line)
          .join('\n'),
      }));
    for (const key of ['routes', 'neigh', 'fdb', 'listeners'] as const)
      for (const entry of host[key] ?? []) yield inHost(host.name, now => without(now, key, JSON.stringify(entry)));
    for (const setting of Object.keys(host.sysctl ?? {}))
      yield inHost(host.name, now => ({
        ...now,
        sysctl: Object.fromEntries(Object.entries(now.sysctl ?? {}).filter(([name]) => name !== setting)),
      }));
  }
}

function inHost(name: string, change: (host: HostSpec) => HostSpec): Change {
  return spec => ({ ...spec, hosts: spec.hosts.map(host => (host.name === name ? change(host) : host)) });
}

function without(host: HostSpec, key: 'routes' | 'neigh' | 'fdb' | 'listeners', text: string): HostSpec {
  const entries: readonly unknown[] = host[key] ?? [];
  return { ...host, [key]: entries.filter(entry => JSON.stringify(entry) !== text) };
}

/** Its cables go too, with what the others said about their ends. */
function withoutHost(spec: RecordedSpec, name: string): RecordedSpec {
  const isOf = (end: string): boolean => end.startsWith(`${name}/`);
  const gone = spec.links.filter(link => link.some(isOf)).map(([left, right]) => (isOf(left) ? right : left));
  const hosts = spec.hosts
    .filter(host => host.name !== name)
    .map(host => {
      const devices = new Set(
        gone.filter(end => end.startsWith(`${host.name}/`)).map(end => end.slice(host.name.length + 1)),
      );
      return devices.size === 0 ? host : withoutDevices(host, devices);
    });
  return { ...spec, hosts, links: spec.links.filter(link => !link.some(isOf)) };
}

function withoutDevices(host: HostSpec, devices: ReadonlySet<string>): HostSpec {
  const names = (setting: string): boolean => [...devices].some(device => setting.includes(`.${device}.`));
  return {
    ...host,
    interfaces: (host.interfaces ?? []).filter(({ name }) => !devices.has(name)),
    routes: (host.routes ?? []).filter(route => typeof route === 'string' || !devices.has(route.dev ?? '')),
    sysctl: Object.fromEntries(Object.entries(host.sysctl ?? {}).filter(([name]) => !names(name))),
  };
}
