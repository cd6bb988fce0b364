import { EditorPanel } from '../editor/EditorPanel.tsx';
import { useLab } from '../StoresContext.ts';
import { ProbePanel } from './ProbePanel.tsx';

/** What the cluster is made from: manifests to edit; of a recorded cluster, its probes. */
export function SourcePanel() {
  const phase = useLab(state => state.phase);
  if (phase.kind === 'open' && phase.probes !== undefined)
    return <ProbePanel name={phase.name} probes={phase.probes} />;
  return <EditorPanel />;
}
