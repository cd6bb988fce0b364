// How a test gets into a near miss: what the author wrote under `sh try`, else what follows from what it waits for.

import { resolveElement } from '../../src/lesson/elementRef.ts';
import { parseOrigin, parseTarget } from '../../src/lesson/endpoint.ts';
import type { NearMiss } from '../../src/lesson/format.ts';
import { isMap } from '../../src/lesson/schema.ts';
import type { ElementId, Json } from '../../src/sim/index.ts';
import type { Doings } from './lessonPlay.ts';

/** Undefined: nothing follows, and the author has to write it. */
export function nearMissDoings(near: NearMiss): Doings | undefined {
  const clicks = near.when.flatMap(spec => clicksOf(spec.click));
  const commands = near.tries.length > 0 ? near.tries : near.when.flatMap(spec => commandFor(spec.seen) ?? []);
  return clicks.length + commands.length === 0 ? undefined : { commands, clicks };
}

function clicksOf(click: Json | undefined): readonly ElementId[] {
  const written = isMap(click) ? click.element : undefined;
  const references = Array.isArray(written) ? written : [written];
  return references.flatMap(reference => (typeof reference === 'string' ? (resolveElement(reference) ?? []) : []));
}

/** A curl from the place that a `seen` names to the address or name that it names. */
function commandFor(seen: Json | undefined): string | undefined {
  if (!isMap(seen) || typeof seen.from !== 'string' || typeof seen.to !== 'string') return undefined;
  const target = parseTarget(seen.to);
  const from = parseOrigin(seen.from)?.element.split('/');
  if (target === undefined || target.kind === 'element' || from === undefined) return undefined;
  const curl = `curl -s -m 3 ${seen.to}`;
  const [kind, first = '', second = ''] = from;
  if (kind === 'pod') return `kubectl exec -n ${first} ${second} -- ${curl}`;
  if (kind === 'node') return `ssh ${first} ${curl}`;
  return first === 'laptop' ? curl : undefined;
}
