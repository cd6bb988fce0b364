// Files that a node keeps for a Pod and that its containers see under /etc: hosts, hostname and resolv.conf.
//
// They are written once, when the Pod starts: what changes afterwards does not reach a Pod that runs.
//
// Read:    kubernetes pkg/kubelet/kubelet_pods.go, `ensureHostsFile` and `managedHostsFileContent`;
//          containerd internal/cri/server/sandbox_run_linux.go, `setupSandboxFiles`.

import type { Pod } from '../api/kinds/pod.ts';
import type { HostsLine } from '../dns/hosts.ts';
import { formatResolvConf, parseResolvConf } from '../dns/resolvConf.ts';
import type { CowMap } from '../runtime/cowMap.ts';
import { type ClusterDns, podDns } from './podDns.ts';

type PodName = Pick<Pod, 'metadata'>;

const mounts = new WeakMap<PodName, ReadonlyMap<string, string>>();

/** The paths in a Pod's containers, and where its node keeps the files. */
export function podMounts(pod: PodName): ReadonlyMap<string, string> {
  const known = mounts.get(pod);
  if (known !== undefined) return known;
  const own = mountsOf(pod.metadata.uid);
  mounts.set(pod, own);
  return own;
}

function mountsOf(uid: string): ReadonlyMap<string, string> {
  const sandbox = `/var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/${uid.replaceAll('-', '')}`;
  return new Map([
    ['/etc/hosts', `/var/lib/kubelet/pods/${uid}/etc-hosts`],
    ['/etc/hostname', `${sandbox}/hostname`],
    ['/etc/resolv.conf', `${sandbox}/resolv.conf`],
  ]);
}

/** Writes a Pod's files; returns what had to be left out of its DNS configuration. */
export function writePodFiles(
  files: CowMap<string, string>,
  pod: Pod,
  addresses: readonly string[],
  cluster: ClusterDns,
): readonly string[] {
  const { conf, omitted } = podDns(pod, parseResolvConf(files.get('/etc/resolv.conf') ?? ''), cluster);
  const isOnHost = pod.spec.hostNetwork === true;
  const hostname = isOnHost ? (pod.spec.nodeName ?? '') : (pod.spec.hostname ?? pod.metadata.name);
  const aliases = (pod.spec.hostAliases ?? []).map(alias => ({ address: alias.ip, names: alias.hostnames ?? [] }));
  const domain =
    pod.spec.subdomain === undefined || pod.spec.subdomain === ''
      ? undefined
      : `${pod.spec.subdomain}.${pod.metadata.namespace ?? 'default'}.svc.${cluster.domain}`;
  const own = addresses.map(address => ({
    address,
    names: domain === undefined ? [hostname] : [`${hostname}.${domain}`, hostname],
  }));
  const content: Readonly<Record<string, string>> = {
    '/etc/hosts': isOnHost ? hostNetworkHosts(files.get('/etc/hosts') ?? '', aliases) : managedHosts(own, aliases),
    '/etc/hostname': `${hostname}\n`,
    '/etc/resolv.conf': formatResolvConf(conf),
  };
  for (const [path, at] of podMounts(pod)) files.set(at, content[path] ?? '');
  return omitted;
}

export function removePodFiles(files: CowMap<string, string>, pod: PodName): void {
  for (const at of podMounts(pod).values()) files.delete(at);
}

function managedHosts(own: readonly HostsLine[], aliases: readonly HostsLine[]): string {
  return `# Kubernetes-managed hosts file.
127.0.0.1\tlocalhost
::1\tlocalhost ip6-localhost ip6-loopback
fe00::0\tip6-localnet
fe00::0\tip6-mcastprefix
fe00::1\tip6-allnodes
fe00::2\tip6-allrouters
${own.map(lineText).join('')}${aliasText(aliases)}`;
}

function hostNetworkHosts(node: string, aliases: readonly HostsLine[]): string {
  return `# Kubernetes-managed hosts file (host network).\n${node}${aliasText(aliases)}`;
}

const lineText = ({ address, names }: HostsLine): string => `${address}\t${names.join('\t')}\n`;

function aliasText(aliases: readonly HostsLine[]): string {
  return aliases.length === 0 ? '' : `\n# Entries added by HostAliases.\n${aliases.map(lineText).join('')}`;
}
