import { NO_FILTER } from '../../store/layoutStore.ts';
import { Button } from '../common/Button.tsx';
import { useLayout, useStores } from '../StoresContext.ts';
import styles from './HiddenLine.module.css';
import { useHidden } from './useHidden.ts';
import { FILTER_WORDS } from './words.ts';

/** Says over the graph and in the list that a filter is in force, how many it hides, and takes it away. */
export function HiddenLine() {
  const { layout } = useStores();
  // A selector that was never read filters nothing.
  const isFiltering = useLayout(
    ({ filter }) => filter.namespace !== undefined || filter.requirements.length + filter.hiddenKinds.length > 0,
  );
  const hidden = useHidden();
  if (!isFiltering) return null;
  return (
    <div className={styles.line}>
      <span>{hidden.size === 0 ? FILTER_WORDS.nothing : FILTER_WORDS.hidden(hidden.size)}</span>
      <Button look="quiet" dense onPress={() => layout.set({ filter: NO_FILTER })}>
        {FILTER_WORDS.clear}
      </Button>
    </div>
  );
}
