import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import type { GraphTool } from '../../store/layoutStore.ts';
import { onResized } from '../common/onResized.ts';
import { useStores } from '../StoresContext.ts';
import styles from './ToolPanel.module.css';

export interface ToolPanelProps {
  readonly tool: GraphTool;
  readonly label: string;
  readonly children: ReactNode;
}

/**
 * What opens over the graph from its bar. The first field of it has the focus; Escape and a press elsewhere close it,
 * and the focus goes back to where it was.
 */
export function ToolPanel({ tool, label, children }: ToolPanelProps) {
  const { layout } = useStores();
  const panel = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const put = (): void => {
      if (panel.current !== null) placeInPane(panel.current, tool);
    };
    put();
    return onResized(put);
  }, [tool]);
  useEffect(() => {
    const element = panel.current;
    const before = document.activeElement;
    element?.querySelector<HTMLElement>('input, select, button')?.focus();
    const close = (): void => {
      if (layout.getState().tool === tool) layout.set({ tool: undefined });
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      close();
    };
    const onPress = ({ target }: PointerEvent): void => {
      const isOpener = target instanceof Element && target.closest(`[data-tool="${tool}"]`) !== null;
      if (target instanceof Node && element?.contains(target) !== true && !isOpener) close();
    };
    addEventListener('keydown', onKey);
    addEventListener('pointerdown', onPress);
    return () => {
      removeEventListener('keydown', onKey);
      removeEventListener('pointerdown', onPress);
      // Unless a press elsewhere has taken it.
      const isLost = document.activeElement === document.body || element?.contains(document.activeElement) === true;
      if (isLost && before instanceof HTMLElement) before.focus();
    };
  }, [layout, tool]);
  return (
    <section ref={panel} className={styles.panel} aria-label={label} data-testid={`tool-${tool}`}>
      {children}
    </section>
  );
}

/** Between the panel and the side of the pane, in pixels. */
const EDGE = 12;

/** Puts the panel under the button that opens it, inside the pane. A phone's fills the width. */
function placeInPane(panel: HTMLElement, tool: GraphTool): void {
  const button = document.querySelector(`[data-tool="${tool}"]`)?.getBoundingClientRect();
  const pane = panel.offsetParent?.getBoundingClientRect();
  if (button === undefined || pane === undefined) return;
  const most = pane.width - panel.offsetWidth - EDGE;
  panel.style.left = most < EDGE ? '' : `${Math.max(EDGE, Math.min(button.left - pane.left, most))}px`;
}
