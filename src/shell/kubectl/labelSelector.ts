// Label selectors on the client's side: `-l` for objects of files.
//
// Read:    k8s.io/apimachinery pkg/labels, selector.go.

import type { Json } from '../../sim/index.ts';
import { at, objectAt } from './fields.ts';

/** Whether the labels of an object are those that a selector asks for: `app=web,tier in (a, b),!old`. */
export function matchesSelector(selector: string, object: Json): boolean {
  const labels = objectAt(object, 'metadata', 'labels');
  const requirements = selector.match(/(?:[^,(]|\([^)]*\))+/g) ?? [];
  return requirements.every(text => {
    const set = /^\s*(\S+)\s+(in|notin)\s*\(([^)]*)\)\s*$/.exec(text);
    if (set !== null) {
      const [, key = '', operator, values = ''] = set;
      const isIn = values.split(',').some(value => value.trim() === (at(labels, key) ?? undefined));
      return operator === 'in' ? isIn : !isIn;
    }
    const [, key = '', operator, value = ''] = /^\s*([^=!\s]+)\s*(!=|==?)\s*(.*?)\s*$/.exec(text) ?? [];
    if (operator !== undefined) return operator === '!=' ? at(labels, key) !== value : at(labels, key) === value;
    const name = text.trim();
    return name.startsWith('!') ? at(labels, name.slice(1)) === undefined : at(labels, name) !== undefined;
  });
}
