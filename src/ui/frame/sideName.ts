// What stands beside the graph, in a word: its heading, and the name of what opens it.

import { isRecordedLab, useLab } from '../StoresContext.ts';
import { useRoute } from './routes.ts';

export function useSideName(): 'Lesson' | 'Manifests' | 'Probes' {
  const isSandbox = useRoute()?.kind === 'sandbox';
  const isRecorded = useLab(isRecordedLab);
  if (!isSandbox) return 'Lesson';
  return isRecorded ? 'Probes' : 'Manifests';
}
