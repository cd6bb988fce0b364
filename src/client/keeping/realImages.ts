// Images that only the lab has, by images that can be pulled and do much the same.
//
// Read:    kubernetes test/images/agnhost (netexec, serve-hostname), whose image the Kubernetes tutorials use.

import { findImage, isJsonArray, isJsonObject, type Json, type JsonObject } from '../../sim/index.ts';
import { listAt, textAt } from './walk.ts';
import { REAL_IMAGES } from './words.ts';

/** An image with the tools of a network engineer. */
export const TOOLS = 'nicolaka/netshoot:latest';
const AGNHOST = 'registry.k8s.io/e2e-test-images/agnhost:2.39';

/** An image that was replaced, and by what. */
export interface ReplacedImage {
  readonly image: string;
  readonly by: string;
  /** What is otherwise there. */
  readonly note: string;
}

interface Replacement extends Omit<ReplacedImage, 'image'> {
  change(container: JsonObject): JsonObject;
}

/** By the lab's name of the image. */
const REPLACEMENTS: Readonly<Record<string, Replacement>> = {
  web: {
    by: AGNHOST,
    note: REAL_IMAGES.web,
    change: container => ({ ...container, args: ['netexec', `--http-port=${portOf(container)}`] }),
  },
  hostnames: {
    by: AGNHOST,
    note: REAL_IMAGES.hostnames,
    change: container => ({ ...container, args: ['serve-hostname', '--port=9376'] }),
  },
  echoserver: {
    by: 'registry.k8s.io/echoserver:1.10',
    note: REAL_IMAGES.echoserver,
    change: container => container,
  },
  pause: { by: 'registry.k8s.io/pause:3.10', note: REAL_IMAGES.pause, change: container => container },
  tools: {
    by: TOOLS,
    note: REAL_IMAGES.tools,
    change: container => waiting(container),
  },
};

/** @returns the manifests with images that can be pulled, and which were replaced */
export function realImages(objects: readonly JsonObject[]): {
  readonly manifests: readonly JsonObject[];
  readonly replaced: readonly ReplacedImage[];
} {
  const replaced = new Map<string, ReplacedImage>();
  const real = (container: Json): Json => {
    const image = textAt(container, 'image');
    const known = findImage(image);
    if (!isJsonObject(container) || known === undefined) return container;
    // An image with an alias of its own is there under that name; one of tools needs something to do.
    if (known.name === 'tools' && image !== 'tools') return waiting(container);
    const replacement = image.replace(/:.*/, '') === known.name ? REPLACEMENTS[known.name] : undefined;
    if (replacement === undefined) return container;
    const { by, note } = replacement;
    replaced.set(image, { image, by, note });
    return { ...replacement.change(container), image: by };
  };
  const visit = (value: Json): Json => {
    if (isJsonArray(value)) return value.map(visit);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, member]): [string, Json][] => {
        if (member === undefined) return [];
        const isContainers = (key === 'containers' || key === 'initContainers') && isJsonArray(member);
        return [[key, isContainers ? member.map(real) : visit(member)]];
      }),
    );
  };
  const manifests = objects.map(object => {
    const { spec } = object;
    return isJsonObject(spec) ? { ...object, spec: visit(spec) } : object;
  });
  return { manifests, replaced: [...replaced.values()] };
}

/** A shell image ends at once unless it is told to wait. */
function waiting(container: JsonObject): JsonObject {
  const hasWork = listAt(container, 'command').length + listAt(container, 'args').length > 0;
  return hasWork ? container : { ...container, command: ['sleep', 'infinity'] };
}

/** Where the lab's `web` listens. */
function portOf(container: JsonObject): string {
  const words = listAt(container, 'args').filter(word => typeof word === 'string');
  return /^--port=(\d+)$/.exec(words.find(word => word.startsWith('--port=')) ?? '')?.[1] ?? '8080';
}
