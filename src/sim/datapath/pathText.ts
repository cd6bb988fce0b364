// A journey as a list of interface crossings with what changed since the last: `n1/vethp12> dst=10.244.1.3:8080`.
//
// This is the form in which recordings of the real kernel write it. `<` is into the namespace, `>` out of it. A port of
// the client's side reads `C` when it is the client's own and `R` when a kernel picked it.

import { flowOf } from '../net/flow.ts';
import { icmpTypeNumber } from '../net/numbers.ts';
import { isIcmpError } from '../net/packet.ts';
import type { Step, Trace } from './trace.ts';

/** Crossings of one trace. `towardsServer`: the client's port is the source's. */
export function pathText(trace: Trace, clientPort: number, towardsServer: boolean): readonly string[] {
  const lines: string[] = [];
  let last: { readonly src: string; readonly dst: string; readonly ttl: number } | undefined;
  for (const hop of trace.hops) {
    for (const step of hop.steps) {
      const crossing = crossingOf(step);
      if (crossing === undefined || step.after.payload.kind !== 'ip') continue;
      const packet = step.after.payload;
      const flow = flowOf(packet);
      const hasPorts = packet.body.kind === 'tcp' || packet.body.kind === 'udp';
      const port = (value: number, isClientSide: boolean): string =>
        !hasPorts ? '' : `:${isClientSide ? (value === clientPort ? 'C' : 'R') : value}`;
      const now = {
        src: flow.src + port(flow.srcPort, towardsServer),
        dst: flow.dst + port(flow.dstPort, !towardsServer),
        ttl: packet.ttl,
      };
      const notes: string[] = [];
      if (isIcmpError(packet.body)) notes.push(`icmp${icmpTypeNumber(packet.body)}/${packet.body.code}`);
      if (last === undefined) notes.push(`${now.src}>${now.dst} ttl${now.ttl}`);
      else {
        if (last.src !== now.src) notes.push(`src=${now.src}`);
        if (last.dst !== now.dst) notes.push(`dst=${now.dst}`);
        if (last.ttl !== now.ttl) notes.push(`ttl=${now.ttl}`);
      }
      last = now;
      lines.push([`${hop.netns}/${crossing}`, ...notes].join(' '));
    }
  }
  return lines;
}

function crossingOf(step: Step): string | undefined {
  if (step.detail.kind === 'link' && step.stage === 'linkReceive') return `${step.detail.device}<`;
  if (step.detail.kind === 'link' && step.action === 'TRANSMITTED') return `${step.detail.device}>`;
  if (step.detail.kind === 'bridge' && step.action === 'PASSED_UP') return `${step.detail.bridge}<`;
  return undefined;
}
