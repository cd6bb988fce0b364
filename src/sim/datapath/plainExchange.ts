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
    plain: withRules(exchange, detail => ({
      ...detail,
      context: 'plain' in detail.context ? (detail.context as KeptContext).plain() : detail.context,
    })),
  };
}

/** @param derivedFrom what follows from a configuration */
export function revivedExchange({ plain }: PlainExchange, derivedFrom: (config: NetnsConfig) => Derived): Exchange {
  // What plainExchange made, or a copy of it.
  return withRules(plain as Exchange, detail => {
    reviveTable(detail.asked.table);
    return { ...detail, context: keptContext(detail.context as unknown as PlainContext, derivedFrom) };
  });
}

/** The same exchange with other evidence of rules, of whatever form. */
function withRules(exchange: Exchange, change: (detail: RulesDetail) => unknown): Exchange {
  const stepOf = (step: Step): Step =>
    step.detail.kind === 'rules' ? { ...step, detail: change(step.detail) as RulesDetail } : step;
  const hopOf = (hop: Hop): Hop => ({ ...hop, steps: hop.steps.map(stepOf) });
  const traceOf = (trace: Trace): Trace => ({ ...trace, hops: trace.hops.map(hopOf) });
  return { ...exchange, traces: exchange.traces.map(traceOf) };
}
