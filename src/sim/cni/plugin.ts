// The contract between a container runtime and its network plugins.
//
// A plugin sees namespaces, files of the machine and its own configuration: no API, no Pod. It is a program that the
// runtime executes with a command (ADD, DEL, CHECK) and a JSON configuration.
//
// Models:  ADD and DEL of a chain of plugins, results handed on, undo when a later plugin fails.
// Omits:   CHECK, STATUS, GC and VERSION commands; the JSON text itself.
// Read:    CNI SPEC.md 1.1.0.

import type { World } from '../linux/world.ts';
import type { InterfaceAddress, Ip, Prefix } from '../net/address.ts';
import type { Mac } from '../net/mac.ts';
import type { CowMap } from '../runtime/cowMap.ts';
import type { Result } from '../runtime/errors.ts';

/** What the runtime attaches: a container's namespace to a network, under an interface name. */
export interface Attachment {
  readonly containerId: string;
  /** The namespace of the sandbox. */
  readonly netns: string;
  readonly ifName: string;
  /** A word that the host end of a cable is named after. */
  readonly hint: string;
  /** Ports of the machine that lead to the container (the capability `portMappings`). */
  readonly portMappings?: readonly PortMapping[];
}

export interface PortMapping {
  readonly protocol: 'tcp' | 'udp';
  readonly hostPort: number;
  readonly containerPort: number;
  /** The one address of the machine that is meant; absent or unspecified: all of them. */
  readonly hostIP?: string;
}

/** The machine on which the plugin runs. */
export interface PluginHost {
  readonly world: World;
  /** The machine's own namespace. */
  readonly netns: string;
  /** Files of the machine, by path: where IPAM plugins remember what they gave. */
  readonly files: CowMap<string, string>;
  readonly seed: number;
}

/** What a plugin made, in the words of the CNI result type. */
export interface CniResult {
  readonly interfaces: readonly { readonly name: string; readonly mac: Mac; readonly sandbox?: string }[];
  readonly ips: readonly { readonly address: InterfaceAddress; readonly gateway?: Ip; readonly interface: number }[];
  readonly routes: readonly { readonly dst: Prefix; readonly gw?: Ip }[];
}

/** A plugin's error: code and words as it prints them. */
export interface CniError {
  readonly code: number;
  readonly msg: string;
}

/** One plugin with its configuration already read. */
export interface CniPlugin {
  /** The name of the binary. */
  readonly type: string;
  add(host: PluginHost, attachment: Attachment, previous: CniResult | undefined): Result<CniResult, CniError>;
  /** Deleting twice is no error. */
  del(host: PluginHost, attachment: Attachment): void;
}

/** Runs ADD of a list of plugins in order; when one fails, those before it are undone in reverse. */
export function addToNetwork(
  plugins: readonly CniPlugin[],
  host: PluginHost,
  attachment: Attachment,
): Result<CniResult, CniError & { readonly plugin: string }> {
  let result: CniResult | undefined;
  for (const [i, plugin] of plugins.entries()) {
    const added = plugin.add(host, attachment, result);
    if (!added.ok) {
      for (const done of plugins.slice(0, i + 1).reverse()) done.del(host, attachment);
      return { ok: false, error: { ...added.error, plugin: plugin.type } };
    }
    result = added.value;
  }
  return { ok: true, value: result ?? { interfaces: [], ips: [], routes: [] } };
}

/** Runs DEL in reverse order. */
export function deleteFromNetwork(plugins: readonly CniPlugin[], host: PluginHost, attachment: Attachment): void {
  for (const plugin of [...plugins].reverse()) plugin.del(host, attachment);
}
