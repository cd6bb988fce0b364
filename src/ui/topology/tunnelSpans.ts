// Where a packet travels inside another one: from the step that wraps it to the one that unwraps it. Pure.

import type { LayerView, TraceView } from '../../sim/index.ts';
import { TRACE_WORDS } from '../trace/words.ts';

export interface TunnelSpan {
  /** Steps of the trace, over all hops. */
  readonly from: number;
  readonly to: number;
  /** What is around it, as the networks between see it: `UDP 8472`. */
  readonly frame: string;
}

export function tunnelSpans({ hops, forms }: Pick<TraceView, 'hops' | 'forms'>): readonly TunnelSpan[] {
  const steps = hops.flatMap(hop => hop.steps);
  const spans: TunnelSpan[] = [];
  let open: Omit<TunnelSpan, 'to'> | undefined;
  for (const [i, { action, formAfter }] of steps.entries()) {
    if (action === 'ENCAPSULATED') open ??= { from: i, frame: frameOf(forms[formAfter] ?? []) };
    if (action !== 'DECAPSULATED' || open === undefined) continue;
    spans.push({ ...open, to: i });
    open = undefined;
  }
  // It was lost in there.
  if (open !== undefined) spans.push({ ...open, to: steps.length });
  return spans;
}

function frameOf(layers: readonly LayerView[]): string {
  const carrier = layers.find(({ inside, layer }) => inside === 'packet' && layer !== 'IP');
  const udp = layers.find(({ layer }) => layer === 'UDP');
  const port = udp?.fields.find(({ field }) => field === 'destination port')?.value;
  const { udp: named, ip } = TRACE_WORDS.tunnel;
  return carrier === undefined || port === undefined ? ip : named(port);
}
