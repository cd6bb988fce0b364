import { useRef } from 'react';
import { Splitter } from '../common/Splitter.tsx';
import { type Size, useSize } from '../hooks/useSize.ts';
import { useLayout, useStores } from '../StoresContext.ts';
import { GraphPane } from './GraphPane.tsx';
import { Drawer } from './laterPanels.ts';
import { Panel } from './Panel.tsx';
import * as WORDS from './pageWords.ts';
import { type Bounds, clamped, graphBounds, sideBounds } from './paneSizes.ts';
import { SidePane } from './SidePane.tsx';
import { useSideName } from './sideName.ts';
import styles from './Workbench.module.css';

/** From 760 px: the side pane (or drawer), and the graph over the panel. */
export function Workbench({ form }: { readonly form: 'wide' | 'medium' }) {
  const frame = useRef<HTMLDivElement>(null);
  const size = useSize(frame);
  return (
    <div ref={frame} className={styles.workbench}>
      {form === 'wide' ? <WideSide size={size} /> : <Drawer />}
      <Center size={size} />
    </div>
  );
}

function WideSide({ size }: { readonly size: Size | undefined }) {
  const { layout } = useStores();
  const name = useSideName();
  const chosen = useLayout(state => state.sideWidth);
  const bounds = sideBounds(size?.width, name === WORDS.lesson ? 'lesson' : 'sandbox');
  const width = clamped(chosen, bounds);
  return (
    <aside className={styles.side} aria-label={name}>
      <div id="side" className={styles.sidePane} style={{ width }}>
        <SidePane />
      </div>
      <PaneSplitter
        label={WORDS.sideWidth}
        orientation="vertical"
        controls="side"
        value={width}
        bounds={bounds}
        onChange={sideWidth => layout.set({ sideWidth })}
      />
    </aside>
  );
}

function Center({ size }: { readonly size: Size | undefined }) {
  const { layout } = useStores();
  const chosen = useLayout(state => state.graphHeight);
  const bounds = graphBounds(size?.height);
  const height = clamped(chosen, bounds);
  return (
    <main className={styles.center} tabIndex={-1}>
      <section id="graph" className={styles.graph} style={{ height }} aria-label={WORDS.graph}>
        <GraphPane form="desktop" />
      </section>
      <PaneSplitter
        label={WORDS.graphHeight}
        orientation="horizontal"
        controls="graph"
        value={height}
        bounds={bounds}
        onChange={graphHeight => layout.set({ graphHeight })}
      />
      <section className={styles.panel} aria-label={WORDS.panel}>
        <Panel />
      </section>
    </main>
  );
}

interface PaneSplitterProps {
  readonly label: string;
  readonly orientation: 'vertical' | 'horizontal';
  readonly controls: string;
  readonly value: number;
  readonly bounds: Bounds;
  readonly onChange: (value: number | undefined) => void;
}

function PaneSplitter({ bounds, onChange, ...rest }: PaneSplitterProps) {
  return (
    <Splitter {...rest} min={bounds.min} max={bounds.max} onChange={onChange} onRestore={() => onChange(undefined)} />
  );
}
