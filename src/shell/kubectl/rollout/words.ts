// What all of `kubectl rollout` says when nothing is named.

import { type KubectlCall, KubectlError } from '../session.ts';

/** @throws KubectlError when neither words nor files name a resource */
export function needsResource({ flags }: KubectlCall): void {
  if (flags.words.length === 0 && flags.list('filename').length === 0 && flags.value('kustomize') === undefined)
    throw new KubectlError('error: required resource not specified');
}
