import type { GraphLevel, GraphTool } from '../../store/layoutStore.ts';
import { Button, IconButton } from '../common/Button.tsx';
import { classNames } from '../common/classNames.ts';
import { SegmentedControl } from '../common/SegmentedControl.tsx';
import { useLayout, useStores } from '../StoresContext.ts';
import * as GRAPH_WORDS from '../topology/graphWords.ts';
import styles from './GraphBar.module.css';
import { NamespaceChoice } from './laterPanels.ts';
import { useListTwin } from './listTwin.ts';

const LEVELS: readonly { readonly value: GraphLevel; readonly label: string }[] = [
  { value: 'objects', label: GRAPH_WORDS.levels.objects },
  { value: 'network', label: GRAPH_WORDS.levels.network },
  { value: 'packets', label: GRAPH_WORDS.levels.packets },
];

export interface GraphBarProps {
  readonly form: 'desktop' | 'phone';
  readonly onFit: () => void;
}

/** The bar over the graph: what is drawn, of which namespace, and the list, fit and legend. */
export function GraphBar({ form, onFit }: GraphBarProps) {
  const { layout } = useStores();
  const level = useLayout(state => state.level);
  const twin = useListTwin();
  return (
    <div
      className={classNames(styles.bar, level === 'objects' && styles.full)}
      role="toolbar"
      aria-label={GRAPH_WORDS.title}
    >
      <SegmentedControl
        label={GRAPH_WORDS.level}
        options={LEVELS}
        value={level}
        onChange={chosen => layout.set({ level: chosen })}
      />
      {level === 'objects' && form === 'desktop' && <NamespaceChoice />}
      {form === 'desktop' ? (
        <span className={styles.actions}>
          <ToolButton tool="find" dense />
          <ToolButton tool="filter" dense />
          <Button look="quiet" dense icon="listTwin" title={GRAPH_WORDS.list} pressed={twin.isOn} onPress={twin.toggle}>
            <Word>{GRAPH_WORDS.list}</Word>
          </Button>
          <Button look="quiet" dense icon="fit" title={GRAPH_WORDS.fit} onPress={onFit}>
            <Word>{GRAPH_WORDS.fit}</Word>
          </Button>
          <LegendButton dense />
          <ToolButton tool="picture" dense />
        </span>
      ) : (
        <span className={styles.actions}>
          <IconButton icon="listTwin" look="default" label={GRAPH_WORDS.list} onPress={twin.toggle} />
          <IconButton icon="fit" look="default" label={GRAPH_WORDS.fit} onPress={onFit} />
        </span>
      )}
    </div>
  );
}

/** Beside an icon; in a narrow bar it is only read aloud. */
function Word({ children }: { readonly children: string }) {
  return <span className={styles.word}>{children}</span>;
}

const TOOLS = {
  find: { icon: 'search', label: GRAPH_WORDS.find, tip: GRAPH_WORDS.findTip },
  filter: { icon: 'rule', label: GRAPH_WORDS.filter, tip: GRAPH_WORDS.filter },
  picture: { icon: 'picture', label: GRAPH_WORDS.picture, tip: GRAPH_WORDS.picture },
} as const;

interface InBar {
  /** In the bar of a desktop; otherwise as high as a finger needs. */
  readonly dense?: boolean;
}

/** Opens and closes what stands over the graph. */
export function ToolButton({ tool, dense = false }: InBar & { readonly tool: GraphTool }) {
  const { layout } = useStores();
  const isOpen = useLayout(state => state.tool === tool);
  const { icon, label, tip } = TOOLS[tool];
  const toggle = (): void => layout.set({ tool: isOpen ? undefined : tool });
  return (
    <span className={styles.tool} data-tool={tool}>
      <Button look="quiet" dense={dense} icon={icon} title={tip} expanded={isOpen} onPress={toggle}>
        <Word>{label}</Word>
      </Button>
    </span>
  );
}

/** Opens and closes the legend. */
export function LegendButton({ dense = false }: InBar) {
  const { layout } = useStores();
  const isOpen = useLayout(state => state.legend === 'open');
  const toggle = (): void => layout.set({ legend: isOpen ? 'closed' : 'open' });
  return (
    <Button look="quiet" dense={dense} icon="legend" title={GRAPH_WORDS.legend} pressed={isOpen} onPress={toggle}>
      <Word>{GRAPH_WORDS.legend}</Word>
    </Button>
  );
}
