// Getting the image of a container: in this lab it is on the node, or it cannot be had.
//
// Read:    kubernetes pkg/kubelet/images/image_manager.go; containerd core/remotes/docker/resolver.go.

import type { Container } from '../api/kinds/pod.ts';
import type { Image } from '../workload/image.ts';
import { findImage, hasRepository } from '../workload/registry.ts';

export type Pull =
  | { readonly kind: 'present'; readonly image: Image }
  /**
   * `reason` is the container's; `message` what the status says.
   * - `tried`: a registry was asked.
   * - `never`: none was, and asking again will not help.
   */
  | { readonly kind: 'failed'; readonly tried: 'tried' | 'never'; readonly reason: string; readonly message: string };

export function pullImage({ image: reference, imagePullPolicy }: Container): Pull {
  const [, repository = reference] = /^(.*?)(?::[\w][\w.-]*)?(?:@sha256:[0-9a-f]+)?$/.exec(reference) ?? [];
  if (/[A-Z]/.test(repository)) {
    const why = 'invalid reference format: repository name';
    const name = repository.includes('/') ? repository : `library/${repository}`;
    const message = `Failed to apply default image tag "${reference}": couldn't parse image name "${reference}": ${why} (${name}) must be lowercase`;
    return { kind: 'failed', tried: 'never', reason: 'InvalidImageName', message };
  }
  const image = findImage(reference);
  if (image !== undefined) return { kind: 'present', image };
  if (imagePullPolicy === 'Never') {
    const message = `Container image "${reference}" is not present with pull policy of Never`;
    return { kind: 'failed', tried: 'never', reason: 'ErrImageNeverPull', message };
  }
  return { kind: 'failed', tried: 'tried', reason: 'ErrImagePull', message: pullError(reference) };
}

/** What containerd says, in the kubelet's hands: "Unknown" as a code is left out. */
function pullError(reference: string): string {
  const full = fullReference(reference);
  const failed = `failed to pull and unpack image "${full}": failed to resolve reference "${full}"`;
  if (hasRepository(reference) || !full.startsWith('docker.io/'))
    return `rpc error: code = NotFound desc = ${failed}: ${full}: not found`;
  return `${failed}: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`;
}

/** `nginx` is `docker.io/library/nginx:latest`. */
function fullReference(reference: string): string {
  const [host = ''] = reference.split('/');
  const hasHost = reference.includes('/') && (/[.:]/.test(host) || host === 'localhost');
  const named = hasHost ? reference : `docker.io/${reference.includes('/') ? '' : 'library/'}${reference}`;
  return named.includes('@') || /:[\w][\w.-]*$/.test(named) ? named : `${named}:latest`;
}
