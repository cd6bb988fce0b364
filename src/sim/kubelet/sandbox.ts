// A Pod's sandbox: its network namespace, attached to the Pod network, and the sockets of its containers.
//
// Models:  one namespace a Pod, shared by its containers; host network Pods live in the node's own.
// Read:    CRI `RunPodSandbox`, `StopPodSandbox`; containerd pkg/cri/server/sandbox_run.go.

import type { Container, Pod } from '../api/kinds/pod.ts';
import {
  type Attachment,
  addToNetwork,
  type CniError,
  type CniPlugin,
  deleteFromNetwork,
  type PluginHost,
  type PortMapping,
} from '../cni/plugin.ts';
import { addInterface, setLink } from '../linux/administer.ts';
import { LOOPBACK_MTU } from '../linux/interface.ts';
import type { Netns } from '../linux/netns.ts';
import { withListener } from '../linux/sockets.ts';
import type { World } from '../linux/world.ts';
import { type Ip, ip } from '../net/address.ts';
import { ZERO_MAC } from '../net/mac.ts';
import type { Result } from '../runtime/errors.ts';
import { failure, success } from '../runtime/errors.ts';
import type { Image } from '../workload/image.ts';

/** The name of a Pod's namespace: what `ip netns` would list. */
export function sandboxName(pod: {
  readonly metadata: { readonly namespace?: string; readonly name: string };
}): string {
  return `pod:${pod.metadata.namespace ?? 'default'}:${pod.metadata.name}`;
}

/** The namespace that a Pod's processes run in. */
export function netnsNameOf(pod: Pod): string | undefined {
  if (pod.spec.hostNetwork === true) return pod.spec.nodeName;
  return sandboxName(pod);
}

/** Makes the namespace and attaches it; returns the Pod's address. */
export function createSandbox(
  host: PluginHost,
  plugins: readonly CniPlugin[],
  pod: Pod,
): Result<Ip, CniError & { readonly plugin: string }> {
  const name = sandboxName(pod);
  const netns = host.world.find(name) ?? host.world.add(name, host.netns);
  if (netns.interface('lo') === undefined)
    addInterface(netns, { kind: 'loopback', name: 'lo', mac: ZERO_MAC, mtu: LOOPBACK_MTU });
  setLink(netns, 'lo', 'up');
  const attached = addToNetwork(plugins, host, attachmentOf(pod));
  if (!attached.ok) {
    host.world.remove(name);
    return attached;
  }
  const address = attached.value.ips[0]?.address.address;
  return address === undefined
    ? failure({ plugin: 'runtime', code: 999, msg: 'the plugins gave no address' })
    : success(address);
}

/** Detaches and removes the namespace, and the Pod's sockets on a host network. Doing it twice is no error. */
export function removeSandbox(host: PluginHost, plugins: readonly CniPlugin[], pod: Pod): void {
  if (pod.spec.hostNetwork === true) {
    const node = host.world.find(host.netns);
    node?.configure({ listeners: node.config.listeners.filter(listener => listener.settings.pod !== podId(pod)) });
    return;
  }
  deleteFromNetwork(plugins, host, attachmentOf(pod));
  host.world.remove(sandboxName(pod));
}

function attachmentOf(pod: Pod): Attachment {
  const { metadata } = pod;
  const attachment = { containerId: metadata.uid, netns: sandboxName(pod), ifName: 'eth0', hint: metadata.name };
  const portMappings = portMappingsOf(pod);
  return portMappings.length === 0 ? attachment : { ...attachment, portMappings };
}

/** Source: containerd pkg/cri/server/sandbox_run.go, `toCNIPortMappings`. */
function portMappingsOf({ spec }: Pod): readonly PortMapping[] {
  return spec.containers.flatMap(container =>
    (container.ports ?? []).flatMap(({ hostPort = 0, hostIP = '', containerPort, protocol }): readonly PortMapping[] =>
      hostPort === 0 || protocol === 'SCTP'
        ? []
        : [{ protocol: protocol === 'UDP' ? 'udp' : 'tcp', hostPort, containerPort, ...(hostIP !== '' && { hostIP }) }],
    ),
  );
}

function podId(pod: Pod): string {
  return `${pod.metadata.namespace}/${pod.metadata.name}`;
}

/**
 * Opens what a container listens on. A port that is taken, or an argument that the program does not know, ends the
 * process with its message.
 */
export function listen(world: World, pod: Pod, container: Container, image: Image): Result<void, string> {
  const netns = world.find(netnsNameOf(pod) ?? '');
  if (netns === undefined) return failure('no sandbox');
  const wanted = image.listens({
    command: container.command ?? [],
    args: container.args ?? [],
    env: Object.fromEntries((container.env ?? []).map(entry => [entry.name, entry.value ?? ''])),
  });
  if (!wanted.ok) return wanted;
  return openAll(netns, pod, container, image, wanted.value);
}

function openAll(
  netns: Netns,
  pod: Pod,
  container: Container,
  image: Image,
  sockets: readonly { readonly protocol: 'tcp' | 'udp'; readonly address: string; readonly port: number }[],
): Result<void, string> {
  let listeners = netns.config.listeners;
  for (const socket of sockets) {
    const added = withListener(listeners, {
      protocol: socket.protocol,
      address: ip(socket.address),
      port: socket.port,
      process: image.process,
      program: image.name,
      settings: { pod: pod.spec.hostNetwork === true ? podId(pod) : pod.metadata.name, container: container.name },
    });
    if (!added.ok)
      return failure(`listen ${socket.protocol} ${socket.address}:${socket.port}: bind: address already in use`);
    listeners = added.value;
  }
  netns.configure({ listeners });
  return success(undefined);
}

/** Closes what a container listens on: its process has ended. */
export function closeSockets(world: World, pod: Pod, container: Container): void {
  const netns = world.find(netnsNameOf(pod) ?? '');
  if (netns === undefined) return;
  const owner = pod.spec.hostNetwork === true ? podId(pod) : pod.metadata.name;
  const listeners = netns.config.listeners.filter(
    ({ settings }) => settings.pod !== owner || settings.container !== container.name,
  );
  if (listeners.length < netns.config.listeners.length) netns.configure({ listeners });
}
