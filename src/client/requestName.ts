// A write in words, for the button that takes it back: `create namespaces/theirs`.

import type { ApiRequest } from '../sim/index.ts';

const VERBS: Readonly<Record<string, string>> = { POST: 'create', PUT: 'replace', PATCH: 'patch', DELETE: 'delete' };
/** Where objects are: behind the group and its version, and behind their namespace if they have one. */
const OBJECTS = /^\/(?:api|apis\/[^/]+)\/[^/]+\/(?:namespaces\/[^/]+\/(?=[^/]))?(.+)$/;

export function requestName({ method, path, body }: ApiRequest): string {
  const what = OBJECTS.exec(path)?.[1] ?? path;
  const name = method === 'POST' && !what.includes('/') ? nameIn(body) : undefined;
  return `${VERBS[method] ?? method} ${what}${name === undefined ? '' : `/${name}`}`;
}

/** What the object that is created calls itself. A body that is no JSON says nothing here. */
function nameIn(body: ApiRequest['body']): string | undefined {
  try {
    const { metadata } = Object(typeof body === 'string' ? JSON.parse(body) : body);
    return typeof metadata?.name === 'string' ? metadata.name : undefined;
  } catch {
    return undefined;
  }
}
