// `--request-timeout`: how long one request may take. In a lab answers are there at once; only watches go on.
//
// Read:    k8s.io/client-go tools/clientcmd/helpers.go, `ParseTimeout`.

import type { VirtualMs } from '../../sim/index.ts';
import { parseDuration } from './duration.ts';
import { type KubectlCall, KubectlError } from './session.ts';

/** Infinity when there is no limit. @throws KubectlError when it is no time */
export function requestTimeoutOf({ flags }: Pick<KubectlCall, 'flags'>): VirtualMs {
  const text = flags.value('request-timeout') ?? '0';
  const parsed = parseDuration(/^[+-]?\d+$/.test(text) ? `${text}s` : text);
  if (parsed.kind === 'refused')
    throw new KubectlError(
      'error: Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)',
    );
  return parsed.ms === 0 ? Number.POSITIVE_INFINITY : parsed.ms;
}
