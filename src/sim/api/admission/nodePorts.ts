// Node ports: which port of every node a Service gets.
//
// Models:  pinned ports, the range, the low part that is kept for pinned ones.
// Simplified: the next free port after the last one given, where the real allocator draws at random.
// Read:    kubernetes pkg/registry/core/service/portallocator/allocator.go; KEP-3668.

import { failure, type Result, success } from '../../runtime/errors.ts';

/** Source: kube-apiserver `--service-node-port-range`. */
const FIRST = 30_000;
const LAST = 32_767;
/** Source: `calculateRangeOffset`: min(max(16, size / 32), 128). */
const DYNAMIC = FIRST + Math.min(Math.max(16, Math.floor((LAST - FIRST + 1) / 32)), 128);

export type IsPortTaken = (port: number) => boolean;

export function nextNodePort(previous: number | undefined, isTaken: IsPortTaken): number | undefined {
  const start = previous === undefined ? DYNAMIC : Math.max(previous + 1, DYNAMIC);
  for (const [from, to] of [
    [start, LAST],
    [DYNAMIC, start - 1],
    [FIRST, DYNAMIC - 1],
  ] as const) {
    for (let port = from; port <= to; port++) if (!isTaken(port)) return port;
  }
  return undefined;
}

/** Takes a pinned port, or says why not, in the allocator's words. */
export function pinNodePort(port: number, isTaken: IsPortTaken): Result<number, string> {
  if (port < FIRST || port > LAST)
    return failure(`provided port is not in the valid range. The range of valid ports is ${FIRST}-${LAST}`);
  return isTaken(port) ? failure('provided port is already allocated') : success(port);
}
