// What a failed command's last packet met, in plain words, with something to do next.

import type { Exchange, Lab } from '../sim/index.ts';
import type { Explanation } from './port.ts';

/** @param prompt where the terminal is now: hints that only make sense elsewhere are left out */
export function explain(
  lab: Lab,
  journeys: readonly { readonly id: string; readonly exchange: Exchange }[],
  prompt: string,
): Explanation | undefined {
  // A name that does not exist explains the failure only if nothing followed: a resolver tries several names.
  const last = journeys.findLast(
    ({ exchange }, i) =>
      (exchange.response?.kind !== 'dns-answer' || i === journeys.length - 1) &&
      lab.explainFailure(exchange) !== undefined,
  );
  if (last === undefined) return undefined;
  const failure = lab.explainFailure(last.exchange);
  if (failure === undefined) return undefined;
  // A recorded cluster has no kubectl.
  const isThere = lab.kind === 'cluster' || failure.tryThis?.startsWith('kubectl ') !== true;
  const isHere =
    isThere && failure.tryThis !== undefined && failure.tryThis.startsWith('kubectl ') === prompt.endsWith('$');
  return {
    lead: failure.lead,
    rest: failure.rest,
    actions: [
      { kind: 'open-trace', exchange: last.id },
      ...(isHere && failure.tryThis !== undefined ? [{ kind: 'run' as const, command: failure.tryThis }] : []),
    ],
  };
}
