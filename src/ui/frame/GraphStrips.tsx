import { HiddenLine } from '../find/HiddenLine.tsx';
import { NamespaceChoice } from '../find/NamespaceChoice.tsx';
import { EndsStrip } from '../menu/EndsStrip.tsx';
import { useLayout, useSelection } from '../StoresContext.ts';
import styles from './GraphPane.module.css';
import { PickStrip } from './PickStrip.tsx';
import { QuietLine } from './QuietLine.tsx';

/** What stands between the bar and the graph, as far as there is something to say. */
export function GraphStrips({ form }: { readonly form: 'desktop' | 'phone' }) {
  const isObjects = useLayout(state => state.level === 'objects');
  // The filter says it itself while it is open.
  const isFilterOpen = useLayout(state => state.tool === 'filter');
  const isPicking = useSelection(state => state.picking !== undefined);
  const isTracing = useSelection(state => state.ends !== undefined);
  return (
    <>
      {form === 'phone' && isObjects && (
        <div className={styles.second}>
          <NamespaceChoice />
        </div>
      )}
      {!isFilterOpen && <HiddenLine />}
      {isPicking && <PickStrip />}
      {isTracing && <EndsStrip />}
      {!isObjects && !isPicking && !isTracing && <QuietLine />}
    </>
  );
}
