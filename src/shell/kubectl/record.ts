// The deprecated --record: the command line in an annotation, which `rollout history` shows.
//
// Read:    k8s.io/cli-runtime pkg/genericclioptions/record_flags.go; kubectl pkg/util, `ParseCommandArguments`.

import type { JsonObject } from '../../sim/index.ts';
import { objectAt, withMetadata } from './fields.ts';
import type { KubectlCall } from './session.ts';

export const CHANGE_CAUSE = 'kubernetes.io/change-cause';

/** What --record notes: `kubectl set image deployment/web hello=hello:2 --record=true`; undefined without it. */
export function changeCause({ flags }: KubectlCall, verb: string): string | undefined {
  if (!flags.has('record')) return undefined;
  return ['kubectl', verb, ...flags.words, ...(flags.after ?? []), ...flags.given].join(' ');
}

/** The object with the annotation, if there is something to note or there was before. */
export function withChangeCause(call: KubectlCall, verb: string, object: JsonObject): JsonObject {
  const cause = changeCause(call, verb);
  if (cause === undefined) return object;
  return withMetadata(object, {
    annotations: { ...objectAt(object, 'metadata', 'annotations'), [CHANGE_CAUSE]: cause },
  });
}
