import { useCallback } from 'react';
import { NO_FILTER } from '../../store/layoutStore.ts';
import { LateNote } from '../common/LateNote.tsx';
import { useLab, useLayout, useSelection, useStores } from '../StoresContext.ts';
import * as GRAPH_WORDS from '../topology/graphWords.ts';
import { hasOwnPod } from '../topology/networkParts.ts';
import { TopologyView } from '../topology/TopologyView.tsx';
import { GraphBar, LegendButton, ToolButton } from './GraphBar.tsx';
import styles from './GraphPane.module.css';
import { GraphStrips, Legend, OpenTool } from './laterPanels.ts';
import * as WORDS from './pageWords.ts';

/** The graph with its bar, the strip of a question that is answered on it, and the legend. */
export function GraphPane({ form }: { readonly form: 'desktop' | 'phone' }) {
  const { layout } = useStores();
  const fitRequest = useLayout(state => state.fitRequest);
  const fit = useCallback(() => layout.set({ fitRequest: layout.getState().fitRequest + 1 }), [layout]);
  const legend = useLayout(state => state.legend);
  const hasTool = useLayout(state => state.tool !== undefined);
  const isSelective = useLayout(
    ({ level, filter }) => filter !== NO_FILTER || (form === 'phone' && level === 'objects'),
  );
  const isAsking = useSelection(({ picking, ends }) => picking !== undefined || ends !== undefined);
  const isQuiet = useLayout(state => state.level === 'packets');
  const isBare = useLab(state => state.phase.kind === 'open' && !hasOwnPod(state.elements));
  return (
    <div className={styles.pane}>
      <h2 className="visually-hidden">{GRAPH_WORDS.title}</h2>
      <GraphBar form={form} onFit={fit} />
      {(isSelective || isAsking || isQuiet || isBare) && <GraphStrips form={form} />}
      <div className={styles.graph}>
        <TopologyView fitRequest={fitRequest} />
        <OpeningNote />
        {legend === 'open' && <Legend />}
        {hasTool && <OpenTool />}
      </div>
      {form === 'phone' && (
        <div className={styles.tools}>
          <ToolButton tool="find" />
          <ToolButton tool="filter" />
          <ToolButton tool="picture" />
          <LegendButton />
        </div>
      )}
    </div>
  );
}

/** While a cluster is made, if that takes long enough to be noticed. */
function OpeningNote() {
  const isOpening = useLab(state => state.phase.kind === 'opening');
  return <LateNote text={isOpening ? WORDS.starting : undefined} className={styles.note} />;
}
