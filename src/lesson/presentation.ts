// The order in which things to put in order, or to match, are offered: never the right one, and the same every time.

import type { Question } from './format.ts';

/**
 * Ids in the order in which they are shown: the items of an `order` question, the right sides of a `match` question.
 * Questions of other kinds keep the author's order.
 */
export function presentedOrder(question: Question): readonly string[] {
  switch (question.kind) {
    case 'order':
      return shuffled(
        question.items.map(item => item.id),
        question.id,
      );
    case 'match':
      return shuffled(
        question.pairs.map(pair => pair.id),
        question.id,
      );
    case 'single':
    case 'multiple':
      return question.options.map(option => option.id);
    case 'click':
      return question.candidates.map(candidate => candidate.element);
    default:
      return [];
  }
}

/** A fixed permutation for this seed that is not the order given (unless there is only one). */
function shuffled(ids: readonly string[], seed: string): readonly string[] {
  const ranked = ids.map((id, index) => ({ id, index, rank: fnv1a(`${seed}/${id}`) }));
  const sorted = ranked.sort((a, b) => a.rank - b.rank || a.index - b.index).map(entry => entry.id);
  const isUnchanged = sorted.every((id, index) => id === ids[index]);
  return isUnchanged ? [...sorted.slice(1), ...sorted.slice(0, 1)] : sorted;
}

/** FNV-1a, 32 bits. Source: draft-eastlake-fnv. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return hash;
}
