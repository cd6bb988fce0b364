// The Pod of a verb that goes to one, and its containers.

import type { Json } from '../../../sim/index.ts';
import { listAt, textAt } from '../fields.ts';
import { podNameOf } from '../pods.ts';
import { type KubectlCall, mustGet } from '../session.ts';

/** @param word `web`, `pod/web`, `deploy/web` @throws KubectlError when there is none */
export async function podAt(call: KubectlCall, word: string): Promise<Json> {
  const name = await podNameOf(call, word);
  return mustGet(call, `/api/v1/namespaces/${call.namespace}/pods/${encodeURIComponent(name)}`);
}

/** The names of a Pod's containers. */
export function containerNames(pod: Json): readonly string[] {
  return listAt(pod, 'spec', 'containers').map(container => textAt(container, 'name'));
}
