// An exchange as plain data, and whole again after it was copied: only what its rules saw of packets is more than data.

import type { Derived, NetnsConfig } from '../linux/netns.ts';
import { reviveTable } from '../linux/reviveWorld.ts';
import { type KeptContext, keptContext, type PlainContext } from './plainContext.ts';
import type { Exchange, Hop, Step, StepDetail, Trace } from './trace.ts';

type RulesDetail = Extract<StepDetail, { readonly kind: 'rules' }>;

/** Opaque: an {@link Exchange} in which contexts are plain. */
export interface PlainExchange {
  readonly plain: unknown;
}

export function plainExchange(exchange: Exchange): PlainExchange {
  return {
    plain: withContexts(exchange, context => ('plain' in context ? (context as KeptContext).plain() : context)),
  };
}

/** @param derivedFrom what follows from a configuration */
export function revivedExchange({ plain }: PlainExchange, derivedFrom: (config: NetnsConfig) => Derived): Exchange {
  // What plainExchange made, or a copy of it.
  return withContexts(plain as Exchange, (context, { asked }) => {
    reviveTable(asked.table);
    return keptContext(context as unknown as PlainContext, derivedFrom);
  });
}

/** The same exchange with other contexts, of whatever form. */
function withContexts(
  exchange: Exchange,
  change: (context: RulesDetail['context'], of: RulesDetail) => unknown,
): Exchange {
  const detailOf = (detail: StepDetail): StepDetail =>
    detail.kind === 'rules' ? { ...detail, context: change(detail.context, detail) as RulesDetail['context'] } : detail;
  const stepOf = (step: Step): Step => ({ ...step, detail: detailOf(step.detail) });
  const hopOf = (hop: Hop): Hop => ({ ...hop, steps: hop.steps.map(stepOf) });
  const traceOf = (trace: Trace): Trace => ({ ...trace, hops: trace.hops.map(hopOf) });
  return { ...exchange, traces: exchange.traces.map(traceOf) };
}
