// Terminals on the hosts of a plain Linux world (src/sim/linux/kernelSpec.ts): for tools in worlds that no lab opens.

import type { CommandContext } from '../../../src/shell/command.ts';
import { COMMANDS } from '../../../src/shell/commands.ts';
import { runLine } from '../../../src/shell/language/runLine.ts';
import { send } from '../../../src/sim/datapath/exchange.ts';
import type { Program, Programs } from '../../../src/sim/datapath/programs.ts';
import { replyTo } from '../../../src/sim/dns/message.ts';
import type { HostRef, LabHost } from '../../../src/sim/index.ts';
import type { Interface } from '../../../src/sim/linux/interface.ts';
import { buildWorld, type KernelSpec } from '../../../src/sim/linux/kernelSpec.ts';
import type { Netns } from '../../../src/sim/linux/netns.ts';
import type { World } from '../../../src/sim/linux/world.ts';
import type { ExchangeRecord } from '../../../src/sim/view/exchangeView.ts';
import { PROGRAMS } from '../../../src/sim/workload/registry.ts';
import { httpProgram, httpResponse } from '../../../src/sim/workload/web.ts';

export interface Printed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Both streams as a terminal shows them. */
  readonly text: string;
}

export interface KernelShell {
  readonly world: World;
  /** Runs a line at a host; `into` is what the tool writes to. */
  run(host: string, line: string, into?: 'terminal' | 'pipe'): Promise<Printed>;
  now(): number;
}

/** Names that the world's DNS server knows, with their addresses. */
export type Zone = Readonly<Record<string, readonly string[]>>;

/** What listens on machines, by their role. */
const PROCESSES: Readonly<Record<string, string>> = { node: 'kubelet', external: 'httpd' };

const RESOLV_CONF =
  'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n';

/** @param seed where chance decides in the lab */
export function kernelShell(spec: KernelSpec, zone: Zone = {}, seed = 1): KernelShell {
  const programOf = (port: number): string => (port === 53 ? 'dns' : port === 8080 || port === 80 ? 'web' : 'silent');
  const world = buildWorld(spec, (host, port) => ({
    process: PROCESSES[host.role ?? ''] ?? (port === 53 ? 'coredns' : 'web'),
    program: programOf(port),
  }));
  for (const netns of world.namespaces.values()) numberAsRecorded(netns);
  const dns: Program = request => {
    const { message } = request.payload;
    if (message?.kind !== 'dns-query') return undefined;
    const addresses = zone[message.name.replace(/\.$/, '')];
    const records = (message.type === 'A' ? (addresses ?? []) : []).map(data => ({
      name: message.name,
      ttl: 30,
      type: 'A',
      data,
    }));
    const rcode = addresses === undefined ? 'NXDOMAIN' : 'NOERROR';
    return replyTo(message, { rcode, records, from: 'authority' }, request.listener.protocol);
  };
  const outside = new Set(spec.hosts.filter(host => host.role === 'external').map(host => host.name));
  const web = httpProgram((path, host, client) => {
    const status = path === '/missing' ? 404 : path === '/unready' ? 503 : 200;
    return path === '/big'
      ? httpResponse(200, 'x'.repeat(65536))
      : httpResponse(status, `${outside.has(host) ? 'host' : 'pod'}=${host} client=${client}\n`);
  });
  const programs: Programs = new Map([...PROGRAMS, ['dns', dns], ['web', web]]);
  const journeys: ExchangeRecord[] = [];
  let now = 0;

  const labAt = (host: string): LabHost => {
    const ref: HostRef = { netns: host, hostname: host, element: 'node/any' };
    return {
      world,
      get now() {
        return now;
      },
      read: () => undefined,
      host: name => (name === host ? ref : undefined),
      hostNames: () => [host],
      service: () => undefined,
      container: () => ({ kind: 'refused', message: 'no containers here' }),
      journeys: () => journeys,
    };
  };

  const exchangeAt: CommandContext['exchange'] = (question, target) => {
    const exchange = send({ world, programs, seed, now }, question);
    journeys.push({ id: `x${journeys.length + 1}`, exchange, target, at: now });
    now += exchange.elapsedUs / 1000;
    return { exchange, summary: {} as never };
  };

  return {
    world,
    now: () => now,
    async run(host, line, into = 'terminal') {
      const netns = world.get(host);
      world.filesOf(netns.machine).set('/etc/resolv.conf', RESOLV_CONF);
      world.filesOf(netns.machine).set('/etc/hosts', `127.0.0.1\tlocalhost\n`);
      const printed = { out: '', err: '', text: '' };
      const context: CommandContext = {
        place: { kind: 'host', netns: host, hostname: host, prompt: '#', hasKubectl: false },
        isTerminal: into === 'terminal',
        stdin: undefined,
        output: {
          write(stream, text) {
            printed[stream] += text;
            printed.text += text;
          },
        },
        request: () => Promise.reject(new Error('no API server here')),
        lab: labAt(host),
        files: new Map(),
        exchange: exchangeAt,
        sleep: ms => {
          now += ms;
        },
        isCancelled: () => false,
        breathe: () => Promise.resolve(),
        runAt: () => Promise.resolve(127),
        enter: () => undefined,
      };
      const { code } = await runLine(line, context, { commands: COMMANDS, lastCode: 0, hasMoved: () => false });
      return { code, ...printed };
    },
  };
}

/** The recorded worlds had their cables first, then the bridge, then the tunnel. */
function numberAsRecorded(netns: Netns): void {
  const rank: Partial<Record<Interface['kind'], number>> = { loopback: 0, veth: 1, bridge: 2, vxlan: 3 };
  const rankOf = (device: Interface): number => rank[device.kind] ?? 4;
  const sorted = [...netns.config.interfaces].sort((a, b) => rankOf(a) - rankOf(b));
  netns.configure({ interfaces: sorted.map((device, i) => ({ ...device, index: i + 1 })) });
}
