// Three probes that a real kernel was asked, put to the model: same verdict, same source, same way.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { send } from '../../src/sim/datapath/exchange.ts';
import { pathText } from '../../src/sim/datapath/pathText.ts';
import { firstOfRole } from '../../src/sim/datapath/trace.ts';
import { buildWorld, type KernelSpec } from '../../src/sim/linux/kernelSpec.ts';
import { ip } from '../../src/sim/net/address.ts';

interface Recording {
  readonly hosts: readonly (Omit<KernelSpec['hosts'][number], 'iptables'> & {
    readonly iptables?: readonly string[];
  })[];
  readonly links: KernelSpec['links'];
  readonly probes: readonly {
    readonly id: string;
    readonly from: string;
    readonly to: string;
    readonly port: number;
    readonly proto: 'tcp';
    readonly timeout: number;
  }[];
  readonly recorded: readonly {
    readonly id: string;
    readonly verdict: string;
    readonly backend?: string;
    readonly src_seen?: string;
    readonly ttl_of_reply?: number;
    readonly icmp?: { readonly from: string; readonly type: number; readonly code: number; readonly if: string };
    readonly path: readonly string[];
    readonly reply_path?: readonly string[];
    readonly icmp_path?: readonly string[];
  }[];
}

const recording: Recording = JSON.parse(readFileSync(new URL('./three-probes.json', import.meta.url), 'utf8'));
const spec: KernelSpec = {
  name: 'three-probes',
  links: recording.links,
  hosts: recording.hosts.map(({ iptables, ...host }) => ({
    ...host,
    ...(iptables !== undefined && { iptables: iptables.join('\n') }),
  })),
};

/** The recording was made on a warm kernel: neighbours were resolved where traffic had passed before. */
function warmWorld() {
  const world = buildWorld(spec, () => ({ process: 'server', program: 'answer' }));
  const answer = () => ({ bytes: 160, message: { kind: 'text', text: 'hello' } as const });
  const setting = { world, programs: new Map([['answer', answer]]), seed: 1, now: 0 };
  const ask = (probe: Recording['probes'][number]) =>
    send(setting, {
      from: probe.from,
      to: ip(probe.to),
      protocol: probe.proto,
      port: probe.port,
      requestBytes: 9,
      timeoutMs: probe.timeout * 1000,
    });
  send(setting, { from: 'p13', to: ip('10.244.1.3'), protocol: 'tcp', port: 8080, requestBytes: 9, timeoutMs: 4000 });
  send(setting, { from: 'n1', to: ip('10.244.1.3'), protocol: 'tcp', port: 8080, requestBytes: 9, timeoutMs: 4000 });
  return ask;
}

describe('three probes recorded on Linux 6.18', () => {
  const ask = warmWorld();
  for (const wanted of recording.recorded) {
    const probe = recording.probes.find(other => other.id === wanted.id);
    if (probe === undefined) throw new Error(`no probe ${wanted.id}`);
    it(`${wanted.id} ends, and goes its way, as the kernel's did`, () => {
      const exchange = ask(probe);
      const clientPort = exchange.client?.port ?? 0;
      const request = firstOfRole(exchange, 'request');
      const reply = firstOfRole(exchange, 'reply');
      const error = firstOfRole(exchange, 'icmp-error');
      expect({
        verdict: exchange.verdict,
        backend: exchange.backend?.netns,
        source: exchange.sourceSeen?.address,
        replyTtl: exchange.verdict === 'ok' ? exchange.replyTtl : undefined,
        path: request && pathText(request, clientPort, true),
        replyPath: reply && pathText(reply, clientPort, false),
        icmp: exchange.icmp && {
          from: exchange.icmp.from,
          type: exchange.icmp.type,
          code: exchange.icmp.code,
          if: exchange.icmp.device,
        },
        icmpPath: error && pathText(error, clientPort, true),
      }).toEqual({
        verdict: wanted.verdict,
        backend: wanted.backend,
        source: wanted.src_seen,
        replyTtl: wanted.ttl_of_reply,
        path: wanted.path,
        replyPath: wanted.reply_path,
        icmp: wanted.icmp,
        icmpPath: wanted.icmp_path,
      });
    });
  }
});
