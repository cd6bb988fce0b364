// kubectl set image.
//
// Read:    kubectl pkg/cmd/set/set_image.go.

import type { JsonObject } from '../../../sim/index.ts';
import { objectAt, textAt } from '../fields.ts';
import { splitPairs } from '../labelCommands.ts';
import { closingMessages } from '../manifests.ts';
import { type KubectlCall, KubectlError, ownRefusal, printError, type Refusal } from '../session.ts';
import type { Verb } from '../verb.ts';
import { mapContainers, podSpecPlace, withValue } from './podSpec.ts';
import { SET_FLAGS, sendUpdate, setTargets } from './update.ts';

export const image: Verb = {
  summary: 'Update the image of a pod template',
  usage:
    'kubectl set image (-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N',
  flags: SET_FLAGS,
  run: setImages,
};

async function setImages(call: KubectlCall): Promise<number> {
  const { resources, pairs } = splitPairs(call.flags.words, 'image');
  const images = new Map(
    pairs.map(pair => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)] as const;
    }),
  );
  const isNamed = resources.length > 0 || call.flags.list('filename').length > 0;
  if (images.size === 0 && isNamed && resources.every(word => word.includes('/') || resources.length === 1))
    throw new KubectlError('error: at least one image update is required');
  if (images.size > 1 && images.has('*'))
    throw new KubectlError(
      'error: all containers are already specified by *, but saw more than one container_name=container_image pairs',
    );
  const { targets, problems } = await setTargets(call, resources);
  const refused: Refusal[] = [...problems];
  for (const target of targets) {
    const place = podSpecPlace(target);
    if (place.kind === 'none') {
      refused.push(place.problem);
      continue;
    }
    const found = new Set<string>();
    const change = (container: JsonObject): JsonObject => {
      const name = images.has('*') ? '*' : textAt(container, 'name');
      const wanted = images.get(name);
      if (wanted === undefined) return container;
      found.add(name);
      return { ...container, image: wanted };
    };
    const spec = objectAt(target.object, ...place.path);
    const updated = mapContainers(mapContainers(spec, 'initContainers', change), 'containers', change);
    for (const name of images.keys())
      if (!found.has(name)) refused.push(ownRefusal(`unable to find container named ${JSON.stringify(name)}`));
    const problem = await sendUpdate(call, target, withValue(target.object, place.path, updated), {
      path: 'set image',
      done: 'image updated',
      failure: 'failed to patch image update to pod template: ',
      unchanged: 'silent',
    });
    if (problem !== undefined) refused.push(problem);
  }
  printError(call, closingMessages(refused));
  return refused.length > 0 ? 1 : 0;
}
