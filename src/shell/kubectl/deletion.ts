// How objects end: grace periods, cascades and waiting, for `delete`, `replace --force` and `run --rm`.
//
// Read:    kubectl pkg/cmd/delete/delete.go.

import type { ApiResponse } from '../../sim/index.ts';
import { textAt } from './fields.ts';
import { pathOf } from './resources.ts';
import { type KubectlCall, KubectlError, printError, printWarnings } from './session.ts';
import type { Target } from './targets.ts';
import { waitUntil } from './waiting.ts';
import { dryRunOf } from './writing.ts';

export interface Deletion {
  /** Seconds; absent: what the object says. */
  readonly grace: number | undefined;
  readonly propagation: 'Background' | 'Foreground' | 'Orphan';
}

export const IMMEDIATE =
  'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n';

/** Reads --force, --now, --grace-period and --cascade, and warns. */
export function deletionOf(call: KubectlCall): Deletion {
  const { flags } = call;
  const isForced = flags.has('force');
  const asked = Number(flags.value('grace-period') ?? -1);
  if (flags.has('now') && asked !== -1)
    throw new KubectlError('error: --now and --grace-period cannot be specified together');
  if (isForced && asked > 0)
    throw new KubectlError('error: --force and --grace-period greater than 0 cannot be specified together');
  // Without --force nothing ends at once: zero means one second.
  const grace = flags.has('now') || (asked === 0 && !isForced) ? 1 : isForced && asked < 0 ? 0 : asked;
  if (isForced && grace === 0) printError(call, IMMEDIATE);
  return { grace: grace < 0 ? undefined : grace, propagation: propagationOf(flags.value('cascade') ?? 'background') };
}

function propagationOf(cascade: string): Deletion['propagation'] {
  switch (cascade) {
    case 'background':
    case 'true':
      return 'Background';
    case 'foreground':
      return 'Foreground';
    case 'orphan':
    case 'false':
      return 'Orphan';
    default:
      throw new KubectlError(
        `error: invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`,
      );
  }
}

/** Asks the server to delete an object. */
export async function deleteTarget(
  call: KubectlCall,
  { resource, namespace, name }: Pick<Target, 'resource' | 'namespace' | 'name'>,
  { grace, propagation }: Deletion,
): Promise<ApiResponse> {
  const response = await call.context.request({
    method: 'DELETE',
    path: pathOf(resource, namespace, name),
    headers: { 'content-type': 'application/json', 'user-agent': 'kubectl' },
    body: {
      propagationPolicy: propagation,
      ...(grace !== undefined && { gracePeriodSeconds: grace }),
      ...(dryRunOf(call) === 'server' && { dryRun: ['All'] }),
    },
  });
  printWarnings(call, response);
  return response;
}

/** Lets time pass until the objects are gone: Pods take their grace period. */
export async function waitUntilGone(call: KubectlCall, targets: readonly Target[]): Promise<'gone' | 'still there'> {
  const uids = new Map(targets.map(target => [target, textAt(target.object, 'metadata', 'uid')]));
  const areGone = async (): Promise<boolean> => {
    for (const [{ resource, namespace, name }, uid] of uids) {
      const { status, body } = await call.context.request({ method: 'GET', path: pathOf(resource, namespace, name) });
      const isSame = uid === '' || textAt(body, 'metadata', 'uid') === uid;
      if (status < 400 && isSame) return false;
    }
    return true;
  };
  return (await waitUntil(call, areGone)) ? 'gone' : 'still there';
}
