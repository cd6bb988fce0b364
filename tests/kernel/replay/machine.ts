// Whether this machine can build real network namespaces.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const TOOLS = [
  { tool: 'ip', version: '-V', from: 'iproute2' },
  { tool: 'bridge', version: '-V', from: 'iproute2' },
  { tool: 'iptables-restore', version: '--version', from: 'iptables' },
  { tool: 'ipset', version: '--version', from: 'ipset' },
  { tool: 'tcpdump', version: '--version', from: 'tcpdump' },
  { tool: 'ping', version: '-V', from: 'iputils-ping' },
] as const;

/** Why nothing can be replayed here, as a sentence; absent: it can. */
export function whyNotHere(): string | undefined {
  if (process.platform !== 'linux') return `real network namespaces need Linux, this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'real network namespaces need root';
  const missing = TOOLS.filter(({ tool, version }) => spawnSync(tool, [version]).error !== undefined);
  if (missing.length > 0) {
    const packages = [...new Set(missing.map(({ from }) => from))].join(' ');
    return `${missing.map(({ tool }) => tool).join(', ')} missing (on Debian: apt-get install ${packages})`;
  }
  if (!existsSync('/proc/sys/net/bridge/bridge-nf-call-iptables')) return 'the kernel has no br_netfilter';
  const name = `hoplab-${process.pid}-try`;
  const made = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8' });
  if (made.status !== 0) return `no network namespace can be made: ${made.stderr.trim()}`;
  const rules = '*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n';
  const ruled = spawnSync('ip', ['netns', 'exec', name, 'iptables-restore'], { input: rules, encoding: 'utf8' });
  spawnSync('ip', ['netns', 'del', name]);
  return ruled.status === 0 ? undefined : `iptables does not work here: ${ruled.stderr.trim()}`;
}
