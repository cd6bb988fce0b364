import { useKeeper, useLab, useLesson } from '../StoresContext.ts';
import { BannerNotes } from './laterPanels.ts';

/** Under the header: what happened to the lab, to the lesson or to what is kept. Nothing while all is well. */
export function LabBanner() {
  const isBroken = useLab(({ phase }) => phase.kind === 'stopped' || phase.kind === 'refused');
  const hasChanged = useLesson(state => state.changed !== undefined);
  const hasTroubles = useKeeper(state => state.troubles.length > 0);
  return isBroken || hasChanged || hasTroubles ? <BannerNotes /> : null;
}
