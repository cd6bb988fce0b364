// kubectl apply --server-side: the server merges and keeps who owns which field.
//
// Read:    kubectl pkg/cmd/apply/apply.go, `applyOneObject`.

import type { JsonObject } from '../../sim/index.ts';
import { objectAt, textAt } from './fields.ts';
import type { Manifest } from './manifests.ts';
import { type KubectlCall, ownRefusal, type Refusal, serverRefusal } from './session.ts';
import { send, validationOf } from './writing.ts';

export const ABOUT_CONFLICTS = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;

export async function applyOnServer(
  call: KubectlCall,
  { object, resource, namespace }: Manifest,
): Promise<
  | { readonly kind: 'applied'; readonly object: JsonObject; readonly done: string }
  | { readonly kind: 'refused'; readonly problem: Refusal }
> {
  const generateName = textAt(object, 'metadata', 'generateName');
  const name = textAt(object, 'metadata', 'name');
  if (name === '')
    return {
      kind: 'refused',
      problem: ownRefusal(
        generateName === '' ? 'name is required' : `from ${generateName}: cannot use generate name with apply`,
      ),
    };
  const subresource = call.flags.value('subresource');
  const response = await send(call, {
    kind: 'patch',
    type: 'apply',
    name,
    resource,
    namespace,
    manager: 'kubectl',
    validation: validationOf(call),
    force: call.flags.has('force-conflicts'),
    ...(subresource !== undefined && { subresource }),
    body: object,
  });
  if (response.status < 400) return { kind: 'applied', object: objectAt(response.body), done: 'serverside-applied' };
  if (textAt(response.body, 'reason') !== 'Conflict') return { kind: 'refused', problem: serverRefusal(response) };
  return { kind: 'refused', problem: ownRefusal(`${textAt(response.body, 'message')}\n${ABOUT_CONFLICTS}`) };
}
