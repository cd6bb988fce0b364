// What stands beside the graph, in a word: its heading, and the name of what opens it.

import { isRecordedLab, useLab } from '../StoresContext.ts';
import * as WORDS from './pageWords.ts';
import { useRoute } from './routes.ts';

export function useSideName(): typeof WORDS.lesson | typeof WORDS.manifests | typeof WORDS.probes {
  const isSandbox = useRoute()?.kind === 'sandbox';
  const isRecorded = useLab(isRecordedLab);
  if (!isSandbox) return WORDS.lesson;
  return isRecorded ? WORDS.probes : WORDS.manifests;
}
