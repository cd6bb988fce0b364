import { readFileSync } from 'node:fs';
import { send } from '../../../src/sim/datapath/exchange.ts';
import { buildWorld } from '../../../src/sim/linux/kernelSpec.ts';
import { ip } from '../../../src/sim/net/address.ts';
export async function main(args: string[]) {
  const spec = JSON.parse(readFileSync(args[0] ?? '', 'utf8'));
  const world = buildWorld(spec, () => ({ process: 's', program: 'answer' }));
  const p = spec.probes[0];
  const e = send(
    {
      world,
      programs: new Map([['answer', () => ({ bytes: 160, message: { kind: 'text', text: '' } })]]),
      seed: 1,
      now: 1,
    } as never,
    {
      from: p.from,
      to: ip(p.to),
      protocol: p.proto,
      port: p.port ?? 0,
      requestBytes: 9,
      timeoutMs: 4500,
      attempt: 1,
      ...(p.bind && { bind: { port: Number(p.bind.split(':')[1]) } }),
    } as never,
  );
  for (const t of e.traces) {
    console.log('TRACE', t.role, t.label, JSON.stringify((t as any).end ?? ''), (t as any).reason);
    for (const h of t.hops)
      for (const s of h.steps) {
        const f: any = s.after.payload;
        console.log(
          '  ',
          h.netns,
          s.stage,
          s.action,
          s.detail.kind,
          (s.detail as any).table ?? '',
          f.kind === 'ip' ? `${f.src}>${f.dst} ttl${f.ttl} ${f.body.kind} ${f.body.flags ?? ''}` : 'arp',
          JSON.stringify((s.detail as any).translation ?? ''),
        );
      }
  }
}
