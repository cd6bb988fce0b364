import type { TraceView } from '../../sim/index.ts';
import type { Meaning } from '../common/Tag.tsx';
import { FATE_WORDS } from './words.ts';

interface Fate {
  readonly word: string;
  readonly meaning: Meaning | undefined;
}

const FATES: Readonly<Record<TraceView['disposition'], Fate>> = {
  ACCEPTED: { word: FATE_WORDS.delivered, meaning: 'ok' },
  DROPPED: { word: FATE_WORDS.dropped, meaning: 'drop' },
  REJECTED: { word: FATE_WORDS.refused, meaning: 'drop' },
  UNREACHABLE: { word: FATE_WORDS.unreachable, meaning: 'drop' },
  LOOPED: { word: FATE_WORDS.looped, meaning: 'drop' },
};

/** How one packet ended, in a word, and its form; a copy that nobody wanted has none. */
export function fateOf({ disposition, dropReason }: Pick<TraceView, 'disposition' | 'dropReason'>): Fate {
  if (dropReason === 'LAB_UNWANTED') return { word: FATE_WORDS.notForHere, meaning: undefined };
  return dropReason === 'NO_SOCKET' ? FATES.REJECTED : FATES[disposition];
}
